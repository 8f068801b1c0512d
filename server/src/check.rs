//! Findings, and the run of the rules that make them.
//!
//! A rule is `Local` (a function of one piece of the document: its findings are kept while the text of that piece
//! stays the same) or a `Machine` rule (a function of the graph, run for each version). Which one it is stands in its
//! declaration, so nobody makes a keystroke slow by accident.

use std::ops::Range;

use asl_grammar::text::Edit;
use asl_grammar::tree::{Node, SyntaxError, SyntaxErrorKind, Tree};
use asl_grammar::write::Source;
use asl_grammar::{intrinsic, jsonata};

use crate::asl::{
    CallView, ExpressionView, Fragment, Language, Machine, Place, Placed, State, calls, is_unknown,
};
use crate::catalog::fields::Field;
use crate::config::{Config, MachineType};
use crate::rules;

/// How grave a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// AWS refuses the definition.
    Error,
    /// It is accepted, but fails when it runs or is surely not what was meant.
    Warning,
    Information,
    Hint,
}

impl Level {
    pub const ALL: [Level; 4] = [Level::Error, Level::Warning, Level::Information, Level::Hint];

    pub fn name(self) -> &'static str {
        match self {
            Level::Error => "error",
            Level::Warning => "warning",
            Level::Information => "information",
            Level::Hint => "hint",
        }
    }

    pub fn from_name(name: &str) -> Option<Level> {
        Level::ALL.into_iter().find(|level| level.name() == name)
    }
}

/// How an editor may show a finding apart from its level.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tag {
    Unnecessary,
    Deprecated,
}

/// A rule: what it is called, what it says, and the function that applies it.
#[derive(Debug)]
pub struct Rule {
    /// The code: a word that never changes its meaning.
    pub name: &'static str,
    pub level: Level,
    /// Runs unless the configuration says otherwise.
    pub on: bool,
    /// Some of its findings come with a fix.
    pub fixable: bool,
    pub tag: Option<Tag>,
    /// Markdown: a heading, what happens and why, then examples. See `rules.rs`.
    pub docs: &'static str,
    pub run: Run,
}

#[derive(Debug)]
pub enum Run {
    /// Made from the errors of the reader of the text.
    Syntax(fn(&SyntaxError) -> bool),
    /// Looks at one piece of the document.
    Local(fn(&Local, &mut Report)),
    /// Looks at the graph of the whole machine.
    Machine(fn(&Machine, &mut Report)),
    /// The one for what stands in one piece, the other for what two pieces say together.
    Both(fn(&Local, &mut Report), fn(&Machine, &mut Report)),
    /// Runs when all others have spoken, and may take back what they said.
    Last(fn(&Machine, &Config, &mut Vec<Finding>, &mut Report)),
    /// Looks at the text as a whole.
    Document(fn(&Whole, &mut Report)),
}

impl Rule {
    /// The rule of that code.
    pub fn named(code: &str) -> Option<&'static Rule> {
        rules::find(code)
    }

    /// The heading of its page.
    pub fn title(&self) -> &'static str {
        self.docs.lines().find_map(|line| line.trim_start().strip_prefix("# ")).unwrap_or(self.name).trim()
    }

    pub fn url(&self) -> String {
        format!("{}#{}", rules::REFERENCE_URL, self.name)
    }
}

/// One thing to say about the document.
#[derive(Clone, Debug)]
pub struct Finding {
    pub rule: &'static Rule,
    pub level: Level,
    pub range: Range<usize>,
    /// RFC 6901 pointer of the value or key.
    pub pointer: String,
    pub message: String,
    pub related: Vec<Related>,
    pub fixes: Vec<Fix>,
}

#[derive(Clone, Debug)]
pub struct Related {
    pub range: Range<usize>,
    pub message: String,
}

/// A way to mend the document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    pub title: String,
    pub edits: Vec<Edit>,
    /// Keeps the meaning that the document was meant to have; may be applied without asking.
    pub safe: bool,
}

impl Finding {
    pub fn related(&mut self, range: Range<usize>, message: impl Into<String>) -> &mut Finding {
        self.related.push(Related { range, message: message.into() });
        self
    }

    pub fn level(&mut self, level: Level) -> &mut Finding {
        self.level = level;
        self
    }

    /// Adds a fix that replaces one range.
    pub fn replace(
        &mut self,
        title: impl Into<String>,
        range: Range<usize>,
        text: impl Into<String>,
        safe: bool,
    ) -> &mut Finding {
        let edits = vec![Edit { range, text: text.into() }];
        self.fixes.push(Fix { title: title.into(), edits, safe });
        self
    }

