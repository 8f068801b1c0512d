//! Links in a document: from a Resource to the page of its API, from the addresses in comments, from the names of local
//! files.

use std::collections::HashMap;
use std::ops::Range;

use asl_grammar::tree::{Kind, Node};

use crate::analysis::Analysis;
use crate::asl::{CallView, Placed};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    pub range: Range<usize>,
    pub target: Target,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    Page {
        url: String,
        tooltip: String,
    },
    /// A path relative to the document, as it is written. Whether there is such a file, the caller finds out.
    File(String),
}

/// As many names of files are looked at: each takes a question to the file system.
const FILES: usize = 100;

/// There are no more links than this: with thousands of them, Helix takes a second for each keystroke.
const MOST: usize = 500;

pub fn links(analysis: &Analysis) -> Vec<Link> {
    let mut links = Vec::new();
    // The same Resource stands in many states; its page is looked up once.
    let mut pages = HashMap::new();
    let mut files = 0;
    for placed in analysis.pieces_in(&(0..analysis.text.len())) {
        for call in placed.calls() {
            let page = pages.entry(call.resource().text()).or_insert_with(|| page(&call));
            if let Some((part, target)) = page {
                let range = call.resource().source_range(part.clone());
                links.push(Link { range, target: target.clone() });
            }
        }
        for place in &placed.fragment.places {
            let comment = placed.node(place.node).get("Comment").filter(|it| it.kind() == Kind::String);
            links.extend(comment.into_iter().flat_map(addresses));
        }
        for file in local_files(&placed) {
            files += 1;
            if files <= FILES {
                links.push(file);
            }
        }
    }
    links.sort_by_key(|link| link.range.start);
    links.truncate(MOST);
    links
}

/// The page of what a Resource calls, and the part of its text that names it.
fn page(call: &CallView) -> Option<(Range<usize>, Target)> {
    let action = call.action()?;
    let parsed = call.parsed();
    let (service, name) = (parsed.service.clone()?, parsed.action.clone()?);
    let url = action.api_url().unwrap_or_else(|| action.guide_url());
    let tooltip = match action.api_name() {
        Some(operation) => format!("{operation} of {}", action.service.title),
        None => action.full_name(),
    };
    Some((service.start..name.end, Target::Page { url, tooltip }))
}

/// The web addresses in a text.
fn addresses(node: Node<'_>) -> impl Iterator<Item = Link> {
    let text = node.text();
    let starts = text.match_indices("http").filter(move |(at, _)| {
        let rest = &text[*at..];
        let begins_word = !text[..*at].ends_with(|it: char| it.is_alphanumeric());
        begins_word && (rest.starts_with("https://") || rest.starts_with("http://"))
    });
    starts.filter_map(move |(at, _)| {
        let rest = &text[at..];
        let ends = |it: char| it.is_whitespace() || it.is_control() || "\"<>`{}|\\^".contains(it);
        let address = &rest[..rest.find(ends).unwrap_or(rest.len())];
        let address = without_end_of_sentence(address);
        let host = address.split_once("://")?.1;
        host.starts_with(|it: char| it.is_alphanumeric()).then(|| Link {
            range: node.source_range(at..at + address.len()),
            target: Target::Page { url: address.to_owned(), tooltip: String::new() },
        })
    })
}

/// What closes the sentence or the bracket around an address is no part of it.
fn without_end_of_sentence(mut address: &str) -> &str {
    loop {
        let count = |mark| address.matches(mark).count();
        let bracket = address.ends_with(')') && count(')') > count('(');
        match address.ends_with(['.', ',', ';', ':', '!', '?', '\'', '*', '_']) || bracket {
            true => address = &address[..address.len() - 1],
            false => return address,
        }
    }
}

