; Written by asl-grammar-generate from queries/json/locals.scm.

; The names of states: defined by what has a type, meant by `StartAt`, `Next` and `Default` of the same machine.

((object (pair key: (string . (string_content) @_states .))) @local.scope
  (#eq? @_states "States"))
(pair
  key: (string . (string_content) @local.definition.label .)
  value: (object (pair
    key: (string . (string_content) @_type .)
    value: (string . (string_content) @_value .)))
  (#eq? @_type "Type")
  (#any-of? @_value "Task" "Pass" "Choice" "Wait" "Succeed" "Fail" "Parallel" "Map"))
(pair
  key: (string . (string_content) @_key .)
  value: (string . (string_content) @local.reference .)
  (#any-of? @_key "StartAt" "Next" "Default"))
