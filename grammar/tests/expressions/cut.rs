//! Text cut off at any place keeps its calls: the yardstick is the tree of the whole text.

use asl_grammar::jsonata::{self, NodeKind, Tree, query, scope};

use crate::shared::{cases, corpus_expressions};

/// The call around the offset and the argument, read off a complete tree by the commas alone.
fn yardstick(tree: &Tree, offset: u32) -> Option<(u32, u32)> {
    let calls = tree.ids().filter(|&id| matches!(tree.kind(id), NodeKind::Call | NodeKind::Partial));
    let inside = |id: &jsonata::NodeId| {
        let node = tree.node(*id);
        node.anchor.end <= offset && offset < node.span.end
    };
    let call = calls.filter(inside).max_by_key(|&id| tree.node(id).anchor.start)?;
    let arguments = tree.arguments(call);
    // The argument that the offset lies before the end of, or behind whose end no comma has come yet.
    let mut argument = 0;
    for pair in arguments.windows(2) {
        let between = tree.span(pair[0]).end..tree.span(pair[1]).start;
        let gap = blank_comments(&tree.text()[between.start as usize..between.end as usize]);
        let comma = between.start + gap.find(',').expect("a comma between arguments") as u32;
        argument += u32::from(comma < offset);
    }
    Some((tree.node(call).anchor.start, argument))
}

/// The text with its comments blanked out.
fn blank_comments(text: &str) -> String {
    let mut out = text.to_owned();
    while let Some(start) = out.find("/*") {
        let end = out[start..].find("*/").map_or(out.len(), |end| start + end + 2);
        out.replace_range(start..end, &" ".repeat(end - start));
    }
    out
}

fn check(expressions: &[String], change: impl Fn(&str, usize) -> (String, u32)) -> (usize, Vec<String>) {
    let (mut places, mut wrong) = (0, Vec::new());
    for text in expressions {
        let tree = jsonata::parse(text);
        for offset in (0..=text.len()).filter(|&offset| text.is_char_boundary(offset)) {
            let Some(expected) = yardstick(&tree, offset as u32) else { continue };
            places += 1;
            let (changed, cursor) = change(text, offset);
            let tree = jsonata::parse(&changed);
            let site = query::call_at(&tree, cursor);
            let found = site.map(|site| (tree.node(site.call).anchor.start, site.argument));
            if found != Some(expected) {
                wrong.push(format!("{changed:?} at {cursor}: {found:?}, not {expected:?}"));
            }
        }
    }
    (places, wrong)
}

fn expressions() -> Vec<String> {
    let valid = |case: &serde_json::Value| {
        let expression = case["expr"].as_str()?.to_owned();
        case["v206"]["valid"].as_bool()?.then_some(expression)
    };
    let suite = cases("expr_cases.json").iter().filter_map(valid).filter(|text| text.len() < 2000).collect();
    [corpus_expressions(), suite].concat()
}

#[test]
fn call_and_argument_in_text_cut_anywhere() {
    let (places, wrong) = check(&expressions(), |text, offset| (text[..offset].to_owned(), offset as u32));
    eprintln!("{places} places");
    assert!(wrong.is_empty(), "{} of {places}:\n{}", wrong.len(), wrong[..wrong.len().min(20)].join("\n"));
}

#[test]
fn call_and_argument_in_whole_text() {
    let (places, wrong) = check(&expressions(), |text, offset| (text.to_owned(), offset as u32));
    eprintln!("{places} places");
    assert!(wrong.is_empty(), "{} of {places}:\n{}", wrong.len(), wrong[..wrong.len().min(20)].join("\n"));
}

#[test]
fn parameters_are_in_scope_in_text_cut_anywhere() {
    let (mut places, mut wrong) = (0, Vec::new());
    for text in expressions() {
        let tree = jsonata::parse(&text);
        for lambda in tree.ids().filter(|&id| tree.kind(id) == NodeKind::Lambda) {
            let Some(&body) = tree.children(lambda).last() else { continue };
            let names = tree.parameters(lambda).iter().filter_map(|&id| tree.variable_name(id));
            let names: Vec<&str> = names.collect();
            let range = tree.span(body).start as usize..=tree.node(lambda).close as usize;
            for offset in range.filter(|&offset| text.is_char_boundary(offset)) {
                places += 1;
                for typed in ["", "$", " $v."] {
                    let cut = format!("{}{typed}", &text[..offset]);
                    let tree = jsonata::parse(&cut);
                    let visible = scope::visible_at(&tree, cut.len() as u32);
                    if !names.iter().all(|name| visible.iter().any(|binding| binding.name == *name)) {
                        wrong.push(format!("{cut:?}: {names:?}"));
                    }
                }
            }
        }
    }
    eprintln!("{places} places in functions, three endings each: {} wrong", wrong.len());
    assert!(wrong.is_empty(), "{} of {places}:\n{}", wrong.len(), wrong[..wrong.len().min(20)].join("\n"));
}
