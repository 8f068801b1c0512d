//! Spans of time and moments, in words.

/// A number of seconds in its two largest units: `86400` is `1 day`, `5400` is `1 hour 30 minutes`.
pub fn span(seconds: u64) -> String {
    const UNITS: [(&str, u64); 4] = [("day", 86_400), ("hour", 3_600), ("minute", 60), ("second", 1)];
    let mut rest = seconds;
    let mut parts = Vec::new();
    for (unit, size) in UNITS {
        let count = rest / size;
        if count > 0 && parts.len() < 2 {
            parts.push(format!("{} {unit}{}", grouped(count), if count == 1 { "" } else { "s" }));
            rest %= size;
        } else if !parts.is_empty() {
            // What comes after a gap or after two units is no longer told.
            break;
        }
    }
    if parts.is_empty() {
        return "0 seconds".to_owned();
    }
    format!("{}{}", if rest > 0 { "about " } else { "" }, parts.join(" "))
}

/// A number with a mark between its thousands.
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// A timestamp as a date that people read, in UTC: `Thursday, 31 January 2030, 09:00:00 UTC`. None when it is none, or
/// none that Step Functions takes.
pub fn moment(text: &str) -> Option<String> {
    let bytes = text.as_bytes();
    if !text.is_ascii() || bytes.len() < 20 {
        return None;
    }
    let number = |range: std::ops::Range<usize>| -> Option<i64> {
        let digits = text.get(range)?;
        digits.bytes().all(|it| it.is_ascii_digit()).then(|| digits.parse().ok())?
    };
    let marks = [(4, b'-'), (7, b'-'), (10, b'T'), (13, b':'), (16, b':')];
    if marks.iter().any(|(at, mark)| bytes[*at] != *mark) {
        return None;
    }
    let (year, month, day) = (number(0..4)?, number(5..7)?, number(8..10)?);
    let (hour, minute, second) = (number(11..13)?, number(14..16)?, number(17..19)?);
    if hour > 23 || minute > 59 || second > 60 || date(days_of(year, month, day)) != (year, month, day) {
        return None;
    }
    let mut zone = &text[19..];
    if let Some(fraction) = zone.strip_prefix('.') {
        zone = fraction.trim_start_matches(|it: char| it.is_ascii_digit());
        if zone.len() == fraction.len() {
            return None;
        }
    }
    let ahead = match zone {
        "Z" => 0,
        _ => {
            let at = text.len() - zone.len();
            let sign = zone.bytes().next().filter(|it| matches!(it, b'+' | b'-'))?;
            if zone.len() != 6 || bytes[at + 3] != b':' {
                return None;
            }
            let (hours, minutes) = (number(at + 1..at + 3)?, number(at + 4..at + 6)?);
            if hours > 23 || minutes > 59 {
                return None;
            }
            (hours * 60 + minutes) * if sign == b'-' { -1 } else { 1 }
        }
    };
    let total = days_of(year, month, day) * 1_440 + hour * 60 + minute - ahead;
    let (days, time) = (total.div_euclid(1_440), total.rem_euclid(1_440));
    let (year, month, day) = date(days);
    // The first day was a Thursday.
    let weekday = WEEKDAYS[(days + 3).rem_euclid(7) as usize];
    let name = MONTHS[month as usize - 1];
    Some(format!("{weekday}, {day} {name} {year}, {:02}:{:02}:{second:02} UTC", time / 60, time % 60))
}

const WEEKDAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// Days from 1 January 1970 to a date of the Gregorian calendar. Years are counted from March, so that the leap day
/// is the last of its year.
fn days_of(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let of_era = year.rem_euclid(400);
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

/// The date that so many days after 1 January 1970 is.
fn date(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let of_era = days.rem_euclid(146_097);
    let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    (year + era * 400 + i64::from(month <= 2), month, day)
}

#[cfg(test)]
mod tests {
    use super::{moment, span};

    #[test]
    fn spans_in_their_largest_units() {
        for (seconds, expected) in [
            (0, "0 seconds"),
            (1, "1 second"),
            (90, "1 minute 30 seconds"),
            (3_600, "1 hour"),
            (5_400, "1 hour 30 minutes"),
            (86_400, "1 day"),
            (90_061, "about 1 day 1 hour"),
            (86_401, "about 1 day"),
            (99_999_999, "about 1,157 days 9 hours"),
        ] {
            assert_eq!(span(seconds), expected, "{seconds}");
        }
    }

    #[test]
    fn moments_in_utc() {
        for (text, expected) in [
            ("1970-01-01T00:00:00Z", "Thursday, 1 January 1970, 00:00:00 UTC"),
            ("2030-01-31T09:00:00Z", "Thursday, 31 January 2030, 09:00:00 UTC"),
            ("2024-02-29T23:30:00.5-01:30", "Friday, 1 March 2024, 01:00:00 UTC"),
            ("2000-01-01T00:15:00+05:30", "Friday, 31 December 1999, 18:45:00 UTC"),
            ("0000-03-01T00:00:00Z", "Wednesday, 1 March 0, 00:00:00 UTC"),
        ] {
            assert_eq!(moment(text).as_deref(), Some(expected), "{text}");
        }
        for text in [
            "",
            "é",
            "2030-02-29T09:00:00Z",
            "2030-01-31T09:00:00",
            "2030-01-31 09:00:00Z",
            "2030-13-01T09:00:00Z",
            "2030-00-01T09:00:00Z",
            "2030-01-31T09:00:00.Z",
            "2030-01-31T09:00:00+0100",
            "2030-01-31T25:00:00Z",
        ] {
            assert_eq!(moment(text), None, "{text}");
        }
    }
}
