use super::common::{descendants, payloads};
use crate::asl::is_unknown;
use crate::check::{Local, Report};

rule! {
    /// # Looks like a secret
    ///
    /// A password, token or key stands in the definition itself. Everyone who may read the definition, its versions
    /// or the history of an execution can read it there. Keep it in Secrets Manager or in a connection, and read it
    /// at run time.
    ///
    /// ```asl fails
    /// { "StartAt": "A", "States": { "A": {
    ///   "Type": "Task",
    ///   "Resource": "arn:aws:states:::lambda:invoke",
    ///   "Parameters": { "FunctionName": "login", "Payload": { "password": "Tr0ub4dor&3" } },
    ///                                                                     ^^^^^^^^^^^^^ the value of `password` can be read by everyone who sees the definition
    ///   "End": true
    /// } } }
    /// ```
    ///
    /// ```asl passes
    /// { "StartAt": "A", "States": { "A": {
    ///   "Type": "Task",
    ///   "Resource": "arn:aws:states:::lambda:invoke",
    ///   "Parameters": { "FunctionName": "login", "Payload": { "password.$": "$.password", "ClientToken": "1" } },
    ///   "End": true
    /// } } }
    /// ```
    pub static PLAINTEXT_SECRET = { "plaintext-secret", Hint, Local(check), off }
}

fn check(local: &Local, report: &mut Report) {
    for place in local.places() {
        for member in payloads(&place).flat_map(descendants).filter_map(|node| node.as_member()) {
            let Some(text) = member.value.as_str().filter(|_| !is_unknown(member.value)) else { continue };
            let name = member.name();
            if text.is_empty() || name.ends_with(".$") || text.contains("{%") {
                continue;
            }
            if is_secret_name(name) && !is_reference(text) || has_key_shape(text) {
                let message =
                    format!("the value of `{name}` can be read by everyone who sees the definition");
                report.at(member.value, message);
            }
        }
    }
}

fn is_secret_name(name: &str) -> bool {
    let folded: String = name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    let words = ["password", "passwd", "secret", "token", "apikey", "authorization", "privatekey"];
    // `SecretId` and the like name a secret; they do not hold it. `ClientToken` and `NextToken` open nothing.
    let names_one = ["id", "arn", "name", "path", "key", "type", "url"]
        .iter()
        .any(|end| folded.ends_with(&format!("secret{end}")) || folded.ends_with(&format!("token{end}")));
    let opens_nothing =
        ["client", "request", "next", "page", "continuation", "idempotency"].iter().any(|kind| {
            folded.contains(&format!("{kind}token")) || folded.contains(&format!("{kind}requesttoken"))
        });
    words.iter().any(|word| folded.contains(word)) && !names_one && !opens_nothing
}

/// Says where the secret is, or where it comes from.
fn is_reference(text: &str) -> bool {
    text.starts_with('$')
        || text.starts_with("arn:")
        || text.starts_with("States.")
        || text.starts_with("{{resolve:")
}

/// Keys that can be told by their looks.
fn has_key_shape(text: &str) -> bool {
    let access_key = |prefix: &str| {
        text.strip_prefix(prefix).is_some_and(|rest| {
            rest.len() == 16 && rest.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
        })
    };
    access_key("AKIA")
        || access_key("ASIA")
        || text.starts_with("-----BEGIN ") && text.contains("PRIVATE KEY")
        || ["ghp_", "github_pat_", "xoxb-", "sk_live_"]
            .iter()
            .any(|prefix| text.starts_with(prefix) && text.len() > 20)
}
