//! Tests of the whole catalogue. Those against real documents look for them in `../shared` beside the
//! repository, and say so when they skip.

mod corpus;
mod problems;

use std::collections::BTreeSet;
use std::path::PathBuf;

use super::frame::Model;
use super::naming::Naming;
use super::*;

/// Material that is not part of the repository.
pub fn shared(path: &str) -> Option<PathBuf> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../shared").join(path);
    if !path.exists() {
        eprintln!("skipped: there is no ../shared beside the repository");
        return None;
    }
    Some(path)
}

/// The rows of a table after its heading, with quoted cells.
pub fn rows(text: &str) -> Vec<Vec<String>> {
    let mut rows = vec![vec![String::new()]];
    let mut quoted = false;
    let mut letters = text.chars().peekable();
    while let Some(it) = letters.next() {
        let row = rows.last_mut().expect("there is a row");
        let cell = row.last_mut().expect("there is a cell");
        match it {
            '"' if quoted && letters.peek() == Some(&'"') => cell.extend(letters.next()),
            '"' => quoted = !quoted,
            ',' if !quoted => row.push(String::new()),
            '\n' if !quoted => rows.push(vec![String::new()]),
            '\r' if !quoted => {}
            it => cell.push(it),
        }
    }
    rows.retain(|it| it.len() > 1);
    rows.remove(0);
    rows
}

fn check_naming(text: &str) -> usize {
    let rows = rows(text);
    for row in &rows {
        let (model, expected) = (&row[1], &row[2]);
        let name = match row[0].as_str() {
            "service" => naming::service_name(model),
            "member" => naming::sdk_key(model),
            "exception" => naming::exception(model),
            other => panic!("an unknown kind of name: {other}"),
        };
        assert_eq!(&name, expected, "{} {model}", row[0]);
    }
    rows.len()
}

#[test]
fn names_follow_the_sdk() {
    assert_eq!(check_naming(include_str!("naming_vectors.csv")), 369);
    if let Some(path) = shared("catalog/naming_vectors.csv") {
        let text = std::fs::read_to_string(path).expect("the vectors are readable");
        assert_eq!(check_naming(&text), 2064);
    }
}

#[test]
fn plain_names_are_those_that_stay() {
    for service in services() {
        for action in service.actions() {
            for member in action.parameters().iter().filter(|it| naming::is_plain(it.wire_name)) {
                for naming in [Naming::Sdk, Naming::Optimized] {
                    assert_eq!(naming.key(member.wire_name), member.wire_name);
                }
            }
        }
    }
    for word in ["Package", "Equals", "While", "OverrideConfiguration", "iPhone", "DBName", "A", ""] {
        assert!(!naming::is_plain(word), "{word}");
    }
}

#[test]
fn every_frame_decodes_and_every_shape_is_reachable() {
    let mut actions = 0;
    let index = index();
    for entry in index.services.iter().filter(|it| it.action_count > 0) {
        let inputs = Model::read(index.frame(&entry.inputs), Naming::Sdk).expect(entry.token);
        let outputs = Model::read(index.frame(&entry.outputs), Naming::Sdk).expect(entry.token);
        assert_eq!(inputs.operations().len(), entry.action_count, "{}", entry.token);
        assert_eq!(outputs.operations().len(), entry.action_count, "{}", entry.token);
        actions += entry.action_count;
        for model in [&inputs, &outputs] {
            for operation in model.operations() {
                assert_eq!(
                    model.find(model.str(operation.action)).map(|at| &model.operations()[at].name),
                    Some(&operation.name)
                );
                for root in &operation.shapes {
                    walk(Shape::new(model, *root).expect("a root"), &mut BTreeSet::new());
                }
            }
        }
    }
    // These only grow: a service that AWS closes stays in the table.
    assert!(
        index.services.len() >= 467 && actions >= 19_000,
        "{} services, {actions} actions",
        index.services.len()
    );
}

/// Visits each shape once and looks for two members of one name.
fn walk(shape: Shape, seen: &mut BTreeSet<u32>) {
    if !seen.insert(shape.id()) {
        return;
    }
    let mut names = BTreeSet::new();
    for member in shape.members() {
        assert!(!member.name.is_empty());
        assert!(names.insert(member.name), "{:?} has {} twice", shape.name(), member.name);
        walk(member.shape().expect("a member has a shape"), seen);
    }
    for inner in [shape.item(), shape.key(), shape.value()].into_iter().flatten() {
        walk(inner, seen);
    }
}

