use asl_grammar::intrinsic::{Call, NodeId, NodeKind, Tree};

use crate::catalog::functions::{HASH_ALGORITHMS, Kind, Presence, intrinsic};
use crate::check::{Level, Local, Report};
use crate::suggest::nearest;

rule! {
    /// # Literal argument the function cannot take
    ///
    /// The argument is written out, and the function cannot work with it: a text where a number belongs, an unknown
    /// algorithm, a step of 0. The call fails with `States.IntrinsicFailure` when it runs.
    ///
    /// ```asl fails
    /// { "StartAt": "A", "States": { "A": {
    ///   "Type": "Pass",
    ///   "Parameters": { "sum.$": "States.MathAdd($.count, 'two')", "hash.$": "States.Hash($.id, 'SHA256')" },
    ///                                                     ^^^^^ `States.MathAdd` takes a number here, not a text
    ///                                                                                           ^^^^^^^^ `States.Hash` knows no algorithm `SHA256`; did you mean `SHA-256`?
    ///   "End": true
    /// } } }
    /// ```
    ///
    /// ```asl passes
    /// { "StartAt": "A", "States": { "A": {
    ///   "Type": "Pass",
    ///   "Parameters": { "sum.$": "States.MathAdd($.count, 2)", "hash.$": "States.Hash($.id, 'SHA-256')" },
    ///   "End": true
    /// } } }
    /// ```
    ///
    /// What was meant is clear in a few cases:
    ///
    /// ```asl fails
    /// { "StartAt": "A", "States": { "A": {
    ///   "Type": "Pass",
    ///   "Parameters": { "all.$": "States.JsonMerge($.a, $.b, true)" },
    ///                                                        ^^^^ `States.JsonMerge` merges only the outermost members: its third argument is `false`
    ///   "End": true
    /// } } }
    /// ```
    ///
    /// ```asl fixed
    /// { "StartAt": "A", "States": { "A": {
    ///   "Type": "Pass",
    ///   "Parameters": { "all.$": "States.JsonMerge($.a, $.b, false)" },
    ///   "End": true
    /// } } }
    /// ```
    pub static INTRINSIC_ARGUMENT_TYPE = { "intrinsic-argument-type", Warning, Local(check), fixable }
}

/// A text argument of the coding functions may be so long.
const LONGEST: usize = 10_000;
/// `States.ArrayRange` makes so many items at most.
const ITEMS: f64 = 1000.0;

fn check(local: &Local, report: &mut Report) {
    for (it, tree) in local.intrinsics() {
        for (_, call) in tree.calls() {
            for (argument, problem) in problems(tree, call) {
                let range = it.range(tree.node(argument).span);
                let finding = report.on(it.node, range.clone(), problem.message);
                if let Some(instead) = problem.instead {
                    finding.replace(format!("Change to `{instead}`"), range, instead, false);
                }
                if problem.rounded {
                    finding.level(Level::Information);
                }
            }
        }
    }
}

#[derive(Default)]
struct Problem {
    message: String,
    instead: Option<String>,
    /// The service rounds it.
    rounded: bool,
}

