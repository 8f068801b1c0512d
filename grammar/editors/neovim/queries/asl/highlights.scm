; Written by asl-grammar-generate from queries/json/highlights.scm.

; Amazon States Language over the JSON grammar. Complete in itself: nothing is inherited.
; What is special is captured inside of what is general (the text inside of its quotes), and no node is captured
; twice, so that it does not matter whether the first pattern wins or the last.

(comment) @comment
(pair key: (string) @property)
(pair value: (string) @string)
(array (string) @string)
(document (string) @string)
(escape_sequence) @string.escape
(number) @number
[(true) (false)] @boolean
(null) @constant.builtin
["{" "}" "[" "]"] @punctuation.bracket
["," ":"] @punctuation.delimiter

; The fields of a machine, of its states, of the objects in their lists, and of the objects in their fields.
; Payloads may use the same words for themselves; there they are no keywords.
(document (object (pair key: (string (string_content) @keyword)))
  (#any-of? @keyword
    "Comment" "QueryLanguage" "StartAt" "States" "TimeoutSeconds" "Version" "ProcessorConfig"))
(pair
  key: (string (string_content) @_states)
  value: (object (pair value: (object (pair key: (string (string_content) @keyword)))))
  (#eq? @_states "States")
  (#any-of? @keyword
    "Type" "Comment" "QueryLanguage" "Next" "End" "InputPath" "OutputPath" "Parameters" "ResultSelector"
    "ResultPath" "Arguments" "Assign" "Output" "Resource" "Credentials" "Retry" "Catch" "TimeoutSeconds"
    "TimeoutSecondsPath" "HeartbeatSeconds" "HeartbeatSecondsPath" "Result" "Seconds" "SecondsPath"
    "Timestamp" "TimestampPath" "Choices" "Default" "Error" "ErrorPath" "Cause" "CausePath" "Branches"
    "Iterator" "ItemProcessor" "ItemReader" "ItemSelector" "ItemBatcher" "Items" "ItemsPath" "ResultWriter"
    "MaxConcurrency" "MaxConcurrencyPath" "ToleratedFailureCount" "ToleratedFailureCountPath"
    "ToleratedFailurePercentage" "ToleratedFailurePercentagePath" "Label"))
(pair
  key: (string (string_content) @_list)
  value: (array (object (pair key: (string (string_content) @keyword))))
  (#any-of? @_list "Choices" "Retry" "Catch" "Branches" "And" "Or")
  (#any-of? @keyword
    "Comment" "QueryLanguage" "StartAt" "States" "Condition" "Variable" "And" "Or" "Not" "Next"
    "ErrorEquals" "IntervalSeconds" "MaxAttempts" "BackoffRate" "MaxDelaySeconds" "JitterStrategy"
    "ResultPath" "Assign" "Output"))
(pair
  key: (string (string_content) @_field)
  value: (object (pair key: (string (string_content) @keyword)))
  (#any-of? @_field
    "ItemProcessor" "Iterator" "ProcessorConfig" "ItemReader" "ReaderConfig" "ItemBatcher" "ResultWriter"
    "WriterConfig" "Credentials" "Not")
  (#any-of? @keyword
    "Comment" "QueryLanguage" "StartAt" "States" "ProcessorConfig" "Mode" "ExecutionType" "Resource"
    "Parameters" "Arguments" "ReaderConfig" "WriterConfig" "InputType" "CSVHeaderLocation" "CSVHeaders"
    "CSVDelimiter" "ManifestType" "MaxItems" "MaxItemsPath" "ItemsPointer" "Transformation" "OutputType"
    "BatchInput" "MaxItemsPerBatch" "MaxItemsPerBatchPath" "MaxInputBytesPerBatch"
    "MaxInputBytesPerBatchPath" "RoleArn" "RoleArn.$" "Variable" "And" "Or" "Not"))

; The comparisons of choice rules.
(pair
  key: (string (string_content) @keyword.operator)
  (#match? @keyword.operator
    "^(String|Numeric|Boolean|Timestamp)(Equals|LessThan|GreaterThan|Matches)(Equals)?(Path)?$|^Is(Present|Null|String|Numeric|Boolean|Timestamp)$"))

; State names, where they are defined and where they are meant.
(pair
  key: (string (string_content) @_states)
  value: (object (pair key: (string (string_content) @label)))
  (#eq? @_states "States"))
(pair
  key: (string (string_content) @_key)
  value: (string (string_content) @label)
  (#any-of? @_key "StartAt" "Next" "Default"))

; Words with a meaning, and the names of resources.
(pair
  key: (string (string_content) @_key)
  value: (string (string_content) @type.builtin)
  (#eq? @_key "Type")
  (#any-of? @type.builtin "Task" "Pass" "Choice" "Wait" "Succeed" "Fail" "Parallel" "Map"))
(pair
  key: (string (string_content) @_key)
  value: (string (string_content) @constant.builtin)
  (#eq? @_key "QueryLanguage")
  (#any-of? @constant.builtin "JSONPath" "JSONata"))
(pair
  key: (string (string_content) @_key)
  value: (array (string (string_content) @constant))
  (#eq? @_key "ErrorEquals"))
(pair
  value: (string (string_content) @string.special)
  (#match? @string.special "^arn:"))
