//! Questions about a tree, on small expressions.

use std::collections::BTreeSet;

use asl_grammar::jsonata::{self, query};

use crate::shared::cases;

#[test]
fn top_level_names_as_predicted() {
    let mut wrong = Vec::new();
    for case in cases("expr_cases.json") {
        let (Some(text), Some(predicted)) =
            (case["expr"].as_str(), case["aws_predicted"]["top_level_references"].as_array())
        else {
            continue;
        };
        let predicted: BTreeSet<String> =
            predicted.iter().filter_map(|name| name.as_str().map(str::to_owned)).collect();
        let tree = jsonata::parse(text);
        let ours: BTreeSet<String> = query::context_uses(&tree)
            .into_iter()
            .filter(|it| matches!(it.kind, query::ContextUseKind::Name | query::ContextUseKind::Context))
            .map(|it| it.name)
            .collect();
        if ours != predicted {
            wrong.push(format!("{text:?}: {ours:?}, predicted {predicted:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}:\n{}", wrong.len(), wrong.join("\n"));
}
