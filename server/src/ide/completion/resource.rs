//! The Resource of a call, in steps: services, then their actions, then the patterns. Whatever stands left of the cursor
//! is replaced by the whole ARN, so pieces of names are enough: `startJob` finds `glue:startJobRun.sync`.
//!
//! There are sixteen thousand actions, so the server filters: each item fits the text that is typed, and the editor asks
//! again after the next letter.

use std::collections::HashSet;

use asl_grammar::syntax::Format;
use asl_grammar::text::Edit;

use super::docs::Docs;
use super::placeholders;
use super::write::{escape, text, without_marks};
use super::{Completion, Completions, Context, Kind, Whole};
use crate::asl::parameters_field;
use crate::catalog::fields::{Field, Value};
use crate::catalog::integrations::resource::PARTITIONS;
use crate::catalog::integrations::{
    Action, Availability, Integration, Kind as ShapeKind, Pattern, Service, Support, action, search, service,
    services,
};

/// As many items as a reply holds.
const MOST: usize = 190;
/// So many of them come, where it helps, with their parameters.
const FILLED: usize = 6;

pub(super) fn complete(context: &Context, field: &Field, found: &mut Completions) {
    let typed = Typed::of(context);
    if let Value::Action(allowed) = field.value {
        for choice in allowed {
            let mut item = arn(context, &typed, choice.value, Kind::Action);
            item.docs = choice.summary.to_owned().into();
            found.items.push(item);
        }
        return;
    }
    // An ARN of something that is no integration: nothing of ours fits.
    let Some(tail) = &typed.tail else { return };
    found.incomplete = true;
    let mut steps = Steps { context, typed: &typed, seen: HashSet::new(), found };
    match tail.strip_prefix("aws-sdk:") {
        Some(rest) => steps.rest(Integration::Sdk, rest),
        None => steps.rest(Integration::Optimized, tail),
    }
    found.items.truncate(MOST);
    placeholders::resources(context, &mut found.items);
}

/// What stands left of the cursor.
struct Typed {
    /// `arn:aws:states:::`, with the partition that is typed or that other Resources have.
    head: String,
    /// What follows it; None when the ARN is one of another kind.
    tail: Option<String>,
}

impl Typed {
    fn of(context: &Context) -> Typed {
        let prefix = context.spot.prefix.trim_start();
        let Some(rest) = prefix.strip_prefix("arn:") else {
            let tail = if "arn".starts_with(prefix) { "" } else { prefix };
            return Typed { head: head(&usual_partition(context)), tail: Some(tail.to_owned()) };
        };
        let (partition, rest) = match split(rest) {
            (partition, Some(rest)) => (partition.to_owned(), rest),
            (_, None) => (usual_partition(context), ""),
        };
        let (name, rest) = split(rest);
        let tail = match rest {
            // Region and account, which integrations leave empty.
            Some(rest) if name == "states" => match split(rest) {
                ("", Some(rest)) => match split(rest) {
                    ("", tail) => Some(tail.unwrap_or_default().to_owned()),
                    // A colon too few.
                    _ => Some(rest.to_owned()),
                },
                ("", None) => Some(String::new()),
                // A region, or two colons too few.
                (region, Some(_)) if !is_region(region) => Some(rest.to_owned()),
                (region, None) if !is_region(region) => Some(region.to_owned()),
                _ => None,
            },
            None if "states".starts_with(name) => Some(String::new()),
            _ => None,
        };
        Typed { head: head(&partition), tail }
    }
}

fn head(partition: &str) -> String {
    format!("arn:{partition}:states:::")
}

/// Up to a colon that stands in no placeholder, and what follows it.
fn split(text: &str) -> (&str, Option<&str>) {
    let mut depth = 0usize;
    for (at, c) in text.char_indices() {
        match c {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            ':' if depth == 0 => return (&text[..at], Some(&text[at + 1..])),
            _ => {}
        }
    }
    (text, None)
}

fn is_region(text: &str) -> bool {
    text.contains(['{', '*'])
        || text.matches('-').count() >= 2 && text.ends_with(|c: char| c.is_ascii_digit())
}

