//! Finds actions by pieces of their names: `startJob` finds `glue:startJobRun.sync`, `s3 list` finds
//! `aws-sdk:s3:listObjectsV2`.

use std::sync::OnceLock;

use super::action::Pattern;
use super::layout::Support;
use super::{Integration, index, naming, optimized};

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
    let mut found: Vec<(i32, usize)> = Vec::new();
    for (at, candidate) in candidates().iter().enumerate() {
        if let Some(score) = candidate.score(&terms) {
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
    found.into_iter().filter_map(|(score, at)| Some(candidates().get(at)?.hit(score))).collect()
}

/// An action that can be found. The lower-case text of all candidates lies in one string.
struct Candidate {
    integration: Integration,
    service: &'static str,
    /// The words of the service's title in lower case.
    title: &'static str,
    action: &'static str,
    action_lower: &'static str,
    pattern: Pattern,
    bonus: i32,
}

impl Candidate {
    fn score(&self, terms: &[String]) -> Option<i32> {
        let mut score = self.bonus;
        let mut is_named = false;
        for term in terms {
            let service = self.score_service(term);
            let action = score_action(term, self.action_lower, self.action);
            let pattern = (self.pattern.suffix().len() > 1
                && self.pattern.suffix()[1..].to_ascii_lowercase().starts_with(term.as_str()))
            .then_some(30);
            // `s3list`: service and action in one word.
            let joined = || score_action(term.strip_prefix(self.service)?, self.action_lower, self.action);
            let action = action.or_else(joined);
            is_named |= action.is_some();
            score += service.max(action).max(pattern)?;
        }
        // Of two equal names the shorter one is nearer; a service alone lists its actions.
        score -= i32::try_from(self.action.len() / 4).unwrap_or_default();
        Some(if is_named { score } else { score - 20 })
    }

    fn score_service(&self, term: &str) -> Option<i32> {
        if self.service == term {
            return Some(60);
        }
        if self.service.starts_with(term) && term.len() > 1 {
            return Some(40);
        }
        if self.integration == Integration::Sdk && "aws-sdk".starts_with(term) && term.len() > 2 {
            return Some(10);
        }
        (term.len() > 2 && starts_word(self.title, term)).then_some(25)
    }

    fn hit(&self, score: i32) -> Hit {
        Hit {
            integration: self.integration,
            service: self.service,
            action: self.action,
            pattern: self.pattern,
            score,
        }
    }
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

fn starts_word(text: &str, term: &str) -> bool {
    text.split(' ').any(|it| it.starts_with(term))
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

fn candidates() -> &'static [Candidate] {
    static CANDIDATES: OnceLock<Vec<Candidate>> = OnceLock::new();
    CANDIDATES.get_or_init(build)
}

/// The operation names of the catalogue as one leaked text: it lives as long as the process anyway.
struct Names {
    plain: &'static str,
    lower: &'static str,
}

fn names() -> Names {
    let packed = index().frame(&index().names);
    let raw = miniz_oxide::inflate::decompress_to_vec(packed).unwrap_or_default();
    let mut plain = String::from_utf8(raw).unwrap_or_default();
    // The names of actions differ from those of operations only in their first letters.
    let mut at = 0;
    while let Some(end) = plain[at..].find('\n').map(|it| at + it) {
        if let Some(name) = plain.get_mut(at..end) {
            naming::lower_acronym(name);
        }
        at = end + 1;
    }
    let lower = plain.to_ascii_lowercase();
    Names { plain: plain.leak(), lower: lower.leak() }
}

fn build() -> Vec<Candidate> {
    let mut candidates = Vec::with_capacity(20_000);
    for facts in optimized::all().iter().filter(|it| it.place.is_none()) {
        let others = facts.patterns.iter().filter_map(|it| Pattern::from_suffix(it));
        for pattern in [Pattern::RequestResponse].into_iter().chain(others) {
            // Who starts a job mostly waits for its end.
            let bonus = match pattern {
                Pattern::Sync if !facts.patterns.iter().any(|it| it == Pattern::Sync2.suffix()) => 32,
                Pattern::Sync2 => 32,
                Pattern::RequestResponse => 31,
                Pattern::Sync | Pattern::WaitForTaskToken => 30,
            };
            candidates.push(Candidate {
                integration: Integration::Optimized,
                service: &facts.service,
                title: lower_title(facts),
                action: &facts.action,
                action_lower: facts.action.to_ascii_lowercase().leak(),
                pattern,
                bonus,
            });
        }
    }
    let names = names();
    let lines = names.plain.split("\n\n").zip(names.lower.split("\n\n"));
    for (service, (plain, lower)) in index().services.iter().zip(lines) {
        let title: &'static str = service.title.to_ascii_lowercase().leak();
        let bonus = if service.support == Support::Supported { 0 } else { -5 };
        for (action, action_lower) in plain.lines().zip(lower.lines()).filter(|it| !it.0.is_empty()) {
            candidates.push(Candidate {
                integration: Integration::Sdk,
                service: service.token,
                title,
                action,
                action_lower,
                pattern: Pattern::RequestResponse,
                bonus,
            });
        }
    }
    candidates
}

fn lower_title(facts: &optimized::ActionFacts) -> &'static str {
    let api = facts.api.as_ref().and_then(|(token, _)| index().service(token));
    let title = api.map(|it| it.title).or(facts.title.as_deref()).unwrap_or_default();
    title.to_ascii_lowercase().leak()
}
