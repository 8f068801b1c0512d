; Written by asl-grammar-generate from queries/json/highlights.scm.

; Amazon States Language over the JSON grammar.
; Complete in itself: nothing is inherited.
;
; Four things are so on purpose, because the editors run queries differently:
; - What is special is captured inside of what is general (the text inside of its quotes), and no node is captured
;   twice; then it does not matter whether the first pattern wins or the last.
; - No pattern has a capture that several of its matches share, such as a key with many values: some editors keep only
;   the last of such matches. So a key is a keyword by its word alone, even where it belongs to a payload; the server's
;   semantic tokens know better.
; - What is general comes last, as in some editors the helpers (`@_key`) would hide it.
; - No pattern waits for the end of a large node after it has captured something: everything behind that would wait
;   too, and the editors give up at 256.

(pair
  key: (string . (string_content) @keyword .)
  (#any-of? @keyword
    "And" "Arguments" "Assign" "BackoffRate" "BatchInput" "Branches" "CSVDelimiter" "CSVHeaderLocation"
    "CSVHeaders" "Catch" "Cause" "CausePath" "Choices" "Comment" "Condition" "Credentials" "Default" "End"
    "Error" "ErrorEquals" "ErrorPath" "ExecutionType" "HeartbeatSeconds" "HeartbeatSecondsPath" "InputPath"
    "InputType" "IntervalSeconds" "ItemBatcher" "ItemProcessor" "ItemReader" "ItemSelector" "Items"
    "ItemsPath" "ItemsPointer" "Iterator" "JitterStrategy" "Label" "ManifestType" "MaxAttempts"
    "MaxConcurrency" "MaxConcurrencyPath" "MaxDelaySeconds" "MaxInputBytesPerBatch"
    "MaxInputBytesPerBatchPath" "MaxItems" "MaxItemsPath" "MaxItemsPerBatch" "MaxItemsPerBatchPath" "Mode"
    "Next" "Not" "Or" "Output" "OutputPath" "OutputType" "Parameters" "ProcessorConfig" "QueryLanguage"
    "ReaderConfig" "Resource" "Result" "ResultPath" "ResultSelector" "ResultWriter" "Retry" "RoleArn"
    "Seconds" "SecondsPath" "StartAt" "States" "TimeoutSeconds" "TimeoutSecondsPath" "Timestamp"
    "TimestampPath" "ToleratedFailureCount" "ToleratedFailureCountPath" "ToleratedFailurePercentage"
    "ToleratedFailurePercentagePath" "Transformation" "Type" "Variable" "Version" "WriterConfig"))

; The comparisons of choice rules.
(pair
  key: (string . (string_content) @keyword.operator .)
  (#match? @keyword.operator
    "^(String|Numeric|Boolean|Timestamp)(Equals|LessThan|GreaterThan|Matches)(Equals)?(Path)?$|^Is(Present|Null|String|Numeric|Boolean|Timestamp)$"))

; A state is an object that begins with a type, or with one or two texts (a comment, say) and then a type. Its name,
; where it is defined and where it is meant.
(pair
  key: (string . (string_content) @label .)
  value: (object . [
    (pair key: (string) @_type value: (string) @_value)
    ((pair value: (string)) . (pair key: (string) @_type value: (string) @_value))
    ((pair value: (string)) . (pair value: (string)) . (pair key: (string) @_type value: (string) @_value))
  ])
  (#eq? @_type "\"Type\"")
  (#any-of? @_value
    "\"Task\"" "\"Pass\"" "\"Choice\"" "\"Wait\"" "\"Succeed\"" "\"Fail\"" "\"Parallel\"" "\"Map\"")
  (#not-any-of? @label
    "And" "Arguments" "Assign" "BackoffRate" "BatchInput" "Branches" "CSVDelimiter" "CSVHeaderLocation"
    "CSVHeaders" "Catch" "Cause" "CausePath" "Choices" "Comment" "Condition" "Credentials" "Default" "End"
    "Error" "ErrorEquals" "ErrorPath" "ExecutionType" "HeartbeatSeconds" "HeartbeatSecondsPath" "InputPath"
    "InputType" "IntervalSeconds" "ItemBatcher" "ItemProcessor" "ItemReader" "ItemSelector" "Items"
    "ItemsPath" "ItemsPointer" "Iterator" "JitterStrategy" "Label" "ManifestType" "MaxAttempts"
    "MaxConcurrency" "MaxConcurrencyPath" "MaxDelaySeconds" "MaxInputBytesPerBatch"
    "MaxInputBytesPerBatchPath" "MaxItems" "MaxItemsPath" "MaxItemsPerBatch" "MaxItemsPerBatchPath" "Mode"
    "Next" "Not" "Or" "Output" "OutputPath" "OutputType" "Parameters" "ProcessorConfig" "QueryLanguage"
    "ReaderConfig" "Resource" "Result" "ResultPath" "ResultSelector" "ResultWriter" "Retry" "RoleArn"
    "Seconds" "SecondsPath" "StartAt" "States" "TimeoutSeconds" "TimeoutSecondsPath" "Timestamp"
    "TimestampPath" "ToleratedFailureCount" "ToleratedFailureCountPath" "ToleratedFailurePercentage"
    "ToleratedFailurePercentagePath" "Transformation" "Type" "Variable" "Version" "WriterConfig"))
(pair
  key: (string) @_key
  value: (string . (string_content) @label .)
  (#any-of? @_key "\"StartAt\"" "\"Next\"" "\"Default\""))

; Words with a meaning, and the names of resources.
(pair
  key: (string) @_key
  value: (string . (string_content) @type.builtin .)
  (#eq? @_key "\"Type\"")
  (#any-of? @type.builtin "Task" "Pass" "Choice" "Wait" "Succeed" "Fail" "Parallel" "Map"))
(pair
  key: (string) @_key
  value: (string . (string_content) @constant.builtin .)
  (#eq? @_key "\"QueryLanguage\"")
  (#any-of? @constant.builtin "JSONPath" "JSONata"))
(array
  (string . (string_content) @constant.builtin .)
  (#match? @constant.builtin "^States[.][A-Za-z]+$"))
(pair
  value: (string . (string_content) @string.special .)
  (#match? @string.special "^arn:"))

; What is general.
(comment) @comment
(pair key: (string) @variable.other.member)
(pair value: (string) @string)
(array (string) @string)
(document (string) @string)
(escape_sequence) @constant.character.escape
(number) @constant.numeric
[(true) (false)] @constant.builtin.boolean
(null) @constant.builtin
["{" "}" "[" "]"] @punctuation.bracket
["," ":"] @punctuation.delimiter
