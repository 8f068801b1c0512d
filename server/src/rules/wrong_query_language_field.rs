use asl_grammar::text::Edit;
use asl_grammar::tree::{Kind, Member};
use asl_grammar::write::{self, Value as New};

use super::common::{path_to_jsonata, plain_path};
use super::conversion::{INPUT, RESULT, template_to_jsonata, text_to_jsonata};
use crate::asl::{Language, is_expression, is_unknown};
use crate::catalog::fields::{Object, operator};
use crate::catalog::states::StateType;
use crate::check::{Finding, Local, PlaceView, Report};

rule! {
    /// # Field of the other query language
    ///
    /// A state works in JSONPath or in JSONata, and each has fields that the other one lacks. JSONPath states take
    /// `InputPath`, `Parameters`, `ResultSelector`, `ResultPath`, `OutputPath`, `ItemsPath`, the `…Path` twins and
    /// choice rules with `Variable`; JSONata states take `Arguments`, `Output`, `Items` and choice rules with
    /// `Condition`. AWS refuses a definition that mixes them in one state.
    ///
    /// The language of a state is its own `QueryLanguage`, else that of the machine, else JSONPath. It is never taken
    /// from a Parallel or Map state around it.
    ///
    /// ```asl fails
    /// { "StartAt": "W", "States": { "W": {
    ///   "Type": "Wait",
    ///   "QueryLanguage": "JSONata",
    ///   "SecondsPath": "$.delay.seconds",
    ///   ^^^^^^^^^^^^^ `SecondsPath` is for JSONPath states, and this one uses JSONata
    ///   "End": true
    /// } } }
    /// ```
    ///
    /// ```asl fixed
    /// { "StartAt": "W", "States": { "W": {
    ///   "Type": "Wait",
    ///   "QueryLanguage": "JSONata",
    ///   "Seconds": "{% $states.input.delay.seconds %}",
    ///   "End": true
    /// } } }
    /// ```
    ///
    /// ```asl fails
    /// { "StartAt": "A", "States": { "A": {
    ///   "Type": "Pass",
    ///   "Output": { "sum": "{% $states.input.a + $states.input.b %}" },
    ///   ^^^^^^^^ `Output` is for JSONata states, and this one uses JSONPath
    ///   "End": true
    /// } } }
    /// ```
    ///
    /// ```asl fixed
    /// { "StartAt": "A", "States": { "A": {
    ///   "Type": "Pass",
    ///   "QueryLanguage": "JSONata",
    ///   "Output": { "sum": "{% $states.input.a + $states.input.b %}" },
    ///   "End": true
    /// } } }
    /// ```
    ///
    /// ```asl fails
    /// { "QueryLanguage": "JSONata", "StartAt": "Q", "States": {
    ///   "Q": {
    ///     "Type": "Choice",
    ///     "Choices": [{ "Variable": "$.order.total", "NumericGreaterThan": 100, "Next": "D" }]
    ///                   ^^^^^^^^^^ `Variable` is for JSONPath states, and this one uses JSONata
    ///   },
    ///   "D": { "Type": "Succeed" }
    /// } }
    /// ```
    ///
    /// ```asl fixed
    /// { "QueryLanguage": "JSONata", "StartAt": "Q", "States": {
    ///   "Q": {
    ///     "Type": "Choice",
    ///     "Choices": [{ "Condition": "{% $states.input.order.total > 100 %}", "Next": "D" }]
    ///   },
    ///   "D": { "Type": "Succeed" }
    /// } }
    /// ```
    /// ```asl fails
    /// { "QueryLanguage": "JSONata", "StartAt": "A", "States": { "A": {
    ///   "Type": "Task",
    ///   "Resource": "arn:aws:states:::lambda:invoke",
    ///   "Parameters": { "FunctionName": "${Worker}", "Payload": { "id.$": "$.order.id" } },
    ///   ^^^^^^^^^^^^ `Parameters` is for JSONPath states, and this one uses JSONata
    ///   "ResultSelector": { "total.$": "$.Payload.total", "currency": "EUR" },
    ///   ^^^^^^^^^^^^^^^^ `ResultSelector` is for JSONPath states, and this one uses JSONata
    ///   "TimeoutSecondsPath": "$.limit",
    ///   ^^^^^^^^^^^^^^^^^^^^ `TimeoutSecondsPath` is for JSONPath states, and this one uses JSONata
    ///   "End": true
    /// } } }
    /// ```
    ///
    /// ```asl fixed
    /// { "QueryLanguage": "JSONata", "StartAt": "A", "States": { "A": {
    ///   "Type": "Task",
    ///   "Resource": "arn:aws:states:::lambda:invoke",
    ///   "Arguments": { "FunctionName": "${Worker}", "Payload": { "id": "{% $states.input.order.id %}" } },
    ///   "Output": { "total": "{% $states.result.Payload.total %}", "currency": "EUR" },
    ///   "TimeoutSeconds": "{% $states.input.limit %}",
    ///   "End": true
    /// } } }
    /// ```
    ///
    /// ```asl fails yaml
    /// QueryLanguage: JSONata
    /// StartAt: A
    /// States:
    ///   A:
    ///     Type: Task
    ///     Resource: arn:aws:states:::sns:publish
    ///     Arguments: { TopicArn: "${Topic}", Message: done }
    ///     ResultPath: $.sent
    ///     ^^^^^^^^^^ `ResultPath` is for JSONPath states, and this one uses JSONata
    ///     End: true
    /// ```
    ///
    /// ```asl fixed yaml
    /// QueryLanguage: JSONata
    /// StartAt: A
    /// States:
    ///   A:
    ///     Type: Task
    ///     Resource: arn:aws:states:::sns:publish
    ///     Arguments: { TopicArn: "${Topic}", Message: done }
    ///     Output: "{% $merge([$states.input, {'sent': $states.result}]) %}"
    ///     End: true
    /// ```
    pub static WRONG_QUERY_LANGUAGE_FIELD = { "wrong-query-language-field", Error, Local(check), fixable }
}

