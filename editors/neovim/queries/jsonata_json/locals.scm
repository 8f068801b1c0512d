; Written by asl-grammar-generate from tree-sitter-jsonata/queries/locals.scm.

; A lambda's parameters live in it, a binding lives in the block around it, or else in the whole expression.
[(source) (block) (lambda)] @local.scope

(parameter) @local.definition.parameter
(binding name: (variable) @local.definition.var)
(focus name: (variable) @local.definition.var)
(index name: (variable) @local.definition.var)

; A called one is left out: it should look like a function.
(variable) @local.reference
