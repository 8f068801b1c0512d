use crate::asl::{Language, Machine, has_placeholder};
use crate::check::Report;

rule! {
    /// # Machine in JSONPath
    ///
    /// New machines are shorter in JSONata: one expression takes the place of `InputPath`, `Parameters`,
    /// `ResultSelector`, `ResultPath` and `OutputPath`, and functions take the place of helper states. A machine can
    /// change over state by state: give a state `"QueryLanguage": "JSONata"`.
    ///
    /// ```asl fails
    /// { "StartAt": "A", "States": { "A": { "Type": "Succeed", "InputPath": "$.order" } } }
    /// ^ this machine is in JSONPath
    /// ```
    ///
    /// ```asl passes
    /// { "QueryLanguage": "JSONata", "StartAt": "A", "States": {
    ///   "A": { "Type": "Succeed", "Output": "{% $states.input.order %}" }
    /// } }
    /// ```
    ///
    /// ```asl passes
    /// { "StartAt": "A", "States": {
    ///   "A": { "Type": "Succeed", "QueryLanguage": "JSONata", "Output": "{% $states.input.order %}" }
    /// } }
    /// ```
    pub static PREFER_JSONATA = { "prefer-jsonata", Hint, Machine(check), off }
}

fn check(machine: &Machine, report: &mut Report) {
    let root = machine.scopes[0].node;
    let said = root.get("QueryLanguage");
    let unknown = said.is_some_and(|said| said.as_str().is_none_or(has_placeholder));
    let mut states = machine.states().map(|state| machine.data(state).language);
    if !unknown && states.any(|language| language == Some(Language::JsonPath)) {
        report.on(
            said.unwrap_or(root),
            said.map_or(root.open(), |said| said.range()),
            "this machine is in JSONPath",
        );
    }
}
