use std::collections::HashMap;

use asl_grammar::tree::Node;

use crate::asl::Machine;
use crate::check::{Local, Report};

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
    pub static CONFUSING_STATE_NAME = { "confusing-state-name", Hint, Both(check, check_capitals), off }
}

fn check(local: &Local, report: &mut Report) {
    for state in &local.fragment.states {
        let key = local.node(state.key);
        let name = key.text();
        if name.chars().any(char::is_control) {
            report.at(key, "the name has control characters in it");
        } else if name.trim() != name {
            report.at(key, "the name begins or ends with a blank");
        }
    }
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
