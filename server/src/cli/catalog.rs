//! `asl-lsp catalog`: prints what the integration catalogue knows.
//!
//! Without a query it lists the services; `glue` or `aws-sdk:glue` lists actions, `glue:startJobRun`
//! shows one action with its parameters, patterns and links.

use std::io::{self, Write};

use serde_json::{Value, json};

use crate::catalog::integrations::resource::parse;
use crate::catalog::integrations::{
    self, Action, Bound, Integration, Member, Pattern, Place, Service, Shape, Suggestion, problems, search,
    service, services,
};

/// Why nothing was printed.
#[derive(Debug)]
pub enum CatalogError {
    /// Nothing has this name; perhaps one of these was meant.
    Unknown { query: String, nearest: Vec<String> },
    /// The output could not be written.
    Io(io::Error),
}

impl std::fmt::Display for CatalogError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            CatalogError::Unknown { query, nearest } => {
                write!(f, "nothing in the catalogue is called `{query}`")?;
                if !nearest.is_empty() {
                    write!(f, "; near it are {}", nearest.join(", "))?;
                }
                Ok(())
            }
            CatalogError::Io(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for CatalogError {}

impl From<io::Error> for CatalogError {
    fn from(error: io::Error) -> Self {
        CatalogError::Io(error)
    }
}

/// Prints what is known of a service or an action, or all services.
pub fn catalog(query: Option<&str>, json: bool, out: &mut dyn Write) -> Result<(), CatalogError> {
    let Some(query) = query else {
        return if json { print_json(&all_json(), out) } else { Ok(print_all(out)?) };
    };
    let found = Query::of(query);
    let Some(actions) = found.actions() else {
        return Err(CatalogError::Unknown { query: query.to_owned(), nearest: nearest(query) });
    };
    match (actions, json) {
        (Found::Services(services), false) => Ok(print_services(&services, out)?),
        (Found::Services(services), true) => {
            print_json(&Value::Array(services.iter().map(service_json).collect()), out)
        }
        (Found::Actions(actions), false) => Ok(print_actions(&actions, out)?),
        (Found::Actions(actions), true) => {
            print_json(&Value::Array(actions.iter().map(action_json).collect()), out)
        }
    }
}

/// A query, taken apart: `[aws-sdk:]service[:action[.pattern]]`, or a whole Resource.
struct Query<'a> {
    integrations: &'static [Integration],
    service: &'a str,
    action: Option<&'a str>,
}

enum Found {
    Services(Vec<Service>),
    Actions(Vec<Action>),
}

impl<'a> Query<'a> {
    fn of(query: &'a str) -> Query<'a> {
        let query = query.rsplit(":::").next().unwrap_or(query);
        let (integrations, rest) = match query.strip_prefix("aws-sdk:") {
            Some(rest) => (&[Integration::Sdk][..], rest),
            None => (&[Integration::Optimized, Integration::Sdk][..], query),
        };
        let (service, action) = match rest.split_once(':') {
            Some((service, action)) => (service, Some(action.split('.').next().unwrap_or(action))),
            None => (rest, None),
        };
        Query { integrations, service, action }
    }

    fn actions(&self) -> Option<Found> {
        let services = self.integrations.iter().filter_map(|it| service(*it, self.service));
        let found = match self.action {
            None => Found::Services(services.collect()),
            Some(name) => Found::Actions(services.filter_map(|it| it.action(name)).collect()),
        };
        let is_empty = match &found {
            Found::Services(services) => services.is_empty(),
            Found::Actions(actions) => actions.is_empty(),
        };
        (!is_empty).then_some(found)
    }
}

/// What may have been meant: as in a Resource, or by pieces of names.
fn nearest(query: &str) -> Vec<String> {
    let prefix = "arn:aws:states:::";
    let resource = format!("{prefix}{}", query.rsplit(":::").next().unwrap_or(query));
    let problems = problems(&parse(&resource), Place::Task);
    let meant = |it: &Suggestion| {
        let mut meant = resource.clone();
        meant.replace_range(it.range.clone(), &it.text);
        meant.split_off(prefix.len())
    };
    let mut names: Vec<String> = problems.iter().flat_map(|it| &it.suggestions).map(meant).collect();
    names.retain(|it| Query::of(it).actions().is_some());
    if names.is_empty() {
        names = search(query, 5).iter().map(|it| it.name()).collect();
    }
    names.truncate(5);
    names
}

fn print_json(value: &Value, out: &mut dyn Write) -> Result<(), CatalogError> {
    let text = serde_json::to_string_pretty(value).map_err(io::Error::from)?;
    Ok(writeln!(out, "{text}")?)
}

fn print_all(out: &mut dyn Write) -> io::Result<()> {
    let (optimized, sdk): (Vec<Service>, Vec<Service>) =
        services().partition(|it| it.integration == Integration::Optimized);
    let actions = |services: &[Service]| services.iter().map(|it| it.action_count).sum::<usize>();
    for (title, services) in [("Optimized integrations", optimized), ("SDK integrations", sdk)] {
        let count = actions(&services);
        writeln!(out, "{title}: {} services, {count} actions", services.len())?;
        let width = services.iter().map(|it| it.name().len()).max().unwrap_or_default();
        for it in &services {
            let mark = support_mark(it);
            writeln!(out, "  {:width$}  {:>4}  {}{mark}", it.name(), it.action_count, it.title)?;
        }
        writeln!(out)?;
    }
    writeln!(out, "From botocore {}.", integrations::source())
}

fn support_mark(service: &Service) -> &'static str {
    use integrations::Support;
    match service.support {
        Support::Supported => "",
        Support::Unknown => " (newer than the list of supported services)",
        Support::NotListed => " (not in the list of supported services)",
        Support::Retired => " (closed by AWS)",
        Support::Deprecated => " (deprecated)",
    }
}

