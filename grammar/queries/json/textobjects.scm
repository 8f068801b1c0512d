; For nvim-treesitter-textobjects: a state is a class, a field is an assignment.

(pair
  value: (object
    (pair key: (string) @_type value: (string) @_value)) @class.inner
  (#eq? @_type "\"Type\"")
  (#any-of? @_value
    "\"Task\"" "\"Pass\"" "\"Choice\"" "\"Wait\"" "\"Succeed\"" "\"Fail\"" "\"Parallel\"" "\"Map\"")) @class.outer

(pair
  key: (_) @assignment.lhs
  value: (_) @assignment.rhs @assignment.inner) @assignment.outer

(object) @block.outer

(array
  (_) @parameter.inner)
