//! JSONPath and intrinsic functions in the words of JSONata, for fixes.

use asl_grammar::path::{self, Path, Root, SegmentKind};
use asl_grammar::tree::{Kind, Member, Node};
use asl_grammar::write::Value;
use asl_grammar::{intrinsic, jsonata};

use crate::asl::ExpressionView;
use crate::asl::expressions::Parsed;

/// The JSONata for a text that is a path or a call, with its marks. None when that takes more than a change of names.
pub fn to_jsonata(expression: &ExpressionView) -> Option<String> {
    let code = expression.code();
    let inner = match &expression.expression.parsed {
        Parsed::Path(path) => of_path(code, path, INPUT)?,
        Parsed::Intrinsic(tree) => of_argument(tree, tree.root(), INPUT)?,
        Parsed::None | Parsed::Jsonata(_) => return None,
    };
    Some(format!("{{% {inner} %}}"))
}

/// What `$` reads in most fields.
pub const INPUT: &str = "$states.input";
/// What it reads in those that shape the result.
pub const RESULT: &str = "$states.result";

/// A payload template as JSONata has it: no key ends in `.$`, and what stood there are expressions.
pub fn template_to_jsonata(value: Node, input: &str) -> Option<Value> {
    let member = |member: Member| match member.name().strip_suffix(".$") {
        Some(name) => Some((name.to_owned(), Value::text(text_to_jsonata(member.value.as_str()?, input)?))),
        None => Some((member.name().to_owned(), template_to_jsonata(member.value, input)?)),
    };
    Some(match value.kind() {
        Kind::Object => Value::Object(value.members().map(member).collect::<Option<_>>()?),
        Kind::Array => {
            let items = value.items().map(|item| template_to_jsonata(item, input));
            Value::List(items.collect::<Option<_>>()?)
        }
        Kind::String => Value::text(value.text()),
        Kind::Number | Kind::Bool | Kind::Null => Value::plain(value.text()),
        Kind::Member | Kind::Opaque | Kind::Missing => return None,
    })
}

/// The JSONata for the text of a path or a call.
pub fn text_to_jsonata(text: &str, input: &str) -> Option<String> {
    let inner = if text.starts_with("States.") {
        let tree = intrinsic::parse(text);
        of_argument(&tree, tree.root(), input).filter(|_| tree.errors().is_empty())?
    } else {
        of_path(text, &path::parse(text), input)?
    };
    Some(format!("{{% {inner} %}}"))
}

fn of_path(code: &str, path: &Path, input: &str) -> Option<String> {
    let mut out = match path.root {
        Root::Input => input.to_owned(),
        Root::Context => "$states.context".to_owned(),
        Root::Variable => path.root_span.text(code).to_owned(),
        Root::Item | Root::None => return None,
    };
    for segment in &path.segments {
        match &segment.kind {
            SegmentKind::Name(name) if is_plain(name) => out += &format!(".{name}"),
            SegmentKind::Name(name) if !name.contains('`') => out += &format!(".`{name}`"),
            SegmentKind::Index(index) => out += &format!("[{index}]"),
            _ => return None,
        }
    }
    path.errors.is_empty().then_some(out)
}

fn of_argument(tree: &intrinsic::Tree, id: intrinsic::NodeId, input: &str) -> Option<String> {
    use intrinsic::NodeKind;
    let node = tree.node(id);
    match &node.kind {
        NodeKind::Path(path) => of_path(tree.text(), path, input),
        NodeKind::String(literal) => Some(quoted(&literal.value)),
        NodeKind::Number(_) | NodeKind::True | NodeKind::False | NodeKind::Null => {
            Some(node.span.text(tree.text()).to_owned())
        }
        NodeKind::Call(call) => of_call(tree, call, input),
        NodeKind::Missing | NodeKind::Error => None,
    }
}

fn of_call(tree: &intrinsic::Tree, call: &intrinsic::Call, input: &str) -> Option<String> {
    let arguments: Option<Vec<String>> =
        call.arguments.iter().map(|&id| of_argument(tree, id, input)).collect();
    let arguments = arguments?;
    let function = |name: &str| Some(format!("{name}({})", arguments.join(", ")));
    match (tree.name(call), arguments.as_slice()) {
        ("States.UUID", []) => function("$uuid"),
        ("States.ArrayLength", [_]) => function("$count"),
        ("States.ArrayUnique", [_]) => function("$distinct"),
        ("States.StringToJson", [_]) => function("$parse"),
        ("States.JsonToString", [_]) => function("$string"),
        ("States.Base64Encode", [_]) => function("$base64encode"),
        ("States.Base64Decode", [_]) => function("$base64decode"),
        ("States.Hash", [_, _]) => function("$hash"),
        ("States.MathAdd", [a, b]) => Some(format!("{a} + {b}")),
        ("States.Array", items) => Some(format!("[{}]", items.join(", "))),
        ("States.Format", [_, values @ ..]) => {
            let intrinsic::NodeKind::String(template) = &tree.node(*call.arguments.first()?).kind else {
                return None;
            };
            // An escaped pair of braces would look like a placeholder.
            if !template.escapes.is_empty() || template.placeholders.len() != values.len() {
                return None;
            }
            let mut pieces = Vec::new();
            for (index, text) in template.value.split("{}").enumerate() {
                if index > 0 {
                    pieces.push(values.get(index - 1)?.clone());
                }
                if !text.is_empty() {
                    pieces.push(quoted(text));
                }
            }
            Some(pieces.join(" & "))
        }
        _ => None,
    }
}

fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\\', "\\\\").replace('\'', "\\u0027"))
}

fn is_plain(name: &str) -> bool {
    let word = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let keyword = matches!(name, "and" | "or" | "in" | "true" | "false" | "null" | "function");
    !keyword && name.chars().all(word) && !name.starts_with(|c: char| c.is_ascii_digit())
}

/// The path that an expression is, if it is one of plain names: `$states.input.a.b` is `$.a.b`.
pub fn to_path(tree: &jsonata::Tree) -> Option<String> {
    let text = tree.text().trim();
    let (root, rest) = [("$states.input", "$"), ("$states.context", "$$")]
        .into_iter()
        .find_map(|(from, to)| Some((to, text.strip_prefix(from)?)))?;
    let steps =
        rest.strip_prefix('.').map(|rest| rest.split('.').all(|name| is_plain(name) && !name.is_empty()));
    (rest.is_empty() || steps == Some(true)).then(|| format!("{root}{rest}"))
}

/// A text as it stands in JSON and in YAML.
pub fn literal(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