#[test]
fn broken_bytes_are_no_catalogue_and_no_panic() {
    for length in (0..BLOB.len()).step_by(99_991).chain([1, 8, 19, 20, 21, BLOB.len() - 1]) {
        assert!(Index::read(&BLOB[..length]).is_none(), "cut to {length}");
    }
    let mut state = 1u64;
    let mut random = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state >> 33).unwrap_or_default()
    };
    let entry = index().service("sqs").expect("sqs");
    let frame = index().frame(&entry.inputs);
    let raw = miniz_oxide::inflate::decompress_to_vec(frame).expect("a frame");
    for _ in 0..2_000 {
        let mut edited = raw.clone();
        for _ in 0..3 {
            let at = random() % edited.len();
            edited[at] = u8::try_from(random() % 256).unwrap_or_default();
        }
        let packed = miniz_oxide::deflate::compress_to_vec(&edited, 1);
        if let Some(model) = Model::read(&packed, Naming::Sdk) {
            for operation in model.operations() {
                let roots = operation.shapes.iter().filter_map(|it| Shape::new(&model, *it));
                roots.flat_map(|it| it.members()).for_each(|it| drop(it.shape().map(|it| it.describe())));
            }
        }
    }
}

fn names(action: &Action) -> Vec<&str> {
    action.parameters().iter().map(|it| it.name).collect()
}

fn required(action: &Action) -> Vec<&str> {
    action.parameters().iter().filter(|it| it.required).map(|it| it.name).collect()
}

fn optimized(service: &str, name: &str) -> Action {
    action(Integration::Optimized, service, name).expect("an optimized integration")
}

fn url(action: &Action, parameter: &str) -> String {
    action.parameter_url(&action.parameter(parameter).expect("a parameter"))
}

#[test]
fn seed_glue_start_job_run() {
    let action = optimized("glue", "startJobRun");
    let expected = [
        "JobName",
        "JobRunQueuingEnabled",
        "JobRunId",
        "Arguments",
        "AllocatedCapacity",
        "Timeout",
        "MaxCapacity",
        "SecurityConfiguration",
        "NotificationProperty",
        "WorkerType",
        "NumberOfWorkers",
        "ExecutionClass",
    ];
    for name in expected {
        assert!(action.parameter(name).is_some(), "{name}");
    }
    assert_eq!(required(&action), ["JobName"]);
    assert!(action.parameter("AllocatedCapacity").is_some_and(|it| it.deprecated));
    let page = "https://docs.aws.amazon.com/glue/latest/dg/aws-glue-api-jobs-runs.html#aws-glue-api-jobs-runs-StartJobRun";
    assert_eq!(action.api_url().as_deref(), Some(page));
    assert_eq!(url(&action, "WorkerType"), page);
    assert_eq!(action.patterns(), [Pattern::RequestResponse, Pattern::Sync]);
    assert_eq!(action.iam_action().as_deref(), Some("glue:StartJobRun"));
    let result = action.result(Pattern::Sync).expect("a result");
    let result = result.shape().expect("a shape");
    assert!(result.member("JobRunState").is_some() && result.member("JobName").is_some());
    assert!(action.errors().contains(&"Glue.ConcurrentRunsExceededException".to_owned()));
}

#[test]
fn seed_batch_submit_job() {
    let action = optimized("batch", "submitJob");
    let expected = [
        "JobName",
        "JobQueue",
        "ShareIdentifier",
        "SchedulingPriorityOverride",
        "ArrayProperties",
        "DependsOn",
        "JobDefinition",
        "Parameters",
        "ContainerOverrides",
        "NodeOverrides",
        "RetryStrategy",
        "PropagateTags",
        "Timeout",
        "Tags",
        "EksPropertiesOverride",
        "EcsPropertiesOverride",
        "ConsumableResourcePropertiesOverride",
    ];
    assert_eq!(names(&action), expected);
    assert_eq!(required(&action), ["JobName", "JobQueue", "JobDefinition"]);
    let anchor =
        "https://docs.aws.amazon.com/batch/latest/APIReference/API_SubmitJob.html#Batch-SubmitJob-request-";
    assert_eq!(url(&action, "ArrayProperties"), format!("{anchor}arrayProperties"));
    for name in expected {
        assert!(url(&action, name).starts_with(anchor), "{name}");
    }
    let array = action.parameter("ArrayProperties").and_then(|it| it.shape()).expect("a shape");
    let size = array.member("Size").expect("a member");
    assert_eq!(
        action.member_url(&array, &size).as_deref(),
        Some(
            "https://docs.aws.amazon.com/batch/latest/APIReference/API_ArrayProperties.html#Batch-Type-ArrayProperties-size"
        )
    );
    assert_eq!(action.doubtful_patterns(), [Pattern::WaitForTaskToken]);
}

