//! The predefined error names, for `ErrorEquals` in `Retry` and `Catch`.

pub const LINK: &str = super::pages::ERRORS;

/// Names that begin so belong to the language. Own errors take any other name.
pub const RESERVED_PREFIX: &str = "States.";
/// The wildcard that must stand alone and last.
pub const ALL: &str = "States.ALL";
/// The wildcard for a failed task.
pub const TASK_FAILED: &str = "States.TaskFailed";
/// What `States.ALL` does not take, though it can be caught.
pub const DATA_LIMIT_EXCEEDED: &str = "States.DataLimitExceeded";
/// Errors of an HTTP task carry the status as their last part: `States.Http.StatusCode.503`.
pub const HTTP_STATUS_PREFIX: &str = "States.Http.StatusCode.";
/// Any name below this one is let pass: the family may grow.
pub const HTTP_PREFIX: &str = "States.Http.";

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ErrorName {
    /// As written; for the errors of HTTP tasks it ends in `.<n>`, which stands for the status code.
    pub name: &'static str,
    pub summary: &'static str,
    /// Whether a catcher that names it can match.
    pub catchable: bool,
    /// Whether a retrier that names it can match.
    pub retriable: bool,
    /// Whether `States.ALL` takes it too.
    pub in_all: bool,
    /// Whether `States.TaskFailed` surely takes it too, so that naming it afterwards is useless.
    pub in_task_failed: bool,
}

impl ErrorName {
    pub fn is_wildcard(&self) -> bool {
        self.name == ALL || self.name == TASK_FAILED
    }

    /// Whether it stands for many names, such as `States.Http.StatusCode.<n>`.
    pub fn is_pattern(&self) -> bool {
        self.name.ends_with('>')
    }
}

/// All of them, wildcards first.
pub static ERRORS: [ErrorName; 19] = [
    ErrorName {
        in_task_failed: false,
        ..error(
            ALL,
            "Any error at all, except `States.DataLimitExceeded` and `States.Runtime`. It stands alone in \
             its list, and its retrier or catcher comes last.",
        )
    },
    error(
        TASK_FAILED,
        "Any failure of a task except running out of time: whatever error the function or service reports.",
    ),
    ErrorName {
        in_task_failed: false,
        ..error("States.Timeout", "The task or the execution ran longer than `TimeoutSeconds`.")
    },
    ErrorName {
        in_task_failed: false,
        ..error("States.HeartbeatTimeout", "The task sent no heartbeat within `HeartbeatSeconds`.")
    },
    error("States.Permissions", "The execution role may not do what the task asks for."),
    ErrorName {
        in_all: false,
        in_task_failed: false,
        ..error(
            "States.DataLimitExceeded",
            "An output is larger than the quota for data between states. `States.ALL` does not take it; it \
             must be named.",
        )
    },
    error("States.QueryEvaluationError", "A JSONata expression failed, or gave a value of the wrong type."),
    error("States.IntrinsicFailure", "A call of an intrinsic function failed."),
    error("States.ParameterPathFailure", "A path in a payload template found nothing."),
    error("States.ResultPathMatchFailure", "`ResultPath` could not be applied to the input of the state."),
    error("States.BranchFailed", "A branch of a Parallel state failed."),
    error(
        "States.NoChoiceMatched",
        "No rule of a Choice state matched and it has no `Default`. The Choice state itself has no `Catch`; \
         an enclosing Parallel or Map state does.",
    ),
    error(
        "States.ExceedToleratedFailureThreshold",
        "More items of a Distributed Map failed than its tolerance allows.",
    ),
    error("States.ItemReaderFailed", "A Distributed Map could not read its data set."),
    error("States.ResultWriterFailed", "A Distributed Map could not write its results."),
    error("States.Http.StatusCode.<n>", "The endpoint of an HTTP task answered with this status code."),
    error("States.Http.Socket", "An HTTP task got no connection, or no answer in time."),
    error("States.Http.AccessDenied", "An HTTP task may not call its endpoint or use its connection."),
    ErrorName {
        catchable: false,
        retriable: false,
        in_all: false,
        in_task_failed: false,
        ..error(
            "States.Runtime",
            "The execution could not go on, mostly because a path led nowhere. It is never caught and never \
             retried: the execution fails.",
        )
    },
];

/// The row of a predefined name; `States.Http.StatusCode.404` finds its pattern.
pub fn error_name(name: &str) -> Option<&'static ErrorName> {
    let status = name
        .strip_prefix(HTTP_STATUS_PREFIX)
        .is_some_and(|code| !code.is_empty() && code.bytes().all(|it| it.is_ascii_digit()));
    ERRORS.iter().find(|it| it.name == name || status && it.is_pattern())
}

