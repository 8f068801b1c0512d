//! Where a cursor can be, and what is shown there.
//!
//! A row names a place by the text around it, the cursor as `|`, then what the hover says and what it must not say.
//! Where it says nothing, the first list is empty.

use super::hover;
use crate::fixture::analyse;
use crate::ide::markdown::plain;

type Row = (&'static str, &'static [&'static str], &'static [&'static str]);

fn check(document: &str, rows: &[Row]) -> usize {
    let analysis = analyse(document);
    let mut wrong = String::new();
    for (place, says, hides) in rows {
        let bare = place.replacen('|', "", 1);
        let start = document.find(&bare).unwrap_or_else(|| panic!("{bare} is not in the document"));
        assert_eq!(document.matches(&bare).count(), 1, "{bare} stands more than once");
        let offset = start + place.find('|').expect("the cursor is a bar");
        let found = hover(&analysis, offset);
        if let Some(found) = &found {
            assert!(found.range.start <= offset && offset <= found.range.end, "{place}: {:?}", found.range);
        }
        let shown = found.map_or(String::new(), |it| it.markdown);
        // Two of three editors show the text of tables and of HTML as it is written.
        assert!(
            !shown.contains("|-") && !shown.contains("<br") && !shown.contains("\n\n\n"),
            "{place}: {shown}"
        );
        let plain = plain(&shown);
        assert!(!plain.contains("**") && !plain.contains("]("), "{place}: {plain}");
        let missing = says.iter().filter(|it| !shown.contains(**it)).map(|it| format!("lacks {it:?}"));
        let extra = hides.iter().filter(|it| shown.contains(**it)).map(|it| format!("says {it:?}"));
        let silent = (says.is_empty() && !shown.is_empty()).then(|| "is not silent".to_owned());
        let faults: Vec<String> = missing.chain(extra).chain(silent).collect();
        if !faults.is_empty() {
            wrong += &format!("at {place}: {}\n{shown}\n\n", faults.join(", "));
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
    rows.len()
}

const JSONPATH: &str = r#"{
  "Comment": "Orders. asl-lsp: allow(task-without-retry, no-such-rule)",
  "StartAt": "Run job",
  "TimeoutSeconds": 172800,
  "Version": "1.0",
  "States": {
    "Run job": {
      "Type": "Task",
      "Comment": "Runs *it*.",
      "Resource": "arn:aws:states:::glue:startJobRun.sync",
      "Parameters": {
        "JobName": "${GlueJob}",
        "WorkerType": "G.1X",
        "NumberOfWorkers": 5,
        "Arguments": { "--date.$": "$.date", "--queue": "arn:aws:sqs:eu-west-1:111122223333:orders" },
        "NotificationProperty": { "NotifyDelayAfter": 90 }
      },
      "Credentials": { "RoleArn": "arn:aws:iam::111122223333:role/glue-runner" },
      "TimeoutSeconds": 5400,
      "HeartbeatSeconds": 30,
      "ResultPath": "$.job",
      "Retry": [
        { "ErrorEquals": ["Glue.ConcurrentRunsExceededException", "States.Timeout"],
          "IntervalSeconds": 10, "MaxAttempts": 4, "BackoffRate": 1.5, "MaxDelaySeconds": 20, "JitterStrategy": "FULL" }
      ],
      "Catch": [
        { "ErrorEquals": ["Too.Late", "S3.NoSuchKeyException"], "Next": "Late", "ResultPath": null },
        { "ErrorEquals": ["States.ALL"], "Next": "Failed" }
      ],
      "Next": "Decide"
    },
    "Decide": {
      "Type": "Choice",
      "Choices": [
        { "And": [ { "Variable": "$.n", "NumericGreaterThan": 3 }, { "Variable": "$.n", "IsPresent": true } ], "Next": "Pause" },
        { "Variable": "$.at", "TimestampLessThan": "2030-01-31T10:00:00+01:00", "Next": "Fan out" },
        { "Variable": "$.name", "StringMatches": "a*", "Next": "Each" }
      ],
      "Default": "Failed"
    },
    "Pause": { "Type": "Wait", "Timestamp": "2031-02-01T00:00:00Z", "Next": "Fan out" },
    "Fan out": {
      "Type": "Parallel",
      "Branches": [ { "StartAt": "Inner", "States": {
        "Inner": { "Type": "Task", "Resource": "arn:aws:lambda:eu-west-1:111122223333:function:work:live",
          "Retry": [ { "ErrorEquals": ["Lambda.TooManyRequestsException", "ValueError"], "MaxAttempts": 0 } ], "End": true }
      } } ],
      "Next": "Each"
    },
    "Each": {
      "Type": "Map",
      "ItemReader": {
        "Resource": "arn:aws:states:::s3:getObject",
        "ReaderConfig": { "InputType": "CSV", "CSVHeaderLocation": "FIRST_ROW" },
        "Parameters": { "Bucket": "${Data.Bucket}", "Key": "in.csv" }
      },
      "ItemProcessor": {
        "ProcessorConfig": { "Mode": "DISTRIBUTED", "ExecutionType": "STANDARD" },
        "StartAt": "Store",
        "States": {
          "Store": { "Type": "Task", "Resource": "arn:aws:states:::aws-sdk:dynamodb:putItem",
            "Parameters": { "TableName": "${AWS::StackName}-t", "Item": { "id": { "Bool": true } }, "ReturnValues": "ALL_OLD" },
            "Catch": [ { "ErrorEquals": ["DynamoDb.ConditionalCheckFailedException", "States.Http.StatusCode.503"], "Next": "Skip" } ],
            "End": true },
          "Skip": { "Type": "Pass", "Result": { "Next": "Skip", "where": "s3://bucket/a/key" }, "End": true }
        }
      },
      "MaxConcurrency": 100,
      "ToleratedFailurePercentage": 5,
      "End": true
    },
    "Late": { "Type": "Wait", "Seconds": 3600, "Next": "Failed" },
    "Failed": { "Type": "Fail", "Error": "Too.Late", "Cause": "It took too long." }
  }
}
"#;

#[test]
fn a_whole_document_in_jsonpath() {
    let rows: &[Row] = &[
        ("\"Comm|ent\": \"Orders", &["**Comment** – text", "[Documentation]("], &[]),
        ("Ord|ers. asl", &[], &[]),
        (
            "allow(task-without|-retry",
            &["`task-without-retry` – ", "silenced here", "rules.md#task-without-retry"],
            &[],
        ),
        ("no-such-|rule", &[], &[]),
        ("\"Start|At\": \"Run", &["**StartAt** – name of a state", "required"], &[]),
        (
            "\"StartAt\": \"Run| job\"",
            &["**Run job** – Task state", "Calls `glue:startJobRun.sync`"],
            &["StartAt"],
        ),
        (
            "\"Timeout|Seconds\": 172800",
            &["172,800 seconds: 2 days", "**TimeoutSeconds** – whole number"],
            &["jsonata"],
        ),
        ("\"TimeoutSeconds\": 172|800", &["172,800 seconds: 2 days", "**TimeoutSeconds**"], &[]),
        ("\"Versi|on\"", &["**Version**"], &[]),
        ("\"1.|0\"", &["`1.0`"], &[]),
        ("\"Sta|tes\": {\n    \"Run", &["**States** – states by their names", "required"], &[]),
        (
            "    \"Run j|ob\": {",
            &[
                "Runs \\*it\\*.",
                "Leads to `Late` (catcher 1), `Failed` (catcher 2), `Decide`",
                "The machine starts here",
            ],
            &["Follows"],
        ),
        ("\"Ty|pe\": \"Task\",\n      \"Comment", &["**Type** – one of a few words", "- `Choice` – "], &[]),
        (
            "\"Type\": \"Ta|sk\",\n      \"Comment",
            &["**Task state**", "Needs `Resource`", "`Parameters`"],
            &["`Arguments`", "`Output`"],
        ),
        ("\"Comment\": \"Ru|ns", &[], &[]),
        ("\"Reso|urce\": \"arn:aws:states:::glue", &["**Resource** – ARN", "required"], &[]),
        (
            "ar|n:aws:states:::glue",
            &["**glue:startJobRun**", "Waits until the job is finished.", "- `JobName` – text, **required**"],
            &["|"],
        ),
        ("gl|ue:start", &["**AWS Glue** – optimized integration", "`startJobRun` (`.sync`)"], &["JobName"]),
        (
            "glue:startJob|Run",
            &[
                "Needs the permission `glue:StartJobRun`.",
                "Errors: `Glue.AWSGlueException`",
                "[API reference](",
                "[Step Functions guide](",
            ],
            &[],
        ),
        (
            "startJobRun.sy|nc",
            &["**.sync** – Waits until the job is finished.", "Standard workflows only."],
            &["JobName"],
        ),
        ("\"Param|eters\": {\n        \"JobName", &["**Parameters** – object", "JSONPath only"], &[]),
        ("\"Job|Name\"", &["**JobName** – text", "required", "aws-glue-api-jobs-runs-StartJobRun"], &[]),
        ("\"${Glue|Job}\"", &["`${GlueJob}` – placeholder", "filled in at deployment"], &["Also on line"]),
        ("\"Worker|Type\"", &["One of `Standard`, `G.1X`"], &[]),
        ("\"G.|1X\"", &["`G.1X`", "**WorkerType**"], &[]),
        ("\"NumberOfWorkers\": |5", &["**NumberOfWorkers** – whole number"], &["seconds"]),
        ("\"Argum|ents\": { \"--", &["**Arguments** – map of text"], &["JSONata only"]),
        ("\"--da|te.$\"", &[], &[]),
        ("sqs:eu-we|st-1", &["SQS queue `orders`, in `eu-west-1` of the account `111122223333`"], &[]),
        (
            "\"Notify|DelayAfter\"",
            &["**NotifyDelayAfter** – whole number · from 1", "NotificationProperty"],
            &[],
        ),
        ("\"Creden|tials\"", &["**Credentials** – object"], &[]),
        ("\"Role|Arn\"", &["**RoleArn** – ARN of a role"], &[]),
        (
            "role/glue|-runner",
            &["IAM role `glue-runner`, of the account `111122223333`", "**RoleArn**"],
            &["JSONata"],
        ),
        (
            "\"TimeoutSeconds\": 54|00",
            &["5,400 seconds: 1 hour 30 minutes", "Not together with `TimeoutSecondsPath`"],
            &[],
        ),
        (
            "\"HeartbeatSeconds\": 3|0",
            &["**HeartbeatSeconds** – whole number from 1 to 99999999"],
            &["30 seconds"],
        ),
        ("\"Result|Path\": \"$.job\"", &["**ResultPath** – path or `null`", "JSONPath only"], &[]),
        ("\"Ret|ry\": [\n        {", &["**Retry** – list of objects"], &[]),
        ("\"Error|Equals\": [\"Glue.C", &["**ErrorEquals** – list of error names", "required"], &[]),
        (
            "Glue.Concurrent|Runs",
            &[
                "error of AWS Glue",
                "Listed among the errors of `glue:startJobRun`",
                "`States.TaskFailed` and `States.ALL` take it too.",
            ],
            &[],
        ),
        (
            "\"States.Time|out\"",
            &[
                "**States.Timeout** – error of the language",
                "ran longer than `TimeoutSeconds`",
                "`States.ALL` takes it too.",
            ],
            &["`States.TaskFailed`"],
        ),
        (
            "\"IntervalSeconds\": 1|0",
            &[
                "4 retries, after at most 10, 15, 20, 20 s; 1 minute 5 seconds in all.",
                "**IntervalSeconds**",
                "default `1`",
            ],
            &[],
        ),
        ("\"MaxAtt|empts\": 4", &["4 retries", "**MaxAttempts**"], &[]),
        ("\"BackoffRate\": 1|.5", &["4 retries", "**BackoffRate** – number from 1"], &[]),
        ("\"Jitter|Strategy\"", &["- `FULL` – "], &[]),
        ("\"FU|LL\"", &["`FULL` – Waits a random time"], &["`NONE`"]),
        ("\"Too.|Late\", \"S3", &["error of one's own"], &["Lambda", "Raised by"]),
        (
            "S3.NoSuch|Key",
            &[
                "error of Amazon Simple Storage Service",
                "This state calls `glue:startJobRun`, whose errors begin with `Glue.`",
            ],
            &[],
        ),
        (
            "\"Next\": \"La|te\"",
            &["**Late** – Wait state", "Waits 3,600 seconds: 1 hour", "Follows `Run job`"],
            &[],
        ),
        ("\"ResultPath\": nu|ll", &["**ResultPath**", "error output"], &[]),
        ("\"States.A|LL\"", &["**States.ALL**", "stands alone"], &["take it too"]),
        (
            "\"Next\": \"Dec|ide\"",
            &[
                "**Decide** – Choice state",
                "Leads to `Pause` (rule 1), `Fan out` (rule 2), `Each` (rule 3), `Failed` (default)",
            ],
            &[],
        ),
        ("\"Cho|ices\"", &["**Choices** – list of objects", "required"], &[]),
        ("\"A|nd\"", &["**And** – list of objects"], &[]),
        ("\"Vari|able\": \"$.n\", \"Num", &["**Variable** – path"], &[]),
        ("\"NumericGreater|Than\"", &["**NumericGreaterThan** – number"], &[]),
        ("\"NumericGreaterThan\": |3", &["**NumericGreaterThan**"], &["retries"]),
        ("\"IsPre|sent\"", &["**IsPresent** – `true` or `false`"], &[]),
        ("\"IsPresent\": tr|ue", &["**IsPresent**"], &[]),
        ("2030-01-31T1|0", &["Thursday, 31 January 2030, 09:00:00 UTC", "**TimestampLessThan**"], &[]),
        ("\"StringMat|ches\"", &["**StringMatches**", "`*`"], &[]),
        ("\"a|*\"", &["**StringMatches**"], &[]),
        ("\"Def|ault\"", &["**Default** – name of a state"], &[]),
        ("\"Default\": \"Fai|led\"", &["**Failed** – Fail state", "Fails with `Too.Late`"], &[]),
        ("2031-02|-01", &["Saturday, 1 February 2031, 00:00:00 UTC", "**Timestamp**"], &[]),
        ("\"Pau|se\": {", &["Waits until Saturday, 1 February 2031"], &[]),
        ("\"Bran|ches\"", &["**Branches**", "required"], &[]),
        ("\"Inn|er\": {", &["**Inner** – Task state", "Calls `work:live`", "Its branch starts here"], &[]),
        ("function:wo|rk", &["**Lambda function** `work`, version or alias `live`, in `eu-west-1`"], &[]),
        ("Lambda.TooMany|Requests", &["error of AWS Lambda", "Too many invocations"], &[]),
        ("\"Value|Error\"", &["error of one's own", "A Lambda function reports"], &[]),
        ("\"MaxAttempts\": |0", &["These errors are never retried."], &["0 retries"]),
        ("\"En|d\": true }\n      } } ]", &["**End** – `true` or `false`"], &[]),
        ("\"ItemRea|der\"", &["**ItemReader** – object", "Distributed Map only"], &[]),
        ("s3:get|Object", &["For `ItemReader` of a Distributed Map."], &[]),
        ("\"Input|Type\"", &["**InputType**", "- `CSV` – "], &[]),
        ("\"CS|V\"", &["`CSV` – "], &["`JSON` – "]),
        ("\"FIRST|_ROW\"", &["`FIRST_ROW` – "], &[]),
        ("${Data.Bu|cket}", &["attribute of a resource"], &[]),
        ("\"Ke|y\": \"in", &["**Key**"], &[]),
        ("\"Mo|de\"", &["**Mode**", "`INLINE`"], &[]),
        ("\"DISTRI|BUTED\"", &["`DISTRIBUTED` – "], &[]),
        ("\"StartAt\": \"Sto|re\"", &["**Store** – Task state", "Each item starts here"], &[]),
        (
            "aws-sdk:dyna|modb",
            &["**Amazon DynamoDB** – AWS SDK integration", "Its errors begin with `DynamoDb.`"],
            &[],
        ),
        ("dynamodb:put|Item", &["**aws-sdk:dynamodb:putItem**", "API_PutItem.html"], &[]),
        ("${AWS::Stack|Name}", &["pseudo parameter of CloudFormation", "The name of the stack."], &[]),
        ("\"Bo|ol\"", &["**Bool** – `true` or `false`"], &["BOOL`"]),
        ("\"Bool\": tr|ue", &["**Bool**"], &[]),
        ("\"ALL_|OLD\"", &["`ALL_OLD`", "**ReturnValues**"], &[]),
        (
            "ConditionalCheck|Failed",
            &[
                "error of Amazon DynamoDB",
                "nothing was written",
                "Listed among the errors of `aws-sdk:dynamodb:putItem`",
            ],
            &[],
        ),
        ("StatusCode.5|03", &["Service Unavailable"], &[]),
        ("\"Next\": \"Sk|ip\" }", &["**Skip** – Pass state", "Follows `Store`"], &[]),
        ("\"Next\": \"Sk|ip\", \"where", &[], &[]),
        ("\"Ne|xt\": \"Skip\", \"where", &[], &[]),
        ("s3://buck|et", &["S3 object `a/key` in the bucket `bucket`"], &[]),
        ("\"MaxConcurrency\": 10|0", &["**MaxConcurrency**"], &["seconds"]),
        ("\"ToleratedFailure|Percentage\"", &["**ToleratedFailurePercentage**", "from 0 to 100"], &[]),
        (
            "\"Error\": \"Too|.Late\"",
            &["error of one's own", "The execution fails with this name"],
            &["take it too"],
        ),
        ("\"Cau|se\"", &["**Cause** – text"], &[]),
        ("It took |too", &[], &[]),
        ("|{\n  \"Comment", &[], &[]),
    ];
    assert!(check(JSONPATH, rows) >= 95);
}

const JSONATA: &str = r#"QueryLanguage: JSONata
StartAt: Submit
States:
  Submit:
    Type: Task
    Resource: arn:aws:states:::batch:submitJob.sync
    Arguments:
      JobName: nightly
      JobQueue: arn:aws:batch:eu-west-1:111122223333:job-queue/fast
      JobDefinition: ${Definition}
      Timeout:
        AttemptDurationSeconds: 7200
      ContainerOverrides:
        ResourceRequirements:
          - Type: GPU
            Value: "1"
      Tags: {team: "${Definition}"}
    Assign:
      job: "{% $states.result.JobId %}"
    Output: done
    Retry:
      - ErrorEquals: [States.TaskFailed, Batch.ClientException]
        MaxAttempts: 1
    Next: Ask
  Ask:
    Type: Task
    Resource: arn:aws:states:::sqs:sendMessage.waitForTaskToken
    Arguments:
      QueueUrl: ${Queue}
      MessageBody: "{% {'token': $states.context.Task.Token} %}"
    TimeoutSeconds: 604800
    Catch:
      - ErrorEquals:
          - Refused
        Next: Choose
    Next: Choose
  Choose:
    Type: Choice
    Choices:
      - Condition: true
        Next: Later
    Default: Train
  Later:
    Type: Wait
    Seconds: 30
    Next: Train
  Train:
    Type: Task
    QueryLanguage: JSONata
    Resource: arn:aws:states:::sagemaker:createTrainingJob.sync
    Arguments:
      InputDataConfig:
        - DataSource:
            S3DataSource:
              S3DataType: S3Prefix
      ResourceConfig:
        InstanceType: ml.m5.large
      StoppingCondition:
        MaxRuntimeInSeconds: 86400
    Credentials:
      RoleArn: "{% $role %}"
    End: true
"#;

#[test]
fn a_whole_document_in_jsonata_and_yaml() {
    let rows: &[Row] = &[
        ("Query|Language: JSONata\nStart", &["**QueryLanguage**", "- `JSONata` – "], &[]),
        ("QueryLanguage: JSON|ata\nStart", &["`JSONata` – ", "`$states`"], &["intrinsic functions"]),
        ("StartAt: Sub|mit", &["**Submit** – Task state", "Waits until the job is finished."], &[]),
        ("  Sub|mit:", &["Leads to `Ask`", "The machine starts here"], &[]),
        (
            "Type: Ta|sk\n    Resource: arn:aws:states:::batch",
            &["`Arguments`", "`Output`"],
            &["`Parameters`", "`ResultPath`"],
        ),
        ("bat|ch:submitJob", &["**AWS Batch** – optimized integration"], &[]),
        ("batch:submit|Job", &["- `JobDefinition` – text, **required**", "API_SubmitJob.html"], &[]),
        ("submitJob.s|ync", &["**.sync**"], &[]),
        (
            "Argu|ments:\n      JobName",
            &["**Arguments** – object or a JSONata expression", "JSONata only"],
            &[],
        ),
        ("Job|Name:", &["**JobName** – text", "API_SubmitJob.html#Batch-SubmitJob-request-jobName"], &[]),
        ("nigh|tly", &["**JobName**"], &[]),
        ("job-queue/fa|st", &["Batch job queue `fast`, in `eu-west-1`", "**JobQueue**"], &[]),
        ("JobDefinition: ${Defi|nition}", &["`${Definition}` – placeholder", "Also on line 17"], &[]),
        ("team: \"${Def|inition}", &["Also on line 10"], &[]),
        ("Time|out:", &["**Timeout** – object `JobTimeout`"], &[]),
        (
            "AttemptDuration|Seconds",
            &["**AttemptDurationSeconds**", "Batch-Type-JobTimeout-attemptDurationSeconds"],
            &[],
        ),
        ("72|00", &["7,200 seconds: 2 hours", "**AttemptDurationSeconds**"], &[]),
        (
            "Resource|Requirements",
            &[
                "**ResourceRequirements** – list of object `ResourceRequirement`",
                "Each needs `Value`, `Type`",
            ],
            &[],
        ),
        ("Ty|pe: GPU", &["One of `GPU`, `VCPU`, `MEMORY`"], &[]),
        ("Type: G|PU", &["`GPU`", "**Type**"], &[]),
        ("Val|ue: \"1\"", &["**Value** – text"], &[]),
        ("te|am:", &[], &[]),
        ("Ass|ign", &["**Assign** – object of variables"], &[]),
        ("Out|put: done", &["**Output**", "JSONata only"], &[]),
        ("Output: do|ne", &[], &[]),
        ("[States.Task|Failed", &["**States.TaskFailed**"], &["take it too"]),
        (
            "Batch.Client|Exception",
            &["error of AWS Batch", "Listed among the errors of `batch:submitJob`"],
            &[],
        ),
        ("MaxAttempts: |1", &["One retry, after 1 s."], &["in all"]),
        ("Next: A|sk", &["**Ask** – Task state", "sends the task token back"], &[]),
        ("sqs:send|Message", &["**sqs:sendMessage**", "Needs the permission `sqs:SendMessage`."], &[]),
        (".waitFor|TaskToken", &["`$states.context.Task.Token`"], &[]),
        ("Queue|Url", &["**QueueUrl** – text", "required"], &[]),
        ("60|4800", &["604,800 seconds: 7 days"], &[]),
        ("- Ref|used", &["error of one's own", "`SendTaskFailure`"], &["Raised by"]),
        ("  Choo|se:", &["**Choose** – Choice state", "Follows `Ask`"], &[]),
        ("- Condi|tion", &["**Condition**", "JSONata only"], &[]),
        ("Condition: tr|ue", &["**Condition**"], &[]),
        ("Seconds: 3|0", &["**Seconds** – whole number from 0 to 99999999"], &["30 seconds:"]),
        ("  Tra|in:", &["Calls `sagemaker:createTrainingJob.sync`", "Follows `Choose`, `Later`"], &[]),
        ("Type: Wa|it", &["**Wait state**"], &["`SecondsPath`"]),
        (
            "InputData|Config",
            &[
                "**InputDataConfig** – list of object `Channel`",
                "sagemaker-CreateTrainingJob-request-InputDataConfig",
            ],
            &[],
        ),
        (
            "S3Data|Source:",
            &["**S3DataSource** – object `S3DataSource`", "sagemaker-Type-DataSource-S3DataSource"],
            &[],
        ),
        (
            "S3Data|Type",
            &["**S3DataType**", "`ManifestFile`, `S3Prefix`", "sagemaker-Type-S3DataSource-S3DataType"],
            &[],
        ),
        ("S3Pre|fix", &["`S3Prefix`"], &[]),
        ("Instance|Type", &["**InstanceType** – one of ", " words", " more"], &[]),
        ("ml.m5.|large", &["`ml.m5.large`", "**InstanceType**"], &[]),
        ("MaxRuntime|InSeconds", &["**MaxRuntimeInSeconds**"], &[]),
        ("864|00", &["86,400 seconds: 1 day", "sagemaker-Type-StoppingCondition-MaxRuntimeInSeconds"], &[]),
        ("Role|Arn", &["**RoleArn** – ARN of a role or a JSONata expression"], &[]),
        ("E|nd: true", &["**End**"], &[]),
    ];
    assert!(check(JSONATA, rows) >= 50);
}

#[test]
fn broken_documents() {
    let rows = check(
        r#"{ "StartAt": "A", "States": { "A": { "Type": "Task", "Resource": "arn:aws:states:::glue:startJ",
            "Retry": [ { "ErrorEquals": ["States.Time"], "MaxAttempts": "3", "IntervalSeconds": 99999999, "BackoffRate": 1e300,
            "Parameters": { "JobName": , "Wrkr": 1 },
            "Next": "B",
            "Type": "Tsk", "TimeoutSeconds": -5, "HeartbeatSeconds": 1e9 },
          "B": { "Type": "Wait", "Timestamp": "2030-13-01T00:00:00Z", "Seconds": "60" },
          "C": { "Type": "Task", "Resource": "arn:aws:states:::nosuch:thing", "Comment": "asl-lsp: allow(",
            "Catch": [ { "ErrorEquals": ["", "${E}", "Glue."] "Next": "Nowhere" } ] }"#,
        &[
            ("\"StartAt\": \"|A\"", &["**A** – Task state"], &[]),
            ("startJ|\"", &["**AWS Glue**"], &["JobName"]),
            ("\"States.Ti|me\"", &["not known", "belong to the language"], &["error of the language"]),
            ("\"MaxAtt|empts\"", &["**MaxAttempts**"], &["3 retries"]),
            ("99999|999", &["**IntervalSeconds**"], &["inf"]),
            ("1e|300", &["**BackoffRate**"], &["inf"]),
            ("\"Next\": \"|B\"", &["**B** – Wait state"], &[]),
            ("2030-13|-01", &["**Timestamp**"], &["UTC"]),
            ("\"6|0\"", &[], &[]),
            ("nosu|ch", &["**Integration**"], &["`nosuch`"]),
            ("allow|(", &[], &[]),
            ("[\"|\"", &[], &[]),
            ("${|E}", &["placeholder"], &["error of"]),
            ("Glue|.\"", &["error of AWS Glue"], &["Listed among"]),
            ("Now|here", &[], &[]),
        ],
    ) + check(
        "StartAt: A\nStates:\n  A:\n    Type: Task\n    Resource: arn:aws:states:::sns:publish\n    Parameters:\n      TopicArn: arn:aws:sns:eu-west-1:111122223333:news\n      Mess\n    Next: B\n  B:\n    Type: !Ref Kind\n    Seconds: 9\n  C:\n    Type: Pass\n",
        &[
            ("StartAt: |A", &["**A** – Task state"], &[]),
            ("sns:pub|lish", &["**sns:publish**"], &[]),
            ("Topic|Arn", &["**TopicArn** – text"], &[]),
            ("eu-west-1:1111|", &["SNS topic `news`"], &[]),
            ("!Ref Ki|nd", &[], &[]),
        ],
    ) + check("", &[("|", &[], &[])])
        + check("{\"", &[("{|\"", &[], &[])])
        + check("[1, 2]", &[("1|,", &[], &[])]);
    assert!(rows >= 20);
}