/// The partition of the first Resource that says one, so that a machine for `aws-cn` stays one.
fn usual_partition(context: &Context) -> String {
    let parts = context.analysis.syntax.parts.len();
    let calls = (0..=parts).filter_map(|it| context.analysis.placed(it)).flat_map(|it| it.calls());
    let others = calls.filter(|call| !call.resource().touches(context.offset));
    let mut named = others.filter_map(|call| {
        let parsed = call.parsed();
        let partition = parsed.part(&parsed.partition)?;
        (PARTITIONS.contains(&partition) || partition.starts_with("${")).then(|| partition.to_owned())
    });
    named.next().unwrap_or_else(|| "aws".to_owned())
}

struct Steps<'c, 'a, 'f> {
    context: &'c Context<'a>,
    typed: &'c Typed,
    seen: HashSet<String>,
    found: &'f mut Completions,
}

impl Steps<'_, '_, '_> {
    /// What follows `aws-sdk:`, or the three colons.
    fn rest(&mut self, integration: Integration, rest: &str) {
        let Some((token, name)) = rest.split_once(':') else { return self.services(integration, rest) };
        match service(integration, token) {
            Some(service) => self.actions(&service, name),
            None if integration == Integration::Sdk && self.newer_actions(token) => {}
            None => self.search(rest),
        }
    }

    fn services(&mut self, integration: Integration, word: &str) {
        let lower = word.to_ascii_lowercase();
        let fits = |it: &Service| {
            lower.is_empty()
                || it.token.contains(&lower)
                || lower.len() > 2 && it.title.to_ascii_lowercase().contains(&lower)
        };
        let callable = |it: &Service| {
            it.action_count > 0
                && matches!(it.support, Support::Supported | Support::Unknown)
                && is_for_tasks(it)
        };
        let mut all: Vec<Service> = services().filter(|it| callable(it) && fits(it)).collect();
        match integration {
            Integration::Sdk => all.retain(|it| it.integration == Integration::Sdk),
            // All of the others would hide the few.
            Integration::Optimized if word.is_empty() => {
                all.retain(|it| it.integration == Integration::Optimized)
            }
            Integration::Optimized => {}
        }
        all.sort_by_key(|it| (it.integration, !it.token.starts_with(&lower)));
        // The actions that fit have the last word, and leave room for no more services.
        let room = if word.is_empty() { MOST } else { MOST / 3 };
        for service in all.iter().take(room) {
            self.service(service);
        }
        if integration == Integration::Sdk {
            self.newer_services(&lower);
        }
        if integration == Integration::Optimized && "aws-sdk".starts_with(&lower) {
            let mut item = self.open("aws-sdk");
            item.detail = "any operation of the AWS SDK".into();
            self.found.items.push(item);
        }
        if !word.is_empty() {
            self.search(if integration == Integration::Sdk { word } else { &lower });
        }
    }

    fn service(&mut self, service: &Service) {
        let mut item = self.open(&service.name());
        let how = match service.integration {
            Integration::Optimized => "optimized",
            Integration::Sdk => "SDK",
        };
        let plural = if service.action_count == 1 { "" } else { "s" };
        item.detail = format!("{} · {how} · {} action{plural}", service.title, service.action_count);
        self.found.items.push(item);
    }

    /// The services that only the user's own models know.
    fn newer_services(&mut self, word: &str) {
        let Some(models) = self.context.analysis.config().user_models() else { return };
        for service in models.newer_services().iter().filter(|it| it.token.contains(word)) {
            let mut item = self.open(&format!("aws-sdk:{}", service.token));
            item.detail = format!("{} · SDK · from your own models", service.title);
            self.found.items.push(item);
        }
    }

    /// The actions of such a service; false when there is none of that name.
    fn newer_actions(&mut self, token: &str) -> bool {
        let Some(models) = self.context.analysis.config().user_models() else { return false };
        let actions = models.newer_actions(token);
        for name in &actions {
            let mut item = arn(self.context, self.typed, &format!("aws-sdk:{token}:{name}"), Kind::Action);
            item.detail = "from your own models".into();
            self.found.items.push(item);
        }
        !actions.is_empty()
    }

    /// An item that an action is to follow.
    fn open(&mut self, name: &str) -> Completion {
        let mut item = arn(self.context, self.typed, &format!("{name}:"), Kind::Service);
        item.label = name.to_owned();
        if !self.context.spot.closed {
            // The cursor stays inside the quotes.
            let quoted = item.text.ends_with(['"', '\'', ',']);
            let head = item.text.trim_end_matches(['"', '\'', ',']);
            let tail = &item.text[head.len()..];
            item.snippet = quoted.then(|| format!("{}$1{}", escape(head), escape(tail)));
        }
        item
    }

    /// The actions of one service: the first letters first, then the others in which the letters stand in order.
    fn actions(&mut self, service: &Service, name: &str) {
        let (name, suffix) = match name.find('.') {
            Some(dot) => name.split_at(dot),
            None => (name, ""),
        };
        let lower = name.to_ascii_lowercase();
        let mut fitting: Vec<(usize, Action)> = service
            .actions()
            .into_iter()
            .filter(|it| it.map_field().is_none() && is_callable(it))
            .filter_map(|it| Some((rank(&it.name().to_ascii_lowercase(), &lower)?, it)))
            .collect();
        fitting.sort_by_key(|(rank, it)| (*rank, it.is_deprecated()));
        for (_, action) in &fitting {
            let patterns = action.patterns();
            let patterns = patterns.iter().filter(|it| match service.integration {
                Integration::Optimized => it.suffix().starts_with(suffix),
                // All of the SDK has the same patterns: they follow the dot.
                Integration::Sdk => {
                    !suffix.is_empty() && it.suffix().starts_with(suffix)
                        || suffix.is_empty() && it.suffix().is_empty()
                }
            });
            for pattern in patterns {
                self.action(action, *pattern);
            }
        }
    }

    fn search(&mut self, query: &str) {
        for hit in search(query, MOST) {
            if self.found.items.len() >= MOST {
                return;
            }
            let name = hit.name();
            if self.found.items.len() < FILLED || self.seen.len() < FILLED {
                if let Some(action) = action(hit.integration, hit.service, hit.action).filter(is_callable) {
                    self.action(&action, hit.pattern);
                }
                continue;
            }
            if self.seen.insert(name.clone()) {
                let mut item = arn(self.context, self.typed, &name, Kind::Action);
                let title = service(hit.integration, hit.service).map_or("", |it| it.title);
                item.detail = detail(title, hit.pattern);
                item.docs = Docs::Action(name);
                self.found.items.push(item);
            }
        }
    }

    fn action(&mut self, action: &Action, pattern: Pattern) {
        if self.found.items.len() >= MOST {
            return;
        }
        let name = format!("{}{}", action.full_name(), pattern.suffix());
        if !self.seen.insert(name.clone()) {
            return;
        }
        let mut item = arn(self.context, self.typed, &name, Kind::Action);
        item.detail = detail(action.service.title, pattern);
        item.deprecated = action.is_deprecated();
        item.docs = Docs::Action(name);
        let filled = match self.seen.len() <= FILLED {
            true => with_parameters(self.context, &item, action),
            false => None,
        };
        self.found.items.push(item);
        self.found.items.extend(filled);
    }
}

