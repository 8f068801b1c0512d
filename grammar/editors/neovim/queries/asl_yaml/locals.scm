; Written by asl-grammar-generate from queries/yaml/locals.scm.

; The names of states: defined in `States`, meant by `StartAt`, `Next` and `Default` of the same machine.

((block_mapping (block_mapping_pair
  key: (flow_node [(plain_scalar (string_scalar) @_states) (double_quote_scalar) @_states (single_quote_scalar) @_states]))) @local.scope
  (#match? @_states
    "^[\"']?(States)[\"']?$"))
(block_mapping_pair
  key: (flow_node [(plain_scalar (string_scalar) @_states) (double_quote_scalar) @_states (single_quote_scalar) @_states])
  value: (block_node (block_mapping (block_mapping_pair
    key: (flow_node [(plain_scalar (string_scalar) @local.definition.label) (double_quote_scalar) @local.definition.label (single_quote_scalar) @local.definition.label]))))
  (#match? @_states
    "^[\"']?(States)[\"']?$"))
(block_mapping_pair
  key: (flow_node [(plain_scalar (string_scalar) @_key) (double_quote_scalar) @_key (single_quote_scalar) @_key])
  value: (flow_node [(plain_scalar (string_scalar) @local.reference) (double_quote_scalar) @local.reference (single_quote_scalar) @local.reference])
  (#match? @_key
    "^[\"']?(StartAt|Next|Default)[\"']?$"))
