; Written by asl-grammar-generate from queries/yaml/textobjects.scm.

; For nvim-treesitter-textobjects: a state is a class, a field is an assignment.

(block_mapping_pair
  value: (block_node
    (block_mapping
      (block_mapping_pair key: (flow_node) @_type value: (flow_node) @_value))) @class.inner
  (#eq? @_type "Type")
  (#any-of? @_value "Task" "Pass" "Choice" "Wait" "Succeed" "Fail" "Parallel" "Map")) @class.outer

(block_mapping_pair
  key: (_) @assignment.lhs
  value: (_) @assignment.rhs @assignment.inner) @assignment.outer

(block_mapping) @block.outer

(block_sequence_item
  (_) @parameter.inner)

(comment) @comment.outer
