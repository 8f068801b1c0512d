//! Literals that say more than one sees: seconds, moments, ARNs and places in S3.

use asl_grammar::tree::{Kind, Node};

use super::is_plain_scalar;
use crate::catalog::arns;
use crate::ide::markdown::code;
use crate::ide::time::{grouped, moment, span};

/// A text that names something in AWS.
pub(super) fn text(node: Node) -> Option<String> {
    let text = node.as_str().filter(|_| is_plain_scalar(node))?;
    arn(text).or_else(|| s3_address(text))
}

pub(super) fn arn(text: &str) -> Option<String> {
    let arn = arns::parse(text)?;
    let mut out = match arn.sort {
        Some(sort) => format!("{} {}", capital(sort.title), code(arn.name)),
        None => format!("ARN of {} in {}", code(arn.resource), code(arn.service)),
    };
    if let Some(place) = place(arn.region, arn.account) {
        out += &format!(", {place}");
    }
    if arn.partition != "aws" {
        out += &format!(", partition `{}`", arn.partition);
    }
    Some(out)
}

/// Where something is, as far as an ARN says it.
pub(super) fn place(region: &str, account: &str) -> Option<String> {
    match (region.is_empty(), account.is_empty()) {
        (true, true) => None,
        (false, true) => Some(format!("in {}", code(region))),
        (true, false) => Some(format!("of the account {}", code(account))),
        (false, false) => Some(format!("in {} of the account {}", code(region), code(account))),
    }
}

fn s3_address(text: &str) -> Option<String> {
    let (bucket, key) = text.strip_prefix("s3://")?.split_once('/').unwrap_or((&text[5..], ""));
    let letter = |it: u8| it.is_ascii_lowercase() || it.is_ascii_digit() || matches!(it, b'.' | b'-');
    if bucket.len() < 3 || !bucket.bytes().all(letter) {
        return None;
    }
    Some(match key {
        "" => format!("S3 bucket {}", code(bucket)),
        _ if key.ends_with('/') => format!("S3 prefix {} in the bucket {}", code(key), code(bucket)),
        _ => format!("S3 object {} in the bucket {}", code(key), code(bucket)),
    })
}

/// Seconds as people say them; nothing where the number says it as well.
pub(super) fn seconds(node: Node) -> Option<String> {
    let seconds: u64 = node.text().parse().ok().filter(|_| node.kind() == Kind::Number)?;
    (seconds >= 60).then(|| format!("{} seconds: {}", grouped(seconds), span(seconds)))
}

/// The same for a parameter whose name says its unit.
pub(super) fn with_unit(name: &str, node: Node) -> Option<String> {
    let factor = match name {
        _ if name.ends_with("Seconds") => return seconds(node),
        _ if name.ends_with("InMinutes") || name.ends_with("TimeoutMinutes") => 60,
        _ => return None,
    };
    let count: u64 = node.text().parse().ok().filter(|_| node.kind() == Kind::Number)?;
    let total = count.checked_mul(factor)?;
    (count >= 60).then(|| format!("{} minutes: {}", grouped(count), span(total)))
}

pub(super) fn timestamp(node: Node) -> Option<String> {
    moment(node.as_str()?)
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|it| it.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
