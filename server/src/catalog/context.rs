//! The context object: what `$$` holds in JSONPath states and `$states.context` in JSONata states.

pub const LINK: &str = super::pages::CONTEXT;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Member {
    pub name: &'static str,
    pub kind: Kind,
    pub availability: Availability,
    pub summary: &'static str,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Text,
    /// An ISO 8601 timestamp.
    Timestamp,
    Number,
    /// Whatever the execution brings: anything may stand below.
    Any,
    /// These members and no others.
    Object(&'static [Member]),
}

/// Where a member has a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Availability {
    Everywhere,
    /// After the execution has been redriven.
    Redriven,
    /// In a task whose resource ends in `.waitForTaskToken`.
    TaskToken,
    /// In a Map state and in the states of its item processor.
    Map,
    /// The same, when the Map goes over the members of an object.
    MapOverObject,
    /// In `Output` and `Assign` of a Task, Parallel or Map state.
    Result,
    /// In `Output` and `Assign` of a catcher.
    ErrorOutput,
}

/// The members of the context object itself.
pub static CONTEXT: &[Member] = &[
    Member {
        name: "Execution",
        kind: Kind::Object(EXECUTION),
        availability: Availability::Everywhere,
        summary: "The execution that is running.",
    },
    Member {
        name: "State",
        kind: Kind::Object(STATE),
        availability: Availability::Everywhere,
        summary: "The state that is running.",
    },
    Member {
        name: "StateMachine",
        kind: Kind::Object(STATE_MACHINE),
        availability: Availability::Everywhere,
        summary: "The state machine that is running.",
    },
    Member {
        name: "Task",
        kind: Kind::Object(TASK),
        availability: Availability::TaskToken,
        summary: "The task that waits for a callback.",
    },
    Member {
        name: "Map",
        kind: Kind::Object(MAP),
        availability: Availability::Map,
        summary: "The Map state around, and the item it works on.",
    },
];

static EXECUTION: &[Member] = &[
    Member {
        name: "Id",
        kind: Kind::Text,
        availability: Availability::Everywhere,
        summary: "The ARN of the execution.",
    },
    Member {
        name: "Input",
        kind: Kind::Any,
        availability: Availability::Everywhere,
        summary: "The input with which the execution started, unchanged.",
    },
    Member {
        name: "Name",
        kind: Kind::Text,
        availability: Availability::Everywhere,
        summary: "The name of the execution.",
    },
    Member {
        name: "RoleArn",
        kind: Kind::Text,
        availability: Availability::Everywhere,
        summary: "The ARN of the role under which the execution runs.",
    },
    Member {
        name: "StartTime",
        kind: Kind::Timestamp,
        availability: Availability::Everywhere,
        summary: "When the execution started.",
    },
    Member {
        name: "RedriveCount",
        kind: Kind::Number,
        availability: Availability::Everywhere,
        summary: "How often the execution has been redriven.",
    },
    Member {
        name: "RedriveTime",
        kind: Kind::Timestamp,
        availability: Availability::Redriven,
        summary: "When the execution was last redriven. Absent before the first redrive.",
    },
];

static STATE: &[Member] = &[
    Member {
        name: "EnteredTime",
        kind: Kind::Timestamp,
        availability: Availability::Everywhere,
        summary: "When the execution entered the state.",
    },
    Member {
        name: "Name",
        kind: Kind::Text,
        availability: Availability::Everywhere,
        summary: "The name of the state.",
    },
    Member {
        name: "RetryCount",
        kind: Kind::Number,
        availability: Availability::Everywhere,
        summary: "How often the state has been retried; 0 on the first attempt.",
    },
];

static STATE_MACHINE: &[Member] = &[
    Member {
        name: "Id",
        kind: Kind::Text,
        availability: Availability::Everywhere,
        summary: "The ARN of the state machine.",
    },
    Member {
        name: "Name",
        kind: Kind::Text,
        availability: Availability::Everywhere,
        summary: "The name of the state machine.",
    },
];

static TASK: &[Member] = &[Member {
    name: "Token",
    kind: Kind::Text,
    availability: Availability::TaskToken,
    summary: "The token that the callback must send back for the task to go on.",
}];

static MAP: &[Member] = &[Member {
    name: "Item",
    kind: Kind::Object(ITEM),
    availability: Availability::Map,
    summary: "The item that this iteration works on.",
}];

