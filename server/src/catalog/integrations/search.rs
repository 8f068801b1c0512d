//! Finds actions by pieces of their names: `startJob` finds `glue:startJobRun.sync`, `s3 list` finds
//! `aws-sdk:s3:listObjectsV2`.

use std::sync::OnceLock;

use super::action::Pattern;
use super::layout::Support;
use super::{Integration, index, optimized, service};

/// A longer query is no name; the letters beyond are ignored.
const LONGEST_QUERY: usize = 64;

/// An action that fits a query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    pub integration: Integration,
    /// The service token.
    pub service: &'static str,
    pub action: &'static str,
    pub pattern: Pattern,
    /// Greater is better.
    pub score: i32,
}

impl Hit {
    /// What stands behind `states:::` in a Resource.
    pub fn name(&self) -> String {
        let sdk = if self.integration == Integration::Sdk { "aws-sdk:" } else { "" };
        format!("{sdk}{}:{}{}", self.service, self.action, self.pattern.suffix())
    }
}

/// The best `limit` actions for a query, the best first. Words may stand in any order; each has to fit the
/// action, the service or the pattern.
pub fn search(query: &str, limit: usize) -> Vec<Hit> {
    let terms = terms(query);
    if terms.is_empty() || limit == 0 {
        return Vec::new();
    }
    let table = table();
    // What a term says of a service holds for all its actions, so it is found out once.
    let fits: Vec<Vec<Fit>> =
        table.groups.iter().map(|group| terms.iter().map(|term| group.fit(term)).collect()).collect();
    let mut found: Vec<(i32, usize)> = Vec::new();
    for (at, entry) in table.entries.iter().enumerate() {
        if let Some(score) = fits.get(usize::from(entry.group)).and_then(|fits| table.score(entry, fits)) {
            found.push((score, at));
        }
    }
    // Ties keep the order of the catalogue: optimized integrations, then services by name.
    let best = |it: &(i32, usize)| (std::cmp::Reverse(it.0), it.1);
    if found.len() > limit {
        found.select_nth_unstable_by_key(limit, best);
        found.truncate(limit);
    }
    found.sort_by_key(best);
    found.into_iter().filter_map(|(score, at)| table.hit(at, score)).collect()
}

/// All actions that can be found.
struct Table {
    groups: Vec<Group>,
    entries: Vec<Entry>,
    /// The names of all actions, and the same in lower case.
    names: String,
    lower: String,
}

/// A service.
struct Group {
    integration: Integration,
    service: &'static str,
    /// Its title in lower case.
    title: String,
}

/// An action with one of its patterns. There are twenty thousand, so it is small.
struct Entry {
    start: u32,
    length: u16,
    group: u16,
    /// The letters that its name has.
    letters: u32,
    pattern: Pattern,
    bonus: i8,
}

/// What a term says of a service.
struct Fit<'a> {
    term: &'a str,
    letters: u32,
    score: Option<i32>,
    /// What is left of `s3list` for an action of s3.
    rest: Option<&'a str>,
}

impl Group {
    fn fit<'a>(&self, term: &'a str) -> Fit<'a> {
        let rest = term.strip_prefix(self.service).filter(|it| !it.is_empty());
        Fit { term, letters: letters(term), score: self.score(term), rest }
    }

    fn score(&self, term: &str) -> Option<i32> {
        if self.service == term {
            return Some(60);
        }
        if self.service.starts_with(term) && term.len() > 1 {
            return Some(40);
        }
        if self.integration == Integration::Sdk && "aws-sdk".starts_with(term) && term.len() > 2 {
            return Some(10);
        }
        (term.len() > 2 && self.title.split(' ').any(|it| it.starts_with(term))).then_some(25)
    }
}

impl Table {
    fn score(&self, entry: &Entry, fits: &[Fit]) -> Option<i32> {
        let range = entry.start as usize..entry.start as usize + usize::from(entry.length);
        let mut score = i32::from(entry.bonus);
        let mut is_named = false;
        for fit in fits {
            // Most names lack one of the letters, which saves looking at them.
            let action = (fit.letters & !entry.letters == 0)
                .then(|| {
                    score_action(fit.term, self.lower.get(range.clone())?, self.names.get(range.clone())?)
                })
                .flatten();
            let joined =
                || score_action(fit.rest?, self.lower.get(range.clone())?, self.names.get(range.clone())?);
            let action = action.or_else(joined);
            is_named |= action.is_some();
            score += fit.score.max(action).max(score_pattern(fit.term, entry.pattern))?;
        }
        // Of two equal names the shorter one is nearer; a service alone lists its actions.
        score -= i32::from(entry.length / 4);
        Some(if is_named { score } else { score - 20 })
    }

    fn hit(&'static self, at: usize, score: i32) -> Option<Hit> {
        let entry = self.entries.get(at)?;
        let group = self.groups.get(usize::from(entry.group))?;
        let start = entry.start as usize;
        Some(Hit {
            integration: group.integration,
            service: group.service,
            action: self.names.get(start..start + usize::from(entry.length))?,
            pattern: entry.pattern,
            score,
        })
    }

