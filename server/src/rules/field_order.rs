use asl_grammar::text::Edit;
use asl_grammar::tree::{Member, Node};

use crate::catalog::fields::Object;
use crate::check::{Local, Report};

rule! {
    /// # Fields in an unusual order
    ///
    /// Most people write what a state is (`Comment`, `Type`, `QueryLanguage`, `Resource`) first, and where it goes on
    /// to (`Next`, `End`) last. In a long definition that is where readers look.
    ///
    /// ```asl fails
    /// { "StartAt": "A", "States": { "A": {
    ///   "End": true,
    ///   "TimeoutSeconds": 5,
    ///   "Type": "Task",
    ///   ^^^^^^ `Type` stands behind other fields
    ///   "Resource": "${Worker}"
    /// } } }
    /// ```
    ///
    /// ```asl fixed
    /// { "StartAt": "A", "States": { "A": {
    ///   "Type": "Task",
    ///   "Resource": "${Worker}",
    ///   "TimeoutSeconds": 5,
    ///   "End": true
    /// } } }
    /// ```
    ///
    /// ```asl fails yaml
    /// StartAt: A
    /// States:
    ///   A:
    ///     Type: Wait
    ///     Next: B
    ///     Seconds: 5
    ///     ^^^^^^^ `Seconds` stands behind `Next`
    ///   B:
    ///     Type: Succeed
    /// ```
    ///
    /// ```asl fixed yaml
    /// StartAt: A
    /// States:
    ///   A:
    ///     Type: Wait
    ///     Seconds: 5
    ///     Next: B
    ///   B:
    ///     Type: Succeed
    /// ```
    pub static FIELD_ORDER = { "field-order", Hint, Local(check), off, fixable }
}

/// What a state is, what it does, where it goes on to.
fn group(name: &str) -> u8 {
    match name {
        "Comment" | "Type" | "QueryLanguage" | "Resource" => 0,
        "Next" | "End" => 2,
        _ => 1,
    }
}

fn check(local: &Local, report: &mut Report) {
    for place in local.places().filter(|place| matches!(place.place.object, Object::State(_))) {
        let members: Vec<Member> = place.node.members().collect();
        let misplaced = |pair: &[Member]| group(pair[0].name()) > group(pair[1].name());
        let wrong: Vec<Member> =
            members.windows(2).filter(|pair| misplaced(pair)).map(|pair| pair[1]).collect();
        // The one that should stand first tells most.
        let Some(worst) = wrong.iter().min_by_key(|member| group(member.name())) else { continue };
        if place.is_damaged() {
            continue;
        }
        let message = match group(worst.name()) {
            0 => format!("`{}` stands behind other fields", worst.name()),
            _ => format!("`{}` stands behind `Next`", worst.name()).replace("`Next`", &last_word(&members)),
        };
        let edits = sort(local, place.node, &members);
        report.at(worst.key, message).fix("Sort the fields", edits, true);
    }
}

fn last_word(members: &[Member]) -> String {
    let last = members.iter().find(|member| group(member.name()) == 2);
    format!("`{}`", last.map_or("Next", |last| last.name()))
}

/// Each member's text in the place of another: what stands between them stays.
fn sort(local: &Local, object: Node, members: &[Member]) -> Vec<Option<Edit>> {
    let text = local.source.slice(object.range());
    // In YAML comments belong to a line, and an anchor must stand before what names it.
    if !text.starts_with('{') && text.contains(['#', '&', '*', '|', '>']) {
        return vec![None];
    }
    let mut sorted = members.to_vec();
    sorted.sort_by_key(|member| group(member.name()));
    let moved = members.iter().zip(&sorted).filter(|(place, member)| place.node != member.node);
    let edit = |(place, member): (&Member, &Member)| {
        Some(Edit { range: place.node.range(), text: local.source.slice(member.node.range()) })
    };
    moved.map(edit).collect()
}
