//! "Did you mean …?"

/// The candidate that was most likely meant: equal but for case, or few typing mistakes away.
pub fn nearest<'c>(typed: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    let allowed = match typed.chars().count() {
        0 => return None,
        1..=3 => 1,
        4..=8 => 2,
        _ => 3,
    };
    let typed_folded = fold(typed);
    candidates
        .into_iter()
        .filter(|candidate| *candidate != typed)
        .filter_map(|candidate| {
            let folded = fold(candidate);
            let distance =
                if folded == typed_folded { 0 } else { distance(&typed_folded, &folded, allowed)? };
            Some((distance, candidate))
        })
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

fn fold(text: &str) -> Vec<char> {
    text.trim().chars().flat_map(char::to_lowercase).filter(|c| !matches!(c, ' ' | '_' | '-')).collect()
}

/// Typing mistakes (a character more, less, other, or two exchanged) between two words, if there are no more than
/// `limit`.
fn distance(a: &[char], b: &[char], limit: usize) -> Option<usize> {
    // Long names are compared by their beginning alone: nobody reads 1,000 characters.
    const LONGEST: usize = 100;
    if a.len().abs_diff(b.len()) > limit || a.len() > LONGEST || b.len() > LONGEST {
        return None;
    }
    let mut before_last: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, y) in b.iter().enumerate() {
            let mut cost = (last[j] + usize::from(x != y)).min(last[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && *x == b[j - 1] && a[i - 1] == *y {
                cost = cost.min(before_last[j - 1] + 1);
            }
            row.push(cost);
        }
        if row.iter().all(|cost| *cost > limit) {
            return None;
        }
        before_last = std::mem::replace(&mut last, row);
    }
    // A word of which nothing is left is no near miss.
    last.last().copied().filter(|distance| *distance <= limit && *distance < a.len())
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn finds_what_was_meant() {
        let fields = ["Next", "Type", "TimeoutSeconds", "Comment"];
        assert_eq!(nearest("Nxet", fields), Some("Next"));
        assert_eq!(nearest("next", fields), Some("Next"));
        assert_eq!(nearest("TimeoutSecond", fields), Some("TimeoutSeconds"));
        assert_eq!(nearest("timeout_seconds", fields), Some("TimeoutSeconds"));
        assert_eq!(nearest("Whatever", fields), None);
        assert_eq!(nearest("", fields), None);
    }
}
