use asl_grammar::tree::{SyntaxError, SyntaxErrorKind};

rule! {
    /// # Placeholder without quotes
    ///
    /// SAM, CloudFormation and Terraform can put a number or a whole object in the place of `${Name}`, so this may
    /// be what you want. Until then the text is no JSON: editors and other tools stumble over it, and a placeholder
    /// that is not replaced makes the definition unreadable. Nothing is assumed about the value.
    ///
    /// ```asl fails
    /// { "StartAt": "A", "States": { "A": { "Type": "Wait", "Seconds": ${Delay}, "End": true } } }
    ///                                                                 ^^^^^^^^ `${Delay}` stands without quotes: this is JSON only after it has been replaced
    /// ```
    ///
    /// ```asl passes
    /// { "StartAt": "A", "States": { "A": { "Type": "Wait", "Seconds": "${Delay}", "End": true } } }
    /// ```
    pub static UNQUOTED_PLACEHOLDER = { "unquoted-placeholder", Information, Syntax(takes) }
}

fn takes(error: &SyntaxError) -> bool {
    error.kind == SyntaxErrorKind::UnquotedPlaceholder
}
