//! One version of a document with everything that is known about it.

use std::ops::Range;
use std::sync::Arc;
use std::sync::OnceLock;

use asl_grammar::syntax::{Part, PartTree, Skeleton, Syntax};
use asl_grammar::text::Text;
use asl_grammar::tree::{Kind, Node, SyntaxError, SyntaxErrorKind, escape_pointer};
use asl_grammar::write::Source;

use crate::asl::{self, Fragment, Language, Machine, Placed, lower};
use crate::check::{self, Finding, Local, Run, Whole};
use crate::config::Config;

pub use asl_grammar::syntax::Format;

/// Texts longer than this are not analysed. AWS takes an eighth of it.
pub const MAX_LEN: usize = 8 << 20;

/// The meaning of one state and what the local rules say about it: kept while its text stays the same.
#[derive(Debug)]
struct Piece {
    content: Arc<PartTree>,
    fragment: Fragment,
    /// With ranges as if the state stood at the beginning of the document.
    findings: Vec<Finding>,
}

pub struct Analysis {
    pub text: Text,
    pub syntax: Syntax,
    /// Said of the whole document, and so of each piece that does not say otherwise.
    language: Option<Language>,
    frame: Fragment,
    frame_findings: Vec<Finding>,
    pieces: Vec<Arc<Piece>>,
    config: Arc<Config>,
    findings: OnceLock<Vec<Finding>>,
}

impl Analysis {
    /// Analyses a text from scratch.
    pub fn new(format: Format, text: Text, config: Arc<Config>) -> Analysis {
        let syntax = if text.len() > MAX_LEN { Syntax::empty(format) } else { Syntax::new(format, &text) };
        Analysis::of(text, syntax, config, None)
    }

    /// Analyses the next version of a document: only the states that have changed since `old` are looked at.
    pub fn update(old: &Analysis, text: Text, skeleton: Option<&Skeleton>, config: Arc<Config>) -> Analysis {
        if text.len() > MAX_LEN {
            return Analysis::new(old.syntax.format, text, config);
        }
        let syntax = Syntax::update(&text, skeleton, &old.syntax);
        Analysis::of(text, syntax, config, Some(old))
    }

    fn of(text: Text, syntax: Syntax, config: Arc<Config>, old: Option<&Analysis>) -> Analysis {
        let language = match syntax.root() {
            Some(root) => declared_language(root),
            None => Some(Language::JsonPath),
        };
        let usable = old.filter(|old| old.language == language && Arc::ptr_eq(&old.config, &config));
        let mut reuse = Reuse { pieces: usable.map_or(&[], |old| &old.pieces), next: 0, by_content: None };
        let pieces = syntax
            .parts
            .iter()
            .map(|part| {
                reuse.find(part).unwrap_or_else(|| Arc::new(Piece::new(part, language, &text, &config)))
            })
            .collect();
        let frame = syntax.root().map(|root| lower(root, language)).unwrap_or_default();
        let local = Local {
            tree: &syntax.frame,
            base: 0,
            fragment: &frame,
            source: Source { text: &text, start: 0 },
            machine_type: config.machine_type,
        };
        let frame_findings = check::check_local(&local, true, &config);
        Analysis { text, syntax, language, frame, frame_findings, pieces, config, findings: OnceLock::new() }
    }

    pub fn config(&self) -> &Arc<Config> {
        &self.config
    }

    /// Is this a state machine? Documents that are not known to be one are only taken as such when they look like it.
    pub fn looks_like_machine(&self) -> bool {
        self.syntax.root().is_some_and(|root| root.get("StartAt").is_some() && root.get("States").is_some())
    }

