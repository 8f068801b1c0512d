; Written by asl-grammar-generate from tree-sitter-jsonata/queries/highlights.scm.

; JSONata with the functions of Step Functions.
; No node is captured twice, so that it does not matter whether the first pattern wins or the last.

(comment) @comment

[(name) (quoted_name)] @variable.other.member
((variable) @variable.builtin
  (#any-of? @variable.builtin "$" "$$" "$states"))
((variable) @variable
  (#not-any-of? @variable "$" "$$" "$states"))
(parameter) @variable.parameter

((function) @function.builtin
  (#any-of? @function.builtin
    "$string" "$length" "$substring" "$substringBefore" "$substringAfter" "$lowercase" "$uppercase" "$trim"
    "$pad" "$match" "$contains" "$replace" "$split" "$join" "$base64encode" "$base64decode"
    "$encodeUrlComponent" "$encodeUrl" "$decodeUrlComponent" "$decodeUrl" "$number" "$abs" "$floor" "$ceil"
    "$round" "$power" "$sqrt" "$random" "$formatNumber" "$formatBase" "$formatInteger" "$parseInteger"
    "$sum" "$max" "$min" "$average" "$boolean" "$not" "$exists" "$count" "$append" "$sort" "$reverse"
    "$shuffle" "$distinct" "$zip" "$keys" "$lookup" "$spread" "$merge" "$sift" "$each" "$error" "$assert"
    "$type" "$clone" "$map" "$filter" "$single" "$reduce" "$toMillis" "$fromMillis" "$now" "$millis"
    "$partition" "$range" "$hash" "$uuid" "$parse"))
((function) @function
  (#not-any-of? @function
    "$string" "$length" "$substring" "$substringBefore" "$substringAfter" "$lowercase" "$uppercase" "$trim"
    "$pad" "$match" "$contains" "$replace" "$split" "$join" "$base64encode" "$base64decode"
    "$encodeUrlComponent" "$encodeUrl" "$decodeUrlComponent" "$decodeUrl" "$number" "$abs" "$floor" "$ceil"
    "$round" "$power" "$sqrt" "$random" "$formatNumber" "$formatBase" "$formatInteger" "$parseInteger"
    "$sum" "$max" "$min" "$average" "$boolean" "$not" "$exists" "$count" "$append" "$sort" "$reverse"
    "$shuffle" "$distinct" "$zip" "$keys" "$lookup" "$spread" "$merge" "$sift" "$each" "$error" "$assert"
    "$type" "$clone" "$map" "$filter" "$single" "$reduce" "$toMillis" "$fromMillis" "$now" "$millis"
    "$partition" "$range" "$hash" "$uuid" "$parse"))
(lambda ["function" "λ" "`function`" "`λ`"] @keyword.function)
(signature) @type

(string) @string
(escape_sequence) @constant.character.escape
(regex) @string.regexp
(number) @constant.numeric
(boolean) @constant.builtin.boolean
(null) @constant.builtin
[(wildcard) (descendants) (parent) (placeholder)] @constant.character

["and" "or" "in"] @keyword.operator
[
  "+" "-" "*" "/" "%" "&" "=" "!=" "<" "<=" ">" ">=" "~>" ":=" "?" "??" "?:" ".." "|" "^" "@" "#"
] @operator
(conditional ":" @operator)
["(" ")" "[" "]" "{" "}"] @punctuation.bracket
["." "," ";"] @punctuation.delimiter
(pair ":" @punctuation.delimiter)
