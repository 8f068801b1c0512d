//! The eight types of state.

use super::pages;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum StateType {
    Task,
    Parallel,
    Map,
    Pass,
    Wait,
    Choice,
    Succeed,
    Fail,
}

impl StateType {
    /// In the order in which we offer them: the most used first.
    pub const ALL: [Self; 8] = [
        Self::Task,
        Self::Choice,
        Self::Pass,
        Self::Map,
        Self::Parallel,
        Self::Wait,
        Self::Succeed,
        Self::Fail,
    ];

    /// The name as it stands in `Type`. Case matters.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Task => "Task",
            Self::Parallel => "Parallel",
            Self::Map => "Map",
            Self::Pass => "Pass",
            Self::Wait => "Wait",
            Self::Choice => "Choice",
            Self::Succeed => "Succeed",
            Self::Fail => "Fail",
        }
    }

    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.name() == name)
    }

    /// Whether a state of this type goes on with `Next` or ends its scope with `End`. Of the others, Choice
    /// goes where its rules say, Succeed and Fail always end.
    pub const fn takes_next(self) -> bool {
        !matches!(self, Self::Choice | Self::Succeed | Self::Fail)
    }

    /// Whether a state of this type always ends its scope.
    pub const fn is_terminal(self) -> bool {
        matches!(self, Self::Succeed | Self::Fail)
    }

    pub const fn summary(self) -> &'static str {
        match self {
            Self::Task => {
                "Does one piece of work outside the machine: runs a Lambda function, an activity, an HTTP \
                 request or an action of an AWS service, and goes on with its result."
            }
            Self::Parallel => {
                "Runs several branches at the same time on the same input. It waits for all of them and \
                 gives an array with one output per branch; one failing branch fails the state."
            }
            Self::Map => {
                "Runs the same steps for every item of an array or data set, many at a time. Inline they are \
                 part of this execution, distributed each item or batch gets an execution of its own."
            }
            Self::Pass => {
                "Does no work: hands its input on, reshapes it, sets variables or puts in fixed data."
            }
            Self::Wait => "Pauses for a number of seconds or until a moment, then hands its input on.",
            Self::Choice => {
                "Goes to the state that the first matching rule names, or to `Default` when no rule matches."
            }
            Self::Succeed => {
                "Ends the execution successfully; inside a branch or an item processor, ends only that \
                 branch or item."
            }
            Self::Fail => {
                "Ends the execution as failed, with an error name and a cause. Inside a branch or an item \
                 processor it fails that branch or item, and the Parallel or Map state may catch it."
            }
        }
    }

    pub const fn link(self) -> &'static str {
        match self {
            Self::Task => pages::TASK,
            Self::Parallel => pages::PARALLEL,
            Self::Map => pages::MAP,
            Self::Pass => pages::PASS,
            Self::Wait => pages::WAIT,
            Self::Choice => pages::CHOICE,
            Self::Succeed => pages::SUCCEED,
            Self::Fail => pages::FAIL,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lead_back_to_their_types() {
        for state_type in StateType::ALL {
            assert_eq!(StateType::from_name(state_type.name()), Some(state_type));
            assert!(state_type.summary().ends_with('.'));
            assert!(state_type.link().starts_with("https://"));
        }
        assert_eq!(StateType::from_name("pass"), None);
    }
}
