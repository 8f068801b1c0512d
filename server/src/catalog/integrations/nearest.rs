//! The names that somebody may have meant.

/// How many to offer.
const MOST: usize = 3;

/// The candidates most like `name`, the nearest first; none when nothing is near.
pub fn nearest<'a>(name: &str, candidates: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    // Longer texts are no names; the comparison is quadratic.
    if name.is_empty() || name.len() > 128 {
        return Vec::new();
    }
    let wanted = letters(name);
    let limit = (wanted.len() / 3).clamp(1, 4);
    let mut row = Vec::new();
    let mut found: Vec<(usize, &str)> = candidates
        .filter_map(|candidate| {
            let letters = letters(candidate);
            if letters.len().abs_diff(wanted.len()) > limit {
                return None;
            }
            let distance = distance(&wanted, &letters, &mut row);
            (distance <= limit).then_some((distance, candidate))
        })
        .collect();
    found.sort();
    let best = found.first().map_or(0, |it| it.0);
    // Something that is right but for its casing needs no rivals.
    found.into_iter().filter(|it| best > 0 || it.0 == 0).take(MOST).map(|it| it.1).collect()
}

/// The letters and digits in lower case: dashes and casing say little.
fn letters(name: &str) -> Vec<u8> {
    name.bytes().filter(|it| *it != b'-' && *it != b'_').map(|it| it.to_ascii_lowercase()).collect()
}

/// Insertions, deletions, replacements and swaps of neighbours between two texts.
fn distance(a: &[u8], b: &[u8], rows: &mut Vec<usize>) -> usize {
    let width = b.len() + 1;
    rows.clear();
    rows.resize(width * 3, 0);
    // Three rows: the one before the last, the last, and the one being made.
    for at in 0..width {
        rows[width + at] = at;
    }
    for (i, x) in a.iter().enumerate() {
        rows[2 * width] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let replaced = rows[width + j] + usize::from(x != y);
            let mut best = replaced.min(rows[width + j + 1] + 1).min(rows[2 * width + j] + 1);
            if i > 0 && j > 0 && *x == b[j - 1] && a[i - 1] == *y {
                best = best.min(rows[j - 1] + 1);
            }
            rows[2 * width + j + 1] = best;
        }
        rows.copy_within(width.., 0);
    }
    rows[width + b.len()]
}
