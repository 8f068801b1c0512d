//! Trees and messages of small expressions, whole and broken.

use asl_grammar::jsonata::{self, NodeId, NodeKind, Tree, query, scope};
use asl_grammar::{intrinsic, path};
use expect_test::{Expect, expect};

fn show(tree: &Tree, id: NodeId, out: &mut String) {
    let children = tree.children(id);
    let kind = format!("{:?}", tree.kind(id));
    match (tree.kind(id), children) {
        (NodeKind::Missing, _) => out.push('_'),
        (_, []) if !matches!(tree.kind(id), NodeKind::Block | NodeKind::Array | NodeKind::Object) => {
            out.push_str(tree.source(id));
        }
        _ => {
            out.push('(');
            out.push_str(&kind);
            for &child in children {
                out.push(' ');
                show(tree, child, out);
            }
            out.push(')');
        }
    }
}

/// The tree, then the errors with what they underline.
fn check(text: &str, expected: Expect) {
    let tree = jsonata::parse(text);
    let mut out = String::new();
    show(&tree, tree.root(), &mut out);
    for error in tree.errors() {
        let under = error.span.text(text);
        out.push_str(&format!("\n{} at {under:?}: {}", error.code.as_str(), error.message));
    }
    expected.assert_eq(&out);
}

#[test]
fn precedence() {
    check(
        "a.b + -c * 2 = d and e or f",
        expect![
            "(Binary(Or) (Binary(And) (Binary(Equal) (Binary(Add) (Path a b) (Binary(Multiply) (Negate c) 2)) d) e) f)"
        ],
    );
    check("a.b[0].c{d: e}", expect!["(Group (Path (Path a (Filter b 0)) c) (Pair d e))"]);
    check("a + b^(<c, >d).e", expect!["(Path (OrderBy (Binary(Add) a b) (Term c) (Term d)) e)"]);
    check("$x := a ? b : c ? d : e", expect!["(Bind $x (Condition a b (Condition c d e)))"]);
    check(
        "$map(x, function($v, $i)<nn:n>{ $v.a ~> $f(?, 1) })",
        expect!["(Call $map x (Lambda function $v $i <nn:n> (Chain (Path $v a) (Partial $f ? 1))))"],
    );
    check("|a|{'b': 1}, ['c']|", expect!["(Transform a (Object (Pair 'b' 1)) (Array 'c'))"]);
    check("[1..3, a#$i@$x[]]", expect!["(Array (Range 1 3) (KeepArray (Focus (Index a $i) $x)))"]);
}

