; Written by asl-grammar-generate from queries/json/injections.scm.

; The whole string is injected, quotes and escapes included: its pieces alone would not be an expression. The parsers
; know JSON's escapes. A percent sign and a brace stand in brackets because Vim's expressions mean something by them.

(pair
  value: (string) @injection.content
  (#match? @injection.content "^\"[{][%]")
  (#set! injection.language "jsonata_json")
  (#set! injection.include-children))
(array
  (string) @injection.content
  (#match? @injection.content "^\"[{][%]")
  (#set! injection.language "jsonata_json")
  (#set! injection.include-children))

(pair
  key: (string (string_content) @_key)
  value: (string) @injection.content
  (#match? @_key "([.][$]|Path|^Variable)$")
  (#match? @injection.content "^\"([$]|States[.])")
  (#set! injection.language "aslpath_json")
  (#set! injection.include-children))
