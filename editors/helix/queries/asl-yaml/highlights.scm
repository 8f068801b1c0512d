; Written by asl-grammar-generate from queries/yaml/highlights.scm.

; Amazon States Language over the YAML grammar.
; Complete in itself: nothing is inherited.
;
; Four things are so on purpose, because the editors run queries differently:
; - What is special is captured inside of what is general (the scalar inside of its node), and no node is captured
;   twice; then it does not matter whether the first pattern wins or the last. But node and scalar cover the same text,
;   and for some editors that is all that counts, helpers (`@_key`) included. So what is general comes first, and the
;   keywords, which the helpers look at, come last.
; - No pattern has a capture that several of its matches share, such as a key with many values: some editors keep only
;   the last of such matches. So a key is a keyword by its word alone, even where it belongs to a payload; the server's
;   semantic tokens know better.
; - No pattern waits for the end of a large node after it has captured something: everything behind that would wait
;   too, and the editors give up at 256.
; - States are looked for in block style; of flow style (`{…}`, `[…]`) only keys and values are coloured.

; What is general.
(comment) @comment
(block_mapping_pair key: (flow_node) @variable.other.member)
(flow_pair key: (flow_node) @variable.other.member)
(block_mapping_pair
  value: (flow_node [(double_quote_scalar) (single_quote_scalar) (plain_scalar (string_scalar))]) @string)
(flow_pair
  value: (flow_node [(double_quote_scalar) (single_quote_scalar) (plain_scalar (string_scalar))]) @string)
(block_sequence_item
  (flow_node [(double_quote_scalar) (single_quote_scalar) (plain_scalar (string_scalar))]) @string)
(flow_sequence
  (flow_node [(double_quote_scalar) (single_quote_scalar) (plain_scalar (string_scalar))]) @string)
(block_scalar) @string
(escape_sequence) @constant.character.escape
[(integer_scalar) (float_scalar)] @constant.numeric
(boolean_scalar) @constant.builtin.boolean
(null_scalar) @constant.builtin
[(anchor_name) (alias_name)] @label
(tag) @type
[(yaml_directive) (tag_directive) (reserved_directive)] @attribute
["{" "}" "[" "]"] @punctuation.bracket
["," "-" ":" "?"] @punctuation.delimiter
["*" "&" "---" "..."] @punctuation.special

; A state is a mapping that begins with a type, or with one or two scalars (a comment, say) and then a type. Its name,
; where it is defined and where it is meant.
(block_mapping_pair
  key: (flow_node [(plain_scalar (string_scalar) @label) (double_quote_scalar) @label (single_quote_scalar) @label])
  value: (block_node (block_mapping . [
    (block_mapping_pair key: (flow_node) @_type value: (flow_node) @_value)
    ((block_mapping_pair value: (flow_node))
      . (block_mapping_pair key: (flow_node) @_type value: (flow_node) @_value))
    ((block_mapping_pair value: (flow_node)) . (block_mapping_pair value: (flow_node))
      . (block_mapping_pair key: (flow_node) @_type value: (flow_node) @_value))
  ]))
  (#match? @_type "^[\"']?(Type)[\"']?$")
  (#match? @_value "^[\"']?(Task|Pass|Choice|Wait|Succeed|Fail|Parallel|Map)[\"']?$")
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
(block_mapping_pair
  key: (flow_node) @_key
  value: (flow_node [(plain_scalar (string_scalar) @label) (double_quote_scalar) @label (single_quote_scalar) @label])
  (#match? @_key "^[\"']?(StartAt|Next|Default)[\"']?$"))

; Words with a meaning, and the names of resources.
(block_mapping_pair
  key: (flow_node) @_key
  value: (flow_node [(plain_scalar (string_scalar) @type.builtin) (double_quote_scalar) @type.builtin (single_quote_scalar) @type.builtin])
  (#match? @_key "^[\"']?(Type)[\"']?$")
  (#match? @type.builtin "^[\"']?(Task|Pass|Choice|Wait|Succeed|Fail|Parallel|Map)[\"']?$"))
(block_mapping_pair
  key: (flow_node) @_key
  value: (flow_node [(plain_scalar (string_scalar) @constant.builtin) (double_quote_scalar) @constant.builtin (single_quote_scalar) @constant.builtin])
  (#match? @_key "^[\"']?(QueryLanguage)[\"']?$")
  (#match? @constant.builtin "^[\"']?(JSONPath|JSONata)[\"']?$"))
(block_sequence_item
  (flow_node [(plain_scalar (string_scalar) @constant.builtin) (double_quote_scalar) @constant.builtin (single_quote_scalar) @constant.builtin])
  (#match? @constant.builtin "^[\"']?States[.][A-Za-z]+[\"']?$"))
(flow_sequence
  (flow_node [(plain_scalar (string_scalar) @constant.builtin) (double_quote_scalar) @constant.builtin (single_quote_scalar) @constant.builtin])
  (#match? @constant.builtin "^[\"']?States[.][A-Za-z]+[\"']?$"))
(block_mapping_pair
  value: (flow_node [(plain_scalar (string_scalar) @string.special) (double_quote_scalar) @string.special (single_quote_scalar) @string.special])
  (#match? @string.special "^[\"']?arn:"))

; The fields of Amazon States Language.
(block_mapping_pair
  key: (flow_node (plain_scalar (string_scalar) @keyword))
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
(block_mapping_pair
  key: (flow_node (plain_scalar (string_scalar) @keyword.operator))
  (#match? @keyword.operator
    "^(String|Numeric|Boolean|Timestamp)(Equals|LessThan|GreaterThan|Matches)(Equals)?(Path)?$|^Is(Present|Null|String|Numeric|Boolean|Timestamp)$"))
