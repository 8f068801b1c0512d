use asl_grammar::tree::SyntaxError;

rule! {
    /// # Malformed text
    ///
    /// The definition is no JSON (or no YAML), so AWS refuses it before it looks at anything else. A comma, a colon,
    /// a quote or a bracket is missing or stands in the wrong place.
    ///
    /// The rest of the document is still understood and checked.
    ///
    /// ```asl fails
    /// {
    ///   "StartAt" "A",
    ///            ^^^^ a colon is missing after the key
    ///   "States": { "A": { "Type": "Succeed" } }
    /// }
    /// ```
    ///
    /// ```asl fixed
    /// {
    ///   "StartAt": "A",
    ///   "States": { "A": { "Type": "Succeed" } }
    /// }
    /// ```
    pub static JSON_SYNTAX = { "json-syntax", Error, Syntax(takes), fixable }
}

fn takes(error: &SyntaxError) -> bool {
    error.kind.is_malformed()
}
