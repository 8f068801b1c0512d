; Written by asl-grammar-generate from queries/yaml/folds.scm.

(block_mapping_pair value: (block_node)) @fold
(block_sequence_item) @fold
[(flow_mapping) (flow_sequence)] @fold
