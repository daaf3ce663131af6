"""jsonschema without the grammars that it does not use.

jsonschema imports rfc3987_syntax where it is installed, as it is with JupyterLab, and that builds 39 parsers
at its import: more than a second for every process that opens a notebook with nbformat. Here the parsers are
built when the first address is checked.
"""

from __future__ import annotations

import importlib
import sys
from importlib.util import find_spec
from types import ModuleType

__all__ = ["on_demand"]

NAME = "rfc3987_syntax"


def on_demand() -> None:
    """Put a stand-in in the place of the module, unless it is loaded already or not installed."""
    if NAME in sys.modules or find_spec(NAME) is None:
        return
    stand_in = ModuleType(NAME, __doc__)

    def is_valid_syntax(term: str, value: str) -> bool:
        if sys.modules.get(NAME) is stand_in:
            del sys.modules[NAME]
        return bool(importlib.import_module(NAME).is_valid_syntax(term, value))

    vars(stand_in)["is_valid_syntax"] = is_valid_syntax
    sys.modules[NAME] = stand_in
