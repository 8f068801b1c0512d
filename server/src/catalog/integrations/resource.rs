//! The one parser of Resource strings: text in, parts with their byte ranges out. It knows the grammar
//! of resources and nothing of services; [`super::problems()`] compares the parts with the catalogue.

use std::borrow::Cow;
use std::ops::Range;

/// The partitions of AWS.
pub const PARTITIONS: [&str; 8] =
    ["aws", "aws-cn", "aws-us-gov", "aws-iso", "aws-iso-b", "aws-iso-e", "aws-iso-f", "aws-eusc"];

/// What a Resource names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// `arn:aws:lambda:…:function:name`.
    LambdaFunction,
    /// `arn:aws:states:…:activity:name`.
    Activity,
    /// `arn:aws:states:::glue:startJobRun.sync`.
    Optimized,
    /// `arn:aws:states:::aws-sdk:glue:startJobRun`.
    Sdk,
    /// `arn:aws:states:::http:invoke`.
    HttpEndpoint,
    /// `arn:aws:states:…:stateMachine:name`: no resource of a Task, but what one would like to start.
    StateMachine,
    /// The ARN of something else.
    OtherArn,
    /// A placeholder stands for the whole, or for a part without which nothing can be said.
    Placeholder,
    /// Not an ARN at all.
    NotAnArn,
}

impl Kind {
    /// What a Task with such a Resource does, in a sentence.
    pub fn describe(self) -> &'static str {
        match self {
            Kind::LambdaFunction => "Invokes a Lambda function; the input of the state is its event.",
            Kind::Activity => "Waits until a worker that polls this activity has done the work.",
            Kind::Optimized => "Calls an AWS service through an integration made for it.",
            Kind::Sdk => "Calls an operation of the AWS SDK.",
            Kind::HttpEndpoint => {
                "Calls an HTTPS endpoint with the credentials of an EventBridge connection."
            }
            Kind::StateMachine => "Names a state machine, which `states:startExecution` starts.",
            Kind::OtherArn => "Names something that a Task does not call.",
            Kind::Placeholder => "Is filled in at deployment.",
            Kind::NotAnArn => "Is no ARN.",
        }
    }

    /// The page of the Step Functions guide that tells of it.
    pub fn guide_url(self) -> String {
        let page = match self {
            Kind::LambdaFunction => "connect-lambda.html",
            Kind::Activity => "concepts-activities.html",
            Kind::Sdk => "supported-services-awssdk.html",
            Kind::HttpEndpoint => "call-https-apis.html",
            Kind::StateMachine => "connect-stepfunctions.html",
            Kind::Optimized => "integrate-optimized.html",
            Kind::OtherArn | Kind::Placeholder | Kind::NotAnArn => "connect-to-resource.html",
        };
        format!("{}{page}", super::GUIDE)
    }
}

/// A Resource, taken apart. All ranges are bytes of [`Resource::text`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resource<'a> {
    pub text: Cow<'a, str>,
    pub kind: Kind,
    pub partition: Option<Range<usize>>,
    /// The third part of the ARN: `states`, `lambda`.
    pub arn_service: Option<Range<usize>>,
    pub region: Option<Range<usize>>,
    pub account: Option<Range<usize>>,
    /// All that follows the account.
    pub target: Option<Range<usize>>,
    /// The service token: `glue`. Of an SDK integration without `aws-sdk:`.
    pub service: Option<Range<usize>>,
    /// The action without its pattern: `startJobRun`.
    pub action: Option<Range<usize>>,
    /// The pattern with its dot: `.sync:2`.
    pub pattern: Option<Range<usize>>,
    /// The name of a function, an activity or a state machine.
    pub name: Option<Range<usize>>,
    /// The version or alias of a function.
    pub qualifier: Option<Range<usize>>,
    /// `${…}`, `#{…}`, `{{…}}`, in order.
    pub placeholders: Vec<Range<usize>>,
}

impl Resource<'_> {
    /// The same, with a text of its own.
    pub fn into_owned(self) -> Resource<'static> {
        Resource { text: Cow::Owned(self.text.into_owned()), ..self }
    }

    /// The text of a part.
    pub fn part(&self, range: &Option<Range<usize>>) -> Option<&str> {
        self.text.get(range.clone()?)
    }

    /// The text of a part that holds no placeholder. Of the others nothing can be said.
    pub fn known(&self, range: &Option<Range<usize>>) -> Option<&str> {
        let range = range.as_ref()?;
        (!self.has_placeholder(range)).then(|| self.text.get(range.clone()))?
    }

    /// Whether a placeholder stands in this range.
    pub fn has_placeholder(&self, range: &Range<usize>) -> bool {
        self.placeholders.iter().any(|it| it.start < range.end && range.start < it.end)
    }
}

