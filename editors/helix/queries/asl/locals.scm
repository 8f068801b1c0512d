; Written by asl-grammar-generate from queries/json/locals.scm.

; The names of states, which are unique in a document: defined by an object that begins with a type, meant by `StartAt`,
; `Next` and `Default`.

(document) @local.scope

(pair
  key: (string . (string_content) @local.definition.label .)
  value: (object . [
    (pair key: (string) @_type value: (string) @_value)
    ((pair value: (string)) . (pair key: (string) @_type value: (string) @_value))
    ((pair value: (string)) . (pair value: (string)) . (pair key: (string) @_type value: (string) @_value))
  ])
  (#eq? @_type "\"Type\"")
  (#any-of? @_value
    "\"Task\"" "\"Pass\"" "\"Choice\"" "\"Wait\"" "\"Succeed\"" "\"Fail\"" "\"Parallel\"" "\"Map\""))
(pair
  key: (string) @_key
  value: (string . (string_content) @local.reference .)
  (#any-of? @_key "\"StartAt\"" "\"Next\"" "\"Default\""))