    /// Adds an action whose name lies in the text. Nothing of ours comes near the limits of the numbers.
    fn add(&mut self, start: usize, length: usize, pattern: Pattern, bonus: i8) -> Option<()> {
        let letters = letters(self.lower.get(start..start + length)?);
        let group = u16::try_from(self.groups.len().checked_sub(1)?).ok()?;
        let (start, length) = (u32::try_from(start).ok()?, u16::try_from(length).ok()?);
        self.entries.push(Entry { start, length, group, letters, pattern, bonus });
        Some(())
    }
}

/// One bit for each letter, one for all else.
fn letters(text: &str) -> u32 {
    text.bytes().fold(0, |letters, it| letters | 1 << if it.is_ascii_lowercase() { it - b'a' } else { 26 })
}

fn score_pattern(term: &str, pattern: Pattern) -> Option<i32> {
    let name = pattern.suffix().get(1..)?;
    name.get(..term.len()).is_some_and(|it| it.eq_ignore_ascii_case(term)).then_some(30)
}

/// How well a term fits an action: at its start, at the start of a word, inside, or letter by letter.
fn score_action(term: &str, lower: &str, action: &str) -> Option<i32> {
    if let Some(at) = lower.find(term) {
        if at == 0 {
            return Some(if lower.len() == term.len() { 100 } else { 70 });
        }
        let starts_word = action.as_bytes().get(at).is_some_and(u8::is_ascii_uppercase);
        return Some(if starts_word { 50 } else { 20 });
    }
    if term.len() < 3 || term.len() > lower.len() {
        return None;
    }
    // Letters in order, of which each begins a word or follows its neighbour: `sjr` finds startJobRun.
    let (letters, names) = (lower.as_bytes(), action.as_bytes());
    let mut at = 0;
    let mut jumps = 0;
    for (place, letter) in term.bytes().enumerate() {
        if letters.get(at) == Some(&letter) {
            at += 1;
            continue;
        }
        if place == 0 {
            return None;
        }
        let rest = names.get(at..)?.iter().zip(letters.get(at..)?);
        at += rest.into_iter().position(|(name, it)| name.is_ascii_uppercase() && *it == letter)? + 1;
        jumps += 1;
    }
    Some(35 - 5 * jumps)
}

/// The words of a query, in lower case. A Resource can be pasted whole.
fn terms(query: &str) -> Vec<String> {
    let query = query.rsplit(":::").next().unwrap_or(query).replace("sync:2", "sync:2 ");
    let mut length = 0;
    query
        .split(|it: char| !it.is_ascii_alphanumeric() && it != '-')
        .filter(|it| !it.is_empty())
        .map(str::to_ascii_lowercase)
        .take_while(|it| {
            length += it.len();
            length <= LONGEST_QUERY
        })
        .collect()
}

fn table() -> &'static Table {
    static TABLE: OnceLock<Table> = OnceLock::new();
    TABLE.get_or_init(build)
}

fn build() -> Table {
    let packed = index().frame(&index().names);
    let raw = miniz_oxide::inflate::decompress_to_vec(packed).unwrap_or_default();
    let mut names = String::from_utf8(raw).unwrap_or_default();
    let sdk_end = names.len();
    let optimized = || optimized::all().iter().filter(|it| it.place.is_none());
    optimized().for_each(|it| names.push_str(&it.action));
    let lower = names.to_ascii_lowercase();
    let mut table = Table { groups: Vec::new(), entries: Vec::with_capacity(20_000), names, lower };

    let mut start = sdk_end;
    for facts in optimized() {
        if table.groups.last().is_none_or(|it| it.service != facts.service) {
            let title = service(Integration::Optimized, &facts.service).map_or("", |it| it.title);
            let title = title.to_ascii_lowercase();
            table.groups.push(Group { integration: Integration::Optimized, service: &facts.service, title });
        }
        let others = facts.patterns.iter().filter_map(|it| Pattern::from_suffix(it));
        for pattern in [Pattern::RequestResponse].into_iter().chain(others) {
            // Who starts a job mostly waits for its end.
            let bonus = match pattern {
                Pattern::Sync if !facts.patterns.iter().any(|it| it == Pattern::Sync2.suffix()) => 32,
                Pattern::Sync2 => 32,
                Pattern::RequestResponse => 31,
                Pattern::Sync | Pattern::WaitForTaskToken => 30,
            };
            table.add(start, facts.action.len(), pattern, bonus);
        }
        start += facts.action.len();
    }

    // One name in a line, and an empty line behind each service.
    let mut start = 0;
    for service in &index().services {
        let title = service.title.to_ascii_lowercase();
        table.groups.push(Group { integration: Integration::Sdk, service: service.token, title });
        let bonus = if service.support == Support::Supported { 0 } else { -5 };
        for _ in 0..service.action_count {
            let rest = table.names.get(start..sdk_end).unwrap_or_default();
            let Some(length) = rest.find('\n') else { break };
            table.add(start, length, Pattern::RequestResponse, bonus);
            start += length + 1;
        }
        start += 1;
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_holds_the_actions_of_each_service() {
        let table = table();
        let mut entries = (0..table.entries.len()).filter_map(|at| table.hit(at, 0));
        let mut entries = entries.by_ref().filter(|it| it.integration == Integration::Sdk);
        for service in super::super::services().filter(|it| it.integration == Integration::Sdk) {
            for action in service.actions() {
                let hit = entries.next().expect("an entry");
                assert_eq!((hit.service, hit.action), (service.token, action.name()));
            }
        }
        assert!(entries.next().is_none());
    }
}
