; Written by asl-grammar-generate from tree-sitter-jsonata/queries/folds.scm.

[(arguments) (array) (block) (comment) (group_by) (lambda) (object) (transform)] @fold
