use asl_grammar::tree::Node;

use crate::asl::reach::unreachable;
use crate::asl::{Machine, StateRef};
use crate::check::Report;

rule! {
    /// # State cannot be reached
    ///
    /// An execution starts at `StartAt` and follows `Next`, `Default`, `Choices` and `Catch`. No such way leads to
    /// this state, so it never runs; AWS refuses the definition. That another state which cannot be reached leads
    /// here does not help.
    ///
    /// ```asl fails
    /// { "StartAt": "A", "States": {
    ///   "A": { "Type": "Succeed" },
    ///   "B": { "Type": "Pass", "Next": "C" },
    ///   ^^^ no way leads from the start to `B`
    ///   "C": { "Type": "Pass", "Next": "B" }
    ///   ^^^ no way leads from the start to `C`
    /// } }
    /// ```
    ///
    /// ```asl passes
    /// { "StartAt": "A", "States": {
    ///   "A": { "Type": "Pass", "Next": "B" },
    ///   "B": { "Type": "Succeed" }
    /// } }
    /// ```
    ///
    /// ```asl fails yaml
    /// StartAt: A
    /// States:
    ///   A:
    ///     Type: Succeed
    ///   B:
    ///   ^ no way leads from the start to `B`
    ///     Type: Pass
    ///     End: true
    /// ```
    ///
    /// ```asl fixed yaml
    /// StartAt: A
    /// States:
    ///   A:
    ///     Type: Succeed
    /// ```
    ///
    /// ```asl fails
    /// { "StartAt": "A", "States": {
    ///   "Old": { "Type": "Pass", "Next": "A" },
    ///   ^^^^^ no way leads from the start to `Old`
    ///   "A": { "Type": "Succeed" }
    /// } }
    /// ```
    ///
    /// ```asl fixed
    /// { "StartAt": "A", "States": {
    ///   "A": { "Type": "Succeed" }
    /// } }
    /// ```
    pub static UNREACHABLE_STATE = { "unreachable-state", Error, Machine(check), unnecessary, fixable }
}

fn check(machine: &Machine, report: &mut Report) {
    for (index, scope) in machine.scopes.iter().enumerate() {
        let dead = unreachable(machine, index);
        let family = if dead.is_empty() { None } else { machine.family(index) };
        let remove = |states: &[StateRef]| {
            let members: Vec<Node> = states.iter().filter_map(|state| machine.member(*state)).collect();
            family.as_ref()?.remove(&members)
        };
        let remove_all = if (2..MANY).contains(&dead.len()) { remove(&dead) } else { None };
        for state in dead.iter().copied() {
            let key = machine.state(state).key();
            let finding = report.at(key, format!("no way leads from the start to `{}`", key.text()));
            // With thousands of dead states nobody reads the references.
            let others = scope.states.iter().take(MANY).filter(|other| **other != state);
            let references = others.flat_map(|other| machine.transitions(*other)).map(|(_, target)| target);
            let references: Vec<Node> =
                references.filter(|target| target.text() == key.text()).take(3).collect();
            for target in &references {
                finding.related(target.range(), "this leads here, but cannot be reached itself");
            }
            // What leads here would lead nowhere then.
            if references.is_empty() && scope.states.len() <= MANY {
                let edits = remove(&[state]).into_iter().flatten().map(Some);
                finding.fix(format!("Remove `{}`", key.text()), edits, false);
            }
            if let Some(edits) = &remove_all {
                let title = format!("Remove the {} states that cannot be reached", dead.len());
                finding.fix(title, edits.iter().cloned().map(Some), false);
            }
        }
    }
}

const MANY: usize = 200;
