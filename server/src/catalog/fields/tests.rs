use super::*;

/// The matrix of the rule catalogue (A4). A letter for each of Task, Parallel, Map, Pass, Wait, Choice,
/// Succeed, Fail: `B` in both query languages, `P` in JSONPath, `A` in JSONata, `-` not at all; `!` after the
/// name: required.
const MATRIX: &str = "
    Type!                          BBBBBBBB
    Comment                        BBBBBBBB
    QueryLanguage                  BBBBBBBB
    InputPath                      PPPPPPP-
    OutputPath                     PPPPPPP-
    Parameters                     PPPP----
    ResultSelector                 PPP-----
    ResultPath                     PPPP----
    Result                         ---P----
    Arguments                      AA------
    Output                         AAAAAAA-
    Assign                         BBBBBB--
    Next                           BBBBB---
    End                            BBBBB---
    Retry                          BBB-----
    Catch                          BBB-----
    Resource!                      B-------
    Credentials                    B-------
    TimeoutSeconds                 B-------
    HeartbeatSeconds               B-------
    TimeoutSecondsPath             P-------
    HeartbeatSecondsPath           P-------
    Branches!                      -B------
    ItemProcessor                  --B-----
    Iterator                       --B-----
    ItemSelector                   --B-----
    ItemReader                     --B-----
    ItemBatcher                    --B-----
    ResultWriter                   --B-----
    Label                          --B-----
    MaxConcurrency                 --B-----
    ToleratedFailureCount          --B-----
    ToleratedFailurePercentage     --B-----
    ItemsPath                      --P-----
    MaxConcurrencyPath             --P-----
    ToleratedFailureCountPath      --P-----
    ToleratedFailurePercentagePath --P-----
    Items                          --A-----
    Seconds                        ----B---
    Timestamp                      ----B---
    SecondsPath                    ----P---
    TimestampPath                  ----P---
    Choices!                       -----B--
    Default                        -----B--
    Error                          -------B
    Cause                          -------B
    ErrorPath                      -------P
    CausePath                      -------P
";

const COLUMNS: [StateType; 8] = [
    StateType::Task,
    StateType::Parallel,
    StateType::Map,
    StateType::Pass,
    StateType::Wait,
    StateType::Choice,
    StateType::Succeed,
    StateType::Fail,
];

#[test]
fn states_take_the_fields_of_the_matrix() {
    let mut expected = [0; COLUMNS.len()];
    for line in MATRIX.lines().map(str::trim).filter(|it| !it.is_empty()) {
        let (name, row) = line.split_once(' ').unwrap();
        let (name, required) = match name.strip_suffix('!') {
            Some(name) => (name, true),
            None => (name, false),
        };
        let mut actual = String::new();
        for (column, state_type) in COLUMNS.into_iter().enumerate() {
            let field = Object::State(state_type).field(name);
            actual.push(match field.map(|it| it.languages) {
                None => '-',
                Some(Languages::Both) => 'B',
                Some(Languages::JsonPath) => 'P',
                Some(Languages::Jsonata) => 'A',
            });
            if let Some(field) = field {
                assert_eq!(field.required, required, "{name} in {}", state_type.name());
                expected[column] += 1;
            }
        }
        assert_eq!(actual, row.trim(), "{name}");
    }
    for (column, state_type) in COLUMNS.into_iter().enumerate() {
        let fields = Object::State(state_type).fields();
        assert_eq!(fields.len(), expected[column], "{} has a field that the matrix lacks", state_type.name());
    }
}

#[test]
fn other_objects_take_their_fields() {
    // `!` required, `'` JSONPath only, `"` JSONata only; of rules without the operators.
    let spelled = |object: Object| {
        let fields = object.fields().iter().filter(|it| operator(it.name).is_none());
        let names = fields.map(|it| {
            let language = match it.languages {
                Languages::Both => "",
                Languages::JsonPath => "'",
                Languages::Jsonata => "\"",
            };
            format!("{}{language}{}", it.name, if it.required { "!" } else { "" })
        });
        names.collect::<Vec<_>>().join(" ")
    };
    let expected = [
        (Object::Machine, "Comment QueryLanguage StartAt! States! Version TimeoutSeconds"),
        (Object::Branch, "Comment StartAt! States!"),
        (Object::Processor, "ProcessorConfig Comment StartAt! States!"),
        (Object::UntypedState, "Type! Comment QueryLanguage"),
        (Object::ChoiceRule, "Condition\"! Variable' And' Or' Not' Next! Assign Output\" Comment"),
        (Object::NestedRule, "Variable' And' Or' Not' Comment"),
        (
            Object::Retrier,
            "ErrorEquals! IntervalSeconds MaxAttempts BackoffRate MaxDelaySeconds JitterStrategy Comment",
        ),
        (Object::Catcher, "ErrorEquals! Next! ResultPath' Output\" Assign Comment"),
        (Object::ProcessorConfig, "Mode ExecutionType"),
        (Object::ItemReader, "Resource! Parameters' Arguments\" ReaderConfig"),
        (
            Object::ReaderConfig,
            "InputType Transformation ManifestType CSVDelimiter CSVHeaderLocation CSVHeaders ItemsPointer \
             MaxItems MaxItemsPath'",
        ),
        (
            Object::ItemBatcher,
            "MaxItemsPerBatch MaxItemsPerBatchPath' MaxInputBytesPerBatch MaxInputBytesPerBatchPath' \
             BatchInput",
        ),
        (Object::ResultWriter, "Resource Parameters' Arguments\" WriterConfig"),
        (Object::WriterConfig, "OutputType! Transformation!"),
        (Object::Credentials, "RoleArn RoleArn.$'"),
    ];
    for (object, fields) in expected {
        assert_eq!(spelled(object), fields, "{object:?}");
    }
}

