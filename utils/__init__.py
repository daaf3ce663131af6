"""The rooms, in the order in which data walks through them.

`schema` what a table must look like and the error a person gets · `claims` the article and its claims ·
`archive` read and validate a data folder once, `as_of` a day · `checks` one module a method ·
`verdicts` findings to label, likelihood and confidence · `history` the verdict by day · `robustness` and
`flips` what another choice would give · `hindsight` who was close · `overview` the ledger as tables ·
`glossary` what words mean here · `prose` and `figures` the only ways a notebook states a number and shows a
picture · `charts` what the pictures draw · `report` the static site · `__main__` the command line.
"""
