use crate::asl::Machine;
use crate::check::Report;

rule! {
    /// # Inner scope assigns an outer name
    ///
    /// A state inside a branch or an item processor reads the variables around it, but cannot change them, and may not
    /// have one of the same name: AWS refuses the definition. Give the inner variable a name of its own; what the
    /// outer one should become is assigned by the Parallel or Map state, from its result.
    ///
    /// ```asl fails
    /// { "QueryLanguage": "JSONata", "StartAt": "A", "States": {
    ///   "A": { "Type": "Pass", "Assign": { "total": 0 }, "Next": "Each" },
    ///   "Each": {
    ///     "Type": "Map",
    ///     "ItemProcessor": { "StartAt": "B", "States": {
    ///       "B": { "Type": "Pass", "Assign": { "total": 1 }, "End": true }
    ///                                          ^^^^^^^ the variable `total` is already assigned outside of this scope
    ///     } },
    ///     "End": true
    ///   }
    /// } }
    /// ```
    ///
    /// ```asl passes
    /// { "QueryLanguage": "JSONata", "StartAt": "A", "States": {
    ///   "A": { "Type": "Pass", "Assign": { "total": 0 }, "Next": "Each" },
    ///   "Each": {
    ///     "Type": "Map",
    ///     "ItemProcessor": { "StartAt": "B", "States": {
    ///       "B": { "Type": "Pass", "Assign": { "part": 1 }, "End": true }
    ///     } },
    ///     "End": true
    ///   }
    /// } }
    /// ```
    pub static VARIABLE_SHADOWS_OUTER = { "variable-shadows-outer", Error, Machine(check) }
}

fn check(machine: &Machine, report: &mut Report) {
    let variables = machine.variables();
    for it in variables.assigned.iter().filter(|it| it.scope != 0) {
        let mut outer = variables.visible(machine, it.scope as usize).skip(1);
        let Some(by) = outer.find_map(|scope| variables.assigns(scope, it.name).next()) else { continue };
        let message = format!("the variable `{}` is already assigned outside of this scope", it.name);
        report.at(it.key, message).related(by.key.range(), "the outer variable is assigned here");
    }
}