#[test]
fn every_object_is_listed_once() {
    for (position, object) in Object::ALL.into_iter().enumerate() {
        assert!(!Object::ALL[..position].contains(&object));
    }
    for state_type in StateType::ALL {
        assert!(Object::ALL.contains(&Object::State(state_type)));
    }
}

#[test]
fn rows_are_whole() {
    fn is_sentence(text: &str) -> bool {
        text.ends_with('.') && !text.contains("  ") && !text.contains('\n')
    }
    for object in Object::ALL {
        for field in object.fields() {
            let at = format!("{} in {}", field.name, object.title());
            assert!(is_sentence(field.summary), "{at}: {:?}", field.summary);
            assert!(field.link.starts_with("https://"), "{at}");
            assert_eq!(object.field(field.name), Some(field), "{at} stands twice");
            assert!(!field.jsonata || field.languages.in_jsonata(), "{at}");
            assert!(!(field.required && field.default.is_some()), "{at}");
            if let Value::Enum(allowed) | Value::Action(allowed) = field.value {
                assert!(allowed.iter().all(|it| is_sentence(it.summary)), "{at}");
                if let Some(default) = field.default {
                    assert!(allowed.iter().any(|it| it.value == default), "{at}");
                }
            }
            if let Some(instead) = field.deprecated {
                assert!(object.field(instead).is_some_and(|it| it.deprecated.is_none()), "{at}");
            }
        }
    }
}

#[test]
fn defaults_keep_to_the_bounds() {
    for field in Object::ALL.into_iter().flat_map(Object::fields) {
        let Some(default) = field.default else { continue };
        match field.value {
            Value::Integer { min, max } => {
                let number: u64 = default.parse().unwrap();
                assert!(min <= number && max.is_none_or(|max| number <= max), "{}", field.name);
            }
            Value::Number { min, max } => {
                let number: f64 = default.parse().unwrap();
                assert!(min.is_none_or(|min| min <= number) && max.is_none_or(|max| number <= max));
            }
            Value::Path(_) => assert_eq!(default, "$"),
            Value::Enum(_) => {}
            other => panic!("{} has a default, but holds {other:?}", field.name),
        }
    }
}

#[test]
fn exclusion_is_mutual() {
    for object in Object::ALL {
        for field in object.fields() {
            for other in field.excludes {
                let back = object.field(other).map(|it| it.excludes);
                assert!(back.is_some_and(|it| it.contains(&field.name)), "{} and {other}", field.name);
            }
        }
    }
}

/// A field and its `…Path` twin exclude one another where both exist; the operators do so by a rule of their
/// own.
#[test]
fn path_twins_exclude_one_another() {
    for object in Object::ALL {
        for field in object.fields().iter().filter(|it| operator(it.name).is_none()) {
            let Some(twin) = field.name.strip_suffix("Path").and_then(|it| object.field(it)) else {
                continue;
            };
            if twin.languages.in_jsonpath() && twin.name != "Result" {
                assert!(twin.excludes.contains(&field.name), "{}", field.name);
                assert_eq!(field.languages, Languages::JsonPath, "{}", field.name);
            }
        }
    }
}

#[test]
fn operators_name_their_operands() {
    assert_eq!(OPERATORS.len(), 39);
    for it in &OPERATORS {
        let expected = match it.name {
            name if name.ends_with("Path") => Value::Path(PathKind::Reference),
            "StringMatches" => Value::Pattern,
            name if name.starts_with("Is") || name.starts_with("Boolean") => Value::Boolean,
            name if name.starts_with("String") => Value::Text,
            name if name.starts_with("Numeric") => Value::Number { min: None, max: None },
            _ => Value::Timestamp,
        };
        assert_eq!(it.value, expected, "{}", it.name);
        assert_eq!(Object::NestedRule.field(it.name), Some(it));
        assert_eq!(Object::ChoiceRule.field(it.name), Some(it));
    }
    let summary = |name| operator(name).unwrap().summary;
    assert_eq!(
        summary("TimestampLessThanEqualsPath"),
        "Matches when the value is a timestamp at or before the moment at this path."
    );
    assert!(summary("StringMatches").contains(r"`\\*` in the JSON text"));
}

#[test]
fn names_are_known_beyond_their_object() {
    assert!(known_anywhere("Branches") && known_anywhere("NumericEquals") && known_anywhere("BatchInput"));
    assert!(!known_anywhere("branches") && !known_anywhere("") && !known_anywhere("Bucket"));
    assert_eq!(Object::State(StateType::Wait).field("ResultPath"), None);
    assert_eq!(of_some_state("Next").map(|it| it.value), Some(Value::StateName));
    assert!(objects_with("Iterator").eq([Object::State(StateType::Map)]));
}