fn print_services(services: &[Service], out: &mut dyn Write) -> io::Result<()> {
    for (at, service) in services.iter().enumerate() {
        if at > 0 {
            writeln!(out)?;
        }
        writeln!(out, "{}: {}{}", service.name(), service.title, support_mark(service))?;
        writeln!(out, "  Guide   {}", service.guide_url())?;
        for action in service.actions() {
            let patterns: Vec<&str> =
                action.patterns().into_iter().map(Pattern::suffix).filter(|it| !it.is_empty()).collect();
            // All SDK actions have the same patterns; naming them would be noise.
            let patterns = match service.integration {
                Integration::Optimized => patterns.join(" "),
                Integration::Sdk => String::new(),
            };
            let line = format!("  {}  {patterns}{}", action.name(), availability_mark(&action));
            writeln!(out, "{}", line.trim_end())?;
        }
    }
    Ok(())
}

fn availability_mark(action: &Action) -> &'static str {
    use integrations::Availability;
    match action.availability() {
        Availability::Streaming => "(streams: not supported)",
        Availability::Unsupported => "(not supported)",
        Availability::Doubtful => "(probably not supported)",
        _ if action.is_deprecated() => "(deprecated)",
        _ => "",
    }
}

fn print_actions(actions: &[Action], out: &mut dyn Write) -> io::Result<()> {
    for (at, action) in actions.iter().enumerate() {
        if at > 0 {
            writeln!(out)?;
        }
        print_action(action, out)?;
    }
    Ok(())
}

fn print_action(action: &Action, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{}", format!("{}  {}", action.full_name(), availability_mark(action)).trim_end())?;
    for pattern in action.patterns() {
        let express = if pattern.works_in_express() { "" } else { "  (Standard only)" };
        writeln!(out, "  arn:aws:states:::{}{}{express}", action.full_name(), pattern.suffix())?;
    }
    if let Some(url) = action.api_url() {
        writeln!(out, "  API     {url}")?;
    }
    writeln!(out, "  Guide   {}", action.guide_url())?;
    if let Some(iam) = action.iam_action() {
        writeln!(out, "  IAM     {iam}")?;
    }
    for note in action.notes() {
        writeln!(out, "  Note    {note}")?;
    }
    let parameters = action.parameters();
    if !parameters.is_empty() {
        writeln!(out, "  Parameters")?;
    }
    let width = parameters.iter().map(|it| it.name.len()).max().unwrap_or_default();
    let pages = [action.guide_url(), action.api_url().unwrap_or_default()];
    for it in &parameters {
        let required = if it.required { '*' } else { ' ' };
        let line = format!("  {required} {:width$}  {}", it.name, describe(it));
        writeln!(out, "  {}", line.trim_end())?;
        // The page of the whole action is named above.
        let url = Some(action.parameter_url(it)).filter(|it| !pages.contains(it));
        if let Some(url) = url {
            writeln!(out, "    {:width$}    {url}", "")?;
        }
    }
    for pattern in action.patterns() {
        let Some(results) = action.result(pattern) else { continue };
        let keys: Vec<&str> = results.shape().iter().flat_map(|it| it.members()).map(|it| it.name).collect();
        if !keys.is_empty() {
            let title = format!("Result{}", pattern.suffix());
            writeln!(out, "  {title}  {}", keys.join(", "))?;
        }
    }
    writeln!(out, "  Errors  {}", action.errors().join(", "))
}

