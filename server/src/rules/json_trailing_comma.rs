use asl_grammar::tree::{SyntaxError, SyntaxErrorKind};

rule! {
    /// # Trailing comma
    ///
    /// JSON takes no comma after the last member of an object or the last value of an array. AWS reads strict JSON
    /// and refuses the definition.
    ///
    /// ```asl fails
    /// { "StartAt": "A", "States": { "A": { "Type": "Succeed", } } }
    ///                                                       ^ the last member takes no comma after it
    /// ```
    ///
    /// ```asl fixed
    /// { "StartAt": "A", "States": { "A": { "Type": "Succeed" } } }
    /// ```
    pub static JSON_TRAILING_COMMA = { "json-trailing-comma", Error, Syntax(takes), fixable }
}

fn takes(error: &SyntaxError) -> bool {
    error.kind == SyntaxErrorKind::TrailingComma
}