#[test]
fn habits_from_other_languages() {
    check(
        "a == 1",
        expect![[r#"
        (Binary(Equal) a 1)
        S0211 at "=": JSONata compares with a single `=`"#]],
    );
    check(
        "a === 1 && b",
        expect![[r#"
        (Binary(Equal) a (Binary(And) 1 b))
        S0211 at "=": JSONata compares with a single `=`
        S0211 at "&": JSONata writes `&&` as `and`"#]],
    );
    check(
        "a !== 1",
        expect![[r#"
        (Binary(NotEqual) a 1)
        S0211 at "=": JSONata writes "not equal" as `!=`"#]],
    );
    check(
        "$f(a || b)",
        expect![[r#"
        (Call $f (Binary(Or) a b))
        S0202 at "|": JSONata writes `||` as `or`"#]],
    );
    check(
        "a or !b",
        expect![[r#"
        (Binary(Or) a (Error b))
        S0204 at "!": JSONata has no `!`; use `$not(…)`"#]],
    );
    check(
        "a ?? b",
        expect![[r#"
        (Coalesce a b)
        S0211 at "?": `??` needs JSONata 2.1, and Step Functions has 2.0.6; write `$exists(a) ? a : b`"#]],
    );
    check(
        "a ?: b",
        expect![[r#"
        (Default a b)
        S0211 at ":": `?:` needs JSONata 2.1, and Step Functions has 2.0.6; write `a ? a : b`"#]],
    );
    check(
        "'it\\'s' & a",
        expect![[r#"
        (Binary(Concatenate) 'it\'s' a)
        S0103 at "\\'": `\'` is not an escape in JSONata; put a text with an apostrophe into double quotes"#]],
    );
    check(
        "[1, 2,]",
        expect![[r#"
        (Array 1 2 _)
        S0211 at "]": remove the comma: JSONata takes no trailing comma"#]],
    );
    check(
        "$x := 1; $x",
        expect![[r#"
        (Error (Bind $x 1) $x)
        S0201 at ";": put parentheses around the expressions: `;` separates them only inside `( … )`"#]],
    );
    check(
        "a // note",
        expect![[r#"
            (Binary(Divide) a / note)
            S0302 at "/ note": `//` starts an empty regular expression, not a comment; write comments as `/* … */`"#]],
    );
}

#[test]
fn unfinished_text_keeps_its_calls() {
    check(
        "$sum($states.",
        expect![[r#"
        (Call $sum (Path $states _))
        S0203 at "": expected `)` to close the call to `$sum`"#]],
    );
    check(
        "$sum($states.)",
        expect![[r#"
        (Call $sum (Path $states _))
        S0211 at ")": a name is missing after `.`, before `)`"#]],
    );
    check(
        "$map($states.input, function($v, $i){ $v.",
        expect![[r#"
        (Call $map (Path $states input) (Lambda function $v $i (Path $v _)))
        S0203 at "": expected `}` to close the body of the function"#]],
    );
    check(
        "($x := $f(1, ; $x)",
        expect![[r#"
        (Block (Bind $x (Call $f 1 _)) $x)
        S0211 at ";": a value is missing between `,` and `;`"#]],
    );
    check(
        "{'a': $f(x, 'b': 1}",
        expect![[r#"
            (Object (Pair 'a' (Call $f x (Error 'b' 1))))
            S0202 at ":": expected `)` to close the call to `$f`, found `:`"#]],
    );
    check(
        "$f(a b, c)",
        expect![[r#"
        (Call $f (Error a b) c)
        S0202 at "b": expected `)` to close the call to `$f`, found `b`"#]],
    );
    check(
        "[1, 2",
        expect![[r#"
        (Array 1 2)
        S0203 at "": expected `]` to close the array"#]],
    );
    check(
        "a + ",
        expect![[r#"
        (Binary(Add) a _)
        S0207 at "": the expression ends too early: something is missing after `+`"#]],
    );
    check(
        "",
        expect![[r#"
        _
        S0207 at "": the expression is empty; write a JSONata expression"#]],
    );
    check(
        "a) + b",
        expect![[r#"
            (Binary(Add) a b)
            S0201 at ")": `)` closes nothing: remove it, or open its bracket before"#]],
    );
    check(
        "function(a, $b){ $b }",
        expect![[r#"
        (Lambda function a $b $b)
        S0208 at "a": parameter 1 of the function must be a variable: write `$` before `a`"#]],
    );
    check(
        "1.a",
        expect![[r#"
        (Path 1 a)
        S0213 at "1": `1` cannot be a step of a path; quote it as a name, or use `[…]` for an index"#]],
    );
    check(
        "%",
        expect![[r#"
        %
        S0217 at "%": `%` has no parent here: it needs enough steps of a path before it"#]],
    );
}

fn binding_text(tree: &Tree, scopes: &scope::Scopes<'_>) -> String {
    let line = |reference: &scope::Reference<'_>| {
        let at = tree.span(reference.node).start;
        match reference.binding.and_then(|index| scopes.bindings.get(index)) {
            Some(binding) => {
                format!("{}@{at} -> {:?}@{}", reference.name, binding.kind, tree.span(binding.node).start)
            }
            None => format!("{}@{at} free", reference.name),
        }
    };
    scopes.references.iter().map(line).collect::<Vec<_>>().join("\n")
}

fn check_scopes(text: &str, expected: Expect) {
    let tree = jsonata::parse(text);
    expected.assert_eq(&binding_text(&tree, &scope::scopes(&tree)));
}

#[test]
fn bindings() {
    check_scopes(
        "($x := $x + 1; $y := $x; ($x := 2; $x); $x)",
        expect![[r#"
        x@7 free
        x@21 -> Assignment@1
        x@35 -> Assignment@26
        x@40 -> Assignment@1"#]],
    );
    check_scopes(
        "($f := function($n){ $n ? $f($n - 1) : $g() }; $g := function(){ 1 }; $n)",
        expect![[r#"
        n@21 -> Parameter@16
        f@26 -> Assignment@1
        n@29 -> Parameter@16
        g@39 -> Assignment@47
        n@70 free"#]],
    );
    check_scopes(
        "a@$x.b#$i[$i = $x].{'k': $x} & $x",
        expect![[r#"
        i@10 -> Index@7
        x@15 -> Focus@2
        x@25 -> Focus@2
        x@31 free"#]],
    );
    check_scopes(
        "$map(a, function($v){ $map($v, function($v){ $v }) & $v & $w",
        expect![[r#"
        map@0 free
        map@22 free
        v@27 -> Parameter@17
        v@45 -> Parameter@40
        v@53 -> Parameter@17
        w@58 free"#]],
    );
}

#[test]
fn names_in_scope_while_typing() {
    let text = "($a := 1; $map(x, function($v, $i){ ($b := 2; $ ) }); $c := 3)";
    let tree = jsonata::parse(text);
    let cursor = text.find("$ )").expect("cursor") as u32 + 1;
    let names: Vec<_> = scope::visible_at(&tree, cursor).iter().map(|it| it.name).collect();
    expect![[r#"["b", "v", "i", "a", "c"]"#]].assert_eq(&format!("{names:?}"));
    let cut = &text[..cursor as usize];
    let tree = jsonata::parse(cut);
    let names: Vec<_> = scope::visible_at(&tree, cursor).iter().map(|it| it.name).collect();
    expect![[r#"["b", "v", "i", "a"]"#]].assert_eq(&format!("{names:?}"));
}

#[test]
fn calls_and_members() {
    let text = "$states.input.items[a.b].`c d`.$f(?, 1) ~> $g(2) ~> $h & $states.context.";
    let tree = jsonata::parse(text);
    let mut out = String::new();
    for call in query::calls(&tree) {
        out.push_str(&format!(
            "{:?} {} piped={} step={} context={}\n",
            call.name, call.arguments, call.piped, call.after_step, call.has_context
        ));
    }
    for path in query::member_paths(&tree) {
        let segments: Vec<_> = path.segments.iter().map(|it| (it.name.as_str(), it.span)).collect();
        out.push_str(&format!("{} {:?} {segments:?}\n", path.name, path.span));
    }
    expect![[r#"
        Some("f") 2 piped=false step=true context=true
        Some("g") 2 piped=true step=false context=false
        states 0..30 [("input", 8..13), ("items", 14..19), ("c d", 25..30)]
        f 31..33 []
        g 43..45 []
        h 52..54 []
        states 57..73 [("context", 65..72), ("", 73..73)]
    "#]]
    .assert_eq(&out);
}

#[test]
fn top_level_uses() {
    let text = "order.id & $ & items[price > $$.x].name & ('a'.b; *; a.**) & function($o){ o }";
    let uses = query::context_uses(&jsonata::parse(text));
    let shown: Vec<_> = uses.iter().map(|it| format!("{:?} {}", it.kind, it.name)).collect();
    expect![[r#"
        Name order
        Context $
        Name items
        Root $$
        Name a
        Wildcard *
        Name a
        Name o"#]]
    .assert_eq(&shown.join("\n"));
}

#[test]
fn token_classes() {
    let text = "/* c */ $sum(a.`b`[$x = 'é' and true]) ~> function($v)<n:n>{ /r/ !1 }";
    let tree = jsonata::parse(text);
    let shown: Vec<_> =
        tree.tokens().iter().map(|it| format!("{} {:?}", it.span.text(text), it.class)).collect();
    expect![[r#"
        /* c */ Comment
        $sum Function
        ( Punctuation
        a Name
        . Operator
        `b` Name
        [ Punctuation
        $x Variable
        = Operator
        'é' String
        and Keyword
        true Keyword
        ] Punctuation
        ) Punctuation
        ~> Operator
        function Keyword
        ( Punctuation
        $v Parameter
        ) Punctuation
        < Operator
        n Signature
        : Punctuation
        n Signature
        > Operator
        { Punctuation
        /r/ Regex
        ! Invalid
        1 Number
        } Punctuation"#]]
    .assert_eq(&shown.join("\n"));
}

fn check_path(text: &str, expected: Expect) {
    let path = path::parse(text);
    let mut out = format!("{:?} {:?}", path.root, path.root_span.text(text));
    for segment in &path.segments {
        let mark = if segment.unusual { " unusual" } else { "" };
        out.push_str(&format!("\n{:?} {:?}{mark}", segment.kind, segment.span.text(text)));
    }
    if let Some((feature, span)) = path.beyond_reference() {
        out.push_str(&format!("\nbeyond: {feature:?} {:?}", span.text(text)));
    }
    for nested in &path.nested {
        out.push_str(&format!("\ninside: {:?}", nested.span.text(text)));
    }
    for error in &path.errors {
        out.push_str(&format!("\n{:?} at {:?}: {}", error.kind, error.span.text(text), error.message));
    }
    expected.assert_eq(&out);
}

#[test]
fn paths() {
    check_path("$", expect![[r#"Input "$""#]]);
    check_path(
        "$.order['line items'][0].detail-type",
        expect![[r#"
        Input "$"
        Name("order") ".order"
        Name("line items") "['line items']"
        Index(0) "[0]"
        Name("detail-type") ".detail-type""#]],
    );
    check_path(
        "$$.Execution.Id",
        expect![[r#"
        Context "$$"
        Name("Execution") ".Execution"
        Name("Id") ".Id""#]],
    );
    check_path(
        "$order.lines[-1]",
        expect![[r#"
        Variable "$order"
        Name("lines") ".lines"
        Index(-1) "[-1]""#]],
    );
    check_path(
        "$..book[?(@.price < $.max && @.tag in ['a','b'])].title",
        expect![[r#"
        Input "$"
        Descent ".."
        Name("book") "book"
        Filter "[?(@.price < $.max && @.tag in ['a','b'])]"
        Name("title") ".title"
        beyond: Descent ".."
        inside: "@.price"
        inside: "$.max"
        inside: "@.tag""#]],
    );
    check_path(
        "$.a[1:3]['x','y'].*.length()",
        expect![[r#"
        Input "$"
        Name("a") ".a"
        Slice "[1:3]"
        Union "['x','y']"
        Wildcard ".*"
        Function ".length()"
        beyond: Slice "[1:3]""#]],
    );
    check_path(
        "$.store\\.book.a@b",
        expect![[r#"
        Input "$"
        Name("store.book") ".store\\.book"
        Name("a@b") ".a@b" unusual
        beyond: ReservedCharacter ".a@b""#]],
    );
}

#[test]
fn broken_paths() {
    check_path(
        "guid",
        expect![[r#"
        None ""
        NoRoot at "guid": a path begins with `$`: write `$.guid`"#]],
    );
    check_path(
        "$.a.",
        expect![[r#"
        Input "$"
        Name("a") ".a"
        Missing "."
        beyond: Unreadable "."
        Step at "": a name is missing after `.`: remove the dot or complete the path"#]],
    );
    check_path(
        "$.a[0",
        expect![[r#"
        Input "$"
        Name("a") ".a"
        Index(0) "[0"
        Unclosed at "[0": `[` is not closed: add `]`"#]],
    );
    check_path(
        "$.a b",
        expect![[r#"
        Input "$"
        Name("a") ".a"
        Trailing at " b": a blank ends the path; write a name with blanks as `['…']`"#]],
    );
    check_path(
        "$.a[?(@.b = 1)]",
        expect![[r#"
        Input "$"
        Name("a") ".a"
        Filter "[?(@.b = 1)]"
        beyond: Filter "[?(@.b = 1)]"
        inside: "@.b"
        Filter at "=": a filter compares with `==`, not `=`"#]],
    );
    check_path(
        "$.a[?@.b].c",
        expect![[r#"
        Input "$"
        Name("a") ".a"
        Filter "[?@.b]"
        Name("c") ".c"
        beyond: Filter "[?@.b]"
        inside: "@.b"
        Filter at "": put the filter into parentheses: `[?(…)]`"#]],
    );
    check_path(
        "$.a[name].c",
        expect![[r#"
        Input "$"
        Name("a") ".a"
        Missing "[name]"
        Name("c") ".c"
        beyond: Unreadable "[name]"
        Step at "name": put the name between quotes: `['name']`"#]],
    );
    check_path(
        "{% $x %}",
        expect![[r#"
        None ""
        JsonataText at "{% $x %}": this is a JSONata expression, and a JSONPath is wanted here"#]],
    );
    check_path(
        "States.UUID()",
        expect![[r#"
        None ""
        IntrinsicCall at "States.UUID()": this is a call of an intrinsic function, and a path is wanted here"#]],
    );
    check_path(
        "$.a[?(@.b == Receipt)]",
        expect![[r#"
        Input "$"
        Name("a") ".a"
        Filter "[?(@.b == Receipt)]"
        beyond: Filter "[?(@.b == Receipt)]"
        inside: "@.b""#]],
    );
    check_path(
        "$.a['b",
        expect![[r#"
        Input "$"
        Name("a") ".a"
        Name("b") "['b"
        Unclosed at "'b": `'` is not closed: add `'`
        Unclosed at "['b": `[` is not closed: add `]`"#]],
    );
}

fn check_intrinsic(text: &str, expected: Expect) {
    let tree = intrinsic::parse(text);
    let mut out = format!("depth {}", tree.depth());
    for id in tree.ids() {
        let node = tree.node(id);
        let what = match &node.kind {
            intrinsic::NodeKind::Call(call) => {
                format!("call {} of {}", tree.name(call), call.arguments.len())
            }
            intrinsic::NodeKind::String(literal) => {
                format!("text {:?}, {} places", literal.value, literal.placeholders.len())
            }
            intrinsic::NodeKind::Path(_) => "path".to_owned(),
            other => format!("{other:?}"),
        };
        out.push_str(&format!("\n{:?} {what}", node.span.text(text)));
    }
    for error in tree.errors() {
        out.push_str(&format!("\n{:?} at {:?}: {}", error.kind, error.span.text(text), error.message));
    }
    expected.assert_eq(&out);
}

#[test]
fn intrinsics() {
    check_intrinsic(
        "States.Format('{} \\'of\\' {}', $.n, States.ArrayLength($.a[?(@.b == ')')]))",
        expect![[r#"
            depth 2
            "States.Format('{} \\'of\\' {}', $.n, States.ArrayLength($.a[?(@.b == ')')]))" call States.Format of 3
            "'{} \\'of\\' {}'" text "{} 'of' {}", 2 places
            "$.n" path
            "States.ArrayLength($.a[?(@.b == ')')])" call States.ArrayLength of 1
            "$.a[?(@.b == ')')]" path"#]],
    );
    check_intrinsic(
        "States.Array(1, -2.5, true, null, $$.Execution.Id, $v)",
        expect![[r#"
        depth 1
        "States.Array(1, -2.5, true, null, $$.Execution.Id, $v)" call States.Array of 6
        "1" Number(1.0)
        "-2.5" Number(-2.5)
        "true" True
        "null" Null
        "$$.Execution.Id" path
        "$v" path"#]],
    );
    check_intrinsic(
        "States.UUID()",
        expect![[r#"
        depth 1
        "States.UUID()" call States.UUID of 0"#]],
    );
}

#[test]
fn broken_intrinsics() {
    check_intrinsic(
        "States.Array($.a, $.b",
        expect![[r#"
        depth 1
        "States.Array($.a, $.b" call States.Array of 2
        "$.a" path
        "$.b" path
        Syntax at "": expected `)` to close the call to `States.Array`"#]],
    );
    check_intrinsic(
        "States.Array($.a, , 'x",
        expect![[r#"
        depth 1
        "States.Array($.a, , 'x" call States.Array of 3
        "$.a" path
        "" Missing
        "'x" text "x", 0 places
        Syntax at ",": an argument is missing here
        Syntax at "'x": the text is not closed: add `'`
        Syntax at "": expected `)` to close the call to `States.Array`"#]],
    );
    check_intrinsic(
        "States.Format(\"{}\", word)",
        expect![[r#"
        depth 1
        "States.Format(\"{}\", word)" call States.Format of 2
        "\"{}\"" text "{}", 1 places
        "word" Error
        Syntax at "\"{}\"": put the text between single quotes: `'…'`
        Syntax at "word": `word` is no argument: put a text between single quotes, begin a path with `$`"#]],
    );
    check_intrinsic(
        "States.Format('it''s \\n {x}')",
        expect![[r#"
        depth 1
        "States.Format('it''s \\n {x}')" call States.Format of 1
        "'it''s \\n {x}'" text "it's \\n {x}", 0 places
        Syntax at "''": write an apostrophe inside a text as `\'`
        BadEscape at "\\n": remove the backslash: `\n` is not an escape, only `\'`, `\{`, `\}` and `\\` are"#]],
    );
    check_intrinsic(
        "States.UUID",
        expect![[r#"
        depth 1
        "States.UUID" call States.UUID of 0
        Syntax at "": expected `(` after `States.UUID`"#]],
    );
    check_intrinsic(
        "States.Array([1, 2]) tail",
        expect![[r#"
        depth 1
        "States.Array([1, 2])" call States.Array of 1
        "[1, 2]" Error
        Syntax at "[1, 2]": JSON arrays and objects are no arguments: use `States.Array(…)` or a path
        Syntax at "tail": remove `tail`: nothing may follow the call"#]],
    );
    check_intrinsic(
        "States.Array($.a $.b)",
        expect![[r#"
        depth 1
        "States.Array($.a $.b)" call States.Array of 1
        "$.a" path
        Syntax at "$.b": expected `,` or `)` in the call to `States.Array`, found `$.b`"#]],
    );
    check_intrinsic(
        "States.Array (1)",
        expect![[r#"
            depth 1
            "States.Array (1)" call States.Array of 1
            "1" Number(1.0)"#]],
    );
}

#[test]
fn intrinsic_call_in_text_cut_anywhere() {
    let text = "States.Format('{}, {}', States.MathAdd($.a[?(@.b == ')')], 2), $.c)";
    let whole = intrinsic::parse(text);
    for cut in 0..=text.len() as u32 {
        let site = |tree: &intrinsic::Tree| {
            let site = tree.call_at(cut)?;
            Some((tree.node(site.call).span.start, site.argument))
        };
        let expected = site(&whole).filter(|_| cut < text.len() as u32);
        let found = site(&intrinsic::parse(&text[..cut as usize]));
        assert_eq!(found, expected, "{}", &text[..cut as usize]);
    }
}
