//! What stands for a value that is known only at deployment: the placeholders of the tools that put definitions
//! together.

use super::pages;

/// A family of placeholders.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Family {
    pub title: &'static str,
    pub summary: &'static str,
    pub link: Option<&'static str>,
}

/// The pseudo parameters of CloudFormation, which every template has.
pub static PSEUDO_PARAMETERS: [(&str, &str); 8] = [
    ("AWS::AccountId", "The number of the account in which the stack is made."),
    ("AWS::Region", "The region in which the stack is made."),
    ("AWS::Partition", "The partition of the region: `aws`, `aws-cn`, `aws-us-gov`."),
    ("AWS::StackName", "The name of the stack."),
    ("AWS::StackId", "The ARN of the stack."),
    ("AWS::URLSuffix", "The domain of the partition: `amazonaws.com`, in China `amazonaws.com.cn`."),
    ("AWS::NotificationARNs", "The topics that hear of events of the stack."),
    ("AWS::NoValue", "Nothing: takes the property away."),
];

static PSEUDO: Family =
    Family { title: "pseudo parameter of CloudFormation", summary: "", link: Some(pages::PSEUDO_PARAMETERS) };

static ATTRIBUTE: Family = Family {
    title: "placeholder",
    summary: "Is filled in at deployment. With `Fn::Sub` of CloudFormation it is an attribute of a resource of the \
              template.",
    link: Some(pages::SUBSTITUTIONS),
};

static TERRAFORM: Family = Family {
    title: "expression of Terraform",
    summary: "Is filled in when Terraform reads the definition.",
    link: None,
};

static NAME: Family = Family {
    title: "placeholder",
    summary: "Is filled in at deployment, for example by `DefinitionSubstitutions` or `Fn::Sub` of CloudFormation \
              and SAM, or by `templatefile` of Terraform.",
    link: Some(pages::SUBSTITUTIONS),
};

static SERVERLESS: Family = Family {
    title: "variable of the Serverless Framework",
    summary: "Is filled in when the service is packaged.",
    link: None,
};

/// The family of a placeholder such as `${Name}` or `#{AWS::Region}`, and what is known of this one. None for what
/// may as well be something else.
pub fn find(placeholder: &str) -> Option<(&'static Family, &'static str)> {
    let serverless = placeholder.starts_with('#');
    let name = placeholder.strip_prefix(['$', '#'])?.strip_prefix('{')?.strip_suffix('}')?.trim();
    if let Some((_, summary)) = PSEUDO_PARAMETERS.iter().find(|(known, _)| *known == name) {
        return Some((&PSEUDO, summary));
    }
    let is_word = |it: &str| {
        !it.is_empty() && it.bytes().all(|it| it.is_ascii_alphanumeric() || matches!(it, b'_' | b'-' | b'.'))
    };
    let sources = ["self:", "env:", "opt:", "sls:", "param:", "ssm:", "cf:", "aws:", "file("];
    let terraform = ["var.", "local.", "module.", "data.", "each."];
    let family = match name {
        _ if sources.iter().any(|it| name.starts_with(it)) => &SERVERLESS,
        _ if !name.split("::").all(is_word) => return None,
        _ if serverless => &SERVERLESS,
        _ if terraform.iter().any(|it| name.starts_with(it)) => &TERRAFORM,
        _ if name.contains('.') => &ATTRIBUTE,
        _ => &NAME,
    };
    Some((family, family.summary))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn families() {
        let title = |text: &str| find(text).map(|(family, summary)| (family.title, !summary.is_empty()));
        assert_eq!(title("${AWS::Region}"), Some((PSEUDO.title, true)));
        assert_eq!(title("#{AWS::AccountId}"), Some((PSEUDO.title, true)));
        assert_eq!(title("${Worker.Arn}"), Some((ATTRIBUTE.title, true)));
        assert_eq!(title("${var.bucket}"), Some((TERRAFORM.title, true)));
        assert_eq!(title("${worker-arn}"), Some((NAME.title, true)));
        assert_eq!(title("${self:custom.queue}"), Some((SERVERLESS.title, true)));
        // Grouping in JSONata.
        assert_eq!(title("${a: b}"), None);
        assert_eq!(title("${}"), None);
    }
}
