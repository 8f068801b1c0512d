; The quotes around the text, or the header of a block of YAML.
[(open) (close)] @string
