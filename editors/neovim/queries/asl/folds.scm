; Written by asl-grammar-generate from queries/json/folds.scm.

[(object) (array)] @fold
