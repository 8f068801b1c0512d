use asl_grammar::tree::{Kind, Node};
use asl_grammar::write;

use crate::catalog::fields::Object;
use crate::check::{Local, Report};

rule! {
    /// # Next inside And, Or or Not
    ///
    /// `Next`, `Assign` and `Output` say what happens when a whole rule matches, so they belong to the outermost one.
    /// The rules inside of `And`, `Or` and `Not` are tests and nothing else. AWS refuses the definition.
    ///
    /// ```asl fails
    /// { "StartAt": "Q", "States": {
    ///   "Q": { "Type": "Choice", "Choices": [{
    ///     "Not": { "Variable": "$.n", "IsPresent": true, "Next": "D" },
    ///                                                    ^^^^^^ `Next` belongs to the outermost rule, not into `Not`
    ///     "Next": "D"
    ///   }] },
    ///   "D": { "Type": "Succeed" }
    /// } }
    /// ```
    ///
    /// ```asl fixed
    /// { "StartAt": "Q", "States": {
    ///   "Q": { "Type": "Choice", "Choices": [{
    ///     "Not": { "Variable": "$.n", "IsPresent": true },
    ///     "Next": "D"
    ///   }] },
    ///   "D": { "Type": "Succeed" }
    /// } }
    /// ```
    pub static CHOICE_NESTED_NEXT = { "choice-nested-next", Error, Local(check), fixable }
}

fn check(local: &Local, report: &mut Report) {
    for place in local.places().filter(|place| place.place.object == Object::NestedRule) {
        for (member, _) in place.members() {
            if !matches!(member.name(), "Next" | "Assign" | "Output") {
                continue;
            }
            let groups = place.node.ancestors().filter_map(Node::as_member);
            let group = groups.map(|group| group.name()).find(|name| matches!(*name, "And" | "Or" | "Not"));
            let message = format!(
                "`{}` belongs to the outermost rule, not into `{}`",
                member.name(),
                group.unwrap_or("And")
            );
            let finding = report.at(member.key, message);
            let outer = outermost(place.node);
            finding.related(outer.open(), "the outermost rule");
            let same = outer.get(member.name()).is_some_and(|outer| {
                local.source.slice(outer.range()) == local.source.slice(member.value.range())
            });
            finding.fix(format!("Remove `{}`", member.name()), [write::remove(member.node)], same);
        }
    }
}

/// The element of `Choices` that a nested rule stands in.
fn outermost(rule: Node) -> Node {
    let in_choices = |node: &Node| {
        node.parent()
            .filter(|list| list.kind() == Kind::Array)
            .and_then(Node::parent)
            .and_then(Node::as_member)
            .is_some_and(|list| list.name() == "Choices")
    };
    rule.ancestors().find(in_choices).unwrap_or(rule)
}
