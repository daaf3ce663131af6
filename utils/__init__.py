"""The rooms, in the order in which data walks through them.

`evidence` what a data folder may hold, read and validated · `archive` a folder as it stood on a day ·
`checks` one module a method · `verdicts` findings to label, likelihood and confidence · `history` the
verdicts of every day · `robustness` what other choices would say, `flips` in words · `prose`, `figures` and
`charts` how a notebook states a number and shows a picture · `essays` what only this article's notebooks
need · `exports` the ledger for other programs · `report` the static site.

Whoever prints a value takes its words from `words`. `upstream` makes the computed tables of `data/` from
external datasets. `runs` says which notebooks must run and keeps what they gave, `kernels` has warm kernels
for them, `bench` measures what it all costs, `interpreter` says whether this Python can run it, and
`__main__` is the command line.
"""
