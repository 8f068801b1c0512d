//! What the rules about arguments say, and where they are silent.

use crate::fixture::analyse;

fn said(resource: &str, parameters: &str) -> Vec<String> {
    let language = if parameters.contains("{%") { "JSONata" } else { "JSONPath" };
    let field = if language == "JSONata" { "Arguments" } else { "Parameters" };
    let analysis = analyse(&format!(
        r#"{{"StartAt": "A", "QueryLanguage": "{language}", "States": {{"A": {{"Type": "Task",
            "Resource": "arn:aws:states:::{resource}", "{field}": {parameters}, "End": true}}}}}}"#
    ));
    let ours = analysis.findings().iter().filter(|it| it.rule.name.ends_with("-integration-argument"));
    ours.map(|it| format!("{}: {}", it.level.name(), it.message)).collect()
}

fn check(resource: &str, parameters: &str, expected: &[&str]) {
    assert_eq!(said(resource, parameters), expected, "{resource} {parameters}");
}

#[test]
fn what_is_right_or_unknown_is_left_alone() {
    for (resource, parameters) in [
        ("glue:startJobRun", r#"{"JobName.$": "$.name"}"#),
        ("glue:startJobRun", r#""{% $states.input %}""#),
        ("glue:startJobRun", r#"{"JobName": "{% $states.input.name %}", "NumberOfWorkers": "{% 2 %}"}"#),
        (
            "glue:startJobRun",
            r#"{"JobName": "${Job}", "NumberOfWorkers": "${Workers}", "WorkerType": "${Type}"}"#,
        ),
        ("glue:startJobRun", r#"{"JobName": {"Ref": "Job"}, "Timeout": {"Fn::If": ["a", 1, 2]}}"#),
        ("glue:startJobRun", r#"{"Fn::If": ["a", {}, {}]}"#),
        (
            "glue:startJobRun",
            r#"{"JobName": "a", "Arguments": {"--x": "1", "--y.$": "$.y"}, "Timeout": null}"#,
        ),
        ("lambda:invoke", r#"{"FunctionName": "f", "Payload": {"FunctionName": 1, "anything": [{}]}}"#),
        ("lambda:invoke", r#"{"FunctionName": "f", "Payload": "text"}"#),
        ("sns:publish", r#"{"TopicArn": "t", "Message": {"any": "thing"}}"#),
        (
            "dynamodb:putItem",
            r#"{"TableName": "t", "Item": {"a": {"S": "x"}, "b": {"M": {"c": {"NULL": true}}}, "d": "x"}}"#,
        ),
        (
            "aws-sdk:dynamodb:query",
            r#"{"TableName": "t", "ExpressionAttributeValues": {":a": {"Ss": ["x"]}}}"#,
        ),
        ("aws-sdk:newservice2031:doThings", r#"{"x": 1}"#),
        ("glue:noSuchAction", r#"{"x": 1}"#),
        ("${Service}:startJobRun", r#"{"x": 1}"#),
        (
            "http:invoke",
            r#"{"ApiEndpoint": "${Url}", "Method": "GET", "InvocationConfig": {"ConnectionArn": "x"}}"#,
        ),
        // A path without `.$` is a mistake of another kind.
        ("glue:startJobRun", r#"{"JobName": "a", "WorkerType": "$.type"}"#),
    ] {
        check(resource, parameters, &[]);
    }
}

#[test]
fn one_finding_for_each_mistake() {
    check("glue:startJobRun", r#"{"jobName": "x"}"#, &["warning: `jobName` is written `JobName`"]);
    check(
        "glue:startJobRun",
        r#"{"JobNam.$": "$.x"}"#,
        &["warning: `glue:startJobRun` has no parameter `JobNam`; did you mean `JobName`?"],
    );
    check(
        "glue:startJobRun",
        r#"{"JobName": 5, "Timeout": "soon"}"#,
        &[
            "warning: `JobName` takes a text, not a number",
            "warning: `Timeout` takes a whole number, not a text",
        ],
    );
    check(
        "glue:startJobRun",
        r#"{"JobName": "x", "Timeout": "5", "Timeouts": 1}"#,
        &[
            "information: `Timeout` takes a whole number, not a text",
            "warning: `glue:startJobRun` has no parameter `Timeouts`",
        ],
    );
    check(
        "ecs:runTask.sync",
        r#"{"TaskDefinition": "x", "StartedBy": "me"}"#,
        &["warning: `ecs:runTask` takes no `StartedBy` together with `.sync`"],
    );
    check(
        "batch:submitJob",
        r#"{"JobName": "a", "JobQueue": "b", "JobDefinition": "c", "Tags": ["x"],
            "ContainerOverrides": {"ResourceRequirements": [{"Type": "CPU", "Value": "1"}], "Environment": {}}}"#,
        &[
            "warning: `Tags` takes an object, not an array",
            "warning: `Type` is `GPU`, `VCPU` or `MEMORY`, not `CPU`",
            "warning: `Environment` takes an array, not an object",
        ],
    );
    check(
        "http:invoke",
        r#"{"ApiEndpoint": "http://x", "Method": "get", "Authentication": {}, "Headers": {"Host": "x"}}"#,
        &[
            "warning: `ApiEndpoint` begins with `https://`",
            "warning: `Method` has no value `get`; did you mean `GET`?",
            "warning: `Authentication` needs `ConnectionArn`",
            "warning: `http:invoke` sets the header `Host` by itself",
        ],
    );
    check(
        "aws-sdk:rds:describeDBInstances",
        r#"{"DBInstanceIdentifier": "x"}"#,
        &["warning: `DBInstanceIdentifier` is written `DbInstanceIdentifier`"],
    );
}

#[test]
fn deep_values_end_somewhere() {
    let deep = format!("{}1{}", r#"{"L": ["#.repeat(300), "]}".repeat(300));
    let parameters = format!(r#"{{"TableName": "t", "Item": {{"a": {deep}}}}}"#);
    check("dynamodb:putItem", &parameters, &[]);
}