fn describe(parameter: &Member) -> String {
    let Some(shape) = parameter.shape() else { return String::new() };
    let mut text = shape.describe();
    let values: Vec<&str> = shape.enum_values().collect();
    if !values.is_empty() {
        let more = if values.len() > 8 { ", …" } else { "" };
        text = format!("{}{more}", values[..values.len().min(8)].join(" | "));
    }
    match shape.bounds() {
        (Some(least), Some(most)) => text += &format!(", {}–{}", bound(least), bound(most)),
        (Some(least), None) => text += &format!(", from {}", bound(least)),
        (None, Some(most)) => text += &format!(", to {}", bound(most)),
        (None, None) => {}
    }
    if parameter.deprecated {
        text += ", deprecated";
    }
    text
}

fn bound(bound: Bound) -> String {
    match bound {
        Bound::Whole(it) => it.to_string(),
        Bound::Fraction(it) => it.to_string(),
    }
}

fn bound_json(bound: Option<Bound>) -> Value {
    match bound {
        Some(Bound::Whole(it)) => json!(it),
        Some(Bound::Fraction(it)) => json!(it),
        None => Value::Null,
    }
}

fn all_json() -> Value {
    let services: Vec<Value> = services().map(|it| service_head(&it)).collect();
    json!({ "source": { "package": "botocore", "version": integrations::source() }, "services": services })
}

fn service_head(service: &Service) -> Value {
    json!({
        "service": service.name(),
        "title": service.title,
        "supported": service.support.name(),
        "errorPrefix": service.error_prefix,
        "guide": service.guide_url(),
        "actionCount": service.action_count,
    })
}

fn service_json(service: &Service) -> Value {
    let mut value = service_head(service);
    let actions = service.actions().iter().map(|it| Value::from(it.name())).collect();
    value["actions"] = Value::Array(actions);
    value
}

fn action_json(action: &Action) -> Value {
    let parameters: Vec<Value> = action
        .parameters()
        .iter()
        .map(|it| {
            let mut value = member_json(it, &mut Vec::new());
            value["url"] = json!(action.parameter_url(it));
            value
        })
        .collect();
    let mut results = serde_json::Map::new();
    for pattern in action.patterns() {
        if let Some(result) = action.result(pattern) {
            let keys: Vec<Value> =
                result.shape().iter().flat_map(|it| it.members()).map(|it| json!(it.name)).collect();
            let name =
                if pattern == Pattern::RequestResponse { "requestResponse" } else { &pattern.suffix()[1..] };
            results.insert(name.to_owned(), Value::Array(keys));
        }
    }
    let patterns: Vec<String> = action
        .patterns()
        .iter()
        .map(|it| format!("arn:aws:states:::{}{}", action.full_name(), it.suffix()))
        .collect();
    json!({
        "action": action.full_name(),
        "operation": action.api_name(),
        "resources": patterns,
        "availability": format!("{:?}", action.availability()).to_lowercase(),
        "deprecated": action.is_deprecated(),
        "api": action.api_url(),
        "guide": action.guide_url(),
        "iam": action.iam_action(),
        "notes": action.notes(),
        "parameters": parameters,
        "results": results,
        "errors": action.errors(),
    })
}

fn member_json(member: &Member, open: &mut Vec<u32>) -> Value {
    let mut value = json!({ "name": member.name, "required": member.required });
    if member.deprecated {
        value["deprecated"] = json!(true);
    }
    if let (Some(shape), Value::Object(fields)) = (member.shape(), &mut value) {
        shape_json(&shape, fields, open);
    }
    value
}

