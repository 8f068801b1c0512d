use asl_grammar::{
    syntax::{Format, Skeleton, Syntax},
    text::Text,
};
use asl_lsp::analysis::Analysis;
use std::sync::Arc;
use std::time::Instant;
fn main() {
    let f = std::env::args().nth(1).unwrap();
    let s = std::fs::read_to_string(f).unwrap();
    let text = Text::new(&s);
    let config = Arc::new(Default::default());
    let t = Instant::now();
    let mut a = Analysis::new(Format::Json, text.clone(), Arc::clone(&config));
    println!("new {:?}", t.elapsed());
    let t = Instant::now();
    println!("findings {} {:?}", a.findings().len(), t.elapsed());
    let t = Instant::now();
    let mut sk = Skeleton::parse(&text, None, &|| false).unwrap();
    println!("ts {:?}", t.elapsed());
    let mut text = text;
    let at = s.find("\"Next\": \"").unwrap() + s.len() / 2;
    let at = at + s[at..].find("\"Next\": \"").unwrap() + 9;
    let n = 200;
    let mut d = [0u128; 6];
    for i in 0..n {
        let before = text.clone();
        let t = Instant::now();
        let (r, new) = if i % 2 == 0 { (at..at, "x") } else { (at..at + 1, "") };
        text.edit(r.clone(), new);
        sk.edit(&before, &text, r, new.len());
        d[0] += t.elapsed().as_nanos();
        let t = Instant::now();
        sk = Skeleton::parse(&text, Some(&sk), &|| false).unwrap();
        d[1] += t.elapsed().as_nanos();
        let t = Instant::now();
        let sy = Syntax::update(&text, Some(&sk), &a.syntax);
        d[2] += t.elapsed().as_nanos();
        drop(sy);
        let t = Instant::now();
        let b = Analysis::update(&a, text.clone(), Some(&sk), config.clone());
        d[3] += t.elapsed().as_nanos();
        let t = Instant::now();
        let m = b.machine();
        d[4] += t.elapsed().as_nanos();
        drop(m);
        let t = Instant::now();
        let _f = b.findings().len();
        d[5] += t.elapsed().as_nanos();
        a = b;
    }
    for (l, v) in
        ["edit", "ts", "syntax", "analysis(incl syntax)", "machine", "findings(incl machine)"].iter().zip(d)
    {
        println!("{l} {:.3} ms", v as f64 / n as f64 / 1e6);
    }
}
