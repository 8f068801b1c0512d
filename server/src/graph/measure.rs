//! How much room texts take. Which font will be used is not known, so this reckons with a wide one.

use unicode_width::UnicodeWidthChar;

use super::geometry::Size;

/// The sizes of letters: of names, and of everything else.
pub const NAME: f64 = 13.0;
pub const SMALL: f64 = 11.0;

/// The height of a line.
pub fn line(size: f64) -> f64 {
    (size * 1.3).round()
}

pub fn width(text: &str, size: f64) -> f64 {
    text.chars().map(letter).sum::<f64>() * size
}

/// The width of a letter, as a part of its height.
fn letter(letter: char) -> f64 {
    match letter {
        'i' | 'j' | 'l' | '\'' | '|' => 0.28,
        'f' | 't' | 'r' | 'I' | ' ' | '.' | ',' | ':' | ';' | '!' | '(' | ')' | '[' | ']' | '/' | '\\'
        | '-' | '"' => 0.4,
        'm' | 'w' | 'M' | 'W' | '@' | '%' => 0.95,
        'A'..='Z' | '=' | '<' | '>' | '+' | '≥' | '≤' | '≠' | '→' | '~' | '&' | '_' => 0.75,
        _ if letter.is_ascii() => 0.62,
        _ => match letter.width() {
            Some(0) | None => 0.0,
            Some(1) => 0.68,
            Some(_) => 1.05,
        },
    }
}

/// The text in lines of at most `limit`, broken where a person would break it. What does not fit into `lines` is left
/// out, and three dots say so.
pub fn wrap(text: &str, size: f64, limit: f64, lines: usize) -> Vec<String> {
    let mut wrapped = Vec::new();
    let mut line = String::new();
    let mut used = 0.0;
    // Where the line may be broken, as an index into it.
    let mut break_at = 0;
    let mut before = ' ';
    for letter in text.chars().map(|it| if it.is_control() { ' ' } else { it }) {
        if letter == ' ' && (line.is_empty() || line.ends_with(' ')) {
            continue;
        }
        let small_then_capital = before.is_lowercase() && letter.is_uppercase();
        let after_sign =
            matches!(before, ' ' | '.' | ',' | ':' | ';' | '-' | '_' | '/' | ')') && letter != ' ';
        if !line.is_empty() && (small_then_capital || after_sign) {
            break_at = line.len();
        }
        line.push(letter);
        used += self::letter(letter) * size;
        before = letter;
        if used > limit {
            let at = if break_at > 0 { break_at } else { line.len() - letter.len_utf8() };
            let rest = if at == 0 { String::new() } else { line.split_off(at) };
            if wrapped.len() + 1 == lines {
                wrapped.push(shorten(line + &rest, size, limit));
                return wrapped;
            }
            wrapped.push(line.trim_end().to_owned());
            used = width(&rest, size);
            line = rest;
            break_at = 0;
        }
    }
    if !line.trim().is_empty() {
        wrapped.push(line.trim_end().to_owned());
    }
    wrapped
}

fn shorten(mut line: String, size: f64, limit: f64) -> String {
    while width(&line, size) + size > limit && line.pop().is_some() {}
    line.trim_end().to_owned() + "…"
}

/// The room that lines take.
pub fn lines(lines: &[String], size: f64) -> Size {
    let width = lines.iter().map(|text| width(text, size)).fold(0.0, f64::max);
    Size { width: width.ceil(), height: line(size) * lines.len() as f64 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn breaks_lines_where_a_person_would() {
        let wrapped = |text: &str, lines: usize| wrap(text, 10.0, 100.0, lines).join(" | ");
        assert_eq!(wrapped("Order", 2), "Order");
        assert_eq!(wrapped("CheckTheOrderStatus", 2), "CheckTheOrder | Status");
        assert_eq!(wrapped("wait for the lorry to arrive", 2), "wait for the lorry | to arrive");
        assert_eq!(wrapped("aaaaaaaaaaaaaaaaaaaaaaaaa", 2), "aaaaaaaaaaaaaaaa | aaaaaaaaa");
        assert_eq!(wrapped("one line of this and no more", 1), "one line of this a…");
        assert_eq!(wrapped("注文を受け付けて確認する", 2), "注文を受け付けて確 | 認する");
        assert_eq!(wrapped("", 2), "");
        assert_eq!(wrapped("\n\t", 2), "");
    }
}
