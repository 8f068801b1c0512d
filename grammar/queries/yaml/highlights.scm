; Amazon States Language over the YAML grammar. Complete in itself: nothing is inherited.
; What is special is captured inside of what is general (the scalar inside of its node), and no node is captured
; twice, so that it does not matter whether the first pattern wins or the last.
; The structure is looked for in block style; of flow style (`{…}`, `[…]`) only the general part is coloured.

(comment) @comment
(block_mapping_pair key: (flow_node) @property)
(flow_pair key: (flow_node) @property)
(block_mapping_pair value: (flow_node [(double_quote_scalar) (single_quote_scalar) (plain_scalar (string_scalar))]) @string)
(flow_pair value: (flow_node [(double_quote_scalar) (single_quote_scalar) (plain_scalar (string_scalar))]) @string)
(block_sequence_item (flow_node [(double_quote_scalar) (single_quote_scalar) (plain_scalar (string_scalar))]) @string)
(flow_sequence (flow_node [(double_quote_scalar) (single_quote_scalar) (plain_scalar (string_scalar))]) @string)
(block_scalar) @string
(escape_sequence) @string.escape
[(integer_scalar) (float_scalar)] @number
(boolean_scalar) @boolean
(null_scalar) @constant.builtin
[(anchor_name) (alias_name)] @label
(tag) @type
[(yaml_directive) (tag_directive) (reserved_directive)] @attribute
["{" "}" "[" "]"] @punctuation.bracket
["," "-" ":" "?" ">" "|"] @punctuation.delimiter
["*" "&" "---" "..."] @punctuation.special

; The fields of a machine, of its states, of the objects in their lists, and of the objects in their fields.
; Payloads may use the same words for themselves; there they are no keywords.
(document (block_node (block_mapping (block_mapping_pair
  key: (flow_node [(plain_scalar (string_scalar) @keyword) (double_quote_scalar) @keyword (single_quote_scalar) @keyword]))))
  (#match? @keyword
    "^[\"']?(Comment|QueryLanguage|StartAt|States|TimeoutSeconds|Version|ProcessorConfig)[\"']?$"))
(block_mapping_pair
  key: (flow_node [(plain_scalar (string_scalar) @_states) (double_quote_scalar) @_states (single_quote_scalar) @_states])
  value: (block_node (block_mapping (block_mapping_pair
    value: (block_node (block_mapping (block_mapping_pair
      key: (flow_node [(plain_scalar (string_scalar) @keyword) (double_quote_scalar) @keyword (single_quote_scalar) @keyword])))))))
  (#match? @_states
    "^[\"']?(States)[\"']?$")
  (#match? @keyword
    "^[\"']?(Type|Comment|QueryLanguage|Next|End|InputPath|OutputPath|Parameters|ResultSelector|ResultPath|Arguments|Assign|Output|Resource|Credentials|Retry|Catch|TimeoutSeconds|TimeoutSecondsPath|HeartbeatSeconds|HeartbeatSecondsPath|Result|Seconds|SecondsPath|Timestamp|TimestampPath|Choices|Default|Error|ErrorPath|Cause|CausePath|Branches|Iterator|ItemProcessor|ItemReader|ItemSelector|ItemBatcher|Items|ItemsPath|ResultWriter|MaxConcurrency|MaxConcurrencyPath|ToleratedFailureCount|ToleratedFailureCountPath|ToleratedFailurePercentage|ToleratedFailurePercentagePath|Label)[\"']?$"))
(block_mapping_pair
  key: (flow_node [(plain_scalar (string_scalar) @_list) (double_quote_scalar) @_list (single_quote_scalar) @_list])
  value: (block_node (block_sequence (block_sequence_item (block_node (block_mapping (block_mapping_pair
    key: (flow_node [(plain_scalar (string_scalar) @keyword) (double_quote_scalar) @keyword (single_quote_scalar) @keyword])))))))
  (#match? @_list
    "^[\"']?(Choices|Retry|Catch|Branches|And|Or)[\"']?$")
  (#match? @keyword
    "^[\"']?(Comment|QueryLanguage|StartAt|States|Condition|Variable|And|Or|Not|Next|ErrorEquals|IntervalSeconds|MaxAttempts|BackoffRate|MaxDelaySeconds|JitterStrategy|ResultPath|Assign|Output)[\"']?$"))
