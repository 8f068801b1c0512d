//! Three calls as somebody writes them: a Glue job, a Batch job, a SageMaker training job, from a few letters to the last
//! nested value, keystroke by keystroke, with a look at the documentation of each.

use serde_json::Value;

use crate::typist::{EDITORS, Habits, Typist};

const START: &str = r#"{
  "StartAt": "Run",
  "States": {
    "Run": {
      "Type": "Task",
      "Resource": <|>,
      "End": true
    }
  }
}
"#;

#[test]
fn a_glue_job() {
    for habits in EDITORS {
        let mut typist = starts(habits, "glue", "glue:startJobRun.sync");
        opens(&mut typist, "Parameters", "{");
        let keys = completes_all(&mut typist);
        assert_eq!(keys[0], "JobName", "the required one comes first");
        assert_eq!(
            keys.last().map(String::as_str),
            Some("AllocatedCapacity"),
            "the deprecated one comes last"
        );
        for key in ["Arguments", "NotificationProperty", "WorkerType", "NumberOfWorkers", "Timeout"] {
            assert!(keys.contains(&key.to_owned()), "{key} is not among {keys:?}");
        }
        ends(&mut typist);
        let reference = "https://docs.aws.amazon.com/glue/latest/dg/aws-glue-api-jobs-runs.html#aws-glue-api-jobs-runs-StartJobRun";
        for key in &keys {
            assert_documented(&mut typist, key, reference);
        }
        for (place, words) in [
            ("gl|ue:startJobRun", "AWS Glue"),
            ("startJob|Run", "glue:StartJobRun"),
            (".sy|nc", "Waits until the job is finished."),
        ] {
            let shown = typist.hovers(place);
            assert!(
                shown.contains(words) && shown.contains("](https://docs.aws.amazon.com/"),
                "{place}: {shown}"
            );
        }
    }
}

#[test]
fn a_batch_job() {
    for habits in EDITORS {
        let mut typist = starts(habits, "submitJ", "batch:submitJob.sync");
        opens(&mut typist, "Parameters", "{");
        typist.types("\"");
        // A path stands beside each.
        let plain = typist.labels().into_iter().filter(|it| !it.ends_with(".$"));
        let mut required: Vec<String> = plain.take(3).collect();
        required.sort();
        assert_eq!(required, ["JobDefinition", "JobName", "JobQueue"]);
        for (name, value) in [("JobName", "nightly"), ("JobQueue", "fast"), ("JobDefinition", "render")] {
            opens(&mut typist, name, "\"");
            writes(&mut typist, value);
            next(&mut typist);
        }
        opens(&mut typist, "ContainerOverrides", "{");
        opens(&mut typist, "ResourceRequirements", "[{");
        opens(&mut typist, "Type", "\"");
        let kinds = typist.labels();
        for kind in ["GPU", "VCPU", "MEMORY"] {
            assert!(kinds.contains(&kind.to_owned()), "{kind} is not among {kinds:?}");
        }
        accepts_value(&mut typist, "VCPU");
        next(&mut typist);
        opens(&mut typist, "Value", "\"");
        writes(&mut typist, "4");
        ends(&mut typist);
        let reference = "https://docs.aws.amazon.com/batch/latest/APIReference/";
        for (key, anchor) in [
            ("JobName", "API_SubmitJob.html#Batch-SubmitJob-request-jobName"),
            ("JobQueue", "API_SubmitJob.html#Batch-SubmitJob-request-jobQueue"),
            ("ContainerOverrides", "API_SubmitJob.html#Batch-SubmitJob-request-containerOverrides"),
            (
                "ResourceRequirements",
                "API_ContainerOverrides.html#Batch-Type-ContainerOverrides-resourceRequirements",
            ),
            ("Value", "API_ResourceRequirement.html#Batch-Type-ResourceRequirement-value"),
        ] {
            assert_documented(&mut typist, key, &format!("{reference}{anchor}"));
        }
        let shown = typist.hovers("\"VC|PU\"");
        assert!(shown.contains("`VCPU`") && shown.contains("Batch-Type-ResourceRequirement-type"), "{shown}");
    }
}

