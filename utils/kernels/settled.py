"""What a cell's messages come to: what was cleared is gone, and updated displays show their last state.

nbclient writes notebooks so, as JupyterLab does; nbval takes every message for an output of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

__all__ = ["may_be_updated", "settled"]

OUTPUTS = {"stream", "display_data", "execute_result", "error"}

# A message of a kernel; None stands for one that did not come.
Message = dict[str, Any] | None


def settled(messages: Iterable[Message], before: Sequence[list[Message]] = ()) -> list[Message]:
    """The messages of one cell without those that clear or update, and without what these took away.

    before: those of the cells before, whose displays a cell may update; they are changed where it does.
    """
    kept: list[Message] = []
    clears = False
    for message in messages:
        kind = message["msg_type"] if message else ""
        if message and kind == "clear_output":
            clears = bool(message["content"].get("wait"))
            kept = kept if clears else _without_outputs(kept)
        elif message and kind == "update_display_data":
            for shown in (*before, kept):
                _update(shown, message["content"])
        else:
            if clears and kind in OUTPUTS:
                kept, clears = _without_outputs(kept), False
            kept.append(message)
    return kept


def may_be_updated(messages: Iterable[Message]) -> bool:
    """Whether there is a display among the messages of a cell that a later cell can name."""
    return any(one is not None and _display(one["content"]) is not None for one in messages)


def _without_outputs(messages: list[Message]) -> list[Message]:
    return [one for one in messages if one is None or one["msg_type"] not in OUTPUTS]


def _display(content: dict[str, Any]) -> str | None:
    name: str | None = content.get("transient", {}).get("display_id")
    return name


def _update(messages: list[Message], content: dict[str, Any]) -> None:
    """Give every display of the same name its new content."""
    for one in messages:
        if one and _display(content) is not None and _display(one["content"]) == _display(content):
            one["content"] = {**one["content"], "data": content["data"], "metadata": content["metadata"]}