(block_mapping_pair
  key: (flow_node [(plain_scalar (string_scalar) @_field) (double_quote_scalar) @_field (single_quote_scalar) @_field])
  value: (block_node (block_mapping (block_mapping_pair
    key: (flow_node [(plain_scalar (string_scalar) @keyword) (double_quote_scalar) @keyword (single_quote_scalar) @keyword]))))
  (#match? @_field
    "^[\"']?(ItemProcessor|Iterator|ProcessorConfig|ItemReader|ReaderConfig|ItemBatcher|ResultWriter|WriterConfig|Credentials|Not)[\"']?$")
  (#match? @keyword
    "^[\"']?(Comment|QueryLanguage|StartAt|States|ProcessorConfig|Mode|ExecutionType|Resource|Parameters|Arguments|ReaderConfig|WriterConfig|InputType|CSVHeaderLocation|CSVHeaders|CSVDelimiter|ManifestType|MaxItems|MaxItemsPath|ItemsPointer|Transformation|OutputType|BatchInput|MaxItemsPerBatch|MaxItemsPerBatchPath|MaxInputBytesPerBatch|MaxInputBytesPerBatchPath|RoleArn|RoleArn[.][$]|Variable|And|Or|Not)[\"']?$"))

; The comparisons of choice rules.
(block_mapping_pair
  key: (flow_node [(plain_scalar (string_scalar) @keyword.operator) (double_quote_scalar) @keyword.operator (single_quote_scalar) @keyword.operator])
  (#match? @keyword.operator
    "^[\"']?((String|Numeric|Boolean|Timestamp)(Equals|LessThan|GreaterThan|Matches)(Equals)?(Path)?|Is(Present|Null|String|Numeric|Boolean|Timestamp))[\"']?$"))

; State names, where they are defined and where they are meant.
(block_mapping_pair
  key: (flow_node [(plain_scalar (string_scalar) @_states) (double_quote_scalar) @_states (single_quote_scalar) @_states])
  value: (block_node (block_mapping (block_mapping_pair
    key: (flow_node [(plain_scalar (string_scalar) @label) (double_quote_scalar) @label (single_quote_scalar) @label]))))
  (#match? @_states
    "^[\"']?(States)[\"']?$"))
(block_mapping_pair
  key: (flow_node [(plain_scalar (string_scalar) @_key) (double_quote_scalar) @_key (single_quote_scalar) @_key])
  value: (flow_node [(plain_scalar (string_scalar) @label) (double_quote_scalar) @label (single_quote_scalar) @label])
  (#match? @_key
    "^[\"']?(StartAt|Next|Default)[\"']?$"))

; Words with a meaning, and the names of resources.
(block_mapping_pair
  key: (flow_node [(plain_scalar (string_scalar) @_key) (double_quote_scalar) @_key (single_quote_scalar) @_key])
  value: (flow_node [(plain_scalar (string_scalar) @type.builtin) (double_quote_scalar) @type.builtin (single_quote_scalar) @type.builtin])
  (#match? @_key
    "^[\"']?(Type)[\"']?$")
  (#match? @type.builtin
    "^[\"']?(Task|Pass|Choice|Wait|Succeed|Fail|Parallel|Map)[\"']?$"))
(block_mapping_pair
  key: (flow_node [(plain_scalar (string_scalar) @_key) (double_quote_scalar) @_key (single_quote_scalar) @_key])
  value: (flow_node [(plain_scalar (string_scalar) @constant.builtin) (double_quote_scalar) @constant.builtin (single_quote_scalar) @constant.builtin])
  (#match? @_key
    "^[\"']?(QueryLanguage)[\"']?$")
  (#match? @constant.builtin
    "^[\"']?(JSONPath|JSONata)[\"']?$"))
(block_mapping_pair
  key: (flow_node [(plain_scalar (string_scalar) @_key) (double_quote_scalar) @_key (single_quote_scalar) @_key])
  value: (block_node (block_sequence (block_sequence_item
    (flow_node [(plain_scalar (string_scalar) @constant) (double_quote_scalar) @constant (single_quote_scalar) @constant]))))
  (#match? @_key
    "^[\"']?(ErrorEquals)[\"']?$"))
(block_mapping_pair
  key: (flow_node [(plain_scalar (string_scalar) @_key) (double_quote_scalar) @_key (single_quote_scalar) @_key])
  value: (flow_node (flow_sequence
    (flow_node [(plain_scalar (string_scalar) @constant) (double_quote_scalar) @constant (single_quote_scalar) @constant])))
  (#match? @_key
    "^[\"']?(ErrorEquals)[\"']?$"))
(block_mapping_pair
  value: (flow_node [(plain_scalar (string_scalar) @string.special) (double_quote_scalar) @string.special (single_quote_scalar) @string.special])
  (#match? @string.special "^[\"']?arn:"))
