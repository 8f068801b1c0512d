//! The waits of a retrier, which take four numbers to work out.

use asl_grammar::tree::Node;

use crate::asl::is_unknown;
use crate::ide::time::span;

/// As many waits fit into a line.
const WAITS: u32 = 6;

/// How long a retrier waits before each retry; None where a number is not what it should be.
pub(super) fn schedule(retrier: Node) -> Option<String> {
    let number = |name: &str, absent: f64| match retrier.get(name) {
        None => Some(absent),
        Some(value) if is_unknown(value) => None,
        Some(value) => value.text().parse::<f64>().ok().filter(|it| it.is_finite() && *it >= 0.0),
    };
    let attempts = number("MaxAttempts", 3.0)?;
    let interval = number("IntervalSeconds", 1.0)?;
    let rate = number("BackoffRate", 2.0)?;
    let longest = number("MaxDelaySeconds", f64::INFINITY).unwrap_or(f64::INFINITY);
    if attempts < 1.0 {
        return Some("These errors are never retried.".to_owned());
    }
    let attempts = attempts as u32;
    let wait = |retry: u32| (interval * rate.powi(retry as i32)).min(longest);
    let shown: Vec<String> = (0..attempts.min(WAITS)).map(|retry| seconds(wait(retry))).collect();
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

fn seconds(wait: f64) -> String {
    match wait {
        _ if wait >= 1e9 => "over 1000000000".to_owned(),
        _ if wait.fract() == 0.0 => format!("{}", wait as u64),
        _ => format!("{wait:.1}"),
    }
}