#[test]
fn seed_sagemaker_jobs() {
    let training = optimized("sagemaker", "createTrainingJob");
    for name in [
        "TrainingJobName",
        "HyperParameters",
        "AlgorithmSpecification",
        "RoleArn",
        "InputDataConfig",
        "OutputDataConfig",
        "ResourceConfig",
        "VpcConfig",
        "StoppingCondition",
        "Tags",
        "EnableNetworkIsolation",
        "EnableManagedSpotTraining",
        "CheckpointConfig",
        "DebugHookConfig",
        "DebugRuleConfigurations",
        "TensorBoardOutputConfig",
        "ExperimentConfig",
        "ProfilerConfig",
        "Environment",
        "RetryStrategy",
    ] {
        assert!(training.parameter(name).is_some(), "{name}");
    }
    assert_eq!(
        url(&training, "ResourceConfig"),
        "https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateTrainingJob.html#sagemaker-CreateTrainingJob-request-ResourceConfig"
    );
    let transform = optimized("sagemaker", "createTransformJob");
    assert_eq!(
        required(&transform),
        ["TransformJobName", "ModelName", "TransformInput", "TransformOutput", "TransformResources"]
    );
    for name in names(&transform) {
        assert!(url(&transform, name).contains("#sagemaker-CreateTransformJob-request-"), "{name}");
    }
    assert_eq!(transform.patterns(), [Pattern::RequestResponse, Pattern::Sync]);
    let kind = transform
        .parameter("TransformResources")
        .and_then(|it| it.shape()?.member("InstanceType")?.shape())
        .expect("a nested shape");
    assert!(kind.enum_values().any(|it| it == "ml.m4.xlarge"));
}

