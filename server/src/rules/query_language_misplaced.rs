use asl_grammar::write::{self, Value};

use crate::asl::Language;
use crate::catalog::fields::Object;
use crate::check::{Local, PlaceView, Report};

rule! {
    /// # QueryLanguage on a branch or processor
    ///
    /// Only the machine and single states say which query language they use. A branch of a Parallel state or the
    /// item processor of a Map cannot, and its states do not take it from the Parallel or Map state either: each has
    /// its own, or that of the machine. AWS refuses the definition.
    ///
    /// ```asl fails
    /// { "QueryLanguage": "JSONata", "StartAt": "Each", "States": { "Each": {
    ///   "Type": "Map",
    ///   "ItemProcessor": {
    ///     "QueryLanguage": "JSONata",
    ///     ^^^^^^^^^^^^^^^ an item processor has no query language of its own
    ///     "StartAt": "Row",
    ///     "States": { "Row": { "Type": "Pass", "End": true } }
    ///   },
    ///   "End": true
    /// } } }
    /// ```
    ///
    /// ```asl fixed
    /// { "QueryLanguage": "JSONata", "StartAt": "Each", "States": { "Each": {
    ///   "Type": "Map",
    ///   "ItemProcessor": {
    ///     "StartAt": "Row",
    ///     "States": { "Row": { "Type": "Pass", "End": true } }
    ///   },
    ///   "End": true
    /// } } }
    /// ```
    ///
    /// ```asl fails yaml
    /// StartAt: P
    /// States:
    ///   P:
    ///     Type: Parallel
    ///     Branches:
    ///       - StartAt: A
    ///         QueryLanguage: JSONata
    ///         ^^^^^^^^^^^^^ a branch has no query language of its own
    ///         States:
    ///           A:
    ///             Type: Pass
    ///             Output: "{% $states.input.a %}"
    ///             End: true
    ///     End: true
    /// ```
    ///
    /// ```asl fixed yaml
    /// StartAt: P
    /// States:
    ///   P:
    ///     Type: Parallel
    ///     Branches:
    ///       - StartAt: A
    ///         States:
    ///           A:
    ///             Type: Pass
    ///             QueryLanguage: JSONata
    ///             Output: "{% $states.input.a %}"
    ///             End: true
    ///     End: true
    /// ```
    pub static QUERY_LANGUAGE_MISPLACED = { "query-language-misplaced", Error, Local(check), fixable }
}

fn check(local: &Local, report: &mut Report) {
    for place in local.places() {
        let object = place.place.object;
        if !matches!(object, Object::Branch | Object::Processor) {
            continue;
        }
        let Some(member) = place.node.member("QueryLanguage") else { continue };
        let language = member.value.as_str().and_then(Language::from_name);
        let finding = report.at(member.key, format!("{} has no query language of its own", object.title()));
        // States that would use another language without it.
        let others: Vec<_> =
            states(local, &place).filter(|state| language.is_some() && state.language != language).collect();
        if others.is_empty() {
            finding.fix("Remove `QueryLanguage`", [write::remove(member.node)], true);
        } else if let Some(language) = language {
            let mut edits = vec![write::remove(member.node)];
            for state in others.into_iter().map(|state| local.node(state.value)) {
                let kind = state.member("Type").filter(|_| state.get("QueryLanguage").is_none());
                let value = Value::text(language.name());
                edits.push(
                    kind.and_then(|kind| write::insert_after(local.source, kind, "QueryLanguage", &value)),
                );
            }
            finding.fix("Move `QueryLanguage` into the states", edits, false);
        }
    }
}

/// The states of a branch or processor.
fn states<'a>(local: &'a Local, place: &PlaceView) -> impl Iterator<Item = &'a crate::asl::State> {
    let scope = local.fragment.scopes.iter().position(|scope| scope.node == place.place.node);
    local.fragment.states.iter().filter(move |state| state.scope.map(|it| it as usize) == scope)
}
