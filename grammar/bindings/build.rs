//! Compiles the four parsers.

fn main() {
    for parser in [
        "tree-sitter-jsonata/jsonata",
        "tree-sitter-jsonata/jsonata_json",
        "tree-sitter-asl-path/aslpath",
        "tree-sitter-asl-path/aslpath_json",
    ] {
        let src = format!("../{parser}/src");
        println!("cargo:rerun-if-changed={src}/parser.c");
        let mut build = cc::Build::new();
        // -O1 even in debug builds: the tables are data, and the lexer is a big switch that -O0 makes slow.
        build.std("c11").opt_level(1).include(&src).file(format!("{src}/parser.c")).warnings(false);
        build.compile(&parser.replace('/', "-"));
    }
}