fn problems(tree: &Tree, call: &Call) -> Vec<(NodeId, Problem)> {
    let Some(function) = intrinsic(tree.name(call)) else { return Vec::new() };
    let name = function.name;
    let says = |message: String| Problem { message, ..Problem::default() };
    let mut found = Vec::new();
    for (index, &id) in call.arguments.iter().enumerate() {
        let Some(parameter) = function.parameter(index) else { continue };
        let kind = &tree.node(id).kind;
        // What may be anything, or has a rule of its own below.
        if parameter.presence != Presence::Rest
            && let Some(message) = mismatch(name, parameter.kinds, kind)
        {
            found.push((id, says(message)));
        } else if let (NodeKind::Number(number), [Kind::Integer]) = (kind, parameter.kinds)
            && number.fract() != 0.0
        {
            let message = format!("`{name}` rounds `{number}` to a whole number");
            found.push((id, Problem { message, rounded: true, ..Problem::default() }));
        }
    }
    if !found.is_empty() {
        return found;
    }
    let number = |index: usize| match call.arguments.get(index).map(|&id| &tree.node(id).kind) {
        Some(NodeKind::Number(number)) => Some(*number),
        _ => None,
    };
    let at = |index: usize| call.arguments.get(index).copied();
    let problem = match name {
        "States.ArrayPartition" if number(1).is_some_and(|size| size < 1.0) => {
            at(1).zip(Some(says(format!("`{name}` makes pieces of at least 1 item"))))
        }
        "States.ArrayGetItem" if number(1).is_some_and(|index| index < 0.0) => {
            at(1).zip(Some(says(format!("`{name}` counts from 0: there are no negative positions"))))
        }
        "States.ArrayRange" => match (number(0), number(1), number(2)) {
            (_, _, Some(0.0)) => at(2).zip(Some(says(format!("with a step of 0 `{name}` never arrives")))),
            (Some(from), Some(to), Some(step)) if ((to - from) / step).floor() + 1.0 > ITEMS => {
                at(1).zip(Some(says(format!("`{name}` makes at most {ITEMS} items"))))
            }
            _ => None,
        },
        "States.JsonMerge" if at(2).is_some_and(|id| tree.node(id).kind == NodeKind::True) => {
            let message =
                format!("`{name}` merges only the outermost members: its third argument is `false`");
            at(2).zip(Some(Problem { message, instead: Some("false".into()), ..Problem::default() }))
        }
        "States.Hash" => algorithm(tree, call).map(|problem| (call.arguments[1], problem)),
        _ => None,
    };
    let long = matches!(name, "States.Hash" | "States.Base64Encode" | "States.Base64Decode");
    let text = at(0).map(|id| &tree.node(id).kind);
    let too_long = matches!(text, Some(NodeKind::String(text)) if text.value.chars().count() > LONGEST);
    let longest = (long && too_long).then(|| says(format!("`{name}` takes at most {LONGEST} characters")));
    found.extend(problem);
    found.extend(at(0).zip(longest));
    found
}

/// An algorithm that does not exist.
fn algorithm(tree: &Tree, call: &Call) -> Option<Problem> {
    let NodeKind::String(literal) = &tree.node(*call.arguments.get(1)?).kind else { return None };
    let written = literal.value.as_str();
    if HASH_ALGORITHMS.contains(&written) {
        return None;
    }
    let near = nearest(written, HASH_ALGORITHMS);
    let hint = near.map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
    Some(Problem {
        message: format!("`States.Hash` knows no algorithm `{written}`{hint}"),
        instead: near.map(|near| format!("'{near}'")),
        rounded: false,
    })
}

/// Says that a literal is of none of these kinds.
fn mismatch(name: &str, kinds: &[Kind], argument: &NodeKind) -> Option<String> {
    let (given, fits): (&str, &[Kind]) = match argument {
        NodeKind::String(_) => ("a text", &[Kind::String]),
        NodeKind::Number(_) => ("a number", &[Kind::Number, Kind::Integer]),
        NodeKind::True | NodeKind::False => ("a boolean", &[Kind::Boolean]),
        NodeKind::Null => ("`null`", &[]),
        _ => return None,
    };
    if kinds.iter().any(|kind| matches!(kind, Kind::Any | Kind::Json) || fits.contains(kind)) {
        return None;
    }
    let wanted: Vec<&str> = kinds.iter().map(|kind| describe(*kind)).collect();
    Some(format!("`{name}` takes {} here, not {given}", wanted.join(" or ")))
}

fn describe(kind: Kind) -> &'static str {
    match kind {
        Kind::Any | Kind::Json => "anything",
        Kind::String => "a text",
        Kind::Number | Kind::Integer => "a number",
        Kind::Boolean => "a boolean",
        Kind::Object => "an object",
        Kind::Array => "an array",
        Kind::Function => "a function",
    }
}