/// What errors mean that many services report by the same name, below the prefix of each.
static COMMON: [(&str, &str); 18] = [
    (
        "SdkClientException",
        "The call did not get through or got no answer, often for a moment only: worth a retry.",
    ),
    ("Unknown", "The service failed without telling why."),
    ("AccessDeniedException", "The execution role may not do this."),
    ("ValidationException", "The service refused the parameters; a retry changes nothing."),
    ("InvalidParameterException", "The service refused a parameter; a retry changes nothing."),
    (
        "InvalidParameterValueException",
        "The service refused the value of a parameter; a retry changes nothing.",
    ),
    ("ResourceNotFoundException", "What the call names does not exist."),
    ("ResourceInUseException", "What the call names is busy with something else."),
    ("ConflictException", "It collides with the present state of the resource."),
    ("ResourceLimitExceededException", "A quota of the account or of the resource is used up."),
    ("LimitExceededException", "A quota of the account or of the resource is used up."),
    ("ServiceQuotaExceededException", "A quota of the account is used up."),
    ("ThrottlingException", "Too many calls at a time: worth a retry after a while."),
    ("TooManyRequestsException", "Too many calls at a time: worth a retry after a while."),
    ("InternalServerException", "The service failed by itself: worth a retry."),
    ("InternalServiceException", "The service failed by itself: worth a retry."),
    ("ServiceUnavailableException", "The service cannot be reached at the moment: worth a retry."),
    ("ConditionalCheckFailedException", "The condition of the write did not hold, so nothing was written."),
];

/// The same of errors that only Lambda has, or that mean more there.
static LAMBDA: [(&str, &str); 5] = [
    ("ServiceException", "Lambda failed by itself: worth a retry."),
    ("AWSLambdaException", "Lambda failed by itself: worth a retry."),
    (
        "ClientExecutionTimeoutException",
        "The function did not answer in the time that the call waits for it.",
    ),
    (
        "TooManyRequestsException",
        "Too many invocations at a time, or the concurrency of the function is used up: worth a retry after a while.",
    ),
    ("Unknown", "The function ended without an answer, for example because it ran out of time or memory."),
];

/// What an error of a service means, where its name says it: `Glue.ThrottlingException`.
pub fn service_error(name: &str) -> Option<&'static str> {
    let (prefix, error) = name.split_once('.')?;
    let special = if prefix == "Lambda" { &LAMBDA[..] } else { &[] };
    special.iter().chain(&COMMON).find(|(name, _)| *name == error).map(|(_, summary)| *summary)
}

/// The statuses of HTTP that endpoints answer with when something is wrong.
static STATUSES: [(u16, &str); 24] = [
    (400, "Bad Request"),
    (401, "Unauthorized"),
    (402, "Payment Required"),
    (403, "Forbidden"),
    (404, "Not Found"),
    (405, "Method Not Allowed"),
    (406, "Not Acceptable"),
    (408, "Request Timeout"),
    (409, "Conflict"),
    (410, "Gone"),
    (411, "Length Required"),
    (412, "Precondition Failed"),
    (413, "Content Too Large"),
    (414, "URI Too Long"),
    (415, "Unsupported Media Type"),
    (422, "Unprocessable Content"),
    (424, "Failed Dependency"),
    (429, "Too Many Requests"),
    (500, "Internal Server Error"),
    (501, "Not Implemented"),
    (502, "Bad Gateway"),
    (503, "Service Unavailable"),
    (504, "Gateway Timeout"),
    (505, "HTTP Version Not Supported"),
];

/// The words that go with the status in `States.Http.StatusCode.503` and `ApiGateway.503`.
pub fn status_words(name: &str) -> Option<&'static str> {
    let status: u16 = name.rsplit_once('.')?.1.parse().ok()?;
    STATUSES.iter().find(|(code, _)| *code == status).map(|(_, words)| *words)
}

const fn error(name: &'static str, summary: &'static str) -> ErrorName {
    ErrorName { name, summary, catchable: true, retriable: true, in_all: true, in_task_failed: true }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_whole_and_found_by_name() {
        for it in &ERRORS {
            assert!(it.name.starts_with(RESERVED_PREFIX));
            assert!(it.summary.ends_with('.'), "{}", it.name);
            assert_eq!(error_name(it.name), Some(it));
            assert_eq!(ERRORS.iter().filter(|other| other.name == it.name).count(), 1);
        }
    }

    #[test]
    fn status_codes_find_their_pattern() {
        assert!(error_name("States.Http.StatusCode.404").is_some_and(ErrorName::is_pattern));
        assert_eq!(error_name("States.Http.StatusCode."), None);
        assert_eq!(error_name("States.Taskfailed"), None);
    }

    #[test]
    fn names_say_what_services_report() {
        assert!(service_error("Glue.ThrottlingException").is_some_and(|it| it.ends_with('.')));
        assert_ne!(service_error("Lambda.Unknown"), service_error("ECS.Unknown"));
        assert_eq!(service_error("Unknown"), None);
        assert_eq!(status_words("States.Http.StatusCode.503"), Some("Service Unavailable"));
        assert_eq!(status_words("States.Http.StatusCode.x"), None);
    }

    #[test]
    fn wildcards_leave_out_what_they_cannot_take() {
        let left_out = |taken: fn(&ErrorName) -> bool| -> Vec<&str> {
            ERRORS.iter().filter(|it| !taken(it)).map(|it| it.name).collect()
        };
        assert_eq!(left_out(|it| it.in_all), ["States.DataLimitExceeded", "States.Runtime"]);
        assert_eq!(
            left_out(|it| it.in_task_failed),
            [
                "States.ALL",
                "States.Timeout",
                "States.HeartbeatTimeout",
                "States.DataLimitExceeded",
                "States.Runtime"
            ]
        );
        let wildcards: Vec<_> = ERRORS.iter().filter(|it| it.is_wildcard()).map(|it| it.name).collect();
        assert_eq!(wildcards, [ALL, TASK_FAILED]);
    }
}
