//! States that do not exist yet: those that a transition leads to already, one of each type, and the patterns that
//! people write.

use asl_grammar::spot::Slot;
use asl_grammar::syntax::Format;
use asl_grammar::tree::{Kind as NodeKind, Node};
use serde_json::{Map, Value as Json};

use super::docs::Docs;
use super::states::missing_names;
use super::template::{self, Layout, Template};
use super::write::{blank, indent_of, members, unit_of, value};
use super::{Completion, Context, Kind, Whole};
use crate::asl::{Language, Machine};
use crate::catalog::fields::{Object, Value};
use crate::catalog::states::StateType;

/// The object with `States` in which a new state could begin at the cursor, or a new state's value.
pub(super) struct Slots<'a> {
    owner: Node<'a>,
    language: Language,
}

impl<'a> Slots<'a> {
    pub fn of(context: &Context<'a>) -> Option<Slots<'a>> {
        let spot = &context.spot;
        let member = match (spot.container, spot.slot) {
            (Some(container), _) if container.kind() == NodeKind::Object => {
                container.parent()?.as_member()?
            }
            (None, Slot::Key) => spot.key?.parent()?.as_member()?,
            _ => return None,
        };
        let owner = member.node.parent()?;
        let place = context.place(owner)?;
        let holds_states = place.object.field(member.name())?.value == Value::States;
        let language = place.language.unwrap_or(Language::JsonPath);
        holds_states.then_some(Slots { owner, language })
    }
}

/// At the place of a name.
pub(super) fn names(context: &Context, slots: &Slots, items: &mut Vec<Completion>) {
    let Some(machine) = context.analysis.machine() else { return };
    let missing: Vec<&str> = missing_names(&machine, scope(&machine, slots.owner), context.offset);
    if context.spot.colon {
        // The state is there; only its name is not the one that is looked for.
        for name in missing {
            let mut item = super::write::key(context, name, &super::write::Skeleton::plain("", ""));
            item.kind = Kind::State;
            item.detail = "a transition leads there".into();
            item.first = true;
            items.push(item);
        }
        return;
    }
    let around = Around::of(context);
    let layout = around.layout(context);
    let taken = |name: &str| machine.named(name).any(|it| !machine.state(it).key().touches(context.offset));
    let states = template::states(slots.language);
    let pass = states.iter().find(|it| it.name == StateType::Pass.name());
    for name in &missing {
        let Some(pass) = pass else { break };
        let mut body = pass.body.clone();
        body.insert("Type".into(), Json::from("<1:Pass>"));
        let state = Map::from_iter([((*name).to_owned(), Json::Object(body))]);
        let mut item =
            members(context, name, Kind::State, &layout.members(&state), (&around.before, &around.after));
        item.detail = "a transition leads there".into();
        item.first = true;
        items.push(item);
    }
    let wanted = missing.first().copied();
    for (template, is_pattern) in states
        .iter()
        .map(|it| (it, false))
        .chain(template::patterns(slots.language).iter().map(|it| (it, true)))
    {
        let body = match is_pattern {
            true => template.body.clone(),
            false => {
                Map::from_iter([(format!("<1:{}>", template.name), Json::Object(template.body.clone()))])
            }
        };
        let body = template::renamed(&body, true, wanted, &taken);
        let label = label(template, is_pattern);
        let snippet = layout.members(&body);
        let mut item = members(context, &label, Kind::Snippet, &snippet, (&around.before, &around.after));
        describe(&mut item, template, is_pattern, slots.language, context);
        items.push(item);
    }
}

/// Behind the colon of a new state.
pub(super) fn values(context: &Context, slots: &Slots, items: &mut Vec<Completion>) {
    if context.spot.quote.is_some() {
        return;
    }
    let Some(machine) = context.analysis.machine() else { return };
    let taken = |name: &str| machine.named(name).next().is_some();
    let around = Around::of(context);
    let layout = around.layout(context);
    for template in template::states(slots.language) {
        let body = template::renamed(template.body, false, None, &taken);
        let snippet = layout.value(&Json::Object(body));
        let mut item = value(context, &label(&template, false), Kind::Snippet, &snippet);
        item.filter = context.spot.prefix.clone();
        if item.filter.is_empty() {
            item.filter = template.name.to_owned();
        }
        describe(&mut item, &template, false, slots.language, context);
        items.push(item);
    }
}

/// At the value of `Type`: the type with the other fields that such a state needs, where it has none.
pub(super) fn types(context: &Context, items: &mut Vec<Completion>) {
    let spot = &context.spot;
    let Some(state) = spot.container else { return };
    let Some((Object::State(_) | Object::UntypedState, language)) = context.object() else { return };
    let language = language.unwrap_or(Language::JsonPath);
    let plain = ["Type", "Comment", "QueryLanguage"];
    if state.members().any(|it| !plain.contains(&it.name())) || context.in_brackets() {
        return;
    }
    let Some(machine) = context.analysis.machine() else { return };
    let taken = |name: &str| machine.named(name).next().is_some();
    let mut layout = Around::of(context).layout(context);
    if spot.block {
        layout.indent = " ".repeat(spot.column.min(column_of_key(context)));
    }
    for template in template::states(language) {
        let mut body = template::renamed(template.body, false, None, &taken);
        body.shift_remove("Type");
        if body.is_empty() {
            continue;
        }
        let rest = layout.members(&body);
        let quote = spot.quote.map(String::from).unwrap_or_default();
        let (quoted, comma) = match layout.block {
            true => (format!("{quote}{}{quote}", template.name), ""),
            false => (format!("\"{}\"", template.name), ","),
        };
        let after = if spot.needs_comma_after && !spot.block { "," } else { "" };
        let snippet = format!("{quoted}{comma}\n{}{rest}{after}", layout.indent);
        let mut item = blank(context, &format!("{} with required fields", template.name), Kind::Snippet);
        item.filter = format!("{quote}{}", template.name);
        item.detail = names_of(&body);
        match spot.rest.is_empty() {
            true => {
                item.text = super::write::without_marks(&snippet);
                item.snippet = Some(snippet);
            }
            false => {
                item.text = String::new();
                item.whole = Some(Whole { end: spot.rest.end, snippet });
            }
        }
        items.push(item);
    }
}

/// Where the key begins whose value is at the cursor.
fn column_of_key(context: &Context) -> usize {
    let text = &context.analysis.text;
    let start = text.line_range(text.line_of(context.offset)).start;
    context.spot.key.map_or(0, |key| key.start().saturating_sub(start))
}

fn names_of(members: &Map<String, Json>) -> String {
    members.keys().map(String::as_str).collect::<Vec<_>>().join(", ")
}

fn label(template: &Template, is_pattern: bool) -> String {
    if is_pattern { template.name.to_owned() } else { format!("{} state", template.name) }
}

fn describe(
    item: &mut Completion,
    template: &Template,
    is_pattern: bool,
    language: Language,
    context: &Context,
) {
    let kind = StateType::from_name(template.name).filter(|_| !is_pattern);
    item.detail = if is_pattern { "pattern".into() } else { "new state".into() };
    item.docs = match kind {
        Some(kind) => Docs::Text(kind.summary().to_owned()),
        None => Docs::Template { name: template.name.to_owned(), language, format: context.format },
    };
}

/// How a piece of several lines gets them.
pub(super) struct Around {
    pub before: String,
    pub after: String,
    indent: String,
    unit: String,
}

impl Around {
    /// Between two brackets on one line it breaks the line on both sides of itself.
    pub fn of(context: &Context) -> Around {
        let spot = &context.spot;
        let unit = unit_of(context);
        let text = &context.analysis.text;
        let line = text.line_range(text.line_of(spot.typed.start));
        let before = text.slice(line.start..spot.typed.start);
        let after = text.slice(spot.rest.end..line.end.max(spot.rest.end));
        let outer = indent_of(context, spot.typed.start);
        if spot.block {
            let indent =
                " ".repeat(if spot.slot == Slot::Key { spot.column } else { column_of_key(context) });
            return Around { before: String::new(), after: String::new(), indent, unit };
        }
        let flow_in_yaml = context.format == Format::Yaml;
        if spot.slot == Slot::Key && !flow_in_yaml && before.trim_end().ends_with('{') {
            let indent = format!("{outer}{unit}");
            let close = after.trim_start().starts_with('}');
            let after = if close { format!("\n{outer}") } else { String::new() };
            return Around { before: format!("\n{indent}"), after, indent, unit };
        }
        Around { before: String::new(), after: String::new(), indent: outer, unit }
    }

    pub fn layout(&self, context: &Context) -> Layout {
        Layout {
            block: context.spot.block,
            one_line: !context.spot.block && context.format == Format::Yaml,
            indent: self.indent.clone(),
            unit: self.unit.clone(),
        }
    }
}

pub(super) fn scope(machine: &Machine, owner: Node) -> Option<usize> {
    machine.scopes.iter().position(|scope| scope.node == owner)
}
