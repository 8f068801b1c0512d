; Written by asl-grammar-generate from queries/yaml/locals.scm.

; The names of states, which are unique in a document: defined by a mapping that begins with a type, meant by
; `StartAt`, `Next` and `Default`.

(document) @local.scope

(block_mapping_pair
  key: (flow_node [(plain_scalar (string_scalar) @local.definition.label) (double_quote_scalar) @local.definition.label (single_quote_scalar) @local.definition.label])
  value: (block_node (block_mapping . [
    (block_mapping_pair key: (flow_node) @_type value: (flow_node) @_value)
    ((block_mapping_pair value: (flow_node))
      . (block_mapping_pair key: (flow_node) @_type value: (flow_node) @_value))
    ((block_mapping_pair value: (flow_node)) . (block_mapping_pair value: (flow_node))
      . (block_mapping_pair key: (flow_node) @_type value: (flow_node) @_value))
  ]))
  (#match? @_type "^[\"']?(Type)[\"']?$")
  (#match? @_value "^[\"']?(Task|Pass|Choice|Wait|Succeed|Fail|Parallel|Map)[\"']?$"))
(block_mapping_pair
  key: (flow_node) @_key
  value: (flow_node [(plain_scalar (string_scalar) @local.reference) (double_quote_scalar) @local.reference (single_quote_scalar) @local.reference])
  (#match? @_key "^[\"']?(StartAt|Next|Default)[\"']?$"))