/// Takes a Resource apart. Every text has an answer.
pub fn parse(text: &str) -> Resource<'_> {
    let placeholders = placeholders(text);
    let mut resource = Resource {
        text: Cow::Borrowed(text),
        kind: Kind::NotAnArn,
        partition: None,
        arn_service: None,
        region: None,
        account: None,
        target: None,
        service: None,
        action: None,
        pattern: None,
        name: None,
        qualifier: None,
        placeholders,
    };
    let parts = split(text, &resource.placeholders);
    let Some(first) = parts.first() else { return resource };
    if text.get(first.clone()) != Some("arn") {
        if resource.has_placeholder(first) {
            resource.kind = Kind::Placeholder;
        }
        return resource;
    }
    let at = |place: usize| parts.get(place).cloned();
    (resource.partition, resource.arn_service, resource.region, resource.account) =
        (at(1), at(2), at(3), at(4));
    let Some(target) = at(5) else {
        // The missing parts may be inside a placeholder: `arn:aws:${Rest}`.
        if !resource.placeholders.is_empty() {
            resource.kind = Kind::Placeholder;
        }
        return resource;
    };
    resource.target = Some(target.start..text.len());
    resource.kind = match resource.known(&resource.arn_service) {
        None => Kind::Placeholder,
        Some("lambda") => lambda(&mut resource, &parts),
        Some("states") => states(&mut resource, &parts),
        Some(_) => Kind::OtherArn,
    };
    resource
}

fn lambda(resource: &mut Resource, parts: &[Range<usize>]) -> Kind {
    match resource.known(&parts.get(5).cloned()) {
        // `${FunctionTarget}`.
        None => Kind::Placeholder,
        Some("function") => {
            resource.name = parts.get(6).cloned();
            resource.qualifier = parts.get(7).cloned();
            Kind::LambdaFunction
        }
        Some(_) => Kind::OtherArn,
    }
}

fn states(resource: &mut Resource, parts: &[Range<usize>]) -> Kind {
    match resource.known(&parts.get(5).cloned()) {
        Some("activity") => {
            resource.name = parts.get(6).cloned();
            Kind::Activity
        }
        Some("stateMachine" | "execution" | "express" | "mapRun") => {
            resource.name = parts.get(6).cloned();
            Kind::StateMachine
        }
        Some("aws-sdk") => {
            resource.service = parts.get(6).cloned();
            call(resource, parts.get(7));
            Kind::Sdk
        }
        Some(service) => {
            let kind = if service == "http" { Kind::HttpEndpoint } else { Kind::Optimized };
            resource.service = parts.get(5).cloned();
            call(resource, parts.get(6));
            kind
        }
        // `${Service}:getItem`: perhaps an integration, perhaps `aws-sdk:…` with it.
        None => Kind::Placeholder,
    }
}

/// Splits `startExecution.sync:2` into action and pattern. The pattern reaches to the end.
fn call(resource: &mut Resource, part: Option<&Range<usize>>) {
    let Some(part) = part else { return };
    let end = resource.text.len();
    let dots = resource.text.get(part.start..end).unwrap_or_default().match_indices('.');
    let dot = dots.map(|(at, _)| part.start + at).find(|at| !resource.has_placeholder(&(*at..at + 1)));
    match dot {
        Some(dot) => {
            resource.action = Some(part.start..dot);
            resource.pattern = Some(dot..end);
        }
        None => resource.action = Some(part.start..end),
    }
}

/// The parts between colons, of which those inside placeholders do not count.
fn split(text: &str, placeholders: &[Range<usize>]) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    let mut start = 0;
    let mut inside = placeholders.iter().peekable();
    for (at, _) in text.match_indices(':') {
        while inside.next_if(|it| it.end <= at).is_some() {}
        if inside.peek().is_some_and(|it| it.contains(&at)) {
            continue;
        }
        parts.push(start..at);
        start = at + 1;
    }
    parts.push(start..text.len());
    parts
}

