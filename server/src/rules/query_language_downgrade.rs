use asl_grammar::write;

use crate::asl::{Language, Machine};
use crate::check::Report;

rule! {
    /// # JSONPath state in a JSONata machine
    ///
    /// A machine in JSONPath may have single states in JSONata, but not the other way round: once the machine says
    /// `"QueryLanguage": "JSONata"`, no state of it may say `JSONPath`. AWS refuses the definition.
    ///
    /// Write the state in JSONata, or take `QueryLanguage` from the machine and put it into the states that use
    /// JSONata.
    ///
    /// ```asl fails
    /// { "QueryLanguage": "JSONata", "StartAt": "A", "States": {
    ///   "A": { "Type": "Pass", "QueryLanguage": "JSONPath", "Next": "B" },
    ///                                           ^^^^^^^^^^ the state `A` uses JSONPath, but the whole machine uses JSONata
    ///   "B": { "Type": "Succeed" }
    /// } }
    /// ```
    ///
    /// ```asl fixed
    /// { "QueryLanguage": "JSONata", "StartAt": "A", "States": {
    ///   "A": { "Type": "Pass", "Next": "B" },
    ///   "B": { "Type": "Succeed" }
    /// } }
    /// ```
    pub static QUERY_LANGUAGE_DOWNGRADE = { "query-language-downgrade", Error, Machine(check), fixable }
}

fn check(machine: &Machine, report: &mut Report) {
    let Some(whole) = machine.scopes[0].node.get("QueryLanguage") else { return };
    if whole.as_str() != Some(Language::Jsonata.name()) {
        return;
    }
    for state in machine.states().filter(|state| machine.data(*state).language == Some(Language::JsonPath)) {
        let view = machine.state(state);
        let Some(own) = view.value().member("QueryLanguage") else { continue };
        let message =
            format!("the state `{}` uses JSONPath, but the whole machine uses JSONata", view.name());
        let finding = report.at(own.value, message);
        finding.related(whole.range(), "the language of the machine");
        finding.fix("Remove `QueryLanguage`", [write::remove(own.node)], false);
    }
}
