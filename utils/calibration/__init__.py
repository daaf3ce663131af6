"""How often the engine is right where the truth is known, because it was drawn.

`worlds` say how truth and tellings come about · `case` what is drawn, `cast` who tells, `numbers`, `answers`
and `series` how a number, an event and a table come to be told, `draws` one module a method, `generate` whole
articles · `folder`, `columns` and `asked` write them as data folders, and know the schema alone · `run` lets
the engine judge them on both clocks · `score` compares, `gate` says what must hold, `not_reached` where it
does not yet · `command` and `show` answer in the terminal, `page` for the report.
"""
