; Written by asl-grammar-generate from tree-sitter-asl-path/queries/folds.scm.

[(arguments) (filter)] @fold