fn check(local: &Local, report: &mut Report) {
    for place in local.places() {
        let Some(language) = place.language() else { continue };
        let object = place.place.object;
        // What stands in `And`, `Or` and `Not` is reported with the rule around it.
        if object == Object::NestedRule {
            continue;
        }
        let wrong = place.members().filter(|(_, field)| field.is_some_and(|field| !language.takes(field)));
        let mut wrong: Vec<Member> = wrong.map(|(member, _)| member).collect();
        if wrong.is_empty() || follows_misplaced(local, &place, other(language)) {
            continue;
        }
        // A whole rule of the other language is one mistake.
        if object == Object::ChoiceRule && language == Language::Jsonata {
            wrong.sort_by_key(|member| member.name() != "Variable");
            wrong.truncate(1);
        }
        for member in wrong {
            let message = format!(
                "`{}` is for {} states, and this one uses {}",
                member.name(),
                other(language).name(),
                language.name()
            );
            let finding = report.at(member.key, message);
            let own = place.state().and_then(|state| local.node(state.value).member("QueryLanguage"));
            if let Some(own) = own {
                finding.related(own.node.range(), "the language of the state");
            }
            if object == Object::ChoiceRule && language == Language::Jsonata {
                to_condition(local, &place, finding);
            } else if let Some((title, edits)) = shape(local, &place, member).or_else(|| twin(&place, member))
            {
                finding.fix(title, edits.into_iter().map(Some), false);
            }
            if own.is_none() && language == Language::JsonPath {
                use_jsonata(local, &place, finding);
            }
        }
    }
}

/// Does the state keep to the language of a branch or processor around it? Then the fault is the `QueryLanguage`
/// there, which is query-language-misplaced.
fn follows_misplaced(local: &Local, place: &PlaceView, language: Language) -> bool {
    let Some(state) = place.state().filter(|state| local.node(state.value).get("QueryLanguage").is_none())
    else {
        return false;
    };
    let mut scope = state.scope;
    while let Some(nested) = scope.map(|scope| &local.fragment.scopes[scope as usize]) {
        let said = local.node(nested.node).get("QueryLanguage").and_then(|said| said.as_str());
        if said == Some(language.name()) {
            return true;
        }
        scope = local.fragment.states[nested.owner as usize].scope;
    }
    false
}

