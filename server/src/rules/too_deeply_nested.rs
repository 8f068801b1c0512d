use crate::asl::Machine;
use crate::check::Report;

/// AWS has a limit of its own but does not say which.
const DEEPEST: usize = 20;

rule! {
    /// # Machines nested very deeply
    ///
    /// A Parallel or Map state inside another, and so on for more than 20 levels. AWS refuses deep nesting at some
    /// point, and nobody can follow such a machine. Start a nested execution (`states:startExecution`) instead.
    ///
    /// ```asl fails nested
    /// { "StartAt": "A", "States": { "A": { "Type": "Succeed" } } }
    /// ```
    ///
    /// ```asl passes
    /// { "StartAt": "A", "States": { "A": { "Type": "Succeed" } } }
    /// ```
    pub static TOO_DEEPLY_NESTED = { "too-deeply-nested", Warning, Machine(check) }
}

fn check(machine: &Machine, report: &mut Report) {
    let mut depths = vec![0usize; machine.scopes.len()];
    for (index, scope) in machine.scopes.iter().enumerate() {
        let Some(owner) = scope.owner else { continue };
        // An owner stands before what is nested in it.
        depths[index] = depths[machine.scope_of(owner)] + 1;
        if depths[index] == DEEPEST + 1
            && let Some(state) = scope.states.first()
        {
            let key = machine.state(*state).key();
            report.at(key, format!("this state stands in more than {DEEPEST} machines inside one another"));
        }
    }
}
