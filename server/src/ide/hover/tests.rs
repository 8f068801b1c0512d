//! Hovers are shown as their Markdown.

use super::*;
use crate::fixture::at_cursor;
use expect_test::{Expect, expect};

fn check(source: &str, expected: Expect) {
    let (analysis, offset) = at_cursor(source);
    let shown = hover(&analysis, offset);
    expected.assert_eq(&shown.map_or("nothing".into(), |hover| hover.markdown));
}

#[test]
fn states_by_their_key_and_by_what_leads_to_them() {
    let machine = r#"{"StartAt": "A", "States": {"A": {"Type": "Pass", "Next": "B!"},
        "B?": {"Type": "Task", "Resource": "arn:aws:states:::sns:publish", "Next": "A", "Catch": [{"Next": "B"}]}}}"#;
    let shown = |cursor: &str| {
        let source = machine.replace(cursor, "<|>").replace(['!', '?'], "");
        let (analysis, offset) = at_cursor(&source);
        hover(&analysis, offset).map(|hover| hover.markdown)
    };
    assert_eq!(shown("!"), shown("?"));
    expect![[r#"
        **B** – Task state

        Calls `sns:publish` – Amazon Simple Notification Service

        Leads to `A`, `B` (catcher 1)

        Follows `A`, `B`"#]]
    .assert_eq(&shown("?").unwrap());
}

#[test]
fn fields_and_their_values() {
    check(
        r#"{"States": {"A": {"Type": "Task", "Retry": [{"Jitter<|>Strategy": "FULL"}]}}}"#,
        expect![[r#"
            3 retries, after at most 1, 2, 4 s; 7 seconds in all.

            **JitterStrategy** – one of a few words · default `NONE`

            Whether waits are randomised, so that many executions do not retry at the same moment.

            - `NONE` – Waits exactly as long as computed.
            - `FULL` – Waits a random time between zero and the computed delay.

            [Documentation](https://states-language.net/spec.html#retrying-after-error)"#]],
    );
    check(
        r#"{"States": {"A": {"Type": "Wa<|>it"}}}"#,
        expect![[r#"
            **Wait state**

            Pauses for a number of seconds or until a moment, then hands its input on.

            Takes `Comment`, `QueryLanguage`, `Seconds`, `SecondsPath`, `Timestamp`, `TimestampPath`, `InputPath`, `OutputPath`, `Assign`, `Next`, `End`

            [Documentation](https://docs.aws.amazon.com/step-functions/latest/dg/state-wait.html)"#]],
    );
    check(r#"{"States": {"A": {"Type": "Task", "Parameters": {"Ne<|>xt": 1}}}}"#, expect![["nothing"]]);
}

#[test]
fn errors_of_fail_states_come_from_inside() {
    let machine = |list: &str| {
        format!(
            r#"{{"States": {{"P": {{"Type": "Parallel", "Branches": [{{"States": {{
                "F": {{"Type": "Fail", "Error": "Late"}}}}}}], "Catch": [{{"ErrorEquals": ["{list}"]}}]}},
                "G": {{"Type": "Fail", "Error": "Other"}}}}}}"#
        )
    };
    let shown = |list: &str| {
        let (analysis, offset) = at_cursor(&machine(list));
        hover(&analysis, offset).unwrap().markdown
    };
    assert!(shown("La<|>te").contains("Raised by `F`"));
    assert!(!shown("Oth<|>er").contains("Raised by"));
}

/// A Task that calls something.
fn task(resource: &str, parameters: &str) -> String {
    format!(
        r#"{{"States": {{"A": {{"Type": "Task", "Resource": "arn:aws:states:::{resource}", "Parameters": {parameters}}}}}}}"#
    )
}

/// The part of the text that a hover is about.
fn about(source: &str) -> String {
    let (analysis, offset) = at_cursor(source);
    hover(&analysis, offset).map_or(String::new(), |it| analysis.text.slice(it.range))
}