/// `${…}`, `#{…}` and `{{…}}`, with braces inside. One that is never closed reaches to the end.
fn placeholders(text: &str) -> Vec<Range<usize>> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut at = 0;
    while at + 1 < bytes.len() {
        let opens = matches!(&bytes[at..at + 2], b"${" | b"#{" | b"{{");
        if !opens {
            at += 1;
            continue;
        }
        let mut depth = 0usize;
        let end = bytes[at..].iter().position(|it| {
            match it {
                b'{' => depth += 1,
                b'}' => depth = depth.saturating_sub(1),
                _ => return false,
            }
            depth == 0
        });
        let end = end.map_or(bytes.len(), |it| at + it + 1);
        found.push(at..end);
        at = end;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Writes each part with its range, to compare at a glance.
    fn show(text: &str) -> String {
        let it = parse(text);
        let mut shown = format!("{:?}", it.kind);
        for (name, range) in [
            ("partition", &it.partition),
            ("region", &it.region),
            ("account", &it.account),
            ("service", &it.service),
            ("action", &it.action),
            ("pattern", &it.pattern),
            ("name", &it.name),
            ("qualifier", &it.qualifier),
        ] {
            if let Some(part) = it.part(range).filter(|it| !it.is_empty()) {
                shown += &format!(" {name}={part}@{}", range.as_ref().map_or(0, |it| it.start));
            }
        }
        shown
    }

    #[test]
    fn parts_have_their_ranges() {
        for (text, expected) in [
            (
                "arn:aws:states:::glue:startJobRun.sync",
                "Optimized partition=aws@4 service=glue@17 action=startJobRun@22 pattern=.sync@33",
            ),
            (
                "arn:aws:states:::states:startExecution.sync:2",
                "Optimized partition=aws@4 service=states@17 action=startExecution@24 pattern=.sync:2@38",
            ),
            (
                "arn:aws-cn:states:::aws-sdk:s3:listObjectsV2",
                "Sdk partition=aws-cn@4 service=s3@28 action=listObjectsV2@31",
            ),
            (
                "arn:aws:states:eu-west-1:123456789012:aws-sdk:s3:getObject",
                "Sdk partition=aws@4 region=eu-west-1@15 account=123456789012@25 service=s3@46 action=getObject@49",
            ),
            (
                "arn:${AWS::Partition}:states:::sqs:sendMessage.waitForTaskToken",
                "Optimized partition=${AWS::Partition}@4 service=sqs@31 action=sendMessage@35 pattern=.waitForTaskToken@46",
            ),
            ("arn:aws:states:::http:invoke", "HttpEndpoint partition=aws@4 service=http@17 action=invoke@22"),
            (
                "arn:aws:lambda:us-east-1:123456789012:function:work:live",
                "LambdaFunction partition=aws@4 region=us-east-1@15 account=123456789012@25 name=work@47 qualifier=live@52",
            ),
            (
                "arn:aws:lambda:#{AWS::Region}:${a}:function:${b.c:d}",
                "LambdaFunction partition=aws@4 region=#{AWS::Region}@15 account=${a}@30 name=${b.c:d}@44",
            ),
            (
                "arn:aws:states:us-east-1:123456789012:activity:wait",
                "Activity partition=aws@4 region=us-east-1@15 account=123456789012@25 name=wait@47",
            ),
            (
                "arn:aws:states:us-east-1:123456789012:stateMachine:other",
                "StateMachine partition=aws@4 region=us-east-1@15 account=123456789012@25 name=other@51",
            ),
            (
                "arn:aws:sqs:us-east-1:123456789012:queue",
                "OtherArn partition=aws@4 region=us-east-1@12 account=123456789012@22",
            ),
            ("arn:aws:states:::${Service}:getItem", "Placeholder partition=aws@4"),
            (
                "arn:aws:states:::dynamodb:${Action}.sync",
                "Optimized partition=aws@4 service=dynamodb@17 action=${Action}@26 pattern=.sync@35",
            ),
            (
                "arn:aws:states:::dynamodb:getItem.${x.y}",
                "Optimized partition=aws@4 service=dynamodb@17 action=getItem@26 pattern=.${x.y}@33",
            ),
            ("${FunctionArn}", "Placeholder"),
            ("${FunctionArn", "Placeholder"),
            ("${FunctionArn}:live", "Placeholder"),
            ("arn:aws:${Rest}", "Placeholder partition=aws@4"),
            ("{{resolve:ssm:/a/b}}", "Placeholder"),
            ("arn", "NotAnArn"),
            ("", "NotAnArn"),
            ("lambda:invoke", "NotAnArn"),
            (
                "arn:aws:states::glue:startJobRun",
                "Optimized partition=aws@4 account=glue@16 service=startJobRun@21",
            ),
            ("arn:aws:states:::", "Optimized partition=aws@4"),
            ("arn:aws:states:::aws-sdk:s3", "Sdk partition=aws@4 service=s3@25"),
            ("ärn:ä:${ü:", "NotAnArn"),
        ] {
            assert_eq!(show(text), expected, "{text}");
        }
    }
}
