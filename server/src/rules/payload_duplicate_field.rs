use asl_grammar::tree::{Kind, Member, Node};
use asl_grammar::write;

use super::common::descendants;
use crate::asl::Language;
use crate::catalog::fields::{Object, Value};
use crate::check::{Local, Report};

rule! {
    /// # Same output name twice
    ///
    /// In a payload template `"name.$"` gives the member `name`, so `"name"` and `"name.$"` beside one another would
    /// give it twice. AWS refuses the definition.
    ///
    /// ```asl fails
    /// { "StartAt": "A", "States": { "A": {
    ///   "Type": "Pass",
    ///   "Parameters": { "id.$": "$.order.id", "id": 0 },
    ///                                         ^^^^ `id` and `id.$` both give the member `id`
    ///   "End": true
    /// } } }
    /// ```
    ///
    /// ```asl fixed
    /// { "StartAt": "A", "States": { "A": {
    ///   "Type": "Pass",
    ///   "Parameters": { "id.$": "$.order.id" },
    ///   "End": true
    /// } } }
    /// ```
    pub static PAYLOAD_DUPLICATE_FIELD = { "payload-duplicate-field", Error, Local(check), fixable }
}

fn check(local: &Local, report: &mut Report) {
    for place in local.places().filter(|place| place.language() == Some(Language::JsonPath)) {
        if place.place.object == Object::Credentials {
            check_object(place.node, report);
        }
        for (member, field) in place.members() {
            let template = matches!(
                field.map(|field| field.value),
                Some(Value::Payload | Value::PayloadObject | Value::Assignments)
            );
            if template && field.is_some_and(|field| Language::JsonPath.takes(field)) {
                let objects = descendants(member.value).filter(|node| node.kind() == Kind::Object);
                objects.for_each(|object| check_object(object, report));
            }
        }
    }
}

fn check_object(object: Node, report: &mut Report) {
    for dynamic in object.members() {
        let Some(name) = dynamic.name().strip_suffix(".$").filter(|name| !name.is_empty()) else { continue };
        let Some(plain) = object.member(name) else { continue };
        let (first, second): (Member, Member) =
            if dynamic.key.start() < plain.key.start() { (dynamic, plain) } else { (plain, dynamic) };
        report
            .at(second.key, format!("`{name}` and `{name}.$` both give the member `{name}`"))
            .related(first.key.range(), "the other one")
            .fix(format!("Remove `{name}`"), [write::remove(plain.node)], false)
            .fix(format!("Remove `{name}.$`"), [write::remove(dynamic.node)], false);
    }
}