    /// Adds a fix made of edits that the style of the document decides. None where they cannot be made.
    pub fn fix(
        &mut self,
        title: impl Into<String>,
        edits: impl IntoIterator<Item = Option<Edit>>,
        safe: bool,
    ) -> &mut Finding {
        if let Some(edits) = edits.into_iter().collect::<Option<Vec<Edit>>>() {
            self.fixes.push(Fix { title: title.into(), edits, safe });
        }
        self
    }

    /// The same finding with its piece standing `by` bytes further on.
    pub fn moved(&self, by: usize) -> Finding {
        let shift = |range: &Range<usize>| range.start + by..range.end + by;
        let mut moved = self.clone();
        moved.range = shift(&self.range);
        for related in &mut moved.related {
            related.range = shift(&related.range);
        }
        for edit in moved.fixes.iter_mut().flat_map(|fix| &mut fix.edits) {
            edit.range = shift(&edit.range);
        }
        moved
    }
}

/// Where a rule puts what it finds.
pub struct Report<'r> {
    rule: &'static Rule,
    level: Level,
    /// Nodes of any other tree than this one stand below `/States`.
    frame: Option<&'r Tree>,
    findings: &'r mut Vec<Finding>,
}

impl Report<'_> {
    /// Reports something about a node, underlining it.
    pub fn at(&mut self, node: Node, message: impl Into<String>) -> &mut Finding {
        self.on(node, node.range(), message)
    }

    /// Reports something about a node, underlining another range.
    pub fn on(&mut self, node: Node, range: Range<usize>, message: impl Into<String>) -> &mut Finding {
        let prefix = if self.frame.is_some_and(|frame| node.is_of(frame)) { "" } else { "/States" };
        let pointer = format!("{prefix}{}", node.pointer());
        self.push(pointer, range, message.into())
    }

    /// Reports something about an object: at its key, or at its bracket where it has none.
    pub fn owner(&mut self, place: &PlaceView, message: impl Into<String>) -> &mut Finding {
        self.on(place.node, place.owner(), message)
    }

    pub fn push(&mut self, pointer: String, range: Range<usize>, message: String) -> &mut Finding {
        self.findings.push(Finding {
            rule: self.rule,
            level: self.level,
            range,
            pointer,
            message,
            related: Vec::new(),
            fixes: Vec::new(),
        });
        let last = self.findings.len() - 1;
        &mut self.findings[last]
    }
}

/// What a local rule sees: one piece of the document.
pub struct Local<'a> {
    pub tree: &'a Tree,
    pub base: usize,
    pub fragment: &'a Fragment,
    /// The text of the piece, for the style of a fix. What stands before and behind the piece is not to be looked at.
    pub source: Source<'a>,
    pub machine_type: MachineType,
}

/// What a document rule sees.
pub struct Whole<'a> {
    /// None when there is nothing, or nothing that could be read.
    pub root: Option<Node<'a>>,
    /// Nothing but blanks.
    pub blank: bool,
    pub len: usize,
    pub characters: usize,
}

/// An object that the language defines, with its nodes.
#[derive(Clone, Copy)]
pub struct PlaceView<'a> {
    pub place: &'a Place,
    pub node: Node<'a>,
    pub key: Option<Node<'a>>,
    local: &'a Local<'a>,
}

impl<'a> Local<'a> {
    pub fn node(&self, id: asl_grammar::tree::NodeId) -> Node<'a> {
        self.tree.node(id, self.base)
    }

    pub fn root(&self) -> Option<Node<'a>> {
        self.tree.root(self.base)
    }

    /// The strings with a language of their own. See [`crate::asl::expressions`].
    pub fn expressions(&self) -> impl Iterator<Item = ExpressionView<'a>> {
        let placed = Placed { tree: self.tree, base: self.base, fragment: self.fragment };
        // In the midst of an error nobody knows where a string begins and ends.
        placed.expressions().filter(|it| !it.node.is_damaged())
    }

    /// Those that are evaluated when the machine runs and of which all is known.
    pub fn live(&self) -> impl Iterator<Item = ExpressionView<'a>> {
        self.expressions().filter(|it| it.expression.is_live() && !it.expression.templated)
    }

    /// The JSONata among them, with its tree.
    pub fn jsonata(&self) -> impl Iterator<Item = (ExpressionView<'a>, &'a jsonata::Tree)> {
        self.live().filter_map(|it| Some((it, it.expression.jsonata()?)))
    }

    /// The calls of intrinsic functions among them.
    pub fn intrinsics(&self) -> impl Iterator<Item = (ExpressionView<'a>, &'a intrinsic::Tree)> {
        self.live().filter_map(|it| Some((it, it.expression.intrinsic()?)))
    }

    /// The Resources of the piece.
    pub fn calls(&self) -> impl Iterator<Item = CallView<'a>> + use<'a> {
        calls(self.fragment, self.tree, self.base)
    }

    pub fn places(&'a self) -> impl Iterator<Item = PlaceView<'a>> {
        self.fragment.places.iter().map(move |place| PlaceView {
            place,
            node: self.node(place.node),
            key: place.key.map(|key| self.node(key)),
            local: self,
        })
    }
}

