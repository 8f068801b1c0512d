; inherits: yaml

; The states.

(block_mapping_pair
  value: (block_node
    (block_mapping
      (block_mapping_pair key: (flow_node) @_type value: (flow_node) @_value))) @class.inside
  (#eq? @_type "Type")
  (#any-of? @_value "Task" "Pass" "Choice" "Wait" "Succeed" "Fail" "Parallel" "Map")) @class.around
