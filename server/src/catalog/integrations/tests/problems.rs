//! Reasons of wrong Resources, and silence about right ones.

use super::super::resource::parse;
use super::super::{Certainty, Place, Reason, problems};

/// One line for each problem: reason, certainty, the bytes, the texts after each suggestion.
fn show(text: &str, place: Place) -> Vec<String> {
    let resource = parse(text);
    problems(&resource, place)
        .iter()
        .map(|it| {
            let mut line = format!("{:?} {:?} `{}`", it.certainty, it.reason, &text[it.range.clone()]);
            for suggestion in &it.suggestions {
                let mut better = text.to_owned();
                better.replace_range(suggestion.range.clone(), &suggestion.text);
                line += &format!(" > {}", better.replace("arn:aws:states:::", ""));
            }
            line
        })
        .collect()
}

fn check(text: &str, expected: &[&str]) {
    assert_eq!(show(text, Place::Task), expected, "{text}");
}

#[test]
fn right_resources() {
    for text in [
        "arn:aws:states:::lambda:invoke",
        "arn:aws:states:::lambda:invoke.waitForTaskToken",
        "arn:aws:states:::states:startExecution.sync:2",
        "arn:aws-us-gov:states:::aws-sdk:s3:listObjectsV2",
        "arn:aws:states:::aws-sdk:sfn:startSyncExecution",
        "arn:aws:states:::aws-sdk:dynamodb:query.waitForTaskToken",
        "arn:aws:states:::http:invoke",
        "arn:aws:states:::bedrockagentcore:invokeHarness",
        "arn:aws:states:::aws-sdk:accountaccess:${Action}",
        "arn:aws:lambda:us-east-1:123456789012:function:work",
        "arn:aws:lambda:us-east-1:123456789012:function:work:$LATEST",
        "arn:aws:lambda:${Region}:${Account}:function:${Name}",
        "arn:aws:states:us-east-1:123456789012:activity:wait",
        "arn:${AWS::Partition}:states:::${Service}:getItem",
        "arn:aws:states:::dynamodb:${Action}",
        "${Arn}",
        "#{Arn}",
        "{{resolve:ssm: a }}",
    ] {
        check(text, &[]);
    }
}

#[test]
fn unknown_services_and_actions() {
    check(
        "arn:aws:states:::glu:startJobRun",
        &["Certain UnknownService `glu` > aws-sdk:glue:startJobRun > glue:startJobRun"],
    );
    check(
        "arn:aws:states:::aws-sdk:glu:startJobRun",
        &["Likely UnknownService `glu` > aws-sdk:glue:startJobRun"],
    );
    check(
        "arn:aws:states:::aws-sdk:events:putRule",
        &["Likely UnknownService `events` > aws-sdk:eventbridge:putRule > aws-sdk:eventbridgev2:putRule"],
    );
    check("arn:aws:states:::ssm:getParameter", &["Certain UnknownService `ssm` > aws-sdk:ssm:getParameter"]);
    check("arn:aws:states:::dynamodb:query", &["Certain UnknownAction `query` > aws-sdk:dynamodb:query"]);
    check("arn:aws:states:::glue:startJobRuns", &["Certain UnknownAction `startJobRuns` > glue:startJobRun"]);
    check(
        "arn:aws:states:::aws-sdk:s3:listObjectV2",
        &["Likely UnknownAction `listObjectV2` > aws-sdk:s3:listObjectsV2 > aws-sdk:s3:listObjects"],
    );
    check("arn:aws:states:::aws-sdk:newservice2031:doThings", &["Likely UnknownService `newservice2031`"]);
    check("arn:aws:states:::", &["Certain UnknownService ``"]);
    check("arn:aws:states:::lambda", &["Certain UnknownAction ``"]);
    check("arn:aws:states:::aws-sdk:qldb:createLedger", &["Note RetiredService `qldb`"]);
    check(
        "arn:aws:states:::aws-sdk:apigatewaymanagementapi:postToConnection",
        &["Certain UnlistedService `apigatewaymanagementapi`"],
    );
    check("arn:aws:states:::aws-sdk:neptunedata:getEngineStatus", &["Note UnlistedService `neptunedata`"]);
    check("arn:aws:states:::aws-sdk:sts:assumeRole", &["Likely UnsupportedAction `assumeRole`"]);
    check(
        "arn:aws:states:::aws-sdk:bedrockruntime:converseStream",
        &["Likely StreamingAction `converseStream`"],
    );
}

#[test]
fn casing() {
    check(
        "arn:aws:states:::aws-sdk:dynamodb:DescribeTable",
        &["Certain WrongCasing `DescribeTable` > aws-sdk:dynamodb:describeTable"],
    );
    check(
        "arn:aws:states:::aws-sdk:DynamoDB:describeTable",
        &["Certain WrongCasing `DynamoDB` > aws-sdk:dynamodb:describeTable"],
    );
    check(
        "arn:aws:states:::aws-sdk:bedrock-runtime:converse",
        &["Certain WrongCasing `bedrock-runtime` > aws-sdk:bedrockruntime:converse"],
    );
    check("arn:aws:states:::Lambda:invoke", &["Certain WrongCasing `Lambda` > lambda:invoke"]);
}