fn detail(title: &str, pattern: Pattern) -> String {
    let waits = match pattern {
        Pattern::RequestResponse => return title.to_owned(),
        Pattern::Sync => "waits for the job",
        Pattern::Sync2 => "waits for the execution, output as JSON",
        Pattern::WaitForTaskToken => "waits for the task token",
    };
    format!("{title} · {waits}")
}

fn is_callable(action: &Action) -> bool {
    match action.availability() {
        Availability::Unsupported => false,
        Availability::Streaming => action.service.integration == Integration::Optimized,
        _ => true,
    }
}

/// Not the integration that only fields of a Map use.
fn is_for_tasks(service: &Service) -> bool {
    service.integration == Integration::Sdk || service.token != "s3"
}

/// How well a name fits: at its start, inside, letter by letter.
fn rank(name: &str, wanted: &str) -> Option<usize> {
    if name.starts_with(wanted) {
        return Some(0);
    }
    if name.contains(wanted) {
        return Some(1);
    }
    let mut letters = name.chars();
    wanted.chars().all(|it| letters.any(|letter| letter == it)).then_some(2)
}

/// An item for a whole ARN. What is typed may be any piece of it, so the item says that it fits.
fn arn(context: &Context, typed: &Typed, name: &str, kind: Kind) -> Completion {
    let mut item = text(context, &format!("{}{name}", typed.head), kind);
    item.label = name.to_owned();
    let spot = &context.spot;
    item.filter = match spot.quote {
        Some(quote) => format!("{quote}{}", spot.prefix),
        None => spot.prefix.clone(),
    };
    if item.filter.is_empty() {
        item.filter = name.to_owned();
    }
    item
}

