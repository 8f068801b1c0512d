use asl_grammar::intrinsic::NodeKind;
use asl_grammar::span::Span;

use crate::check::{Local, Report};

rule! {
    /// # Illegal escape in an intrinsic string
    ///
    /// In the texts of intrinsic functions a backslash may stand before `'`, `{`, `}` and another backslash only. AWS
    /// refuses the definition. Other characters need no backslash; a line break is written as `\n` of the JSON string,
    /// with one backslash.
    ///
    /// ```asl fails
    /// { "StartAt": "A", "States": { "A": {
    ///   "Type": "Pass",
    ///   "Parameters": { "parts.$": "States.StringSplit($.path, '\\/')" },
    ///                                                           ^^^ `\/` is not an escape here, only `\'`, `\{`, `\}` and `\\` are
    ///   "End": true
    /// } } }
    /// ```
    ///
    /// ```asl fixed
    /// { "StartAt": "A", "States": { "A": {
    ///   "Type": "Pass",
    ///   "Parameters": { "parts.$": "States.StringSplit($.path, '/')" },
    ///   "End": true
    /// } } }
    /// ```
    pub static INTRINSIC_BAD_ESCAPE = { "intrinsic-bad-escape", Error, Local(check), fixable }
}

fn check(local: &Local, report: &mut Report) {
    for (it, tree) in local.intrinsics() {
        for node in tree.ids().map(|id| tree.node(id)) {
            let NodeKind::String(literal) = &node.kind else { continue };
            for escape in literal.escapes.iter().filter(|it| !it.valid && it.span.range().len() > 1) {
                let text = escape.span.text(tree.text());
                let message =
                    format!("`{text}` is not an escape here, only `\\'`, `\\{{`, `\\}}` and `\\\\` are");
                let finding = report.on(it.node, it.range(escape.span), message);
                let backslash = it.range(Span::new(escape.span.start, escape.span.start + 1));
                // In JSON it takes one backslash less to make a line break of it.
                if text.ends_with(['n', 't', 'r']) && backslash.len() == 2 {
                    let second = backslash.start + 1..backslash.end;
                    finding.replace("Remove one backslash", second, "", false);
                } else {
                    finding.replace("Remove the backslash", backslash, "", false);
                }
            }
        }
    }
}
