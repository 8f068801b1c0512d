//! What the text leaves unsaid, shown between its words: only the kinds that the settings ask for, and only for the
//! lines that the editor shows.

use std::ops::Range;

use asl_grammar::tree::{Kind, Node};

use super::time::span;
use crate::analysis::Analysis;
use crate::asl::{Language, Placed};
use crate::catalog::fields::Object;
use crate::catalog::integrations::Integration;

pub struct InlayHint {
    /// It stands behind the text that ends here.
    pub offset: usize,
    pub label: String,
    /// Markdown.
    pub tooltip: String,
}

pub fn inlay_hints(analysis: &Analysis, range: Range<usize>) -> Vec<InlayHint> {
    let wanted = analysis.config().inlay;
    let mut hints = Vec::new();
    if !wanted.any() {
        return hints;
    }
    for placed in analysis.pieces_in(&range) {
        if wanted.languages {
            languages(&placed, &mut hints);
        }
        if wanted.durations {
            durations(&placed, &mut hints);
        }
        if wanted.targets {
            targets(&placed, &range, &mut hints);
        }
    }
    hints.retain(|hint| range.start <= hint.offset && hint.offset <= range.end);
    hints.sort_by_key(|hint| hint.offset);
    hints
}

/// JSONata, at the states that have it from the machine.
fn languages(placed: &Placed, hints: &mut Vec<InlayHint>) {
    for place in &placed.fragment.places {
        if !matches!(place.object, Object::State(_)) || place.language != Some(Language::Jsonata) {
            continue;
        }
        let state = placed.node(place.node);
        let Some(kind) = state.get("Type").filter(|it| it.kind() == Kind::String) else { continue };
        if state.member("QueryLanguage").is_none() {
            hints.push(InlayHint {
                offset: kind.range().end,
                label: Language::Jsonata.name().to_owned(),
                tooltip: "The query language of the machine, which this state inherits.".to_owned(),
            });
        }
    }
}

/// Seconds in larger units.
fn durations(placed: &Placed, hints: &mut Vec<InlayHint>) {
    let hint = |key: &str, value: Node| {
        let seconds: u64 = value.text().parse().ok().filter(|it| *it >= 60)?;
        let counts = key.ends_with("Seconds") && value.kind() == Kind::Number;
        counts.then(|| InlayHint { offset: value.range().end, label: span(seconds), tooltip: String::new() })
    };
    for place in &placed.fragment.places {
        let members = placed.node(place.node).members();
        let known = members.filter(|member| place.object.field(member.name()).is_some());
        hints.extend(known.filter_map(|member| hint(member.name(), member.value)));
    }
    for given in placed.calls().filter_map(|call| call.given()) {
        let mut waiting = vec![given.value];
        while let Some(node) = waiting.pop() {
            if let Some(member) = node.as_member() {
                hints.extend(hint(member.name(), member.value));
            }
            waiting.extend(node.children());
        }
    }
}

/// The operation that an SDK integration calls, as its API names it.
fn targets(placed: &Placed, range: &Range<usize>, hints: &mut Vec<InlayHint>) {
    for call in placed.calls() {
        let offset = call.resource().range().end;
        // The catalogue is asked for what is shown only.
        if offset < range.start || range.end < offset {
            continue;
        }
        let Some(action) = call.action().filter(|it| it.service.integration == Integration::Sdk) else {
            continue;
        };
        let Some(operation) = action.api_name() else { continue };
        let mut tooltip = action.service.title.to_owned();
        if let Some(url) = action.api_url() {
            tooltip += &format!(" – [API reference]({url})");
        }
        hints.push(InlayHint {
            offset,
            label: format!("{} {operation}", action.service.error_prefix),
            tooltip,
        });
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use asl_grammar::text::Text;

    use super::*;
    use crate::analysis::Format;
    use crate::config::{Config, Inlay};

    /// The text of the shown lines with the hints in it.
    fn shown(source: &str, inlay: Inlay, lines: Range<usize>) -> String {
        let format = if source.starts_with('{') { Format::Json } else { Format::Yaml };
        let config = Config { inlay, ..Config::default() };
        let analysis = Analysis::new(format, Text::new(source), Arc::new(config));
        let range = analysis.text.line_range(lines.start).start..analysis.text.line_range(lines.end - 1).end;
        let mut text = source.to_owned();
        for hint in inlay_hints(&analysis, range.clone()).into_iter().rev() {
            assert!(range.start <= hint.offset && hint.offset <= range.end);
            text.insert_str(hint.offset, &format!("‹{}›", hint.label));
        }
        text.lines().filter(|line| line.contains('‹')).map(|line| format!("{}\n", line.trim())).collect()
    }

    const ALL: Inlay = Inlay { languages: true, durations: true, targets: true };

    const MACHINE: &str = r#"{ "QueryLanguage": "JSONata", "TimeoutSeconds": 86400, "States": {
    "A": { "Type": "Task",
        "Resource": "arn:aws:states:::aws-sdk:s3:listObjectsV2", "TimeoutSeconds": "{% 90 %}",
        "Arguments": { "Bucket": "b", "WaitSeconds": 120 } },
    "B": { "Type": "Wait", "QueryLanguage": "JSONata", "Seconds": 59 },
    "C": { "Type": "Map", "ItemProcessor": { "States": { "D": { "Type": "Pass" } } } },
    "E": { "Resource": "arn:aws:states:::aws-sdk:s3:nosuch", "HeartbeatSeconds": 90, } } }"#;

    #[test]
    fn each_kind_where_it_is_asked_for() {
        expect_test::expect![[r#"
            { "QueryLanguage": "JSONata", "TimeoutSeconds": 86400‹1 day›, "States": {
            "A": { "Type": "Task"‹JSONata›,
            "Resource": "arn:aws:states:::aws-sdk:s3:listObjectsV2"‹S3 ListObjectsV2›, "TimeoutSeconds": "{% 90 %}",
            "Arguments": { "Bucket": "b", "WaitSeconds": 120‹2 minutes› } },
            "C": { "Type": "Map"‹JSONata›, "ItemProcessor": { "States": { "D": { "Type": "Pass"‹JSONata› } } } },
        "#]]
        .assert_eq(&shown(MACHINE, ALL, 0..7));
        assert_eq!(shown(MACHINE, Inlay::default(), 0..7), "");
        let only = shown(MACHINE, Inlay { durations: true, ..Inlay::default() }, 0..7);
        assert!(only.contains("1 day") && !only.contains("‹JSONata"), "{only}");
    }

    #[test]
    fn only_in_the_range() {
        assert_eq!(shown(MACHINE, ALL, 5..6).lines().count(), 1);
        assert_eq!(shown(MACHINE, ALL, 4..5), "");
    }

    #[test]
    fn nothing_is_inherited_in_jsonpath() {
        let yaml = "States:\n  A:\n    Type: Task\n    QueryLanguage: JSONata\n    Resource: arn:aws:states:::aws-sdk:glue:startJobRun\n    TimeoutSeconds: 3600\n  B:\n    Type: Pass\n";
        expect_test::expect![[r#"
            Resource: arn:aws:states:::aws-sdk:glue:startJobRun‹Glue StartJobRun›
            TimeoutSeconds: 3600‹1 hour›
        "#]]
        .assert_eq(&shown(yaml, ALL, 0..8));
    }
}