/// Texts that can be nothing but the relative path of a file, and the schema that a document names.
fn local_files<'a>(placed: &Placed<'a>) -> Vec<Link> {
    let mut found = Vec::new();
    let mut waiting: Vec<Node<'a>> = placed.tree.root(placed.base).into_iter().collect();
    while let Some(node) = waiting.pop() {
        waiting.extend(node.children());
        let Some(text) = node.as_str() else { continue };
        let path = text.strip_prefix("file://").unwrap_or(text);
        let relative = path.starts_with("./") || path.starts_with("../");
        let key = node.parent().and_then(Node::as_member);
        let is_schema =
            || key.is_some_and(|it| it.name() == "$schema" && it.value == node && !text.contains("://"));
        let is_key = key.is_some_and(|it| it.key == node);
        if !is_key && !path.contains(['\n', '{', '*']) && (relative || is_schema()) {
            let range = node.source_range(text.len() - path.len()..text.len());
            found.push(Link { range, target: Target::File(path.to_owned()) });
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::analyse;

    fn shown(source: &str) -> String {
        let analysis = analyse(source);
        let mut out = String::new();
        for link in links(&analysis) {
            let target = match link.target {
                Target::Page { url, tooltip } => format!("{url} {tooltip}"),
                Target::File(path) => format!("file {path}"),
            };
            out += &format!("{} -> {}\n", analysis.text.slice(link.range), target.trim());
        }
        out
    }

    #[test]
    fn there_are_not_thousands() {
        let state =
            |n| format!(r#""S{n}": {{"Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage"}}"#);
        let states: Vec<String> = (0..MOST + 10).map(state).collect();
        let analysis = analyse(&format!(r#"{{"States": {{{}}}}}"#, states.join(",")));
        assert_eq!(links(&analysis).len(), MOST);
    }

    #[test]
    fn resources_lead_to_their_pages() {
        expect_test::expect![[r#"
            glue:startJobRun -> https://docs.aws.amazon.com/glue/latest/dg/aws-glue-api-jobs-runs.html#aws-glue-api-jobs-runs-StartJobRun StartJobRun of AWS Glue
            glue:startJobRun -> https://docs.aws.amazon.com/glue/latest/dg/aws-glue-api-jobs-runs.html#aws-glue-api-jobs-runs-StartJobRun StartJobRun of AWS Glue
            s3:listObjectsV2 -> https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html ListObjectsV2 of Amazon Simple Storage Service
            http:invoke -> https://docs.aws.amazon.com/step-functions/latest/dg/call-https-apis.html http:invoke
        "#]]
        .assert_eq(&shown(
            r#"{"States": {
                "A": {"Type": "Task", "Resource": "arn:aws:states:::glue:startJobRun.sync"},
                "B": {"Type": "Task", "Resource": "arn:aws:states:::glue:startJobRun.sync"},
                "C": {"Type": "Task", "Resource": "arn:aws:states:::aws-sdk:s3:listObjectsV2"},
                "D": {"Type": "Task", "Resource": "arn:aws:states:::http:invoke"},
                "E": {"Type": "Task", "Resource": "arn:aws:states:::glue:start"},
                "F": {"Type": "Task", "Resource": "${Function}"}}"#,
        ));
    }

    #[test]
    fn addresses_in_comments() {
        expect_test::expect![[r#"
            https://x.example/a(b)?c=d#e -> https://x.example/a(b)?c=d#e
            http://y.example/é -> http://y.example/é
            https://z.example -> https://z.example
        "#]]
        .assert_eq(&shown(
            "Comment: See (https://x.example/a(b)?c=d#e), http://y.example/é. xhttps://no https:// http\nStates:\n  A:\n    Comment: |\n      (https://z.example)\n    Result: https://not.a.comment\n",
        ));
    }

    #[test]
    fn files_beside_the_document() {
        expect_test::expect![[r#"
            asl.schema.json -> file asl.schema.json
            ./a b.json -> file ./a b.json
            ../c.yaml -> file ../c.yaml
        "#]]
        .assert_eq(&shown(
            r#"{"$schema": "asl.schema.json", "States": {"A": {"Type": "Pass", "Result": ["./a b.json", "file://../c.yaml",
                "a/b.json", "{% ./x %}", "https://x.example/./a"]}}}"#,
        ));
    }
}