    /// The machine of this version.
    pub fn machine(&self) -> Option<Machine<'_>> {
        self.syntax.root().filter(|root| root.kind() == Kind::Object)?;
        let mut fragments = Vec::with_capacity(self.pieces.len() + 1);
        fragments.push(Placed { tree: &self.syntax.frame, base: 0, fragment: &self.frame });
        for (piece, part) in self.pieces.iter().zip(&self.syntax.parts) {
            fragments.push(Placed {
                tree: &part.content.tree,
                base: part.range.start,
                fragment: &piece.fragment,
            });
        }
        let parts = self.syntax.parts.iter().map(|part| &part.content.tree);
        let mut errors = [&self.syntax.frame].into_iter().chain(parts).flat_map(|tree| &tree.errors);
        let nested = errors.all(|error| {
            let open = matches!(error.kind, SyntaxErrorKind::StrayBracket | SyntaxErrorKind::Misplaced);
            !open && error.related.is_none()
        });
        Machine::new(&self.text, fragments, &self.damage(), nested)
    }

    /// The fragment of that index, at its place: 0 is the frame, then come the states.
    pub fn placed(&self, index: usize) -> Option<Placed<'_>> {
        let Some(piece) = index.checked_sub(1) else {
            return Some(Placed { tree: &self.syntax.frame, base: 0, fragment: &self.frame });
        };
        let part = self.syntax.parts.get(piece)?;
        let fragment = &self.pieces.get(piece)?.fragment;
        Some(Placed { tree: &part.content.tree, base: part.range.start, fragment })
    }

    /// The frame, and the states of which something stands in a range.
    pub fn pieces_in(&self, range: &Range<usize>) -> impl Iterator<Item = Placed<'_>> {
        let first = self.syntax.parts.partition_point(|part| part.range.end < range.start);
        let end = self.syntax.parts.partition_point(|part| part.range.start <= range.end);
        [0].into_iter().chain(first + 1..end + 1).filter_map(|index| self.placed(index))
    }

    fn damage(&self) -> Vec<Range<usize>> {
        let parts = self.syntax.parts.iter().flat_map(|part| {
            part.content
                .tree
                .errors
                .iter()
                .map(|error| error.range.start + part.range.start..error.range.end + part.range.start)
        });
        let mut damage: Vec<_> =
            self.syntax.frame.errors.iter().map(|error| error.range.clone()).chain(parts).collect();
        damage.sort_by_key(|range| range.start);
        damage
    }

    /// The lines of the mistakes in the text itself: what seems wrong there is mostly a consequence. Where the whole
    /// document is one line, a line ends with the state.
    fn doubt(&self, errors: &[SyntaxError]) -> Vec<Range<usize>> {
        let mut doubt = Vec::new();
        for error in errors.iter().filter(|error| error.kind.is_malformed()) {
            let opened = error.related.as_ref().map(|(opened, _)| opened);
            for range in [&error.range].into_iter().chain(opened) {
                let first = self.text.line_range(self.text.line_of(range.start));
                let last = self.text.line_range(self.text.line_of(range.end));
                let parts = &self.syntax.parts;
                let before = parts.partition_point(|part| part.range.end < range.start);
                let behind = parts.partition_point(|part| part.range.start <= range.end);
                let after = before.checked_sub(1).map_or(0, |index| parts[index].range.end);
                let until = parts.get(behind).map_or(usize::MAX, |part| part.range.start);
                doubt.push(first.start.max(after)..last.end.min(until));
            }
        }
        joined(doubt)
    }

    /// The state that a line of YAML stands in that fits nowhere; with the one before where it stands between two.
    fn neighbourhood(&self, line: &Range<usize>) -> Range<usize> {
        let parts = &self.syntax.parts;
        let before = parts.partition_point(|part| part.range.start < line.start);
        let behind = parts.partition_point(|part| part.range.start <= line.end);
        let start = before.checked_sub(1).map_or(line.start, |part| parts[part].range.start);
        let end = behind.checked_sub(1).map_or(line.end, |part| parts[part].range.end);
        start..end.max(line.end)
    }

    /// May the query language of the machine be said where the text cannot be read?
    fn may_declare_language(&self) -> bool {
        let Some(root) = self.syntax.root().filter(|root| root.get("QueryLanguage").is_none()) else {
            return false;
        };
        // Without its bracket: the text ends too early.
        let unfinished = self.syntax.format == Format::Json
            && root.children().last().is_some_and(|last| last.range().end == root.range().end);
        unfinished || self.syntax.frame.errors.iter().any(|error| error.kind.is_malformed())
    }

    /// Everything there is to say, by place. Computed once.
    pub fn findings(&self) -> &[Finding] {
        self.findings.get_or_init(|| {
            let config = &*self.config;
            let mut findings = Vec::new();
            let mut nested = true;
            let mut misplaced = Vec::new();
            // Without lines there is no indentation to go by where brackets do not match.
            let one_line = self.text.line_of(self.text.len()) == 0;
            let errors = self.syntax.errors();
            let doubt = self.doubt(&errors);
            for error in errors {
                nested &= error.kind != SyntaxErrorKind::StrayBracket;
                if error.kind == SyntaxErrorKind::Misplaced {
                    misplaced.push(self.neighbourhood(&error.range));
                }
                nested &= !(one_line && error.kind.is_malformed());
                let pointer = self.pointer_at(error.range.start);
                findings.extend(check::syntax_finding(error, pointer, config));
            }
            let root = self.syntax.root();
            let len = self.text.len();
            let blank = root.is_none() && len <= MAX_LEN && self.text.is_blank();
            let whole = Whole { root, blank, len, characters: self.text.char_count() };
            check::check_document(&whole, &self.syntax.frame, config, &mut findings);
            findings.extend(self.frame_findings.iter().cloned());
            for (piece, part) in self.pieces.iter().zip(&self.syntax.parts) {
                findings.extend(piece.findings.iter().map(|finding| finding.moved(part.range.start)));
            }
            if let Some(machine) = self.machine() {
                check::check_machine(&machine, config, &mut findings);
                check::check_last(&machine, config, &mut findings);
            }
            let declared = !self.may_declare_language();
            let misplaced = joined(misplaced);
            findings.retain(|finding| {
                let at = finding.range.start;
                // With a bracket too many or too few, nobody knows which object a field belongs to.
                let nested = nested && !is_within(&misplaced, at);
                matches!(finding.rule.run, Run::Syntax(_))
                    || (nested || !ABOUT_NESTING.contains(&finding.rule.name))
                        && (declared || !ABOUT_LANGUAGE.contains(&finding.rule.name))
                        && !is_within(&doubt, at)
            });
            findings.sort_by(|a, b| {
                (a.range.start, a.range.end, a.rule.name).cmp(&(b.range.start, b.range.end, b.rule.name))
            });
            findings
        })
    }

    /// RFC 6901 pointer of the deepest value at an offset.
    pub fn pointer_at(&self, offset: usize) -> String {
        match self.syntax.node_at(offset) {
            Some(node) => self.pointer(node),
            None => String::new(),
        }
    }

    /// RFC 6901 pointer of a node of this version.
    pub fn pointer(&self, node: Node) -> String {
        let prefix = if node.is_of(&self.syntax.frame) {
            String::new()
        } else {
            format!("/{}", escape_pointer("States"))
        };
        prefix + &node.pointer()
    }
}

