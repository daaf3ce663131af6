"""The examples in the docstrings of what an analyst calls: each has one, and each says what it gives."""

import doctest
import importlib
import inspect
from collections.abc import Iterator, Mapping
from types import ModuleType

import IPython.display
import pytest

from utils import analysis, asking, figures, history, prose, robustness, verdicts
from utils import archive as archives
from utils.evidence import cells, nearest
from utils.shown import records, view

ROOMS = (archives, verdicts, history, robustness, analysis, prose, figures)
# Where the examples stand: what a room offers may be made in a module of its own.
MODULES = (*ROOMS, asking, cells, nearest, records, view)
# What checks and the report ask, and no analyst.
FOR_OTHERS = {
    "Archive.in_order",
    "Archive.is_belligerent",
    "Archive.is_of_a_belligerent",
    "change",
    "colours_of",
    "fingerprint",
    "in_words",
    "label",
    "loose_numerals",
    "party_colour",
    "when_narrow",
    "worlds",
}
FLAGS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE


def offered(room: ModuleType) -> Iterator[tuple[str, object]]:
    """The functions of a room, and the methods of its classes, that are its own, by name."""
    for name in room.__all__:
        thing = getattr(room, name)
        if not getattr(thing, "__module__", "").startswith(room.__name__):
            continue
        if inspect.isfunction(thing):
            yield name, thing
        elif inspect.isclass(thing):
            methods = {own: getattr(thing, own) for own in vars(thing) if not own.startswith("_")}
            yield from ((f"{name}.{own}", made) for own, made in methods.items() if _is_called(made))


def _is_called(thing: object) -> bool:
    return inspect.isfunction(thing) or inspect.ismethod(thing)


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.__name__)
def test_everything_that_an_analyst_calls_has_an_example(room):
    told = dict(offered(room))
    assert told, "a room that offers nothing"
    lacking = [name for name, made in told.items() if ">>>" not in (made.__doc__ or "")]
    assert set(lacking) <= FOR_OTHERS


def sources() -> list[ModuleType]:
    """The modules in which the examples stand, each once."""
    made = {thing.__module__ for room in ROOMS for _, thing in offered(room)}
    return [importlib.import_module(name) for name in sorted(made | {one.__name__ for one in MODULES})]


def shown(bundle: Mapping[str, str], **_: object) -> None:
    """An output as one reads it who sees text alone."""
    print(bundle["text/plain"])


@pytest.mark.parametrize("module", sources(), ids=lambda module: module.__name__)
def test_every_example_gives_what_it_says(module, archive, monkeypatch):
    monkeypatch.setattr(IPython.display, "display", shown)
    monkeypatch.setattr("utils.prose.page._page", type(prose.page._page)(archive))
    finder = doctest.DocTestFinder(exclude_empty=True)
    runner = doctest.DocTestRunner(optionflags=FLAGS)
    told: list[str] = []
    for example in finder.find(module, globs={**vars(module), "archive": archive}):
        runner.run(example, out=told.append)
    assert not told, "".join(told)


def test_a_wrong_example_is_found(archive):
    module = ModuleType("wrong")
    module.__doc__ = ">>> archive.claim('C01').id\n'C02'"
    (example,) = doctest.DocTestFinder().find(module, globs={"archive": archive})
    told: list[str] = []
    doctest.DocTestRunner(optionflags=FLAGS).run(example, out=told.append)
    assert "Expected:\n    'C02'\nGot:\n    'C01'" in "".join(told)