#[test]
fn a_sagemaker_training_job() {
    for habits in EDITORS {
        let mut typist = starts(habits, "createTraining", "sagemaker:createTrainingJob.sync");
        opens(&mut typist, "Parameters", "{");
        opens(&mut typist, "TrainingJobName", "\"");
        writes(&mut typist, "fit");
        next(&mut typist);
        opens(&mut typist, "InputDataConfig", "[{");
        opens(&mut typist, "ChannelName", "\"");
        writes(&mut typist, "train");
        next(&mut typist);
        opens(&mut typist, "DataSource", "{");
        opens(&mut typist, "S3DataSource", "{");
        opens(&mut typist, "S3Uri", "\"");
        writes(&mut typist, "s3://data/in");
        next(&mut typist);
        opens(&mut typist, "S3DataType", "\"");
        let kinds = typist.labels();
        for kind in ["ManifestFile", "S3Prefix", "AugmentedManifestFile"] {
            assert!(kinds.contains(&kind.to_owned()), "{kind} is not among {kinds:?}");
        }
        accepts_value(&mut typist, "S3Prefix");
        leaves(&mut typist, 4);
        next(&mut typist);
        opens(&mut typist, "ResourceConfig", "{");
        opens(&mut typist, "InstanceType", "\"");
        typist.types("m5.x");
        let kinds = typist.labels();
        assert!(kinds.contains(&"ml.m5.xlarge".to_owned()), "{kinds:?}");
        accepts_value(&mut typist, "ml.m5.xlarge");
        ends(&mut typist);
        let reference = "https://docs.aws.amazon.com/sagemaker/latest/APIReference/";
        for (key, anchor) in [
            (
                "TrainingJobName",
                "API_CreateTrainingJob.html#sagemaker-CreateTrainingJob-request-TrainingJobName",
            ),
            (
                "InputDataConfig",
                "API_CreateTrainingJob.html#sagemaker-CreateTrainingJob-request-InputDataConfig",
            ),
            ("ChannelName", "API_Channel.html#sagemaker-Type-Channel-ChannelName"),
            ("S3DataSource", "API_DataSource.html#sagemaker-Type-DataSource-S3DataSource"),
            ("S3DataType", "API_S3DataSource.html#sagemaker-Type-S3DataSource-S3DataType"),
            ("InstanceType", "API_ResourceConfig.html#sagemaker-Type-ResourceConfig-InstanceType"),
        ] {
            assert_documented(&mut typist, key, &format!("{reference}{anchor}"));
        }
        for place in ["\"S3Pre|fix\"", "\"ml.m5.|xlarge\""] {
            let shown = typist.hovers(place);
            assert!(shown.starts_with('`') && shown.contains(reference), "{place}: {shown}");
        }
    }
}

/// From a few letters to the Resource, and on to the line below.
fn starts(habits: Habits, letters: &str, resource: &str) -> Typist {
    let mut typist = Typist::open(habits, "seed.asl.json", START);
    typist.types("\"");
    typist.types(letters);
    typist.accepts(resource);
    let arn = format!("arn:aws:states:::{resource}");
    assert!(typist.text().contains(&format!("\"Resource\": \"{arn}")), "{}", typist.marked());
    if !typist.text().contains(&format!("{arn}\"")) {
        typist.types("\"");
    }
    typist.goes_behind(&format!("{arn}\","));
    typist.types("\n");
    typist
}

/// Accepts a key and goes into its value, which begins with these marks. What the editor or the item have written of
/// them already is kept.
fn opens(typist: &mut Typist, key: &str, marks: &str) {
    if !typist.text()[..typist.cursor].ends_with('"') {
        typist.types("\"");
    }
    typist.accepts(key);
    goes_to_value(typist, key);
    let before: String = typist.text()[..typist.cursor].split_whitespace().collect();
    let written =
        (0..=marks.len()).rev().find(|count| before.ends_with(&marks[..*count])).unwrap_or_default();
    for mark in marks[written..].chars() {
        let rest = &typist.text()[typist.cursor..];
        if rest.trim_start().starts_with(mark) {
            typist.cursor += rest.len() - rest.trim_start().len() + 1;
        } else {
            typist.types(&mark.to_string());
        }
    }
}

/// From where the item of a key has left the cursor to its value, or to what the item has written of it.
fn goes_to_value(typist: &mut Typist, key: &str) {
    if !typist.text()[..typist.cursor].ends_with(key) {
        return;
    }
    ends_text(typist);
    let rest = &typist.text()[typist.cursor..];
    match rest.strip_prefix(':') {
        Some(value) => typist.cursor += 1 + value.len() - value.trim_start().len(),
        None => typist.types(": "),
    }
}

