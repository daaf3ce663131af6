"""Where findings become sentences: `values` what there is to say, `english` how it is said.

Another language is another module beside `english` with the same names.
"""