/// Nested structures are written out, except inside themselves and beyond a few levels.
fn shape_json(shape: &Shape, fields: &mut serde_json::Map<String, Value>, open: &mut Vec<u32>) {
    fields.insert("type".to_owned(), json!(shape.kind().name()));
    let nested = |shape: Option<Shape>, open: &mut Vec<u32>| {
        let mut fields = serde_json::Map::new();
        if let Some(shape) = shape {
            shape_json(&shape, &mut fields, open);
        }
        Value::Object(fields)
    };
    if let Some(name) = shape.name() {
        fields.insert("shape".to_owned(), json!(name));
        if open.len() < 3 && !open.contains(&shape.id()) {
            open.push(shape.id());
            let members: Vec<Value> = shape.members().map(|it| member_json(&it, open)).collect();
            open.pop();
            fields.insert("members".to_owned(), Value::Array(members));
        }
        if shape.is_union() {
            fields.insert("union".to_owned(), json!(true));
        }
    }
    if let Some(item) = shape.item() {
        let item = nested(Some(item), open);
        fields.insert("item".to_owned(), item);
    }
    if let Some(value) = shape.value() {
        let value = nested(Some(value), open);
        fields.insert("value".to_owned(), value);
    }
    let values: Vec<&str> = shape.enum_values().collect();
    if !values.is_empty() {
        fields.insert("enum".to_owned(), json!(values));
    }
    let (least, most) = shape.bounds();
    for (name, bound) in [("min", least), ("max", most)] {
        if bound.is_some() {
            fields.insert(name.to_owned(), bound_json(bound));
        }
    }
    if let Some(pattern) = shape.pattern() {
        fields.insert("pattern".to_owned(), json!(pattern));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(query: Option<&str>, json: bool) -> Result<String, CatalogError> {
        let mut out = Vec::new();
        catalog(query, json, &mut out)?;
        Ok(String::from_utf8(out).expect("the output is text"))
    }

    #[test]
    fn an_action_readable() {
        let text = run(Some("glue:startJobRun"), false).expect("it is known");
        for part in [
            "arn:aws:states:::glue:startJobRun.sync  (Standard only)",
            "  IAM     glue:StartJobRun",
            "  * JobName",
            "aws-glue-api-jobs-runs.html#aws-glue-api-jobs-runs-StartJobRun",
            "aws-sdk:glue:startJobRun",
            "Glue.ConcurrentRunsExceededException",
        ] {
            assert!(text.contains(part), "{part} in\n{text}");
        }
    }

    #[test]
    fn an_action_as_json() {
        let text = run(Some("arn:aws:states:::batch:submitJob.sync"), true).expect("it is known");
        let value: Value = serde_json::from_str(&text).expect("it is JSON");
        let action = &value[0];
        assert_eq!(action["action"], "batch:submitJob");
        assert_eq!(action["resources"][1], "arn:aws:states:::batch:submitJob.sync");
        let array = &action["parameters"][4];
        assert_eq!(array["name"], "ArrayProperties");
        assert_eq!(array["members"][0]["name"], "Size");
        assert!(
            array["url"].as_str().is_some_and(|it| it.ends_with("#Batch-SubmitJob-request-arrayProperties"))
        );
    }

    #[test]
    fn services_and_lists() {
        let all = run(None, false).expect("all");
        assert!(all.contains("Optimized integrations: 23 services, 67 actions"), "{all}");
        assert!(all.contains("SDK integrations: ") && all.contains("  aws-sdk:sqs"));
        let value: Value = serde_json::from_str(&run(None, true).expect("all")).expect("it is JSON");
        assert_eq!(value["services"].as_array().map(Vec::len), Some(services().count()));
        let glue = run(Some("glue"), false).expect("it is known");
        assert!(glue.contains("  startJobRun  .sync\n") && glue.contains("  getTable\n"));
        let value: Value =
            serde_json::from_str(&run(Some("aws-sdk:sqs"), true).expect("sqs")).expect("it is JSON");
        assert_eq!(value.as_array().map(Vec::len), Some(1));
    }

    #[test]
    fn what_is_not_known() {
        let error = run(Some("glue:startJobs"), false).expect_err("it is not known");
        assert!(
            error.to_string().starts_with("nothing in the catalogue is called `glue:startJobs`"),
            "{error}"
        );
    }
}
