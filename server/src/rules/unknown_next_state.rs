use asl_grammar::text::Edit;
use asl_grammar::write::{self, Value};

use crate::asl::{Machine, StateRef, has_placeholder};
use crate::catalog::limits::STATE_NAME_CHARACTERS;
use crate::check::Report;
use crate::suggest::nearest;

rule! {
    /// # Target state does not exist
    ///
    /// `Next`, `Default` and the `Next` of choice rules and catchers name a state of the same machine, letter for
    /// letter. AWS refuses a definition in which a name leads nowhere.
    ///
    /// ```asl fails
    /// { "StartAt": "One", "States": {
    ///   "One": { "Type": "Pass", "Next": "Tow" },
    ///                                    ^^^^^ there is no state `Tow`; did you mean `Two`?
    ///   "Two": { "Type": "Succeed" }
    /// } }
    /// ```
    ///
    /// ```asl fixed
    /// { "StartAt": "One", "States": {
    ///   "One": { "Type": "Pass", "Next": "Two" },
    ///   "Two": { "Type": "Succeed" }
    /// } }
    /// ```
    /// ```asl fails
    /// { "StartAt": "One", "States": {
    ///   "One": { "Type": "Pass", "Next": "Two" }
    ///                                    ^^^^^ there is no state `Two`
    /// } }
    /// ```
    ///
    /// ```asl fixed
    /// { "StartAt": "One", "States": {
    ///   "One": { "Type": "Pass", "Next": "Two" },
    ///   "Two": { "Type": "Pass", "End": true }
    /// } }
    /// ```
    ///
    /// ```asl fails yaml
    /// StartAt: One
    /// States:
    ///   One:
    ///     Type: Choice
    ///     Choices:
    ///       - Variable: $.n
    ///         IsNull: true
    ///         Next: Two
    ///               ^^^ there is no state `Two`
    ///     Default: Three
    ///   Three:
    ///     Type: Succeed
    /// ```
    ///
    /// ```asl fixed yaml
    /// StartAt: One
    /// States:
    ///   One:
    ///     Type: Choice
    ///     Choices:
    ///       - Variable: $.n
    ///         IsNull: true
    ///         Next: Two
    ///     Default: Three
    ///   Two:
    ///     Type: Pass
    ///     End: true
    ///   Three:
    ///     Type: Succeed
    /// ```
    pub static UNKNOWN_NEXT_STATE = { "unknown-next-state", Error, Machine(check), fixable }
}

/// How many names all suggestions of one machine may be compared with: with more unknown targets than that allows,
/// the later ones get no suggestion.
const COMPARISONS: usize = 50_000;

fn check(machine: &Machine, report: &mut Report) {
    let mut comparisons = COMPARISONS;
    for state in machine.states() {
        for ((_, target), found) in machine.transitions(state).zip(machine.targets(state)) {
            if found.is_some() {
                continue;
            }
            let name = target.text();
            let scope = &machine.scopes[machine.scope_of(state)];
            if machine.named(name).next().is_some() || has_placeholder(name) || !scope.named {
                continue;
            }
            let affordable = comparisons.checked_sub(scope.states.len());
            let near = affordable.and_then(|left| {
                comparisons = left;
                nearest(name, scope.states.iter().map(|state| machine.state(*state).name()))
            });
            let hint = near.map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
            let finding = report.at(target, format!("there is no state `{name}`{hint}"));
            if let Some(near) = near {
                let edit = write::set_text(machine.source, target, near);
                finding.fix(format!("Change to `{near}`"), [Some(edit)], true);
            }
            let possible = !name.trim().is_empty() && name.chars().count() <= STATE_NAME_CHARACTERS;
            if possible && affordable.is_some() {
                let edit = create(machine, state, name);
                finding.fix(format!("Create the state `{name}`"), [edit], false);
            }
        }
    }
}

/// Puts a state of that name behind the one that leads to it.
fn create(machine: &Machine, from: StateRef, name: &str) -> Option<Edit> {
    let skeleton = Value::object([("Type", Value::text("Pass")), ("End", Value::plain(true))]);
    let family = machine.family(machine.scope_of(from))?;
    family.insert_after(machine.source, machine.member(from)?, name, &skeleton)
}
