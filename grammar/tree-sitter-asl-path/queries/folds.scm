[(arguments) (filter)] @fold
