[(arguments) (array) (block) (comment) (group_by) (lambda) (object) (transform)] @fold
