"""Try an archive out: another day, other choices, tellers left out, rows of one's own, and what that moves.

`state` what an explorer is set to, and the line of code that sets it so · `board` the verdicts in a state,
each computed once · `views` what a state shows, and what moved · `picture` the findings of a claim as a
drawing · `pages` a view as HTML and as text · `choices` the choices of a check, as what a person can set ·
`panel`, `own_row` and `live` the controls in a notebook · `turns` when their moves are made · `saved` what
was found as a page of its own.

    from utils import explorer
    explorer.explore(archive)  # controls and what they show, which change together
    explorer.view(archive, "C01", as_of="2024-12-01", without=["isw"])  # the same without controls
"""

from .live import explore
from .saved import save
from .state import State
from .views import View, view

__all__ = ["State", "View", "explore", "save", "view"]
