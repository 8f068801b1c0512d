; Written by asl-grammar-generate from tree-sitter-asl-path/queries/highlights.scm.

; Paths, context paths, variables and intrinsic functions.
; No node is captured twice, so that it does not matter whether the first pattern wins or the last.

[(root) (context) (item)] @variable.builtin
(variable) @variable
(child (name) @variable.member)
(descendant (name) @variable.member)
(method (name) @function.method.call)
(function) @function.builtin
(substitution) @string.special

(string) @string
(escape_sequence) @string.escape
(placeholder) @punctuation.special
(word) @string
(regex) @string.regexp
[(number) (integer)] @number
(boolean) @boolean
(null) @constant.builtin
(wildcard) @character.special

(operator) @operator
["||" "&&" "!" "?"] @operator
["(" ")" "[" "]"] @punctuation.bracket
["." ".." "," ":"] @punctuation.delimiter

; The quotes around the text, or the header of a block of YAML.
[(open) (close)] @string
