; `{%` and `%}`, with the quotes around them.
[(open) (close)] @punctuation.special
