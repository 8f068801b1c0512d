use asl_grammar::tree::Kind;
use asl_grammar::write;

use crate::catalog::fields::{Object, known_anywhere};
use crate::check::{Level, Local, Report};
use crate::suggest::nearest;

rule! {
    /// # Field that the language does not know
    ///
    /// No object of this kind has a field of that name, and no other one either: most likely a typing mistake. Case
    /// matters. AWS refuses fields that it does not know.
    ///
    /// Only places that the language defines are looked at; what stands in `Parameters`, `Arguments`, `Result` and
    /// other payloads is your data.
    ///
    /// ```asl fails
    /// { "StartAt": "A", "States": { "A": {
    ///   "Type": "Pass",
    ///   "Coment": "what it does",
    ///   ^^^^^^^^ a Pass state has no field `Coment`; did you mean `Comment`?
    ///   "End": true
    /// } } }
    /// ```
    ///
    /// ```asl fixed
    /// { "StartAt": "A", "States": { "A": {
    ///   "Type": "Pass",
    ///   "Comment": "what it does",
    ///   "End": true
    /// } } }
    /// ```
    pub static UNKNOWN_FIELD = { "unknown-field", Error, Local(check), fixable }
}

fn check(local: &Local, report: &mut Report) {
    for place in local.places() {
        let object = place.place.object;
        // Once for the object: there may be thousands of members.
        let usable = std::cell::LazyCell::new(|| -> Vec<&'static str> {
            let free = object.fields().iter().filter(|field| !place.has(field.name));
            let taken = free.filter(|field| place.language().is_none_or(|language| language.takes(field)));
            taken.map(|field| field.name).collect()
        });
        for (member, field) in place.members() {
            let name = member.name();
            // A key without a value is being typed.
            let unfinished = member.value.kind() == Kind::Missing;
            if field.is_some() || known_anywhere(name) || name.is_empty() || unfinished {
                continue;
            }
            let near = nearest(name, usable.iter().copied());
            let hint = near.map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
            let message = format!("{} has no field `{name}`{hint}", object.title());
            let finding = report.at(member.key, message);
            if let Some(near) = near {
                finding.fix(format!("Rename to `{near}`"), [Some(write::rename(member.key, near))], true);
            }
            finding.fix(format!("Remove `{name}`"), [write::remove(member.node)], false);
            if object == Object::Credentials {
                finding.level(Level::Warning);
            }
        }
    }
}
