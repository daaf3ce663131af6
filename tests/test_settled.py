"""What a cell's messages come to is what nbclient writes into the notebook."""

import pytest

from utils.kernels.settled import may_be_updated, settled


def stream(text):
    return {"msg_type": "stream", "content": {"name": "stdout", "text": text}}


def shown(text, kind="display_data", name=None):
    transient = {"transient": {"display_id": name}} if name else {}
    return {"msg_type": kind, "content": {"data": {"text/plain": text}, "metadata": {}, **transient}}


def clear(wait):
    return {"msg_type": "clear_output", "content": {"wait": wait}}


IDLE = {"msg_type": "status", "content": {"execution_state": "idle"}}


@pytest.mark.parametrize(
    ("messages", "kept"),
    [
        ([stream("1"), stream("2"), IDLE, None], [stream("1"), stream("2"), IDLE, None]),
        ([stream("1"), clear(False), IDLE], [IDLE]),
        ([stream("1"), clear(True), IDLE], [stream("1"), IDLE]),
        ([IDLE, stream("1"), clear(True), stream("2")], [IDLE, stream("2")]),
        ([stream("1"), clear(True), clear(False), shown("2")], [shown("2")]),
        (
            [shown("1", name="a"), shown("2", name="b"), shown("3", "update_display_data", "a")],
            [shown("3", name="a"), shown("2", name="b")],
        ),
        ([shown("1"), shown("2", "update_display_data")], [shown("1")]),
        ([shown("1", "update_display_data", "gone")], []),
    ],
)
def test_cleared_and_updated_outputs_are_as_nbclient_writes_them(messages, kept):
    assert settled(messages) == kept


def test_a_cell_updates_the_displays_of_those_before_it():
    first, second = [shown("1", name="a"), shown("2", name="b"), None], [stream("x")]
    own = settled([shown("3", name="a"), shown("4", "update_display_data", "a")], [first, second])
    assert own == [shown("4", name="a")]
    assert first == [shown("4", name="a"), shown("2", name="b"), None] and second == [stream("x")]
    assert may_be_updated(first) and not may_be_updated(second) and not may_be_updated([shown("1"), None])