fn declared_language(root: Node) -> Option<Language> {
    match root.get("QueryLanguage") {
        None => Some(Language::JsonPath),
        Some(value) if asl::is_unknown(value) => None,
        Some(value) => value.as_str().and_then(Language::from_name),
    }
}

/// Ranges in order, those that touch made one.
fn joined(mut ranges: Vec<Range<usize>>) -> Vec<Range<usize>> {
    ranges.sort_by_key(|range| range.start);
    ranges.dedup_by(|next, range| {
        let touch = next.start <= range.end;
        range.end = if touch { range.end.max(next.end) } else { range.end };
        touch
    });
    ranges
}

/// Does an offset stand in one of these ranges (ends included), which are apart and sorted?
fn is_within(ranges: &[Range<usize>], offset: usize) -> bool {
    let next = ranges.partition_point(|range| range.end < offset);
    ranges.get(next).is_some_and(|range| range.start <= offset)
}

impl Piece {
    fn new(part: &Part, language: Option<Language>, text: &Text, config: &Config) -> Piece {
        let tree = &part.content.tree;
        let fragment = tree.root(0).map(|root| lower(root, language)).unwrap_or_default();
        let source = Source { text, start: part.range.start };
        let local = Local { tree, base: 0, fragment: &fragment, source, machine_type: config.machine_type };
        let findings = check::check_local(&local, false, config);
        Piece { content: part.content.clone(), fragment, findings }
    }
}

/// Finds the pieces of the last version by the trees they were made from.
struct Reuse<'o> {
    pieces: &'o [Arc<Piece>],
    next: usize,
    by_content: Option<std::collections::HashMap<*const PartTree, usize>>,
}

impl Reuse<'_> {
    fn find(&mut self, part: &Part) -> Option<Arc<Piece>> {
        let near = self.next..(self.next + 2).min(self.pieces.len());
        let index = near
            .clone()
            .find(|index| Arc::ptr_eq(&self.pieces[*index].content, &part.content))
            .or_else(|| {
                let by_content = self.by_content.get_or_insert_with(|| {
                    self.pieces
                        .iter()
                        .enumerate()
                        .map(|(index, piece)| (Arc::as_ptr(&piece.content), index))
                        .collect()
                });
                by_content.get(&Arc::as_ptr(&part.content)).copied()
            });
        self.next = index.unwrap_or(self.next) + 1;
        index.map(|index| self.pieces[index].clone())
    }
}

