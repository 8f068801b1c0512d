use crate::asl::has_placeholder;
use crate::catalog::limits;
use crate::check::{Local, Report};

rule! {
    /// # Bad state name
    ///
    /// The name of a state has 1 to 80 characters. Apart from that it may hold what you like.
    ///
    /// ```asl fails
    /// { "StartAt": "", "States": { "": { "Type": "Succeed" } } }
    ///                              ^^ the name of a state must not be empty
    /// ```
    ///
    /// ```asl passes
    /// { "StartAt": "Größe / 2 😀", "States": { "Größe / 2 😀": { "Type": "Succeed" } } }
    /// ```
    pub static INVALID_STATE_NAME = { "invalid-state-name", Error, Local(check) }
}

fn check(local: &Local, report: &mut Report) {
    for state in &local.fragment.states {
        let key = local.node(state.key);
        let Some(name) = key.as_str().filter(|name| !has_placeholder(name)) else { continue };
        let length = name.chars().count();
        if length == 0 {
            report.at(key, "the name of a state must not be empty");
        } else if length > limits::STATE_NAME_CHARACTERS {
            let limit = limits::STATE_NAME_CHARACTERS;
            report.at(
                key,
                format!("the name of a state has at most {limit} characters, this one has {length}"),
            );
        }
    }
}