fn other(language: Language) -> Language {
    match language {
        Language::JsonPath => Language::Jsonata,
        Language::Jsonata => Language::JsonPath,
    }
}

/// The one field that shapes what a state in JSONata hands to its task or hands on, made from the one of JSONPath that
/// does so here, when no other has a say in it.
fn shape(local: &Local, place: &PlaceView, member: Member) -> Option<(String, Vec<Edit>)> {
    let Object::State(kind) = place.place.object else { return None };
    let alone = |names: &[&str]| names.iter().all(|name| *name == member.name() || !place.has(name));
    let flow = ["InputPath", "ResultSelector", "ResultPath", "OutputPath"];
    let does_work = matches!(kind, StateType::Task | StateType::Parallel | StateType::Map);
    let outcome = if does_work { RESULT } else { INPUT };
    let text = || member.value.as_str();
    let (to, value) = match (member.name(), kind) {
        ("Parameters", StateType::Task | StateType::Parallel) if alone(&["InputPath"]) => {
            ("Arguments", template_to_jsonata(member.value, INPUT)?)
        }
        ("Parameters", StateType::Map) if alone(&["InputPath"]) => {
            ("ItemSelector", template_to_jsonata(member.value, INPUT)?)
        }
        ("Parameters", StateType::Pass) if alone(&flow) => {
            ("Output", template_to_jsonata(member.value, INPUT)?)
        }
        ("ResultSelector", _) if does_work && alone(&flow) => {
            ("Output", template_to_jsonata(member.value, RESULT)?)
        }
        ("OutputPath", _) if alone(&flow) && alone(&["Parameters", "Result"]) => {
            ("Output", New::text(text_to_jsonata(text()?, outcome)?))
        }
        ("ResultPath", _) if does_work && alone(&flow) => {
            let output = match (member.value.kind(), text()) {
                (Kind::Null, _) => format!("{{% {INPUT} %}}"),
                (_, Some("$")) => format!("{{% {RESULT} %}}"),
                // Below the first step the objects on the way would have to be merged as well.
                (_, Some(path)) => {
                    let name = plain_path(path).filter(|name| !name.is_empty() && !name.contains('.'))?;
                    format!("{{% $merge([{INPUT}, {{'{name}': {RESULT}}}]) %}}")
                }
                _ => return None,
            };
            ("Output", New::text(output))
        }
        _ => return None,
    };
    if place.language() != Some(Language::Jsonata) || place.has(to) {
        return None;
    }
    let edit = write::replace_member(local.source, member, to, &value)?;
    Some((format!("Change to `{to}`"), vec![edit]))
}

/// The same thing said in the language of the state.
fn twin(place: &PlaceView, member: Member) -> Option<(String, Vec<Edit>)> {
    let name = member.name();
    let text = member.value.as_str();
    let (to, value) = match (place.place.object, name) {
        (Object::State(StateType::Map), "Parameters") => ("ItemSelector", None),
        (_, "Parameters") => ("Arguments", None),
        (_, "Arguments") => ("Parameters", None),
        (_, "ItemsPath") => ("Items", Some(to_expression(text?)?)),
        (_, "Items") => ("ItemsPath", Some(to_path(text?)?)),
        (Object::State(_) | Object::ReaderConfig | Object::ItemBatcher, _) => {
            let to = name.strip_suffix("Path")?;
            (place.place.object.field(to)?.name, Some(to_expression(text?)?))
        }
        _ => return None,
    };
    let field = place.place.object.field(to)?;
    if place.has(to) || !place.language()?.takes(field) {
        return None;
    }
    // Templates and expressions differ inside; only data without either may move as it is.
    if value.is_none() && !is_plain(member.value) {
        return None;
    }
    let mut edits = vec![write::rename(member.key, to)];
    edits.extend(value.map(|value| Edit { range: member.value.range(), text: write::quoted(&value) }));
    Some((format!("Change to `{to}`"), edits))
}

