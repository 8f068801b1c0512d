use crate::analysis::MAX_LEN;
use crate::catalog::limits;
use crate::check::{Level, Report, Whole};

rule! {
    /// # Definition above the size limit
    ///
    /// AWS takes a definition of up to 1,048,576 characters. What counts is the text that is deployed, which may be
    /// smaller than this one (blanks removed) or larger (placeholders replaced), so this is a warning. A text of
    /// more than 8 MB is not looked into at all.
    ///
    /// (An example would not fit here: the tests make one.)
    ///
    /// ```asl fails large
    /// { "StartAt": "A", "States": { "A": { "Type": "Succeed" } } }
    /// ^ the definition has 1100000 characters, AWS takes 1048576
    /// ```
    ///
    /// ```asl passes
    /// { "StartAt": "A", "States": { "A": { "Type": "Succeed" } } }
    /// ```
    pub static DEFINITION_TOO_LARGE = { "definition-too-large", Warning, Document(check) }
}

fn check(whole: &Whole, report: &mut Report) {
    let limit = limits::DEFINITION_CHARACTERS;
    if whole.len > MAX_LEN {
        let message = format!(
            "the document has {} bytes and is not looked into; AWS takes {limit} characters",
            whole.len
        );
        report.push(String::new(), 0..1, message).level(Level::Error);
    } else if whole.characters > limit {
        let message = format!("the definition has {} characters, AWS takes {limit}", whole.characters);
        let range = whole.root.map_or(0..1, |root| root.open());
        report.push(String::new(), range, message);
    }
}
