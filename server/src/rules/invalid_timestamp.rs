use crate::asl::{Language, is_expression, is_unknown};
use crate::catalog::fields::{Object, Value};
use crate::catalog::states::StateType;
use crate::check::{Local, Report};

rule! {
    /// # Not a timestamp
    ///
    /// A timestamp is written `2030-01-31T09:00:00Z`: the date, a capital `T`, the time, and a capital `Z` or an
    /// offset such as `+01:00`. Up to nine digits of a second may follow a point. Date and time must exist; they may
    /// lie in the past. AWS refuses anything else.
    ///
    /// ```asl fails
    /// { "StartAt": "W", "States": { "W": {
    ///   "Type": "Wait",
    ///   "Timestamp": "2030-01-31",
    ///                ^^^^^^^^^^^^ `2030-01-31` is no timestamp: it has no time of day
    ///   "End": true
    /// } } }
    /// ```
    ///
    /// ```asl fixed
    /// { "StartAt": "W", "States": { "W": {
    ///   "Type": "Wait",
    ///   "Timestamp": "2030-01-31T00:00:00Z",
    ///   "End": true
    /// } } }
    /// ```
    ///
    /// ```asl fails
    /// { "StartAt": "W", "States": { "W": {
    ///   "Type": "Wait",
    ///   "Timestamp": "2030-02-30T09:00:00Z",
    ///                ^^^^^^^^^^^^^^^^^^^^^^ `2030-02-30T09:00:00Z` is no timestamp: there is no such date
    ///   "End": true
    /// } } }
    /// ```
    pub static INVALID_TIMESTAMP = { "invalid-timestamp", Error, Local(check), fixable }
}

fn check(local: &Local, report: &mut Report) {
    for place in local.places().filter(|place| has_timestamps(place.place.object)) {
        for (member, field) in place.members() {
            let Some(field) = field.filter(|field| field.value == Value::Timestamp) else { continue };
            let value = member.value;
            let Some(text) = value.as_str().filter(|_| !is_unknown(value)) else { continue };
            let other_language = place.language().is_some_and(|language| !language.takes(field));
            let expression = is_expression(text) && place.language() != Some(Language::JsonPath);
            if other_language || expression {
                continue;
            }
            let Err(fault) = parse(text) else { continue };
            let finding = report.at(value, format!("`{text}` is no timestamp: {fault}"));
            if let Some(fixed) = mend(text) {
                finding.replace(format!("Change to `{fixed}`"), value.content(), fixed.clone(), false);
            }
        }
    }
}

fn has_timestamps(object: Object) -> bool {
    matches!(object, Object::State(StateType::Wait) | Object::ChoiceRule | Object::NestedRule)
}

/// Reads a timestamp of RFC 3339, in capital letters. The error says what is wrong.
fn parse(text: &str) -> Result<(), &'static str> {
    const SHAPE: &str = "one looks like `2030-01-31T09:00:00Z`";
    let (year, rest) = number(text, 4, '-').ok_or(SHAPE)?;
    let (month, rest) = number(rest, 2, '-').ok_or(SHAPE)?;
    let day: u32 = digits(rest, 2).ok_or(SHAPE)?;
    let rest = &rest[2..];
    if rest.is_empty() {
        return Err("it has no time of day");
    }
    let rest = rest.strip_prefix('T').ok_or("a capital `T` stands between date and time")?;
    let (hour, rest) = number(rest, 2, ':').ok_or(SHAPE)?;
    let (minute, rest) = number(rest, 2, ':').ok_or(SHAPE)?;
    let second = digits(rest, 2).ok_or(SHAPE)?;
    let mut rest = &rest[2..];
    if let Some(fraction) = rest.strip_prefix('.') {
        let length = fraction.bytes().take_while(u8::is_ascii_digit).count();
        if !(1..=9).contains(&length) {
            return Err("a fraction of a second has one to nine digits");
        }
        rest = &fraction[length..];
    }
    if !(1..=12).contains(&month) || day == 0 || day > days(year, month) {
        return Err("there is no such date");
    }
    if hour > 23 || minute > 59 || second > 60 {
        return Err("there is no such time");
    }
    match rest {
        "" => Err("it has no time zone"),
        "Z" => Ok(()),
        "z" => Err("the `Z` is a capital one"),
        _ => {
            let offset = rest.strip_prefix(['+', '-']).ok_or(SHAPE)?;
            let (hours, minutes) = number(offset, 2, ':').ok_or(SHAPE)?;
            match digits(minutes, 2).filter(|_| minutes.len() == 2) {
                Some(minutes) if hours < 24 && minutes < 60 => Ok(()),
                _ => Err(SHAPE),
            }
        }
    }
}

/// So many digits, then a separator: the number, and the rest.
fn number(text: &str, length: usize, separator: char) -> Option<(u32, &str)> {
    let value = digits(text, length)?;
    Some((value, text[length..].strip_prefix(separator)?))
}

fn digits(text: &str, length: usize) -> Option<u32> {
    let digits = text.get(..length)?;
    if digits.bytes().all(|byte| byte.is_ascii_digit()) { digits.parse().ok() } else { None }
}

fn days(year: u32, month: u32) -> u32 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        2 => 28,
        _ => 31,
    }
}

/// The timestamp that was most likely meant.
fn mend(text: &str) -> Option<String> {
    let text = text.trim().to_uppercase().replacen(' ', "T", 1);
    let whole = match text.len() {
        10 => format!("{text}T00:00:00Z"),
        16 => format!("{text}:00Z"),
        _ => text,
    };
    [whole.clone(), format!("{whole}Z")].into_iter().find(|text| parse(text).is_ok())
}

#[cfg(test)]
mod tests {
    use super::{mend, parse};

    #[test]
    fn knows_timestamps() {
        for good in
            ["2030-01-31T09:00:00Z", "2028-02-29T23:59:60.123456789+05:30", "0000-01-01T00:00:00-00:00"]
        {
            assert_eq!(parse(good), Ok(()), "{good}");
        }
        for bad in [
            "",
            "é",
            "2030-1-31T09:00:00Z",
            "2030-01-31T09:00Z",
            "2030-01-31T24:00:00Z",
            "2030-01-31T09:00:00+0100",
        ] {
            assert!(parse(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn mends_what_is_nearly_one() {
        let mended = |text: &str| mend(text).unwrap_or_default();
        assert_eq!(mended("2030-01-31 09:00:00z"), "2030-01-31T09:00:00Z");
        assert_eq!(mended("2030-01-31T09:00"), "2030-01-31T09:00:00Z");
        assert_eq!(mended("31.01.2030"), "");
    }
}
