//! Resources and parameters: the way from a few letters to a call that is complete.

use expect_test::expect;

use super::{accept, complete, labels};
use crate::fixture::at_cursor;

/// A Task with a Resource as it is being typed.
fn resource(typed: &str) -> String {
    format!("{{\"States\": {{\"A\": {{\n  \"Type\": \"Task\",\n  \"Resource\": \"{typed}<|>\"\n}}}}}}")
}

/// A Task that calls something.
fn task(resource: &str, parameters: &str) -> String {
    format!(
        "{{\"States\": {{\"A\": {{\"Type\": \"Task\", \"Resource\": \"arn:aws:states:::{resource}\",\n  \"Parameters\": {parameters}}}}}}}"
    )
}

fn first(source: &str, count: usize) -> Vec<String> {
    labels(source).into_iter().take(count).collect()
}

#[test]
fn services_come_first() {
    for typed in ["", "arn:", "arn:aws:states:::", "arn:aws:sta"] {
        let all = labels(&resource(typed));
        assert_eq!(all[..3], ["apigateway", "athena", "batch"], "{typed}");
        assert_eq!(all.last().map(String::as_str), Some("aws-sdk"));
        assert_eq!(all.len(), 23, "{all:?}");
    }
    assert_eq!(first(&resource("glue"), 3), ["glue", "databrew", "aws-sdk:glue"]);
    assert_eq!(
        first(&resource("arn:aws:states:::aws-sdk:dyna"), 2),
        ["aws-sdk:dynamodb", "aws-sdk:dynamodbstreams"]
    );
    accept(
        &resource("glu"),
        "glue",
        expect![[r#"
            {"States": {"A": {
              "Type": "Task",
              "Resource": "arn:aws:states:::glue:"
            }}}"#]],
    );
    accept(
        "{\"States\": {\"A\": {\n  \"Type\": \"Task\",\n  \"Resource\": \"glu<|>\n}}}",
        "glue",
        expect![[r#"
            {"States": {"A": {
              "Type": "Task",
              "Resource": "arn:aws:states:::glue:"
            }}}"#]],
    );
}

#[test]
fn actions_and_patterns_follow() {
    assert_eq!(
        labels(&resource("arn:aws:states:::states:")),
        [
            "states:startExecution",
            "states:startExecution with required parameters",
            "states:startExecution.sync",
            "states:startExecution.sync with required parameters",
            "states:startExecution.sync:2",
            "states:startExecution.sync:2 with required parameters",
            "states:startExecution.waitForTaskToken",
            "states:startExecution.waitForTaskToken with required parameters",
        ]
    );
    assert_eq!(
        labels(&resource("arn:aws:states:::batch:submitJob.")),
        ["batch:submitJob.sync", "batch:submitJob.sync with required parameters"]
    );
    assert_eq!(
        first(&resource("arn:aws:states:::aws-sdk:s3:getObject."), 1),
        ["aws-sdk:s3:getObject.waitForTaskToken"]
    );
    let sts = labels(&resource("arn:aws:states:::aws-sdk:sts:assume"));
    assert!(!sts.contains(&"aws-sdk:sts:assumeRole".to_owned()), "it cannot be called");
    assert!(labels(&resource("arn:aws:lambda:eu-west-1:")).is_empty());
}

#[test]
fn pieces_of_names_are_enough() {
    assert!(first(&resource("startJob"), 8).contains(&"glue:startJobRun.sync".to_owned()));
    assert!(first(&resource("s3 list"), 8).contains(&"aws-sdk:s3:listObjectsV2".to_owned()));
    for typed in ["", "e", "get", "aws-sdk:", "aws-sdk:ec2:", "describe", "aws-sdk:e"] {
        let (analysis, offset) = at_cursor(&resource(typed));
        let found = complete(&analysis, offset);
        assert!(found.items.len() < 200 && !found.items.is_empty(), "{typed}: {}", found.items.len());
        assert!(found.incomplete);
        let typed = format!("\"{typed}");
        assert!(found.items.iter().all(|it| it.filter == typed), "the editor filters nothing out");
    }
}

#[test]
fn the_whole_arn_is_written() {
    for typed in [
        "startJob",
        "glue:st",
        "arn:aws:states:::glue:startJobRun",
        "arn:aws:states:::startJobRun",
        "arn:aws:states::glue:start",
        "arn:aws:states:glue:start",
        "arn:aws:states:::glue:startJobRun.s",
    ] {
        accept(
            &resource(typed),
            "glue:startJobRun.sync",
            expect![[r#"
                {"States": {"A": {
                  "Type": "Task",
                  "Resource": "arn:aws:states:::glue:startJobRun.sync"
                }}}"#]],
        );
    }
    accept(
        "{\"States\": {\"A\": {\"Type\": \"Task\", \"Resource\": \"arn:aws-cn:states:::sns:pu<|>blah.sync\"}}}",
        "sns:publish",
        expect![[r#"{"States": {"A": {"Type": "Task", "Resource": "arn:aws-cn:states:::sns:publish"}}}"#]],
    );
    // The partition of the other states.
    accept(
        "{\"States\": {\"B\": {\"Type\": \"Task\", \"Resource\": \"arn:${AWS::Partition}:states:::sns:publish\"},\n\"A\": {\"Type\": \"Task\", \"Resource\": \"sqs<|>\"}}}",
        "sqs:sendMessage",
        expect![[r#"
            {"States": {"B": {"Type": "Task", "Resource": "arn:${AWS::Partition}:states:::sns:publish"},
            "A": {"Type": "Task", "Resource": "arn:${AWS::Partition}:states:::sqs:sendMessage"}}}"#]],
    );
    accept(
        "{\"States\": {\"A\": {\"Type\": \"Map\", \"ItemReader\": {\"Resource\": \"<|>\"}}}}",
        "s3:listObjectsV2",
        expect![[
            r#"{"States": {"A": {"Type": "Map", "ItemReader": {"Resource": "arn:aws:states:::s3:listObjectsV2"}}}}"#
        ]],
    );
}

#[test]
fn required_parameters_come_along() {
    accept(
        &resource("batch:sub"),
        "batch:submitJob with required parameters",
        expect![[r#"
        {"States": {"A": {
          "Type": "Task",
          "Resource": "arn:aws:states:::batch:submitJob",
          "Parameters": {
            "JobName": "",
            "JobQueue": "",
            "JobDefinition": ""
          }
        }}}"#]],
    );
    accept(
        "{\n  \"States\": {\n    \"A\": {\n      \"Type\": \"Task\",\n      \"Resource\": \"lambda<|>\n      \"End\": true\n    }\n  }\n}",
        "lambda:invoke with required parameters",
        expect![[r#"
            {
              "States": {
                "A": {
                  "Type": "Task",
                  "Resource": "arn:aws:states:::lambda:invoke",
                  "Parameters": {
                    "FunctionName": ""
                  },
                  "End": true
                }
              }
            }"#]],
    );
    accept(
        "QueryLanguage: JSONata\nStates:\n  A:\n    Type: Task\n    Resource: glue<|>\n    End: true\n",
        "glue:startJobRun.sync with required parameters",
        expect![[r#"
            QueryLanguage: JSONata
            States:
              A:
                Type: Task
                Resource: arn:aws:states:::glue:startJobRun.sync
                Arguments:
                  JobName: ""
                End: true
        "#]],
    );
    let has = task("x", "{}").replace("arn:aws:states:::x", "glue<|>");
    assert!(!labels(&has).iter().any(|it| it.ends_with("parameters")));
}

#[test]
fn resources_in_yaml() {
    let machine =
        |typed: &str| format!("States:\n  A:\n    Type: Task\n    Resource: {typed}\n    End: true\n");
    for typed in ["sqs<|>", "\"sqs<|>\"", "arn:aws:states:::sqs:<|>"] {
        assert!(labels(&machine(typed)).contains(&"sqs:sendMessage".to_owned()), "{typed}");
    }
    accept(
        &machine("arn:aws:states:::sqs:se<|>nd"),
        "sqs:sendMessage.waitForTaskToken",
        expect![[r#"
        States:
          A:
            Type: Task
            Resource: arn:aws:states:::sqs:sendMessage.waitForTaskToken
            End: true
    "#]],
    );
    accept(
        &machine("arn:aws:states:::sqs:<|>"),
        "sqs:sendMessage",
        expect![[r#"
        States:
          A:
            Type: Task
            Resource: arn:aws:states:::sqs:sendMessage
            End: true
    "#]],
    );
    accept(
        &machine("glu<|>"),
        "glue",
        expect![[r#"
        States:
          A:
            Type: Task
            Resource: "arn:aws:states:::glue:"
            End: true
    "#]],
    );
}

#[test]
fn resources_in_brackets_of_yaml() {
    accept(
        "States:\n  A: { Type: Task, Resource: arn:aws:states:::sq<|>s:x, End: true }\n",
        "sqs:sendMessage",
        expect![[r#"
            States:
              A: { Type: Task, Resource: "arn:aws:states:::sqs:sendMessage", End: true }
        "#]],
    );
}

#[test]
fn parameters_required_first() {
    let glue = labels(&task("glue:startJobRun.sync", "{<|>}"));
    assert_eq!(glue[..4], ["JobName", "JobName.$", "JobRunQueuingEnabled", "JobRunQueuingEnabled.$"]);
    assert_eq!(glue.last().map(String::as_str), Some("AllocatedCapacity.$"), "deprecated ones come last");
    assert!(
        !labels(&task("glue:startJobRun", "{\"JobName.$\": \"$.x\", \"<|>\"}"))
            .contains(&"JobName".to_owned())
    );
    let jsonata = task("glue:startJobRun", "{<|>}")
        .replace("Parameters", "Arguments")
        .replace("{\"States\"", "{\"QueryLanguage\": \"JSONata\", \"States\"");
    assert!(labels(&jsonata).iter().all(|it| !it.ends_with(".$")));
    assert!(labels(&jsonata).contains(&"JobName".to_owned()));
    assert!(labels(&task("lambda:invoke", "{\"Payload\": {<|>}}")).is_empty(), "payloads are data");
    assert!(labels(&task("glue:nothing", "{<|>}")).is_empty());
}

#[test]
fn the_seeds_down_to_the_leaves() {
    let batch = |text: &str| task("batch:submitJob.sync", text);
    accept(
        &batch("{\"Job<|>\"}"),
        "JobQueue",
        expect![[r#"
        {"States": {"A": {"Type": "Task", "Resource": "arn:aws:states:::batch:submitJob.sync",
          "Parameters": {"JobQueue": ""}}}}"#]],
    );
    accept(
        &batch("{\n    \"JobName\": \"x\",\n    Cont<|>\n  }"),
        "ContainerOverrides",
        expect![[r#"
        {"States": {"A": {"Type": "Task", "Resource": "arn:aws:states:::batch:submitJob.sync",
          "Parameters": {
            "JobName": "x",
            "ContainerOverrides": {}
          }}}}"#]],
    );
    assert_eq!(
        first(&batch("{\"ContainerOverrides\": {\"ResourceRequirements\": [{<|>}]}}"), 4),
        ["Value", "Value.$", "Type", "Type.$"]
    );
    assert_eq!(
        labels(&batch("{\"ContainerOverrides\": {\"ResourceRequirements\": [{\"Type\": \"<|>\"}]}}")),
        ["GPU", "VCPU", "MEMORY"]
    );
    accept(
        &batch("{\"ContainerOverrides\": {\"ResourceRequirements\": [{\"Type\": \"V<|>\"}]}}"),
        "VCPU",
        expect![[r#"
            {"States": {"A": {"Type": "Task", "Resource": "arn:aws:states:::batch:submitJob.sync",
              "Parameters": {"ContainerOverrides": {"ResourceRequirements": [{"Type": "VCPU"}]}}}}}"#]],
    );
    accept(
        &batch("{\"ContainerOverrides\": {<|>\n\"Command\": []}}"),
        "ResourceRequirements",
        expect![[r#"
        {"States": {"A": {"Type": "Task", "Resource": "arn:aws:states:::batch:submitJob.sync",
          "Parameters": {"ContainerOverrides": {"ResourceRequirements": [{}],
        "Command": []}}}}}"#]],
    );
    let transform = |text: &str| task("sagemaker:createTransformJob.sync", text);
    accept(
        &transform("{\"TransformJob<|>\"}"),
        "TransformJobName.$",
        expect![[r#"
        {"States": {"A": {"Type": "Task", "Resource": "arn:aws:states:::sagemaker:createTransformJob.sync",
          "Parameters": {"TransformJobName.$": "$"}}}}"#]],
    );
    assert_eq!(
        labels(&transform(
            "{\"TransformInput\": {\"DataSource\": {\"S3DataSource\": {\"S3DataType\": \"<|>\"}}}}"
        ))[..2],
        ["ManifestFile", "S3Prefix"]
    );
    assert!(
        labels(&transform("{\"TransformResources\": {\"InstanceType\": \"<|>\"}}"))
            .contains(&"ml.m5.large".to_owned())
    );
    accept(
        &task("sagemaker:createTrainingJob", "{\"EnableNetworkIsolation\": <|>}"),
        "true",
        expect![[r#"
        {"States": {"A": {"Type": "Task", "Resource": "arn:aws:states:::sagemaker:createTrainingJob",
          "Parameters": {"EnableNetworkIsolation": true}}}}"#]],
    );
    assert_eq!(
        labels(&task("sagemaker:createTrainingJob", "{\"EnableNetworkIsolation.$\": <|>}")),
        ["$", "$.", "$$.", "States."]
    );
}

#[test]
fn nothing_where_nothing_fits() {
    for text in [
        "{\"States\": {\"A\": {\"Type\": \"Task\", \"Resource\"<|>: \"x\"}}}",
        "{\"States\": {\"A\": {\"Type\": \"Task\", \"Resource\": <|>\"x\"}}}",
        "{\"States\": {\"A\": {\"Type\": \"Task\", \"Resource\": \"x\"<|>}}}",
        "{\"States\": {}}\n<|>",
    ] {
        assert!(labels(text).is_empty(), "{text}");
    }
}

#[test]
fn parameters_in_yaml() {
    let machine = |lines: &str| {
        format!(
            "States:\n  A:\n    Type: Task\n    Resource: arn:aws:states:::batch:submitJob\n    Parameters:\n{lines}    End: true\n"
        )
    };
    assert_eq!(first(&machine("      <|>\n"), 2), ["JobName", "JobName.$"]);
    assert_eq!(first(&machine("      JobName: x\n      Job<|>\n"), 1), ["JobQueue"]);
    accept(
        &machine("      JobName: x\n      Cont<|>:\n        Memory: 1\n"),
        "ContainerOverrides",
        expect![[r#"
            States:
              A:
                Type: Task
                Resource: arn:aws:states:::batch:submitJob
                Parameters:
                  JobName: x
                  ContainerOverrides:
                    Memory: 1
                End: true
        "#]],
    );
    accept(
        &machine("      JobName: x\n      JobQ<|>\n"),
        "JobQueue.$",
        expect![[r#"
        States:
          A:
            Type: Task
            Resource: arn:aws:states:::batch:submitJob
            Parameters:
              JobName: x
              JobQueue.$: $
            End: true
    "#]],
    );
    let inner =
        |line: &str| machine(&format!("      ContainerOverrides:\n        ResourceRequirements:\n{line}"));
    assert_eq!(first(&inner("          - <|>\n"), 2), ["Value", "Value.$"]);
    assert_eq!(labels(&inner("          - Value: 1\n            Type: <|>\n")), ["GPU", "VCPU", "MEMORY"]);
    accept(
        &inner("          - Value: '1'\n            Ty<|>\n"),
        "Type",
        expect![[r#"
        States:
          A:
            Type: Task
            Resource: arn:aws:states:::batch:submitJob
            Parameters:
              ContainerOverrides:
                ResourceRequirements:
                  - Value: '1'
                    Type: 
            End: true
    "#]],
    );
    assert_eq!(first(&machine("      ContainerOverrides:\n        <|>\n"), 1), ["Command"]);
}
