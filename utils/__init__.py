"""The rooms, in the order in which data walks through them.

`evidence` what a data folder may hold, read and validated · `archive` a folder as it stood on a day ·
`asking` with what a question to it begins · `checks` one module a method · `joining` and `verdicts` findings
to label, likelihood and confidence ·
`history` the verdicts of every day · `robustness` what other choices would say, and which of them flip a
label · `answers` what is told of a verdict in a sentence, and the label that readers are told · `results`
history and robustness, computed once · `prose`, `figures` and `charts` how a notebook states a number
and shows a picture · `essays` what only this article's notebooks need · `exports` the ledger for other
programs and `takeaway` the tables · `report` the static site.

`words` is where values become words, for whoever prints them, `sentences` where findings become sentences,
`shown` how objects show themselves, and `mime` what the outputs of notebooks hold for the report.

`analysis` what an analyst asks of an archive beside its verdicts, and `explorer` what an archive says on
another day, with other choices, without some, or with rows of one's own.

`incidents` counts events by the million, `shelf` judges data folders by the hundred, and `upstream` makes the
computed tables of `data/` from external datasets. `runs` says which notebooks must run and keeps what they
gave, `kernels` has warm kernels for them, `lab` opens JupyterLab on them and sets up git, `crate` packs a
report to hand on and runs it again, `bench` measures what it all costs, `calibration` how often it is right
where the truth is known, `interpreter` says whether this Python can run it, `collector` keeps the garbage
collector still meanwhile, `whole` writes files whole or not at all, `__main__` is the command line and
`arguments` what may be written on it, `commands` what its commands do, `building` those on notebooks and
reports, `bulk` those on much data, `upkeep` those that keep all in step, `terminal` what they print on and
`faults` what they say of what stopped them.
"""

import time

__all__ = ["LOADED"]

# When the first of the modules was loaded, in seconds of the epoch: what is written later is not what runs.
LOADED = time.time()