#[test]
fn a_resource_by_its_parts() {
    check(
        &task("gl<|>ue:startJobRun.sync", "{}"),
        expect![[r#"
        **AWS Glue** – optimized integration

        - `startJobRun` (`.sync`)

        Its errors begin with `Glue.`

        [Step Functions guide](https://docs.aws.amazon.com/step-functions/latest/dg/connect-glue.html)"#]],
    );
    check(
        &task("glue:start<|>JobRun.sync", "{}"),
        expect![[r#"
            **glue:startJobRun** – AWS Glue, optimized integration

            Waits until the job is finished.

            - `JobName` – text, **required**
            - `JobRunQueuingEnabled` – `true` or `false`
            - `JobRunId` – text
            - `Arguments` – map of text
            - `Timeout` – whole number
            - `MaxCapacity` – number
            - `SecurityConfiguration` – text
            - `NotificationProperty` – object `NotificationProperty`
            - `WorkerType` – one of a few words
            - `NumberOfWorkers` – whole number
            - `ExecutionClass` – one of a few words
            - `ExecutionRoleSessionPolicy` – text
            - `AllocatedCapacity` – whole number, deprecated

            Needs the permission `glue:StartJobRun`.

            Errors: `Glue.AWSGlueException`, `Glue.ConcurrentRunsExceededException`, `Glue.EntityNotFoundException`, `Glue.InvalidInputException`, `Glue.InternalServiceException`, `Glue.OperationTimeoutException`, `Glue.ResourceNumberLimitExceededException`

            [API reference](https://docs.aws.amazon.com/glue/latest/dg/aws-glue-api-jobs-runs.html#aws-glue-api-jobs-runs-StartJobRun)

            [Step Functions guide](https://docs.aws.amazon.com/step-functions/latest/dg/connect-glue.html)"#]],
    );
    check(
        &task("glue:startJobRun.sy<|>nc", "{}"),
        expect![[r#"
        **.sync** – Waits until the job is finished.

        Standard workflows only.

        [Step Functions guide](https://docs.aws.amazon.com/step-functions/latest/dg/connect-to-resource.html#connect-sync)"#]],
    );
    check(
        &task("aws-sdk:s3:getObj<|>ect", "{}"),
        expect![[r#"
            **aws-sdk:s3:getObject** – Amazon Simple Storage Service, AWS SDK integration

            Goes on as soon as the service has answered.

            - `Bucket` – text, **required**
            - `Key` – text, **required**
            - `IfMatch` – text
            - `IfModifiedSince` – timestamp
            - `IfNoneMatch` – text
            - `IfUnmodifiedSince` – timestamp
            - `Range` – text
            - `ResponseCacheControl` – text
            - `ResponseContentDisposition` – text
            - `ResponseContentEncoding` – text
            - `ResponseContentLanguage` – text
            - `ResponseContentType` – text
            - `ResponseExpires` – timestamp
            - `VersionId` – text
            - `SseCustomerAlgorithm` – text
            - `SseCustomerKey` – text

            Also `SseCustomerKeyMD5`, `RequestPayer`, `PartNumber`, `ExpectedBucketOwner`, `ChecksumMode`

            Needs the permission `s3:GetObject`.

            Errors: `S3.NoSuchKeyException`, `S3.InvalidObjectStateException`, `S3.S3Exception`, `S3.SdkClientException`

            [API reference](https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html)

            [Step Functions guide](https://docs.aws.amazon.com/step-functions/latest/dg/supported-services-awssdk.html)"#]],
    );
    check(
        &task("aws-sdk:s<|>3:getObject", "{}"),
        expect![[r#"
        **Amazon Simple Storage Service** – AWS SDK integration

        116 actions

        Its errors begin with `S3.`

        [Step Functions guide](https://docs.aws.amazon.com/step-functions/latest/dg/supported-services-awssdk.html)"#]],
    );
    check(
        &task("http:inv<|>oke", "{}"),
        expect![[r#"
            **http:invoke** – HTTP endpoint, optimized integration

            Goes on as soon as the service has answered.

            - `ApiEndpoint` – text, **required**
            - `Method` – one of a few words, **required**
            - `Authentication` – object `Authentication`, one of `Authentication`, `InvocationConfig` is needed
            - `InvocationConfig` – object `InvocationConfig`, one of `Authentication`, `InvocationConfig` is needed
            - `Headers` – map of any JSON
            - `QueryParameters` – map of any JSON
            - `RequestBody` – any JSON
            - `Transform` – object `Transform`

            One of Authentication and InvocationConfig is needed.

            Needs the permission `states:InvokeHTTPEndpoint`.

            Errors: `States.Http.Socket`

            [Step Functions guide](https://docs.aws.amazon.com/step-functions/latest/dg/call-https-apis.html)"#]],
    );
    check(
        &task("sqs:sendMessage.waitFor<|>TaskToken", "{}"),
        expect![[r#"
        **.waitForTaskToken** – Waits until somebody sends the task token back with `SendTaskSuccess` or `SendTaskFailure`.

        Pass the token on: `$$.Task.Token`, in JSONata states `$states.context.Task.Token`.

        Standard workflows only.

        [Step Functions guide](https://docs.aws.amazon.com/step-functions/latest/dg/connect-to-resource.html#connect-wait-token)"#]],
    );
    assert_eq!(about(&task("gl<|>ue:startJobRun.sync", "{}")), "glue");
    assert_eq!(about(&task("glue:startJob<|>Run.sync", "{}")), "startJobRun");
    assert_eq!(about(&task("glue:startJobRun.sy<|>nc", "{}")), ".sync");
    check(
        r#"{"States": {"A": {"Type": "Task", "Resource": "arn:aws:lambda:eu-west-1:111122223333:function:wo<|>rk:live"}}}"#,
        expect![[r#"
            **Lambda function** `work`, version or alias `live`, in `eu-west-1` of the account `111122223333`

            Invokes a Lambda function; the input of the state is its event.

            [Step Functions guide](https://docs.aws.amazon.com/step-functions/latest/dg/connect-lambda.html)"#]],
    );
    check(
        r#"{"States": {"A": {"Type": "Task", "Resource": "${Fun<|>ction}"}}}"#,
        expect![[r#"
            `${Function}` – placeholder

            Is filled in at deployment, for example by `DefinitionSubstitutions` or `Fn::Sub` of CloudFormation and SAM, or by `templatefile` of Terraform.

            [Documentation](https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-resource-statemachine.html)"#]],
    );
    check(
        r#"{"States": {"A": {"Type": "Map", "ItemReader": {"Resource": "arn:aws:states:::s3:get<|>Object"}}}}"#,
        expect![[r#"
            **s3:getObject** – Amazon Simple Storage Service, optimized integration

            For `ItemReader` of a Distributed Map.

            - `Bucket` – text, **required**
            - `Key` – text, **required**
            - `VersionId` – text
            - `ExpectedBucketOwner` – text

            Needs the permission `s3:GetObject`.

            [Step Functions guide](https://docs.aws.amazon.com/step-functions/latest/dg/input-output-itemreader.html)"#]],
    );
}

#[test]
fn parameters_at_any_depth() {
    check(
        &task("glue:startJobRun", r#"{"JobN<|>ame": "x"}"#),
        expect![[r#"
        **JobName** – text · 1 to 255 characters · required

        Matches `[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*`

        [API reference](https://docs.aws.amazon.com/glue/latest/dg/aws-glue-api-jobs-runs.html#aws-glue-api-jobs-runs-StartJobRun)"#]],
    );
    check(
        &task("glue:startJobRun", r#"{"WorkerType.<|>$": "$.x"}"#),
        expect![[r#"
        **WorkerType** – one of a few words

        One of `Standard`, `G.1X`, `G.2X`, `G.4X`, `G.8X`, `G.025X`, `Z.2X`, `G.12X`, `G.16X`, `R.1X`, `R.2X`, `R.4X`, `R.8X`

        [API reference](https://docs.aws.amazon.com/glue/latest/dg/aws-glue-api-jobs-runs.html#aws-glue-api-jobs-runs-StartJobRun)

        The key ends in `.$`: its value is a path or an intrinsic function."#]],
    );
    let batch = |text: &str| task("batch:submitJob", text);
    check(
        &batch(r#"{"Container<|>Overrides": {}}"#),
        expect![[r#"
        **ContainerOverrides** – object `ContainerOverrides`

        It may have `Vcpus`, `Memory`, `Command`, `InstanceType`, `Environment`, `ResourceRequirements`

        [API reference](https://docs.aws.amazon.com/batch/latest/APIReference/API_SubmitJob.html#Batch-SubmitJob-request-containerOverrides)"#]],
    );
    check(
        &batch(r#"{"ContainerOverrides": {"ResourceRequirements": [{"Ty<|>pe": "GPU"}]}}"#),
        expect![[r#"
        **Type** – one of a few words · required

        One of `GPU`, `VCPU`, `MEMORY`

        [API reference](https://docs.aws.amazon.com/batch/latest/APIReference/API_ResourceRequirement.html#Batch-Type-ResourceRequirement-type)"#]],
    );
    check(
        &batch(r#"{"ContainerOverrides": {"ResourceRequirements": [{"Type": "G<|>PU"}]}}"#),
        expect![[r#"
        `GPU`

        **Type** – one of a few words · required

        One of `GPU`, `VCPU`, `MEMORY`

        [API reference](https://docs.aws.amazon.com/batch/latest/APIReference/API_ResourceRequirement.html#Batch-Type-ResourceRequirement-type)"#]],
    );
    check(&batch(r#"{"ContainerOverrides": {"Nonsense": {"Ty<|>pe": "GPU"}}}"#), expect!["nothing"]);
    check(
        &task(
            "sagemaker:createTransformJob.sync",
            r#"{"TransformInput": {"DataSource": {"S3DataSource": {"S3Data<|>Type": ""}}}}"#,
        ),
        expect![[r#"
            **S3DataType** – one of a few words · required

            One of `ManifestFile`, `S3Prefix`, `AugmentedManifestFile`, `Converse`

            [API reference](https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_TransformS3DataSource.html#sagemaker-Type-TransformS3DataSource-S3DataType)"#]],
    );
    check(
        &task("sagemaker:createTrainingJob.sync", r#"{"Resource<|>Config": {}}"#),
        expect![[r#"
        **ResourceConfig** – object `ResourceConfig`

        It may have `InstanceType`, `InstanceCount`, `VolumeSizeInGB`, `VolumeKmsKeyId`, `KeepAlivePeriodInSeconds`, `InstanceGroups`, `TrainingPlanArn`, `InstancePlacementConfig`, `InstancePreferences`, `SelectedInstanceType`, `SelectedInstanceCount`

        [API reference](https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateTrainingJob.html#sagemaker-CreateTrainingJob-request-ResourceConfig)"#]],
    );
    check(&task("lambda:invoke", r#"{"Payload": {"Function<|>Name": 1}}"#), expect!["nothing"]);
    check(
        "QueryLanguage: JSONata\nStates:\n  A:\n    Type: Task\n    Resource: arn:aws:states:::dynamodb:putItem\n    Arguments:\n      Item:\n        id:\n          S<|>: x\n",
        expect![[r#"
            **S** – text

            [API reference](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_AttributeValue.html#DDB-Type-AttributeValue-S)"#]],
    );
}

#[test]
fn the_text_of_models_on_this_machine_is_shown_where_the_settings_name_them() {
    let folder = tempfile::tempdir().unwrap();
    let model = folder.path().join("sqs/2012-11-05");
    std::fs::create_dir_all(&model).unwrap();
    std::fs::write(
        model.join("service-2.json"),
        r#"{"metadata": {"serviceId": "SQS"}, "operations": {"SendMessage": {"name": "SendMessage",
            "documentation": "<p>Puts a <b>message</b> there.</p>", "input": {"shape": "In"}}},
            "shapes": {"In": {"type": "structure", "members": {"QueueUrl": {"shape": "Url",
            "documentation": "<p>Where it goes.</p>"}}}, "Url": {"type": "string"}}}"#,
    )
    .unwrap();
    let shown = |source: &str| {
        let (text, offset) = crate::fixture::cursor(source);
        let models = Some(folder.path().display().to_string());
        let config = crate::config::Config { models, ..Default::default() };
        let text = asl_grammar::text::Text::new(&text);
        let analysis = crate::analysis::Analysis::new(crate::analysis::Format::Json, text, config.into());
        hover(&analysis, offset).unwrap().markdown
    };
    let machine = r#"{"States": {"A": {"Type": "Task", "Resource": "arn:aws:states:::sqs:sendMe1ssage",
        "Parameters": {"Queue2Url": ""}}}}"#;
    let action = shown(&machine.replace('1', "<|>").replace('2', ""));
    assert!(
        action.ends_with("From the AWS models on this machine:\n\nPuts a **message** there."),
        "{action}"
    );
    let parameter = shown(&machine.replace('2', "<|>").replace('1', ""));
    assert!(parameter.ends_with("Where it goes."), "{parameter}");
}
