use asl_grammar::tree::{Kind, Node};

use super::arguments::{Argument, each, list};
use super::wrong_type::describe;
use crate::asl::{has_placeholder, plain_key};
use crate::catalog::integrations::{Bound, Integration, Kind as ShapeKind};
use crate::check::{Level, Local, Report};
use crate::suggest::nearest;

rule! {
    /// # Argument with an impossible literal
    ///
    /// The value cannot be what the service takes there: a text for a number, a word that is not in the list, a list
    /// that is too long, an address without `https`. The machine may be created, but the state fails when it runs.
    ///
    /// Only plain values are judged, not paths, expressions or placeholders. A number or `true` in quotes is only worth
    /// an information: some services read it. A long list of words grows over the
    /// years, so a word that is not in it is only worth an information.
    ///
    /// ```asl fails
    /// { "StartAt": "A", "States": {
    ///   "A": {
    ///     "Type": "Task",
    ///     "Resource": "arn:aws:states:::dynamodb:putItem",
    ///     "Parameters": { "TableName": "jobs", "Item": { "id": { "S": "1" }, "n": { "N": 5 } } },
    ///                                                                                    ^ `N` takes a text, not a number
    ///     "Next": "B"
    ///   },
    ///   "B": {
    ///     "Type": "Task",
    ///     "Resource": "arn:aws:states:::glue:startJobRun",
    ///     "Parameters": { "JobName": "etl", "WorkerType": "g.1x", "NumberOfWorkers": "2" },
    ///                                                     ^^^^^^ `WorkerType` has no value `g.1x`; did you mean `G.1X`?
    ///                                                                                ^^^ `NumberOfWorkers` takes a whole number, not a text
    ///     "End": true
    ///   }
    /// } }
    /// ```
    ///
    /// ```asl fixed
    /// { "StartAt": "A", "States": {
    ///   "A": {
    ///     "Type": "Task",
    ///     "Resource": "arn:aws:states:::dynamodb:putItem",
    ///     "Parameters": { "TableName": "jobs", "Item": { "id": { "S": "1" }, "n": { "N": "5" } } },
    ///     "Next": "B"
    ///   },
    ///   "B": {
    ///     "Type": "Task",
    ///     "Resource": "arn:aws:states:::glue:startJobRun",
    ///     "Parameters": { "JobName": "etl", "WorkerType": "G.1X", "NumberOfWorkers": 2 },
    ///     "End": true
    ///   }
    /// } }
    /// ```
    pub static INVALID_INTEGRATION_ARGUMENT = { "invalid-integration-argument", Warning, Local(check), fixable }
}

/// A list of more words than these is a list of products, and grows.
const FEW_WORDS: usize = 20;
/// As many fit into a message.
const LISTED_WORDS: usize = 6;

fn check(local: &Local, report: &mut Report) {
    each(local, |argument| {
        if argument.is_root {
            return;
        }
        if !wrong_type(argument, report) && !wrong_word(argument, report) && !out_of_bounds(argument, report)
        {
            endpoint(argument, report);
        }
    });
}

fn wrong_type(argument: &Argument, report: &mut Report) -> bool {
    let shape = argument.expected.shape;
    let value = argument.value;
    let kind = value.kind();
    // What is null is not there.
    if kind == Kind::Null || shape.kind() == ShapeKind::Json || shape.kind() == ShapeKind::Document {
        return false;
    }
    let nested = matches!(kind, Kind::Object | Kind::Array);
    // The integration of DynamoDB takes a plain text for `{"S": …}`.
    if kind == Kind::String && shape.name() == Some("AttributeValue") {
        return false;
    }
    let (fits, expected) = match shape.kind() {
        ShapeKind::Structure | ShapeKind::Map => (kind == Kind::Object, "an object"),
        ShapeKind::List => (kind == Kind::Array, "an array"),
        ShapeKind::Integer | ShapeKind::Long => {
            (kind == Kind::Number && is_whole(value.text()), "a whole number")
        }
        ShapeKind::Float | ShapeKind::Double => (kind == Kind::Number, "a number"),
        ShapeKind::Boolean => (kind == Kind::Bool, "`true` or `false`"),
        ShapeKind::Timestamp => (matches!(kind, Kind::String | Kind::Number), "a timestamp"),
        _ => (kind == Kind::String || nested && shape.takes_any_json(), "a text"),
    };
    if fits {
        return false;
    }
    let message = format!("{} takes {expected}, not {}", argument.title(), describe(value));
    let finding = report.at(value, message);
    // Machines that are in use write `"true"`: some of these texts seem to be understood.
    let read = match shape.kind() {
        ShapeKind::Integer | ShapeKind::Long => is_digits(value.text()),
        ShapeKind::Boolean => matches!(value.text(), "true" | "false"),
        _ => false,
    };
    if kind == Kind::String && read {
        finding.level(Level::Information);
        finding.replace("Remove the quotes", value.range(), value.text(), true);
    }
    if matches!(shape.kind(), ShapeKind::String | ShapeKind::Blob)
        && matches!(kind, Kind::Number | Kind::Bool)
    {
        let text = serde_json::Value::from(value.text()).to_string();
        finding.replace("Put it in quotes", value.range(), text, true);
    }
    true
}

fn is_digits(text: &str) -> bool {
    !text.is_empty()
        && text.len() < 19
        && text.bytes().all(|it| it.is_ascii_digit())
        && (text == "0" || !text.starts_with('0'))
}

