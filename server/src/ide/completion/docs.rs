//! What an item means, found when somebody asks for it: a list of two hundred items stays small.

use asl_grammar::syntax::Format;
use serde_json::Value as Json;

use super::template::{self, Layout};
use super::write::without_marks;
use crate::asl::{Expected, Language};
use crate::catalog::fields::{Field, Object};
use crate::catalog::integrations::{Integration, Pattern, action};
use crate::ide::hover::{action_text, field_text, member_text};

#[derive(Clone, Debug, Default, PartialEq)]
pub enum Docs {
    #[default]
    None,
    /// Short enough to come along.
    Text(String),
    Field(Object, &'static Field),
    /// `glue:startJobRun.sync`
    Action(String),
    /// A parameter of an action, or what is nested in one: the steps that lead to it.
    Member {
        action: String,
        path: Vec<String>,
    },
    Template {
        name: String,
        language: Language,
        format: Format,
    },
}

/// The element of a list, as a step.
pub(super) const ELEMENT: &str = "[]";

impl From<String> for Docs {
    fn from(text: String) -> Docs {
        if text.is_empty() { Docs::None } else { Docs::Text(text) }
    }
}

impl Docs {
    /// Markdown.
    pub fn text(&self) -> Option<String> {
        match self {
            Docs::None => None,
            Docs::Text(text) => Some(text.clone()),
            Docs::Field(_, field) => Some(field_text(field)),
            Docs::Action(name) => of_action(name),
            Docs::Member { action, path } => of_member(action, path),
            Docs::Template { name, language, format } => of_template(name, *language, *format),
        }
    }

    /// What [`Docs::of_key`] makes the same out of. None for what comes along by itself.
    pub fn key(&self) -> Option<Json> {
        Some(match self {
            Docs::None | Docs::Text(_) => return None,
            Docs::Field(object, field) => {
                let object = Object::ALL.iter().position(|it| it == object)?;
                serde_json::json!({ "field": [object, field.name] })
            }
            Docs::Action(name) => serde_json::json!({ "action": name }),
            Docs::Member { action, path } => serde_json::json!({ "action": action, "path": path }),
            Docs::Template { name, language, format } => {
                let yaml = *format == Format::Yaml;
                serde_json::json!({ "template": name, "language": language.name(), "yaml": yaml })
            }
        })
    }

    pub fn of_key(key: &Json) -> Option<Docs> {
        let text = |name: &str| key.get(name)?.as_str().map(str::to_owned);
        if let Some(field) = key.get("field") {
            let object = Object::ALL.get(field.get(0)?.as_u64()? as usize)?;
            return Some(Docs::Field(*object, object.field(field.get(1)?.as_str()?)?));
        }
        if let Some(name) = text("template") {
            let language = Language::from_name(&text("language")?)?;
            let format = if key.get("yaml")?.as_bool()? { Format::Yaml } else { Format::Json };
            return Some(Docs::Template { name, language, format });
        }
        let action = text("action")?;
        let Some(path) = key.get("path").and_then(Json::as_array) else { return Some(Docs::Action(action)) };
        let path = path.iter().filter_map(Json::as_str).map(str::to_owned).collect();
        Some(Docs::Member { action, path })
    }
}

/// The service, the action and the pattern of `aws-sdk:glue:startJobRun.sync`.
fn parts(name: &str) -> Option<(Integration, &str, &str, Pattern)> {
    let (integration, rest) = match name.strip_prefix("aws-sdk:") {
        Some(rest) => (Integration::Sdk, rest),
        None => (Integration::Optimized, name),
    };
    let (service, rest) = rest.split_once(':')?;
    let (name, suffix) = rest.split_at(rest.find('.').unwrap_or(rest.len()));
    Some((integration, service, name, Pattern::from_suffix(suffix)?))
}

fn of_action(name: &str) -> Option<String> {
    let (integration, service, name, pattern) = parts(name)?;
    Some(action_text(&action(integration, service, name)?, Some(pattern)))
}

fn of_member(name: &str, path: &[String]) -> Option<String> {
    let (integration, service, name, _) = parts(name)?;
    let action = action(integration, service, name)?;
    let mut expected = Expected { shape: action.input()?, member: None, is_parameter: false };
    for (depth, step) in path.iter().enumerate() {
        expected = match step.as_str() {
            ELEMENT => expected.element()?,
            name => expected.inside(name, depth == 0)?,
        };
    }
    member_text(&action, &expected)
}

fn of_template(name: &str, language: Language, format: Format) -> Option<String> {
    let block = format == Format::Yaml;
    let layout = Layout { block, one_line: false, indent: String::new(), unit: "  ".into() };
    let all = template::patterns(language).into_iter().chain(template::documents(language));
    let template = all.into_iter().find(|it| it.name == name)?;
    let fence = if block { "yaml" } else { "json" };
    let text = without_marks(&layout.members(template.body));
    Some(format!("{}\n\n```{fence}\n{text}\n```", template.summary))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_lead_back() {
        let map = Object::State(crate::catalog::states::StateType::Map);
        let all = [
            Docs::Field(map, map.field("Label").unwrap()),
            Docs::Action("glue:startJobRun.sync".into()),
            Docs::Member {
                action: "batch:submitJob".into(),
                path: ["ContainerOverrides", "ResourceRequirements", "[]", "Type"].map(String::from).into(),
            },
            Docs::Template {
                name: "Human approval".into(),
                language: Language::Jsonata,
                format: Format::Yaml,
            },
        ];
        for docs in all {
            let again = Docs::of_key(&docs.key().unwrap()).unwrap();
            assert_eq!(again, docs);
            assert!(again.text().unwrap().len() > 40, "{docs:?}");
        }
        assert_eq!(Docs::of_key(&serde_json::json!({ "field": [900, "x"] })), None);
        assert_eq!(Docs::of_key(&serde_json::json!({ "action": "no:such.thing" })).unwrap().text(), None);
    }
}
