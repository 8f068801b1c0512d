//! From a name to the state that has it.

use std::ops::Range;

use super::locate::{locate, named_state};
use crate::analysis::Analysis;

/// The key of the state that is named at an offset. When its scope has none, a state of that name in another scope:
/// it is what the author meant, and the diagnostics tell why it cannot be.
pub fn definition(analysis: &Analysis, offset: usize) -> Option<Range<usize>> {
    let machine = analysis.machine()?;
    let named = named_state(&machine, &locate(analysis, offset)?)?;
    let state = named.state.or_else(|| machine.named(named.name).next())?;
    Some(machine.state(state).key().range())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::at_cursor;

    fn check(source: &str, expected: Option<&str>) {
        let (analysis, offset) = at_cursor(source);
        let target = definition(&analysis, offset);
        let shown = target.map(|range| {
            let line = analysis.text.line_range(analysis.text.line_of(range.start));
            analysis.text.slice(line).trim().to_owned()
        });
        assert_eq!(shown.as_deref(), expected, "{source}");
    }

    #[test]
    fn transitions_lead_to_states() {
        check(
            "{\"StartAt\": \"<|>A\", \"States\": {\n\"A\": {\"Type\": \"Pass\"}}}",
            Some("\"A\": {\"Type\": \"Pass\"}}}"),
        );
        check(
            "{\"StartAt\": \"A\", \"States\": {\n\"A\": {\"Next\": \"B<|>\"},\n\"B\": {}\n}}",
            Some("\"B\": {}"),
        );
        check("{\"StartAt\": \"A\", \"States\": {\n\"A\": {\"Next\": \"C<|>\"},\n\"B\": {}\n}}", None);
        check("{\"StartAt\": \"A\", \"States\": {\n\"A\": {\"Comment\": \"A<|>\"}}}", None);
        check(
            "StartAt: A\nStates:\n  A:\n    Type: Pass\n    Next: B<|>\n  B:\n    Type: Fail\n",
            Some("B:"),
        );
    }
}