fn is_whole(text: &str) -> bool {
    text.parse::<f64>().is_ok_and(|number| number.fract() == 0.0)
}

fn wrong_word(argument: &Argument, report: &mut Report) -> bool {
    let words: Vec<&str> = argument.expected.shape.enum_values().collect();
    let Some(text) = argument.value.as_str().filter(|_| !words.is_empty()) else { return false };
    if words.contains(&text) {
        return false;
    }
    let near = nearest(text, words.iter().copied());
    let many = words.len() > FEW_WORDS;
    let message = match near {
        _ if words.len() <= LISTED_WORDS => {
            format!("{} is {}, not `{text}`", argument.title(), list(&words, "or"))
        }
        Some(near) => format!("{} has no value `{text}`; did you mean `{near}`?", argument.title()),
        None => format!("no value `{text}` of {} is known", argument.title()),
    };
    let finding = report.at(argument.value, message);
    let same = near.is_some_and(|near| near.eq_ignore_ascii_case(text));
    if many && !same {
        finding.level(Level::Information);
    }
    if let Some(near) = near {
        finding.replace(format!("Change to `{near}`"), argument.value.content(), near, same);
    }
    true
}

fn out_of_bounds(argument: &Argument, report: &mut Report) -> bool {
    let shape = argument.expected.shape;
    let value = argument.value;
    let (size, unit) = match (shape.kind(), value.kind()) {
        (ShapeKind::String, Kind::String) => (Some(value.text().chars().count() as f64), " characters"),
        (ShapeKind::List, Kind::Array) => (Some(value.items().count() as f64), " elements"),
        (ShapeKind::Map, Kind::Object) => (Some(value.members().count() as f64), " members"),
        (ShapeKind::Integer | ShapeKind::Long | ShapeKind::Float | ShapeKind::Double, Kind::Number) => {
            (value.text().parse::<f64>().ok(), "")
        }
        _ => return false,
    };
    let Some(size) = size else { return false };
    let number = |bound: Bound| match bound {
        Bound::Whole(it) => it as f64,
        Bound::Fraction(it) => it,
    };
    let (least, most) = shape.bounds();
    let bound = match (least.map(number), most.map(number)) {
        (Some(least), _) if size < least => Some(("at least", least)),
        (_, Some(most)) if size > most => Some(("at most", most)),
        _ => None,
    };
    let Some((which, bound)) = bound else { return false };
    let verb = if unit.is_empty() { "is" } else { "has" };
    let unit = if bound == 1.0 { unit.trim_end_matches('s') } else { unit };
    report.at(value, format!("{} {verb} {which} {bound}{unit}", argument.title()));
    true
}

/// Addresses and headers of calls over HTTP.
fn endpoint(argument: &Argument, report: &mut Report) {
    let service = argument.action.service;
    if service.integration != Integration::Optimized || !argument.expected.is_parameter {
        return;
    }
    let name = argument.key.map_or("", Node::text);
    match (service.token, name) {
        ("http", "ApiEndpoint") => {
            let Some(text) = argument.value.as_str().filter(|it| !it.starts_with(['%', '<'])) else { return };
            if text.is_empty() || text.starts_with("https://") {
                return;
            }
            let finding = report.at(argument.value, "`ApiEndpoint` begins with `https://`".to_owned());
            if text.starts_with("http://") {
                let start = argument.value.source_range(0.."http://".len());
                finding.replace("Change to `https://`", start, "https://", true);
            }
        }
        ("http" | "apigateway", "Headers") => {
            for member in argument.value.members() {
                let header = plain_key(member.name()).to_ascii_lowercase();
                if has_placeholder(&header) || !is_forbidden(service.token, &header) {
                    continue;
                }
                let message = format!(
                    "`{}` sets the header `{}` by itself",
                    argument.action.full_name(),
                    plain_key(member.name())
                );
                report.at(member.key, message);
            }
        }
        _ => {}
    }
}

/// Headers that Step Functions does not let one set.
fn is_forbidden(service: &str, header: &str) -> bool {
    match service {
        "http" => {
            matches!(
                header,
                "a-im"
                    | "accept-charset"
                    | "accept-datetime"
                    | "accept-encoding"
                    | "cache-control"
                    | "connection"
                    | "content-encoding"
                    | "content-md5"
                    | "date"
                    | "expect"
                    | "forwarded"
                    | "from"
                    | "host"
                    | "http2-settings"
                    | "if-match"
                    | "if-modified-since"
                    | "if-none-match"
                    | "if-range"
                    | "if-unmodified-since"
                    | "max-forwards"
                    | "origin"
                    | "pragma"
                    | "proxy-authorization"
                    | "referer"
                    | "server"
                    | "te"
                    | "trailer"
                    | "transfer-encoding"
                    | "upgrade"
                    | "via"
                    | "warning"
            ) || header.starts_with("x-forwarded")
                || header.starts_with("x-amz")
                || header.starts_with("x-amzn")
        }
        _ => {
            matches!(
                header,
                "authorization"
                    | "connection"
                    | "content-md5"
                    | "expect"
                    | "host"
                    | "max-forwards"
                    | "proxy-authenticate"
                    | "server"
                    | "te"
                    | "transfer-encoding"
                    | "trailer"
                    | "upgrade"
                    | "via"
                    | "www-authenticate"
            ) || header.starts_with("x-forwarded")
                || header.starts_with("x-amz")
        }
    }
}
