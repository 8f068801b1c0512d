; Written by asl-grammar-generate from tree-sitter-jsonata/queries/locals.scm.

; A lambda's parameters live in it, a binding lives in the block around it, or else in the whole expression.
[(source) (block) (lambda)] @local.scope

(parameter) @local.definition.variable.parameter
(binding name: (variable) @local.definition.variable)
(focus name: (variable) @local.definition.variable)
(index name: (variable) @local.definition.variable)

; A called one is left out: it should look like a function.
(variable) @local.reference
