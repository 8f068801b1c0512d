; inherits: json

; The states.

(pair
  value: (object
    (pair key: (string) @_type value: (string) @_value)) @class.inside
  (#eq? @_type "\"Type\"")
  (#any-of? @_value
    "\"Task\"" "\"Pass\"" "\"Choice\"" "\"Wait\"" "\"Succeed\"" "\"Fail\"" "\"Parallel\"" "\"Map\"")) @class.around
