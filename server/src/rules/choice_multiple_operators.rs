use asl_grammar::tree::Member;
use asl_grammar::write;

use super::common::{is_jsonpath_rule, tests};
use crate::catalog::fields::operator;
use crate::check::{Local, Report};

rule! {
    /// # Rule with two operators
    ///
    /// A choice rule makes one test. Two comparisons of one `Variable` are two rules inside an `And`; and a rule with
    /// `And`, `Or` or `Not` has no `Variable` of its own. AWS refuses the definition.
    ///
    /// ```asl fails
    /// { "StartAt": "Q", "States": {
    ///   "Q": {
    ///     "Type": "Choice",
    ///     "Choices": [{ "Variable": "$.n", "NumericGreaterThan": 1, "NumericLessThan": 9, "Next": "D" }]
    ///                                                               ^^^^^^^^^^^^^^^^^ the rule tests `NumericGreaterThan` already; combine the two by `And`
    ///   },
    ///   "D": { "Type": "Succeed" }
    /// } }
    /// ```
    ///
    /// ```asl fixed
    /// { "StartAt": "Q", "States": {
    ///   "Q": {
    ///     "Type": "Choice",
    ///     "Choices": [{ "And": [{ "Variable": "$.n", "NumericGreaterThan": 1 }, { "Variable": "$.n", "NumericLessThan": 9 }], "Next": "D" }]
    ///   },
    ///   "D": { "Type": "Succeed" }
    /// } }
    /// ```
    pub static CHOICE_MULTIPLE_OPERATORS = { "choice-multiple-operators", Error, Local(check), fixable }
}

fn check(local: &Local, report: &mut Report) {
    for place in local.places().filter(is_jsonpath_rule) {
        let tests: Vec<Member> = tests(&place).collect();
        let variable = place.node.member("Variable");
        let group = tests.iter().find(|test| operator(test.name()).is_none());
        let (first, second) = match (tests.as_slice(), variable, group) {
            ([first, second, ..], _, _) => (*first, *second),
            ([_], Some(variable), Some(group)) => {
                let ordered = variable.key.start() < group.key.start();
                if ordered { (variable, *group) } else { (*group, variable) }
            }
            _ => continue,
        };
        let message = match group {
            Some(_) => format!("`{}` and `{}` do not go together in one rule", first.name(), second.name()),
            None => format!("the rule tests `{}` already; combine the two by `And`", first.name()),
        };
        let finding = report.at(second.key, message);
        finding.related(first.key.range(), format!("`{}` stands here", first.name()));
        if let (Some(variable), None) = (variable, group) {
            split(local, variable, &tests, finding);
        }
    }
}

/// Gives each comparison a rule of its own.
fn split(local: &Local, variable: Member, tests: &[Member], finding: &mut crate::check::Finding) {
    // Only where the members stand side by side, quoted as in JSON.
    let mut all = vec![variable];
    all.extend(tests);
    all.sort_by_key(|member| member.node.start());
    let adjacent = all
        .windows(2)
        .all(|pair| local.source.slice(pair[0].node.range().end..pair[1].node.start()).trim() == ",");
    let ([first, ..], Some(last)) = (all.as_slice(), all.last()) else { return };
    if !adjacent || !all.iter().all(|member| member.key.is_quoted()) {
        return;
    }
    let text = |member: Member| local.source.slice(member.node.range());
    let rules: Vec<String> =
        tests.iter().map(|test| format!("{{ {}, {} }}", text(variable), text(*test))).collect();
    let edit = asl_grammar::text::Edit {
        range: first.node.start()..last.node.range().end,
        text: format!("{}: [{}]", write::quoted("And"), rules.join(", ")),
    };
    finding.fix("Combine by `And`", [Some(edit)], false);
}
