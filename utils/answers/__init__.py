"""What is told of a claim in a sentence that a newspaper could print, and the label that goes with it.

`labels` the rule of the readers' labels and of firmness · `written` what people wrote, and its guard ·
`computed` what stands where nobody wrote · `reasons` and `witnesses` who stands behind it, by name · `places`
the values in a text · `summary` the article as a whole.
"""

from .guard import problems
from .labels import firm, of_reading, told
from .reasons import follows, strongest
from .summary import summary, summary_faults
from .written import Answered, answer, both, faults, in_words, since_then

__all__ = [
    "Answered",
    "answer",
    "both",
    "faults",
    "firm",
    "follows",
    "in_words",
    "of_reading",
    "problems",
    "since_then",
    "strongest",
    "summary",
    "summary_faults",
    "told",
]
