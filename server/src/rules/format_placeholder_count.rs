use asl_grammar::intrinsic::{ErrorKind, NodeKind};
use asl_grammar::span::Span;

use super::conversion::literal;
use crate::asl::placeholders;
use crate::check::{Local, Report};

rule! {
    /// # `{}` and arguments do not agree
    ///
    /// `States.Format` puts its further arguments in the place of each `{}` of the template. When there are more or
    /// fewer of them, or a single brace, the call fails with `States.IntrinsicFailure` when it runs. A brace that is
    /// meant as such is written `\{`, which takes two backslashes in JSON.
    ///
    /// ```asl fails
    /// { "StartAt": "A", "States": { "A": {
    ///   "Type": "Pass",
    ///   "Parameters": { "text.$": "States.Format('{} of {}', $.count)" },
    ///                                            ^^^^^^^^^^ the template has 2 `{}`, and 1 argument follows
    ///   "End": true
    /// } } }
    /// ```
    ///
    /// ```asl passes
    /// { "StartAt": "A", "States": { "A": {
    ///   "Type": "Pass",
    ///   "Parameters": { "text.$": "States.Format('{} of {}', $.count, $.total)" },
    ///   "End": true
    /// } } }
    /// ```
    ///
    /// ```asl fails
    /// { "StartAt": "A", "States": { "A": {
    ///   "Type": "Pass",
    ///   "Parameters": { "json.$": "States.Format('{ id: {} }', $.id)" },
    ///                                            ^^^^^^^^^^^^ a brace that is no `{}` is written `\{` or `\}`
    ///   "End": true
    /// } } }
    /// ```
    ///
    /// ```asl fixed
    /// { "StartAt": "A", "States": { "A": {
    ///   "Type": "Pass",
    ///   "Parameters": { "json.$": "States.Format('\\{ id: {} \\}', $.id)" },
    ///   "End": true
    /// } } }
    /// ```
    pub static FORMAT_PLACEHOLDER_COUNT = { "format-placeholder-count", Warning, Local(check), fixable }
}

fn check(local: &Local, report: &mut Report) {
    for (it, tree) in local.intrinsics() {
        if tree.errors().iter().any(|error| error.kind != ErrorKind::BadEscape) {
            continue;
        }
        let holes: Vec<_> = placeholders(tree.text()).collect();
        let outside = |span: &&Span| {
            !holes.iter().any(|hole| hole.start <= span.start as usize && span.end as usize <= hole.end)
        };
        for (_, call) in tree.calls().filter(|(_, call)| tree.name(call) == "States.Format") {
            let Some((&first, values)) = call.arguments.split_first() else { continue };
            let node = tree.node(first);
            let NodeKind::String(template) = &node.kind else { continue };
            let stray: Vec<&Span> = template.stray_braces.iter().filter(outside).collect();
            let range = it.range(node.span);
            if !stray.is_empty() {
                let message = "a brace that is no `{}` is written `\\{` or `\\}`";
                let finding = report.on(it.node, range, message);
                let mut escaped = tree.text().to_owned();
                for span in stray.iter().rev() {
                    escaped.insert(span.start as usize, '\\');
                }
                // As a whole: how many backslashes that takes depends on the quotes.
                finding.replace("Escape the braces", it.node.range(), literal(&escaped), false);
                continue;
            }
            let (wanted, given) = (template.placeholders.len(), values.len());
            if wanted != given {
                let (noun, verb) = if given == 1 { ("argument", "follows") } else { ("arguments", "follow") };
                let message = format!("the template has {wanted} `{{}}`, and {given} {noun} {verb}");
                report.on(it.node, range, message);
            }
        }
    }
}
