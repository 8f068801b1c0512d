use asl_grammar::tree::Kind;

use crate::asl::is_unknown;
use crate::check::{Report, Whole};

rule! {
    /// # Root is not an object
    ///
    /// A state machine is one object with `StartAt` and `States`. Any other value at the root of the document is
    /// refused.
    ///
    /// ```asl fails
    /// ["StartAt", "A"]
    /// ^^^^^^^^^^^^^^^^ a state machine is an object with `StartAt` and `States`, not an array
    /// ```
    ///
    /// ```asl fails
    /// [{ "StartAt": "A", "States": { "A": { "Type": "Succeed" } } }]
    /// ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ a state machine is an object with `StartAt` and `States`, not an array
    /// ```
    ///
    /// ```asl fixed
    /// { "StartAt": "A", "States": { "A": { "Type": "Succeed" } } }
    /// ```
    ///
    /// ```asl passes
    /// { "StartAt": "A", "States": { "A": { "Type": "Succeed" } } }
    /// ```
    pub static ROOT_NOT_OBJECT = { "root-not-object", Error, Document(check), fixable }
}

fn check(whole: &Whole, report: &mut Report) {
    let Some(root) = whole.root else { return };
    if root.kind() == Kind::Object || is_unknown(root) {
        return;
    }
    let what = crate::rules::wrong_type::describe(root);
    let message = format!("a state machine is an object with `StartAt` and `States`, not {what}");
    let finding = report.at(root, message);
    let mut items = root.items();
    if let (Some(only), None) = (items.next().filter(|item| item.kind() == Kind::Object), items.next()) {
        let (outer, inner) = (root.range(), only.range());
        // In block YAML there is no bracket behind it, and what stands under the dash must stay where it is.
        let blank =
            if inner.end == outer.end { " ".repeat(inner.start - outer.start) } else { String::new() };
        finding.fixes.push(crate::check::Fix {
            title: "Unwrap the object".into(),
            edits: vec![
                asl_grammar::text::Edit { range: outer.start..inner.start, text: blank },
                asl_grammar::text::Edit { range: inner.end..outer.end, text: String::new() },
            ],
            safe: false,
        });
    }
}
