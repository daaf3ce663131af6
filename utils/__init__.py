"""The rooms, in the order in which data walks through them.

`schema` what a table must look like and the error a person gets · `claims` the article and its claims ·
`archive` read and validate a data folder once, `as_of` a day · `checks` one module a method ·
`verdicts` findings to label, likelihood and confidence · `history` the verdicts of every day ·
`robustness` what other choices would say, `flips` in words · `exports` the ledger for other programs ·
`ground` who held which part of the salient · `echo` who repeats whom · `hindsight` who was close ·
`citation` how to cite it · `overview` the ledger as tables · `glossary` what words mean here · `prose`,
`figures` and `charts` how a notebook states a number and shows a picture · `report` the static site ·
`kernels` warm kernels for the notebooks · `bench` what it all costs · `__main__` the command line,
`interpreter` whether this Python can run it.
`upstream` makes the computed tables of `data/` from external datasets, `descriptor` reads what a folder says
of its tables, `consistency` finds slips between rows, `new` starts the next article.
"""
