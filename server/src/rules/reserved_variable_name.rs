use asl_grammar::write::{self};

use crate::asl::variables::assigned_name;
use crate::asl::variables::name::RESERVED;
use crate::check::{Local, Report};

rule! {
    /// # Variable called `states`
    ///
    /// `$states` holds what Step Functions offers to expressions, so no variable may have that name. AWS refuses the
    /// definition.
    ///
    /// ```asl fails
    /// { "StartAt": "A", "States": { "A": {
    ///   "Type": "Pass",
    ///   "Assign": { "states": 1 },
    ///               ^^^^^^^^ the name `states` is reserved: `$states` belongs to Step Functions
    ///   "End": true
    /// } } }
    /// ```
    ///
    /// ```asl fixed
    /// { "StartAt": "A", "States": { "A": {
    ///   "Type": "Pass",
    ///   "Assign": { "status": 1 },
    ///   "End": true
    /// } } }
    /// ```
    pub static RESERVED_VARIABLE_NAME = { "reserved-variable-name", Error, Local(check), fixable }
}

fn check(local: &Local, report: &mut Report) {
    for assignment in &local.fragment.assignments {
        let key = local.node(assignment.key);
        if assigned_name(key) == RESERVED {
            let message = "the name `states` is reserved: `$states` belongs to Step Functions";
            let name = key.text().replacen("states", "status", 1);
            let edit = write::rename(key, &name);
            report.at(key, message).fix(format!("Rename to `{name}`"), [Some(edit)], false);
        }
    }
}