#[test]
fn patterns() {
    check(
        "arn:aws:states:::dynamodb:getItem.sync",
        &["Certain UnsupportedPattern `.sync` > dynamodb:getItem"],
    );
    check(
        "arn:aws:states:::glue:startJobRun.waitForTaskToken",
        &["Certain UnsupportedPattern `.waitForTaskToken` > glue:startJobRun > glue:startJobRun.sync"],
    );
    check("arn:aws:states:::batch:submitJob.waitForTaskToken", &["Note DoubtfulPattern `.waitForTaskToken`"]);
    check(
        "arn:aws:states:::lambda:invoke.waitForTasktoken",
        &["Certain UnknownPattern `.waitForTasktoken` > lambda:invoke.waitForTaskToken"],
    );
    check(
        "arn:aws:states:::glue:startJobRun.sync:3",
        &["Certain UnknownPattern `.sync:3` > glue:startJobRun.sync"],
    );
    check(
        "arn:aws:states:::aws-sdk:glue:startJobRun.sync",
        &["Certain SdkSync `.sync` > glue:startJobRun.sync > aws-sdk:glue:startJobRun"],
    );
    check(
        "arn:aws:states:::aws-sdk:ec2:runInstances.sync",
        &["Certain SdkSync `.sync` > aws-sdk:ec2:runInstances"],
    );
    check(
        "arn:aws:states:::aws-sdk:ec2:newThing.sync",
        &["Likely UnknownAction `newThing`", "Certain SdkSync `.sync` > aws-sdk:ec2:newThing"],
    );
}

#[test]
fn other_parts() {
    check(
        "arn:aws:states:us-east-1:123456789012:aws-sdk:s3:getObject",
        &[
            "Note RegionOrAccount `us-east-1` > arn:aws:states::123456789012:aws-sdk:s3:getObject",
            "Note RegionOrAccount `123456789012` > arn:aws:states:us-east-1::aws-sdk:s3:getObject",
        ],
    );
    check(
        "arn:aws:states:::lambda :invoke",
        &["Certain Spaces ` ` > lambda:invoke", "Certain WrongCasing `lambda ` > lambda:invoke"],
    );
    check("arn:amazon:states:::lambda:invoke", &["Certain BadPartition `amazon` > lambda:invoke"]);
    check("arn::states:::sns:publish", &["Certain BadPartition `` > sns:publish"]);
    check(
        "arn:aws:states::glue:startJobRun.sync",
        &["Certain MissingColons `arn:aws:states::glue:startJobRun.sync` > glue:startJobRun.sync"],
    );
    check(
        "arn:aws:states:aws-sdk:s3:getObject",
        &["Certain MissingColons `arn:aws:states:aws-sdk:s3:getObject` > aws-sdk:s3:getObject"],
    );
    check("lambda:invoke", &["Certain NotAnArn `lambda:invoke` > lambda:invoke"]);
    check("Worker", &["Certain NotAnArn `Worker`"]);
    check("", &["Certain NotAnArn ``"]);
    check(
        "arn:aws:states:us-east-1:123456789012:stateMachine:x",
        &[
            "Certain NotCallable `arn:aws:states:us-east-1:123456789012:stateMachine:x` > states:startExecution",
        ],
    );
    check(
        "arn:aws:sqs:us-east-1:123456789012:queue",
        &["Certain NotCallable `arn:aws:sqs:us-east-1:123456789012:queue` > sqs:sendMessage"],
    );
    check(
        "arn:aws:lambda:us-east-1::function:x",
        &["Likely Incomplete `arn:aws:lambda:us-east-1::function:x`"],
    );
    check("arn:aws:lambda:::function", &["Certain Incomplete `arn:aws:lambda:::function`"]);
}

#[test]
fn resources_of_map_fields() {
    let reader = "arn:aws:states:::s3:getObject";
    assert_eq!(show(reader, Place::ItemReader), [""; 0]);
    assert_eq!(show(reader, Place::Task), ["Certain WrongPlace `getObject` > aws-sdk:s3:getObject"]);
    assert_eq!(show(reader, Place::ResultWriter).len(), 1);
    assert_eq!(show("arn:aws:states:::s3:putObject", Place::ResultWriter), [""; 0]);
    assert_eq!(show("arn:aws:states:::lambda:invoke", Place::ItemReader).len(), 1);
}

#[test]
fn no_text_breaks_it() {
    let pieces = [
        "arn", ":", "aws", "states", "lambda", "function", "aws-sdk", "s3", "${", "}", "{{", "ü", " ", ".",
        "sync", "😀",
    ];
    let mut state = 7usize;
    for _ in 0..20_000 {
        let mut text = String::new();
        for _ in 0..state % 14 {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            text += pieces[(state >> 33) % pieces.len()];
        }
        state = state.wrapping_add(1);
        for problem in problems(&parse(&text), Place::Task) {
            assert!(text.get(problem.range.clone()).is_some(), "{text}");
            assert!(problem.suggestions.iter().all(|it| text.get(it.range.clone()).is_some()), "{text}");
            assert!(problem.reason != Reason::RegionOrAccount || problem.certainty == Certainty::Note);
        }
    }
}