impl<'a> PlaceView<'a> {
    /// The members with a proper key, each with the field it is, if the object has such a field.
    pub fn members(
        &self,
    ) -> impl Iterator<Item = (asl_grammar::tree::Member<'a>, Option<&'static Field>)> + use<'a> {
        let object = self.place.object;
        self.node
            .members()
            .filter(|member| member.key.as_str().is_some())
            .map(move |member| (member, object.field(member.name())))
    }

    pub fn has(&self, name: &str) -> bool {
        self.node.member(name).is_some()
    }

    /// The key, or the opening bracket of an object that has none.
    pub fn owner(&self) -> Range<usize> {
        self.key.map_or_else(|| self.node.open(), Node::range)
    }

    pub fn language(&self) -> Option<Language> {
        self.place.language
    }

    pub fn state(&self) -> Option<&'a State> {
        self.place.state.map(|state| &self.local.fragment.states[state as usize])
    }

    /// Does a syntax error stand in it? Then what seems missing may only be unreadable.
    pub fn is_damaged(&self) -> bool {
        self.node.is_damaged()
    }

    /// Could any member be one that we cannot read?
    pub fn is_known(&self) -> bool {
        !is_unknown(self.node)
    }
}

/// Runs the local rules on a piece.
pub fn check_local(local: &Local, is_frame: bool, config: &Config) -> Vec<Finding> {
    let mut findings = Vec::new();
    for rule in rules::ALL {
        if let Run::Local(run) | Run::Both(run, _) = rule.run
            && let Some(level) = config.level(rule)
        {
            run(
                local,
                &mut Report { rule, level, frame: is_frame.then_some(local.tree), findings: &mut findings },
            );
        }
    }
    findings
}

/// Runs the rules that look at the whole machine.
pub fn check_machine(machine: &Machine, config: &Config, findings: &mut Vec<Finding>) {
    let frame = machine.fragments.first().map(|placed| placed.tree);
    for rule in rules::ALL {
        if let Run::Machine(run) | Run::Both(_, run) = rule.run
            && let Some(level) = config.level(rule)
        {
            run(machine, &mut Report { rule, level, frame, findings });
        }
    }
}

/// Runs the rules that come last.
pub fn check_last(machine: &Machine, config: &Config, findings: &mut Vec<Finding>) {
    let frame = machine.fragments.first().map(|placed| placed.tree);
    for rule in rules::ALL {
        if let Run::Last(run) = rule.run {
            let level = config.level(rule);
            let mut said = Vec::new();
            let level_or_default = level.unwrap_or(rule.level);
            let mut report = Report { rule, level: level_or_default, frame, findings: &mut said };
            run(machine, config, findings, &mut report);
            // What the rule takes back is taken back even where it is not to report anything.
            findings.extend(said.into_iter().filter(|_| level.is_some()));
        }
    }
}

/// Runs the rules about the text as a whole.
pub fn check_document(whole: &Whole, frame: &Tree, config: &Config, findings: &mut Vec<Finding>) {
    for rule in rules::ALL {
        if let Run::Document(run) = rule.run
            && let Some(level) = config.level(rule)
        {
            run(whole, &mut Report { rule, level, frame: Some(frame), findings });
        }
    }
}

/// The finding that a syntax error becomes.
pub fn syntax_finding(error: SyntaxError, pointer: String, config: &Config) -> Option<Finding> {
    let rule = *rules::ALL.iter().find(|rule| matches!(rule.run, Run::Syntax(takes) if takes(&error)))?;
    let level = config.level(rule)?;
    let related = error.related.map(|(range, message)| Related { range, message: message.to_owned() });
    let fixes = error.fix.map(|(title, range, text)| {
        let edits = vec![Edit { range, text }];
        // What a comment says would be lost.
        Fix { title: title.to_owned(), edits, safe: error.kind != SyntaxErrorKind::Comment }
    });
    Some(Finding {
        rule,
        level,
        range: error.range,
        pointer,
        message: error.message,
        related: related.into_iter().collect(),
        fixes: fixes.into_iter().collect(),
    })
}
