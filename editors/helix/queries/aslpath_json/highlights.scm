; Written by asl-grammar-generate from tree-sitter-asl-path/queries/highlights.scm.

; Paths, context paths, variables and intrinsic functions.
; No node is captured twice, so that it does not matter whether the first pattern wins or the last.

[(root) (context) (item)] @variable.builtin
(variable) @variable
(child (name) @variable.other.member)
(descendant (name) @variable.other.member)
(method (name) @function.method)
(function) @function.builtin
(substitution) @string.special

(string) @string
(escape_sequence) @constant.character.escape
(placeholder) @punctuation.special
(word) @string
(regex) @string.regexp
[(number) (integer)] @constant.numeric
(boolean) @constant.builtin.boolean
(null) @constant.builtin
(wildcard) @constant.character

(operator) @operator
["||" "&&" "!" "?"] @operator
["(" ")" "[" "]"] @punctuation.bracket
["." ".." "," ":"] @punctuation.delimiter

; The quotes around the text, or the header of a block of YAML.
[(open) (close)] @string
