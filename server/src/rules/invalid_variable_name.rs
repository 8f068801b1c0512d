use crate::asl::Language;
use crate::asl::variables::assigned_name;
use crate::asl::variables::name::{RESERVED, problem};
use crate::check::{Local, Report};

rule! {
    /// # Bad variable name
    ///
    /// A variable has the name of an identifier: a letter, then letters, digits and `_`, 80 characters at most. The
    /// key names the variable alone; a part of a variable cannot be assigned. AWS refuses the definition.
    ///
    /// ```asl fails
    /// { "StartAt": "A", "States": { "A": {
    ///   "Type": "Pass",
    ///   "Assign": { "order-id": 1, "$total": 2 },
    ///               ^^^^^^^^^^ `order-id` is no name for a variable: `-` cannot stand in it
    ///                              ^^^^^^^^ `$total` is no name for a variable: it is assigned without the `$`
    ///   "End": true
    /// } } }
    /// ```
    ///
    /// ```asl fixed
    /// { "StartAt": "A", "States": { "A": {
    ///   "Type": "Pass",
    ///   "Assign": { "orderId": 1, "total": 2 },
    ///   "End": true
    /// } } }
    /// ```
    pub static INVALID_VARIABLE_NAME = { "invalid-variable-name", Error, Local(check), fixable }
}

fn check(local: &Local, report: &mut Report) {
    for assignment in &local.fragment.assignments {
        let key = local.node(assignment.key);
        let language = local.fragment.states[assignment.state as usize].language;
        // In JSONata `.$` is reported by itself, and what is in front of it may be right.
        let name = match language {
            Some(Language::JsonPath) | None => assigned_name(key),
            Some(Language::Jsonata) => key.text().strip_suffix(".$").unwrap_or(key.text()),
        };
        let Some(problem) = problem(name) else { continue };
        let finding = report.at(key, format!("`{name}` is no name for a variable: {problem}"));
        if let Some(better) = better(name) {
            let start = key.content().start;
            let whole = key.source_range(0..name.len());
            finding.replace(format!("Rename to `{better}`"), start..whole.end, better, false);
        }
    }
}

/// `order-id` as `orderId`.
fn better(name: &str) -> Option<String> {
    let mut out = String::new();
    for word in name.trim_start_matches('$').split(|c: char| !c.is_alphanumeric() && c != '_') {
        let mut letters = word.chars();
        match letters.next() {
            Some(first) if !out.is_empty() => out.extend(first.to_uppercase().chain(letters)),
            _ => out += word,
        }
    }
    let good = problem(&out).is_none() && out != RESERVED;
    good.then_some(out)
}