#[cfg(test)]
mod bounds;
#[cfg(test)]
mod damage;

/// The rules that go by what stands in which object.
const ABOUT_NESTING: [&str; 11] = [
    "duplicate-key",
    "unknown-field",
    "field-not-allowed-in-state",
    "wrong-query-language-field",
    "missing-required-field",
    "missing-transition",
    "missing-integration-argument",
    "unknown-integration-argument",
    "wrong-type",
    "empty-collection",
    "unknown-start-at",
];

/// The rules that go by the query language of a state.
const ABOUT_LANGUAGE: [&str; 4] = [
    "wrong-query-language-field",
    "jsonata-in-jsonpath-state",
    "choice-missing-variable",
    "choice-missing-operator",
];

#[cfg(test)]
mod tests {
    use super::{ABOUT_LANGUAGE, ABOUT_NESTING};
    use crate::fixture::analyse;

    fn codes(source: &str) -> Vec<&'static str> {
        analyse(source).findings().iter().map(|finding| finding.rule.name).collect()
    }

    #[test]
    fn the_rules_that_are_kept_quiet_beside_a_mistake_exist() {
        for name in ABOUT_NESTING.iter().chain(&ABOUT_LANGUAGE) {
            assert!(crate::rules::ALL.iter().any(|rule| rule.name == *name), "{name}");
        }
    }

    #[test]
    fn a_comment_silences_what_it_names_where_it_stands() {
        let machine = |root: &str, state: &str| {
            format!(
                r#"{{"Comment": "{root}", "StartAt": "A", "States": {{
                    "A": {{"Type": "Pass", "Comment": "{state}", "Nxt": "B", "Next": "B"}},
                    "B": {{"Type": "Pass", "Nxt": "B", "End": true}}}}}}"#
            )
        };
        assert_eq!(codes(&machine("", "")), ["unknown-field", "unknown-field"]);
        assert_eq!(codes(&machine("", "asl-lsp: allow(unknown-field)")), ["unknown-field"]);
        assert_eq!(
            codes(&machine("known. asl-lsp: allow(wrong-type, unknown-field)", "")),
            ["unused-silencer"]
        );
    }

    #[test]
    fn a_key_that_is_being_typed_is_not_an_unknown_one() {
        for key in ["\"Nex", "\"Nex\"", "\"Nex\":", "N"] {
            let text = format!(
                "{{\n\"StartAt\": \"A\",\n\"States\": {{\n\"A\": {{\n\"Type\": \"Pass\",\n{key}\n}}\n}}\n}}"
            );
            let found = codes(&text);
            assert!(!found.is_empty() && found.iter().all(|it| *it == "json-syntax"), "{key}: {found:?}");
        }
        let yaml = "StartAt: A\nStates:\n  A:\n    Type: Pass\n    Ne\n    End: true\n";
        assert_eq!(codes(yaml), ["json-syntax"]);
        let call = r#"{ "StartAt": "A", "States": { "A": { "Type": "Task", "End": true,
            "Resource": "arn:aws:states:::sqs:sendMessage",
            "Parameters": { "QueueUrl": "q", "MessageBody": "m", "Mess" } } } }"#;
        assert_eq!(codes(call), ["json-syntax"]);
    }

    #[test]
    fn a_bracket_too_many_is_all_there_is_to_say() {
        let lines = [
            r#"{ "StartAt": "A","#,
            r#"  "States": {"#,
            r#"    "A": {"#,
            r#"      "Type": "Task", "Resource": "arn:aws:states:::lambda:invoke","#,
            r#"      "Parameters": {"#,
            r#"        "FunctionName": "f" },"#,
            r#"      "Retry": [ {"#,
            r#"        "ErrorEquals": ["#,
            r#"          "Busy","#,
            r#"          "Late" ],"#,
            r#"        "MaxAttempts": 2 } ],"#,
            r#"      "End": true } } }"#,
        ];
        assert!(codes(&lines.join("\n")).is_empty());
        for opening in [1, 2, 4, 6] {
            let mut left = lines.to_vec();
            left.remove(opening);
            let found = codes(&left.join("\n"));
            assert!(!found.is_empty(), "without {}", lines[opening]);
            assert!(found.iter().all(|it| *it == "json-syntax"), "without {}: {found:?}", lines[opening]);
        }
    }
}