#[test]
fn the_two_regimes_name_things_differently() {
    let value = |integration, action_name: &str| {
        let action = action(integration, "dynamodb", action_name).expect("an action");
        let item = action.parameter("Item").and_then(|it| it.shape()?.value()).expect("a map");
        item.members().map(|it| it.name.to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(
        value(Integration::Optimized, "putItem"),
        ["S", "N", "B", "SS", "NS", "BS", "M", "L", "NULL", "BOOL"]
    );
    assert_eq!(
        value(Integration::Sdk, "putItem"),
        ["S", "N", "B", "Ss", "Ns", "Bs", "M", "L", "Nul", "Bool"]
    );
    let rds = action(Integration::Sdk, "rds", "describeDBInstances").expect("an action");
    assert!(rds.parameter("DbInstanceIdentifier").is_some());
    assert!(rds.errors().contains(&"Rds.DbInstanceNotFoundException".to_owned()));
    let near = rds.input().map(|it| it.nearest_members("DBInstanceIdentifier"));
    assert_eq!(near, Some(vec!["DbInstanceIdentifier"]));
    let copy = action(Integration::Sdk, "s3", "copyObject").expect("an action");
    for name in ["Bucket", "DestinationBucket", "CopySource", "SourceBucket"] {
        assert!(copy.parameter(name).is_some_and(|it| !it.required), "{name}");
    }
}

#[test]
fn own_parameters_of_optimized_integrations() {
    let lambda = optimized("lambda", "invoke");
    assert_eq!(lambda.parameter("Payload").and_then(|it| Some(it.shape()?.kind())), Some(Kind::Json));
    assert_eq!(required(&lambda), ["FunctionName"]);
    let takes_json = |name| lambda.parameter(name).and_then(|it| it.shape()).map(|it| it.takes_any_json());
    assert_eq!([takes_json("Payload"), takes_json("InvocationType")], [Some(true), Some(false)]);
    let bedrock = optimized("bedrock", "invokeModel");
    assert!(bedrock.parameter("Input").is_some_and(|it| it.own));
    assert_eq!(bedrock.one_of(), [["Body", "Input"]]);
    let step = optimized("elasticmapreduce", "addStep");
    assert!(step.parameter("JobFlowId").is_none());
    assert!(required(&step).contains(&"ClusterId") && required(&step).contains(&"Step"));
    let http = optimized("http", "invoke");
    assert_eq!(required(&http), ["ApiEndpoint", "Method"]);
    let format = http
        .parameter("Transform")
        .and_then(|it| it.shape()?.member("RequestEncodingOptions")?.shape()?.member("ArrayFormat")?.shape())
        .expect("a nested shape");
    assert_eq!(format.enum_values().collect::<Vec<_>>(), ["INDICES", "REPEAT", "COMMAS", "BRACKETS"]);
    let run = optimized("ecs", "runTask");
    assert!(
        run.is_refused("StartedBy", Pattern::Sync) && !run.is_refused("StartedBy", Pattern::WaitForTaskToken)
    );
    let start = optimized("states", "startExecution");
    let output = |pattern| {
        let result = start.result(pattern)?;
        Some(result.shape()?.member("Output")?.shape()?.kind())
    };
    assert_eq!(output(Pattern::Sync), Some(Kind::String));
    assert_eq!(output(Pattern::Sync2), Some(Kind::Json));
    assert_eq!(optimized("s3", "getObject").map_field(), Some("ItemReader"));
    let count = services()
        .filter(|it| it.integration == Integration::Optimized)
        .map(|it| it.action_count)
        .sum::<usize>();
    assert_eq!(count, 64 + 3);
}

#[test]
fn what_step_functions_cannot_call_is_marked() {
    let availability =
        |service: &str, name: &str| action(Integration::Sdk, service, name).map(|it| it.availability());
    assert_eq!(availability("glue", "startJobRun"), Some(Availability::Available));
    assert_eq!(availability("bedrockruntime", "converseStream"), Some(Availability::Streaming));
    assert_eq!(availability("sts", "assumeRole"), Some(Availability::Unsupported));
    assert_eq!(
        availability("accountaccess", "listAccounts").unwrap_or(Availability::Unknown),
        Availability::Unknown
    );
    let qldb = service(Integration::Sdk, "qldb").expect("a closed service is known");
    assert_eq!((qldb.support, qldb.action_count), (Support::Retired, 0));
}

#[test]
fn search_finds_actions_by_pieces() {
    let first =
        |query: &str, count: usize| -> Vec<String> { search(query, count).iter().map(Hit::name).collect() };
    let found = first("startJob", 6);
    assert!(found.contains(&"glue:startJobRun.sync".to_owned()), "{found:?}");
    let found = first("s3 list", 20);
    assert!(found.contains(&"aws-sdk:s3:listObjectsV2".to_owned()), "{found:?}");
    assert_eq!(first("listObjectsV2", 1), ["aws-sdk:s3:listObjectsV2"]);
    assert_eq!(first("arn:aws:states:::dynamodb:getItem", 1), ["dynamodb:getItem"]);
    assert_eq!(first("lambda invoke", 1), ["lambda:invoke"]);
    assert_eq!(first("submitJob", 1), ["batch:submitJob.sync"]);
    assert_eq!(first("startExecution", 1), ["states:startExecution.sync:2"]);
    assert_eq!(first("training job create", 1), ["sagemaker:createTrainingJob.sync"]);
    assert_eq!(first("s3putobject", 1), ["aws-sdk:s3:putObject"]);
    assert!(first("gtitem", 5).is_empty() || !first("gtitem", 5).contains(&String::new()));
    assert!(first("", 5).is_empty() && first("  : ", 5).is_empty() && first("ÄÖ😀", 5).is_empty());
    assert_eq!(first("ddb get item dynamodb", 5), [""; 0]);
}

#[test]
fn the_cache_is_bounded() {
    for service in services() {
        for action in service.actions().iter().take(1) {
            let _ = action.result(Pattern::RequestResponse);
        }
    }
    assert!(cache::bytes() < 13 << 20, "{}", cache::bytes());
    // What was dropped comes back.
    assert!(action(Integration::Sdk, "accessanalyzer", "listAnalyzers").is_some());
}
