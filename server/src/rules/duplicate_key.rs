use std::collections::HashMap;

use asl_grammar::tree::{Kind, Member, Node};
use asl_grammar::write::{self};

use crate::asl::Machine;
use crate::check::{Local, Report};

rule! {
    /// # Same key twice in one object
    ///
    /// Of two members with the same name only one survives, as a rule the last; what the other one says is lost
    /// without a word. Names are compared as the service sees them, after escapes are resolved.
    ///
    /// ```asl fails
    /// { "StartAt": "A", "States": { "A": {
    ///   "Type": "Succeed",
    ///   "Comment": "first",
    ///   "Comment": "second"
    ///   ^^^^^^^^^ the key `Comment` stands here a second time
    /// } } }
    /// ```
    ///
    /// ```asl fixed
    /// { "StartAt": "A", "States": { "A": {
    ///   "Type": "Succeed",
    ///   "Comment": "first"
    /// } } }
    /// ```
    ///
    /// ```asl fixed 2
    /// { "StartAt": "A", "States": { "A": {
    ///   "Type": "Succeed",
    ///   "Comment": "second"
    /// } } }
    /// ```
    ///
    /// ```asl fails
    /// { "StartAt": "A", "States": {
    ///   "A": { "Type": "Succeed" },
    ///   "A": { "Type": "Fail" }
    ///   ^^^ a second state is called `A`: the first one is lost
    /// } }
    /// ```
    ///
    /// ```asl fixed
    /// { "StartAt": "A", "States": {
    ///   "A": { "Type": "Succeed" },
    ///   "A 2": { "Type": "Fail" }
    /// } }
    /// ```
    pub static DUPLICATE_KEY = { "duplicate-key", Error, Both(check, check_states), fixable }
}

fn check(local: &Local, report: &mut Report) {
    let mut waiting: Vec<Node> = local.root().into_iter().collect();
    while let Some(node) = waiting.pop() {
        if node.kind() == Kind::Object {
            check_object(local, node, report);
        }
        waiting.extend(node.children());
    }
}

/// The states of the document, each of which is a piece of its own.
fn check_states(machine: &Machine, report: &mut Report) {
    for state in machine.scopes[0].states.iter().copied().filter(|state| state.fragment > 0) {
        let key = machine.state(state).key();
        let Some(first) = machine.find(0, key.text()).filter(|first| *first != state) else { continue };
        if key.as_str().is_some() {
            let message = format!("a second state is called `{}`: the first one is lost", key.text());
            let finding = report.at(key, message);
            finding.related(machine.state(first).key().range(), "first defined here");
            // Which of the two a name means elsewhere nobody can tell: what leads there stays as it is.
            if let Some(name) = machine.free_name(key.text()) {
                let edit = write::set_text(machine.source, key, &name);
                finding.fix(format!("Rename to `{name}`"), [Some(edit)], false);
            }
        }
    }
}

fn check_object(local: &Local, object: Node, report: &mut Report) {
    let keys = object.members().filter(|member| member.key.as_str().is_some());
    let mut seen: HashMap<&str, Member> = HashMap::new();
    for member in keys {
        match seen.get(member.name()) {
            None => {
                seen.insert(member.name(), member);
            }
            Some(first) => {
                let (one, other) = (first.value.range(), member.value.range());
                let twins = one.len() == other.len() && local.source.slice(one) == local.source.slice(other);
                report
                    .at(member.key, format!("the key `{}` stands here a second time", member.name()))
                    .related(first.key.range(), "first defined here")
                    .fix("Remove this one", [write::remove(member.node)], twins)
                    .fix("Remove the first one", [write::remove(first.node)], false);
            }
        }
    }
}
