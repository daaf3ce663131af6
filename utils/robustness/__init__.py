"""Does the label survive the choices that another analyst might have made?

Rule
----
1. Every method declares its choices in one place, its alternatives: for each parameter, other defensible
   values from near to far. A world is a claim judged with other choices in one of its checks, the others as
   they stand: every single change and every pair of changes of that check.
2. The set of sources is a choice too: a world leaves out one origin, or one line of evidence where its
   condition has others, or takes the other side of whether the interested parties are witnesses in all
   checks.
3. The share is that of the worlds that keep the claim's label; where a claim has several readings, each has a
   share of its own. The worlds are not equally likely and the share is no probability: it says how much the
   label leans on choices.
4. A flip is a single change that gives another label. Where a number or a day flips it, the nearest value
   that does is searched by halving the step between the claim's value and the declared one. Its size is the
   change as a share of what there is to change: of the number, of the window's days, of the origins, and one
   for a switch. The smallest flip is the one of least size; the measure sorts them and says nothing else.

Literature
----------
Steegen, Tuerlinckx, Gelman and Vanpaemel (2016), Perspectives on Psychological Science 11, for the
multiverse; Leamer (1985), American Economic Review 75, for the duty to show how fragile a result is.
"""

from .choices import World, worlds
from .flips import HALVINGS, Flip
from .sentences import change, in_words
from .share import Robustness, ledger, robustness, two_clocks

__all__ = [
    "HALVINGS",
    "Flip",
    "Robustness",
    "World",
    "change",
    "in_words",
    "ledger",
    "robustness",
    "two_clocks",
    "worlds",
]
