"""How objects show themselves: a line, a text of at most fifteen lines, and HTML of one screen.

A class says what it shows as a `View` of words (`view`), and knows nothing of HTML; `text` and `markup` write
it. What there is to say of a class stands in a module of its own, which its class alone imports: `records`,
`archives`, `findings`, `judged`, `course`, `leaning`, `asked`. `frames` is a table with units and source.
"""

from .showing import Shown
from .view import Listing, View

__all__ = ["Listing", "Shown", "View"]
