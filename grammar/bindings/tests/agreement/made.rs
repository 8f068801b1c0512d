//! Texts made at random, most of them right: pieces of each language, put together as the language puts them.

use proptest::prelude::*;

fn words(words: &'static [&'static str]) -> BoxedStrategy<String> {
    prop::sample::select(words).prop_map(str::to_owned).boxed()
}

/// Some pieces in a row, with something between them.
fn list(piece: BoxedStrategy<String>, between: &'static str) -> BoxedStrategy<String> {
    prop::collection::vec(piece, 0..4).prop_map(move |pieces| pieces.join(between)).boxed()
}

pub fn jsonata() -> BoxedStrategy<String> {
    let leaf = words(&[
        "a",
        "`b c`",
        "$x",
        "$",
        "$$",
        "$states.input",
        "'it''s'",
        "'it'",
        "\"\\u00e9\\n\"",
        "0",
        "1.5e3",
        "true",
        "null",
        "*",
        "**",
        "%",
        "and",
        "or",
        "in",
        "$match(a, /a[b/]/i)",
        "é😀",
        "function",
        "$sum",
        "'😀'",
        "not",
        "/* note */ a",
    ]);
    let inner = leaf.prop_recursive(5, 40, 4, |inner| {
        let operator = words(&[
            "+", "-", " * ", " / ", "%", "&", "=", "!=", "<", "<=", ">", ">=", " and ", " or ", " in ", "~>",
            ".", ".", "\n", "..", ":=", "//", "",
        ]);
        let blank = words(&["", "", " ", "\n\t", "/**/"]);
        prop_oneof![
            (inner.clone(), blank.clone(), operator, blank.clone(), inner.clone())
                .prop_map(|(a, b, operator, c, d)| format!("{a}{b}{operator}{c}{d}")),
            (inner.clone(), list(inner.clone().boxed(), ", ")).prop_map(|(f, list)| format!("{f}({list})")),
            (words(&["$f", "$map", "$x.f", "(f)"]), list(inner.clone().boxed(), ","))
                .prop_map(|(f, list)| format!("{f}({list})")),
            (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("{a}[{b}]")),
            list(inner.clone().boxed(), "; ").prop_map(|list| format!("({list})")),
            list(inner.clone().boxed(), " , ").prop_map(|list| format!("[{list}]")),
            (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("{{{a}: {b}}}")),
            // The reference, and so the server, reads a slash right behind an order, `[]`, a transform or the
            // body of a function as a regular expression.
            (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("({a}^(<{b}))")),
            (inner.clone(), inner.clone(), inner.clone()).prop_map(|(a, b, c)| format!("{a} ? {b} : {c}")),
            (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("(|{a}|{b}|)")),
            (words(&["", "$v", "$v, $i"]), words(&["", "<n:n>", "<a<s>?:o>"]), inner.clone())
                .prop_map(|(list, signature, body)| format!("(function({list}){signature}{{ {body} }})")),
            (words(&["$x := ", "-", "- "]), inner.clone()).prop_map(|(before, a)| format!("{before}{a}")),
            (inner.clone(), words(&["@$v", "#$i"])).prop_map(|(a, behind)| format!("{a}{behind}")),
            inner.prop_map(|a| format!("({a}[])")),
        ]
        .boxed()
    });
    inner.boxed()
}

pub fn path() -> BoxedStrategy<String> {
    let root = words(&["$", "$$", "$x", "$é1"]);
    let value = words(&[
        "'t'", "\"t\"", "1", "-1.5", "true", "null", "[1,2]", "@.b", "@", "$.c[0]", "$v", "/x.*/i", "word",
    ]);
    let test = (value.clone(), words(&[" == ", "!=", "<", " in ", " =~ "]), value)
        .prop_map(|(a, operator, b)| format!("{a}{operator}{b}"));
    let test = prop_oneof![words(&["@.x", "!@.x", "@['a b']"]), test];
    let filter = prop::collection::vec(test, 1..3).prop_map(|tests| format!("[?({})]", tests.join(" && ")));
    let step = prop_oneof![
        words(&[
            ".a",
            ".é-b",
            "['a b']",
            "[\"c\"]",
            "[0]",
            "[-1]",
            "[*]",
            ".*",
            "..a",
            "..*",
            "..[0]",
            "[0,1]",
            "['a','b']",
            "[1:3]",
            "[:2]",
            "[1:]",
            ".length()",
            "..max()",
            "['it\\'s']",
            ".a:b",
            ".$c",
            ".",
            "[",
            "[a]",
            " ",
        ]),
        filter
    ];
    let path = (root, list(step.boxed(), "")).prop_map(|(root, steps)| root + &steps);
    path.prop_filter("a function of all descendants", |path| !path.contains("..length(")).boxed()
}

pub fn intrinsic() -> BoxedStrategy<String> {
    let leaf = prop_oneof![
        words(&[
            "'{} of {}'",
            "'it\\'s'",
            "'\\{'",
            "''",
            "0",
            "-1.5e3",
            "true",
            "null",
            "$.a[0]",
            "$$.Execution.Id",
            "$v",
            "word",
            "",
            "[1]"
        ]),
        path()
    ];
    let call = leaf.boxed().prop_recursive(4, 16, 3, |inner| {
        (
            words(&["States.Format", "States.Array", "States.X1", "States.UUID"]),
            words(&["(", "( ", " (", "\n(\n"]),
            list(inner.boxed(), ", "),
            words(&[")", " )", ")", ""]),
        )
            .prop_map(|(name, open, arguments, close)| format!("{name}{open}{arguments}{close}"))
            .boxed()
    });
    call.prop_filter("a call", |text| text.starts_with("States.")).boxed()
}
