; Written by asl-grammar-generate from queries/yaml/injections.scm.

; The whole scalar is injected, with its quotes or the header of its block: the parsers know them, and the escapes.
; A percent sign and a brace stand in brackets because Vim's expressions mean something by them.

(block_mapping_pair value: (flow_node [(double_quote_scalar) (single_quote_scalar)] @injection.content)
  (#match? @injection.content "^[\"'][{][%]")
  (#set! injection.language "jsonata_json")
  (#set! injection.include-children))
(flow_pair value: (flow_node [(double_quote_scalar) (single_quote_scalar)] @injection.content)
  (#match? @injection.content "^[\"'][{][%]")
  (#set! injection.language "jsonata_json")
  (#set! injection.include-children))
(block_sequence_item (flow_node [(double_quote_scalar) (single_quote_scalar)] @injection.content)
  (#match? @injection.content "^[\"'][{][%]")
  (#set! injection.language "jsonata_json")
  (#set! injection.include-children))
(flow_sequence (flow_node [(double_quote_scalar) (single_quote_scalar)] @injection.content)
  (#match? @injection.content "^[\"'][{][%]")
  (#set! injection.language "jsonata_json")
  (#set! injection.include-children))
((block_scalar) @injection.content
  (#match? @injection.content "^[|>][-+0-9]*[^a-zA-Z{]*[{][%]")
  (#set! injection.language "jsonata_json")
  (#set! injection.include-children))

; A scalar without quotes is plain text.
(block_mapping_pair
  key: (flow_node) @_key
  value: (flow_node (plain_scalar) @injection.content)
  (#match? @_key "([.][$]|Path|^[\"']?Variable)[\"']?$")
  (#match? @injection.content "^([$]|States[.])")
  (#set! injection.language "aslpath")
  (#set! injection.include-children))
(block_mapping_pair
  key: (flow_node) @_key
  value: (flow_node [(double_quote_scalar) (single_quote_scalar)] @injection.content)
  (#match? @_key "([.][$]|Path|^[\"']?Variable)[\"']?$")
  (#match? @injection.content "^[\"']([$]|States[.])")
  (#set! injection.language "aslpath_json")
  (#set! injection.include-children))
(flow_pair
  key: (flow_node) @_key
  value: (flow_node (plain_scalar) @injection.content)
  (#match? @_key "([.][$]|Path|^[\"']?Variable)[\"']?$")
  (#match? @injection.content "^([$]|States[.])")
  (#set! injection.language "aslpath")
  (#set! injection.include-children))
(flow_pair
  key: (flow_node) @_key
  value: (flow_node [(double_quote_scalar) (single_quote_scalar)] @injection.content)
  (#match? @_key "([.][$]|Path|^[\"']?Variable)[\"']?$")
  (#match? @injection.content "^[\"']([$]|States[.])")
  (#set! injection.language "aslpath_json")
  (#set! injection.include-children))
(block_mapping_pair
  key: (flow_node) @_key
  value: (block_node (block_scalar) @injection.content)
  (#match? @_key "([.][$]|Path|^[\"']?Variable)[\"']?$")
  (#match? @injection.content "^[|>][-+0-9]*[^a-zA-Z$]*([$]|States[.])")
  (#set! injection.language "aslpath_json")
  (#set! injection.include-children))