fn is_plain(value: asl_grammar::tree::Node) -> bool {
    super::common::descendants(value).all(|node| {
        let template = node.as_member().is_some_and(|member| member.name().ends_with(".$"));
        !template && !node.as_str().is_some_and(|text| text.contains("{%"))
    })
}

fn to_expression(path: &str) -> Option<String> {
    Some(format!("{{% {} %}}", path_to_jsonata(path)?))
}

fn to_path(expression: &str) -> Option<String> {
    let inner = expression.strip_prefix("{%")?.strip_suffix("%}")?.trim();
    let path = format!("${}", inner.strip_prefix("$states.input")?);
    plain_path(&path).map(|_| path.clone())
}

/// Where nothing in the state needs JSONPath, the state may have meant to be in JSONata.
fn use_jsonata(local: &Local, place: &PlaceView, finding: &mut Finding) {
    let Some(index) = place.place.state else { return };
    let needs_jsonpath = local
        .places()
        .filter(|it| it.place.state == Some(index))
        .any(|it| it.members().any(|(_, field)| field.is_some_and(|field| !Language::Jsonata.takes(field))));
    let state = local.node(local.fragment.states[index as usize].value);
    let Some(kind) = state.member("Type").filter(|_| !needs_jsonpath) else { return };
    let edit = write::insert_after(local.source, kind, "QueryLanguage", &New::text(Language::Jsonata.name()));
    // Every field of the state asks for the same line: one of them brings it.
    finding.fix("Use JSONata in this state", [edit], false);
}

/// Turns `Variable` with a simple comparison into a `Condition`.
fn to_condition(local: &Local, place: &PlaceView, finding: &mut Finding) {
    let tests: Vec<Member> =
        place.members().filter(|(member, _)| operator(member.name()).is_some()).map(|it| it.0).collect();
    let (Some(variable), [test]) = (place.node.member("Variable"), tests.as_slice()) else { return };
    let Some(condition) = condition(variable, *test) else { return };
    let (first, second) =
        if variable.key.start() < test.key.start() { (variable, *test) } else { (*test, variable) };
    let between = local.source.slice(first.node.range().end..second.node.start());
    if !matches!(between.trim(), "," | "") {
        return;
    }
    let edits = vec![
        write::rename(first.key, "Condition"),
        Edit { range: first.value.range(), text: write::quoted(&format!("{{% {condition} %}}")) },
        Edit { range: first.node.range().end..second.node.range().end, text: String::new() },
    ];
    finding.fix("Change to `Condition`", edits.into_iter().map(Some), false);
}

fn condition(variable: Member, test: Member) -> Option<String> {
    let left = path_to_jsonata(variable.value.as_str()?)?;
    let name = test.name();
    let value = test.value;
    if is_unknown(value) || value.as_str().is_some_and(is_expression) {
        return None;
    }
    match (name, value.as_bool()) {
        ("BooleanEquals", Some(expected)) => return Some(format!("{left} = {expected}")),
        ("IsPresent", Some(true)) => return Some(format!("$exists({left})")),
        ("IsPresent", Some(false)) => return Some(format!("$not($exists({left}))")),
        ("IsNull", Some(true)) => return Some(format!("{left} = null")),
        ("IsNull", Some(false)) => return Some(format!("{left} != null")),
        _ => {}
    }
    let (kind, comparison) =
        ["Numeric", "String"].iter().find_map(|kind| Some((*kind, name.strip_prefix(kind)?)))?;
    let right = match (kind, value.kind()) {
        ("Numeric", Kind::Number) => value.text().to_owned(),
        ("String", Kind::String) if !value.text().contains(['"', '\\']) => format!("'{}'", value.text()),
        _ => return None,
    };
    let right = if right.matches('\'').count() > 2 { return None } else { right };
    let sign = match comparison {
        "Equals" => "=",
        "LessThan" => "<",
        "LessThanEquals" => "<=",
        "GreaterThan" => ">",
        "GreaterThanEquals" => ">=",
        _ => return None,
    };
    Some(format!("{left} {sign} {right}"))
}
