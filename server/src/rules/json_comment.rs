use asl_grammar::tree::{SyntaxError, SyntaxErrorKind};

rule! {
    /// # Comment in JSON
    ///
    /// JSON has no comments, and AWS refuses a definition that has any. Machines, states, choice rules, retriers and
    /// catchers take a `Comment` field for the same purpose.
    ///
    /// ```asl fails
    /// { "StartAt": "A", "States": { "A": { "Type": "Succeed" /* done */ } } }
    ///                                                        ^^^^^^^^^^ JSON has no comments; a `Comment` field can hold the text
    /// ```
    ///
    /// ```asl fixed
    /// { "StartAt": "A", "States": { "A": { "Type": "Succeed" } } }
    /// ```
    pub static JSON_COMMENT = { "json-comment", Error, Syntax(takes), fixable }
}

fn takes(error: &SyntaxError) -> bool {
    error.kind == SyntaxErrorKind::Comment
}