/// Accepts a value inside its quotes, and goes behind them.
fn accepts_value(typist: &mut Typist, value: &str) {
    typist.accepts(value);
    if !typist.text()[..typist.cursor].ends_with('"') {
        ends_text(typist);
    }
}

fn writes(typist: &mut Typist, text: &str) {
    typist.types(text);
    ends_text(typist);
}

/// Goes behind the quote, which may be there already.
fn ends_text(typist: &mut Typist) {
    match typist.text()[typist.cursor..].starts_with('"') {
        true => typist.cursor += 1,
        false => typist.types("\""),
    }
}

/// Goes behind so many brackets; closes those that are not closed yet.
fn leaves(typist: &mut Typist, brackets: usize) {
    for _ in 0..brackets {
        let rest = &typist.text()[typist.cursor..];
        let blank = rest.len() - rest.trim_start().len();
        if rest[blank..].starts_with(['}', ']']) {
            typist.cursor += blank + 1;
        } else {
            let open = typist.text()[..typist.cursor].chars().fold(Vec::new(), |mut open, letter| {
                match letter {
                    '{' => open.push("}"),
                    '[' => open.push("]"),
                    '}' | ']' => drop(open.pop()),
                    _ => {}
                }
                open
            });
            typist.types(open.last().expect("something is open"));
        }
    }
}

/// On to the next member.
fn next(typist: &mut Typist) {
    typist.types(",\n");
}

/// Accepts one key after another, whatever is offered first, until all are there.
fn completes_all(typist: &mut Typist) -> Vec<String> {
    let mut keys: Vec<String> = Vec::new();
    loop {
        typist.types("\"");
        let offered: Vec<String> = typist.labels();
        // The same parameter with a path as its value is not the next one.
        let Some(key) = offered.into_iter().find(|it| !it.ends_with(".$")) else {
            break;
        };
        assert!(!keys.contains(&key), "{key} is offered twice");
        assert!(keys.len() < 40, "{keys:?}");
        typist.accepts(&key);
        goes_to_value(typist, &key);
        typist.cursor = end_of_value(typist.text(), &key);
        if typist.text()[..typist.cursor].ends_with(':') {
            typist.types(" \"x\"");
        }
        next(typist);
        keys.push(key);
    }
    // Takes the quotes and the comma back that led to nothing.
    typist.deletes(1);
    if typist.text()[typist.cursor..].starts_with('"') {
        typist.cursor += 1;
        typist.deletes(1);
    }
    typist.deletes(2);
    keys
}

/// Where the value of a key ends; behind the colon when there is none.
fn end_of_value(text: &str, key: &str) -> usize {
    let quoted = format!("\"{key}\":");
    let colon = text.rfind(&quoted).unwrap_or_else(|| panic!("no {quoted} in\n{text}")) + quoted.len();
    let mut values = serde_json::Deserializer::from_str(&text[colon..]).into_iter::<Value>();
    match values.next() {
        Some(Ok(_)) => colon + values.byte_offset(),
        _ => colon,
    }
}

/// Closes what is open below the state. The document can be read then, and nothing in it is unknown.
fn ends(typist: &mut Typist) {
    let before = &typist.text()[..typist.cursor];
    let count = |letters: [char; 2]| before.matches(letters).count();
    // The document, its states, the state.
    leaves(typist, count(['{', '[']) - count(['}', ']']) - 3);
    if !typist.text()[typist.cursor..].trim_start().starts_with(',') {
        typist.types(",");
    }
    let parsed: Result<Value, _> = serde_json::from_str(typist.text());
    assert!(parsed.is_ok(), "{parsed:?}\n{}", typist.marked());
    let findings = typist.findings();
    let unknown = |it: &&String| ["unknown", "syntax", "duplicate"].iter().any(|word| it.contains(word));
    assert_eq!(findings.iter().filter(unknown).count(), 0, "{findings:?}\n{}", typist.text());
}

/// The hover of a key names it, and leads to its place in the reference.
fn assert_documented(typist: &mut Typist, key: &str, link: &str) {
    let shown = typist.hovers(&format!("\"{}|{}\":", &key[..1], &key[1..]));
    assert!(shown.contains(&format!("**{key}** – ")), "{key}: {shown}");
    assert!(shown.contains(&format!("]({link})")), "{key} does not lead to {link}: {shown}");
}
