use crate::asl::Machine;
use crate::asl::reach::unreachable;
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
    pub static UNREACHABLE_STATE = { "unreachable-state", Error, Machine(check), unnecessary }
}

fn check(machine: &Machine, report: &mut Report) {
    for (index, scope) in machine.scopes.iter().enumerate() {
        for state in unreachable(machine, index) {
            let key = machine.state(state).key();
            let finding = report.at(key, format!("no way leads from the start to `{}`", key.text()));
            // With thousands of dead states nobody reads the references.
            let others = scope.states.iter().take(MANY).filter(|other| **other != state);
            let references = others.flat_map(|other| machine.transitions(*other)).map(|(_, target)| target);
            for target in references.filter(|target| target.text() == key.text()).take(3) {
                finding.related(target.range(), "this leads here, but cannot be reached itself");
            }
        }
    }
}

const MANY: usize = 200;
