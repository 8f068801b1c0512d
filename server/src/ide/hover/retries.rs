//! The waits of a retrier, which take four numbers to work out.

use asl_grammar::tree::{Kind, Node};

use crate::ide::time::span;

/// As many waits fit into a line.
const WAITS: u32 = 6;

/// How long a retrier waits before each retry; None where a number is none, or makes no sense.
pub(super) fn schedule(retrier: Node) -> Option<String> {
    let number = |name: &str, least: f64, absent: f64| match retrier.get(name) {
        None => Some(absent),
        Some(value) if value.kind() == Kind::Number => value.text().parse().ok().filter(|it| *it >= least),
        Some(_) => None,
    };
    let attempts: f64 = number("MaxAttempts", 0.0, 3.0)?;
    let interval = number("IntervalSeconds", 1.0, 1.0)?;
    let rate = number("BackoffRate", 1.0, 2.0)?;
    let longest = number("MaxDelaySeconds", 1.0, f64::INFINITY)?;
    if attempts < 1.0 {
        return Some("These errors are never retried.".to_owned());
    }
    let attempts = attempts as u32;
    let wait = |retry: u32| (interval * rate.powi(retry as i32)).min(longest);
    let shown = (0..attempts.min(WAITS)).map(|retry| seconds(wait(retry)));
    let shown: Vec<String> = shown.collect::<Option<_>>()?;
    let jitter = retrier.get("JitterStrategy").and_then(|it| it.as_str()) == Some("FULL");
    let retries = match attempts {
        1 => "One retry".to_owned(),
        _ => format!("{attempts} retries"),
    };
    let mut text = format!("{retries}, after {}{}", if jitter { "at most " } else { "" }, shown.join(", "));
    if attempts > WAITS {
        text += ", …";
    }
    text += " s";
    // A sum of many waits would take long to add up, and says little.
    if (2..=1_000).contains(&attempts) {
        let total: f64 = (0..attempts).map(wait).sum();
        if total < 1e9 {
            text += &format!("; {} in all", span(total.round() as u64));
        }
    }
    Some(text + ".")
}

/// None where nobody waits that long.
fn seconds(wait: f64) -> Option<String> {
    let digits = if wait.fract() == 0.0 { 0 } else { 1 };
    (wait < 1e9).then(|| format!("{wait:.digits$}"))
}