/// The same item, which also writes the required parameters where the state has none.
fn with_parameters(context: &Context, item: &Completion, action: &Action) -> Option<Completion> {
    let spot = &context.spot;
    let state = spot.container?;
    let (_, language) = context.object()?;
    let field = parameters_field(language?);
    let required: Vec<_> = action.parameters().into_iter().filter(|it| it.required).collect();
    if required.is_empty() || ["Parameters", "Arguments"].iter().any(|it| state.member(it).is_some()) {
        return None;
    }
    let line = context.analysis.text.line_range(context.analysis.text.line_of(spot.typed.start));
    let line = context.analysis.text.slice(line);
    let indent = &line[..line.len() - line.trim_start_matches([' ', '\t']).len()];
    let unit = if indent.contains('\t') { "\t" } else { "  " };
    let yaml = context.format == Format::Yaml;
    if yaml && !spot.block {
        return None;
    }
    let mut members = Vec::new();
    for (index, member) in required.iter().enumerate() {
        let stop = index + 1;
        let value = match member.shape()?.kind() {
            ShapeKind::Structure | ShapeKind::Map | ShapeKind::Json | ShapeKind::Document => {
                format!("{{${stop}}}")
            }
            ShapeKind::List => format!("[${stop}]"),
            ShapeKind::Integer | ShapeKind::Long | ShapeKind::Float | ShapeKind::Double => {
                format!("${{{stop}:0}}")
            }
            ShapeKind::Boolean => format!("${{{stop}:false}}"),
            ShapeKind::String | ShapeKind::Timestamp | ShapeKind::Blob => format!("\"${stop}\""),
        };
        members.push(if yaml {
            format!("{}: {value}", member.name)
        } else {
            format!("\"{}\": {value}", member.name)
        });
    }
    let column: String = if yaml { " ".repeat(spot.column) } else { indent.to_owned() };
    let block = if yaml {
        let lines: Vec<String> = members.iter().map(|it| format!("\n{column}  {it}")).collect();
        format!("\n{column}{field}:{}", lines.concat())
    } else {
        let lines: Vec<String> = members.iter().map(|it| format!("\n{column}{unit}{it}")).collect();
        format!(",\n{column}\"{field}\": {{{}\n{column}}}", lines.join(","))
    };
    let mut filled = Completion {
        label: format!("{} with required parameters", item.label),
        kind: item.kind,
        detail: item.detail.clone(),
        docs: item.docs.clone(),
        range: item.range.clone(),
        filter: item.filter.clone(),
        text: item.text.clone(),
        snippet: None,
        whole: None,
        more: item.more.clone(),
        otherwise: Vec::new(),
        deprecated: item.deprecated,
        first: false,
    };
    if spot.closed {
        // The quote that closes the text stands behind the cursor.
        let at = spot.rest.end;
        let quote = spot.quote.map(String::from).unwrap_or_default();
        let snippet = format!("{}{quote}{block}", escape(&filled.text));
        filled.whole = Some(Whole { end: at, snippet });
        let block = without_marks(&block);
        let lines = block.trim_start_matches([',', '\n']);
        let comma = if yaml { "" } else { "," };
        let text = &context.analysis.text;
        let line = text.line_range(text.line_of(at));
        let next = text.line_range(text.line_of(at) + 1).start;
        // At the beginning of the next line, every editor can do it.
        if text.slice(at..line.end).trim() == comma && next > line.end {
            filled.more.push(Edit { range: next..next, text: format!("{lines}{comma}\n") });
        } else {
            filled.more.push(Edit { range: at..at, text: block.clone() });
            let head = text.slice(line.start..spot.typed.start);
            if !head.contains(['{', ',']) && !head.trim_start().starts_with('-') {
                let text = format!("{lines}{comma}\n");
                filled.otherwise.push(Edit { range: line.start..line.start, text });
            }
        }
    } else {
        let body = item.text.strip_suffix(',').unwrap_or(&item.text);
        let comma = &item.text[body.len()..];
        filled.text = format!("{body}{}{comma}", without_marks(&block));
        filled.snippet = Some(format!("{}{block}{comma}", escape(body)));
    }
    Some(filled)
}
