use std::collections::HashMap;

use asl_grammar::tree::Node;

use super::duplicate_state_name::{RENAMED, rename};
use crate::asl::Machine;
use crate::check::Report;

rule! {
    /// # Names that are easily mistaken
    ///
    /// Blanks at an end of a name and control characters in it cannot be seen, and names that differ in nothing but
    /// capitals are confused; but every `Next` must repeat the name exactly.
    ///
    /// ```asl fails
    /// { "StartAt": "Load ", "States": {
    ///   "Load ": { "Type": "Pass", "Next": "load" },
    ///   ^^^^^^^ the name begins or ends with a blank
    ///   "load": { "Type": "Pass", "Next": "LOAD" },
    ///   "LOAD": { "Type": "Succeed" }
    ///   ^^^^^^ the name differs from `load` in nothing but capitals
    /// } }
    /// ```
    ///
    /// ```asl passes
    /// { "StartAt": "Load", "States": { "Load": { "Type": "Succeed" } } }
    /// ```
    ///
    /// ```asl fails
    /// { "StartAt": "Load ", "States": {
    ///   "Load ": { "Type": "Pass", "Next": "Done" },
    ///   ^^^^^^^ the name begins or ends with a blank
    ///   "Done": { "Type": "Pass", "Next": "Load " }
    /// } }
    /// ```
    ///
    /// ```asl fixed
    /// { "StartAt": "Load", "States": {
    ///   "Load": { "Type": "Pass", "Next": "Done" },
    ///   "Done": { "Type": "Pass", "Next": "Load" }
    /// } }
    /// ```
    pub static CONFUSING_STATE_NAME = { "confusing-state-name", Hint, Machine(check), off, fixable }
}

fn check(machine: &Machine, report: &mut Report) {
    let mut renamed = 0;
    for state in machine.states() {
        let key = machine.state(state).key();
        let name = key.text();
        let finding = if name.chars().any(char::is_control) {
            report.at(key, "the name has control characters in it")
        } else if name.trim() != name {
            report.at(key, "the name begins or ends with a blank")
        } else {
            continue;
        };
        let clean: String = name.trim().chars().filter(|c| !c.is_control()).collect();
        renamed += 1;
        if renamed <= RENAMED && !clean.is_empty() && machine.named(&clean).next().is_none() {
            finding.fix(format!("Rename to `{clean}`"), rename(machine, state, &clean), false);
        }
    }
    check_capitals(machine, report);
}

fn check_capitals(machine: &Machine, report: &mut Report) {
    let mut keys: Vec<Node> = machine.states().map(|state| machine.state(state).key()).collect();
    keys.sort_by_key(|key| key.start());
    let mut seen: HashMap<String, Node> = HashMap::new();
    for key in keys {
        let folded = key.text().to_lowercase();
        match seen.get(&folded) {
            // The same name twice is duplicate-state-name.
            Some(first) if first.text() != key.text() => {
                let message = format!("the name differs from `{}` in nothing but capitals", first.text());
                report.at(key, message).related(first.range(), "the other name");
            }
            Some(_) => {}
            None => _ = seen.insert(folded, key),
        }
    }
}