static ITEM: &[Member] = &[
    Member {
        name: "Index",
        kind: Kind::Number,
        availability: Availability::Map,
        summary: "The position of the item, counted from 0.",
    },
    Member {
        name: "Key",
        kind: Kind::Text,
        availability: Availability::MapOverObject,
        summary: "The name of the member, when the Map goes over an object.",
    },
    Member { name: "Value", kind: Kind::Any, availability: Availability::Map, summary: "The item itself." },
    Member {
        name: "Source",
        kind: Kind::Text,
        availability: Availability::Map,
        summary: "Where the item comes from: `STATE_DATA` for the input of the state, else the S3 URI of the \
                  data set.",
    },
];

impl Kind {
    /// The members of an object; none for anything else.
    pub const fn members(self) -> &'static [Member] {
        match self {
            Self::Object(members) => members,
            _ => &[],
        }
    }

    pub const fn name(self) -> &'static str {
        match self {
            Self::Text => "string",
            Self::Timestamp => "timestamp",
            Self::Number => "number",
            Self::Any => "any JSON",
            Self::Object(_) => "object",
        }
    }
}

impl Availability {
    /// A sentence for a member that is not everywhere.
    pub const fn text(self) -> Option<&'static str> {
        Some(match self {
            Self::Everywhere => return None,
            Self::Redriven => "Only after the execution has been redriven.",
            Self::TaskToken => {
                "Only in a task that waits for it: an activity, or a `Resource` with `.waitForTaskToken`."
            }
            Self::Map => "Only in a Map state and in the states of its item processor.",
            Self::MapOverObject => "Only in a Map state that goes over the members of an object.",
            Self::Result => "Only in `Output` and `Assign` of a Task, Parallel or Map state.",
            Self::ErrorOutput => "Only in `Output` and `Assign` of a catcher.",
        })
    }
}

/// The members of the variable `$states` of JSONata.
pub static STATES: &[Member] = &[
    Member {
        name: "input",
        kind: Kind::Any,
        availability: Availability::Everywhere,
        summary: "The input of the state.",
    },
    Member {
        name: "context",
        kind: Kind::Object(CONTEXT),
        availability: Availability::Everywhere,
        summary: "The context object: what is known of the execution, the state and the machine.",
    },
    Member {
        name: "result",
        kind: Kind::Any,
        availability: Availability::Result,
        summary: "What the work of the state gave: the answer of the task, the outputs of the branches or of the \
                  iterations.",
    },
    Member {
        name: "errorOutput",
        kind: Kind::Object(ERROR_OUTPUT),
        availability: Availability::ErrorOutput,
        summary: "The error that the catcher took.",
    },
];

static ERROR_OUTPUT: &[Member] = &[
    Member {
        name: "Error",
        kind: Kind::Text,
        availability: Availability::ErrorOutput,
        summary: "The name of the error.",
    },
    Member {
        name: "Cause",
        kind: Kind::Text,
        availability: Availability::ErrorOutput,
        summary: "What is told of the error: free text, from many services JSON.",
    },
];

/// What a walk along some names leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Found {
    /// The context object itself: no names.
    Whole,
    Member(&'static Member),
    /// Below a member that may hold anything, such as `Execution.Input`.
    Free,
    /// The name at this position means nothing there.
    Unknown(usize),
}

/// Follows names from the context object: `["Execution", "Id"]`.
pub fn find<'n>(names: impl IntoIterator<Item = &'n str>) -> Found {
    find_in(CONTEXT, names)
}

/// Follows names from other members, those of `$states`.
pub fn find_in<'n>(mut members: &'static [Member], names: impl IntoIterator<Item = &'n str>) -> Found {
    let mut found = Found::Whole;
    for (position, name) in names.into_iter().enumerate() {
        if let Found::Member(Member { kind: Kind::Any, .. }) = found {
            return Found::Free;
        }
        let Some(member) = members.iter().find(|it| it.name == name) else {
            return Found::Unknown(position);
        };
        members = member.kind.members();
        found = Found::Member(member);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_member_says_what_it_is() {
        fn visit(members: &[Member]) {
            for it in members {
                assert!(it.summary.ends_with('.'), "{}", it.name);
                visit(it.kind.members());
            }
        }
        visit(STATES);
    }

    #[test]
    fn names_lead_to_members() {
        let name = |names: &[&'static str]| match find(names.iter().copied()) {
            Found::Member(member) => member.name.to_owned(),
            other => format!("{other:?}"),
        };
        assert_eq!(name(&[]), "Whole");
        assert_eq!(name(&["Execution", "Id"]), "Id");
        assert_eq!(name(&["Execution", "Input"]), "Input");
        assert_eq!(name(&["Execution", "Input", "order", "id"]), "Free");
        assert_eq!(name(&["Map", "Item", "Value", "x"]), "Free");
        assert_eq!(name(&["Execution", "Identifier"]), "Unknown(1)");
        assert_eq!(name(&["Execution", "Id", "x"]), "Unknown(2)");
    }
}
