"""Every notebook survives what a reader changes: no cell stops, and a note tells what no longer follows.

`make test` tries one change on three notebooks, drawn by chance; `make proof` tries twelve on all.
"""

import random
from datetime import date

import nbformat
import pytest
import trials
from proof import ALL

from utils import figures, prose, verdicts
from utils.archive import Archive

# Run in this process: it is their cells that take long, not a kernel's start.
pytestmark = pytest.mark.kernel

SEED = trials.seed()
*ARGUED, LEDGER = trials.NOTEBOOKS
# Three are drawn anew with each change of the pages. The ledger takes as long as all others together, but
# on an early clock.
DRAWN = trials.NOTEBOOKS if ALL else random.Random(SEED).sample(ARGUED, 3)
EARLY = trials.NOTEBOOKS if ALL else [*DRAWN, LEDGER]
CLOCKS = ("2024-11-12", "2025-02-01") if ALL else ("2024-11-12",)


@pytest.fixture
def shown(monkeypatch, archive):
    """What the sentences of an open page show, as text."""
    prose.begin(archive, version="1", claims=[])
    texts = []
    monkeypatch.setattr("IPython.display.display", lambda data, **_: texts.append(data["text/plain"]))
    return texts


def sampled(notebook, archive, many):
    """Changes drawn with a seed: of all that a reader may change on this page."""
    all_of_them = list(trials.changes(notebook, archive))
    return random.Random(f"{SEED} {notebook.stem}").sample(all_of_them, min(many, len(all_of_them)))


def check(notebook, change, monkeypatch):
    """A changed page: no cell stops; what it shows is the stored page's, or is told by a note or a value."""
    with monkeypatch.context() as patches:
        now = trials.run(notebook, change, patches)
    assert now.stopped == (), f"{notebook.stem}, {change.words}"
    assert now.texts
    return now


@pytest.mark.parametrize("notebook", DRAWN, ids=lambda path: path.stem)
def test_a_notebook_survives_changes(notebook, archive, monkeypatch):
    for change in sampled(notebook, archive, 12 if ALL else 1):
        check(notebook, change, monkeypatch)


@pytest.mark.parametrize("day", CLOCKS)
@pytest.mark.parametrize("notebook", EARLY, ids=lambda path: path.stem)
def test_a_notebook_survives_an_early_clock(notebook, day, monkeypatch):
    """Whoever asks as of the article's own day, or of the winter after, is told what does not follow."""
    change = trials.Change(f"as known on {day}", lambda archive: archive.as_of(day))
    assert check(notebook, change, monkeypatch).notes


@pytest.mark.parametrize("notebook", trials.NOTEBOOKS, ids=lambda path: path.stem)
def test_no_cell_needs_a_row_that_may_be_left_out(notebook):
    cells = [cell.source for cell in nbformat.read(notebook, as_version=4).cells if cell.cell_type == "code"]
    assert [needed for cell in cells if (needed := trials.unguarded(cell))] == []


@pytest.mark.parametrize(
    ("source", "needed"),
    [
        ('archive.rows["S119"].low', {"S119"}),
        ('[archive.rows[name] for name in ("S468", "S470")]', {"S468", "S470"}),
        ('prose.day(start, rows=["V98", "isw_area"])', {"V98"}),
        ('figures.show(figure, sources=[*used, "S119"])', {"S119"}),
        ('prose.cite(["V73"])[0]', {"V73"}),
        ('if prose.there("S119"):\n    archive.rows["S119"], archive.rows["S120"]', {"S120"}),
        ('if prose.there("S119"):\n    pass\nelse:\n    archive.rows["S119"]', {"S119"}),
        ('if prose.there("S119"):\n    pass\narchive.rows["S119"]', {"S119"}),
        ('prose.day(start, rows=prose.present("V98")), archive.rows.get("S119")', set()),
        ('names = {"S119": "Kyiv"}; found == ["S299"]', set()),
    ],
)
def test_a_row_that_a_cell_needs_is_found(source, needed):
    assert trials.unguarded(source) == needed


def test_every_change_of_the_archive_can_be_made(archive):
    against = [
        change
        for page in trials.NOTEBOOKS
        for change in trials.changes(page, archive)
        if "against" in change.words
    ]
    assert against
    for change in {one.words: one for one in against}.values():
        assert len(change.of_archive(archive).statements) == len(archive.statements) + 1


def test_only_rows_that_are_there_are_given(archive, shown):
    assert prose.present("S019", "S9999", "isw_area", "nothing") == ("S019", "isw_area")
    prose.begin(archive.without(archive.rows["S019"].source), version="1", claims=[])
    assert prose.present("S019", "isw_area") == ("isw_area",)


def test_a_narrower_claim_is_told_in_words_and_in_notes(monkeypatch):
    """The tolerance of the first claim halved: its name changes in every sentence and title that has it."""
    notebook = next(path for path in trials.NOTEBOOKS if path.stem.startswith("01"))
    archive = Archive.read()
    halved = archive.claim("C01").vary("quantity", tolerance=0.1)
    change = trials.Change("a tenth", lambda archive: trials.with_claim(archive, halved))
    now = check(notebook, change, monkeypatch)
    (first,) = [text for text in now.texts if text.startswith("On the number of soldiers")]
    assert "within a tenth of the claim" in first
    assert not [text for text in now.texts if "within a fifth of the claim was" in text]
    assert now.notes


def test_a_note_is_shown_when_a_sentence_no_longer_holds(shown):
    prose.holds(True, "Most of the evidence came after the article.")
    assert shown == []
    prose.holds(False, "Most of the evidence came after the article.", "Hardly any came before.")
    (note,) = shown
    assert note.startswith(prose.CHANGED)
    assert "Most of the evidence came after the article. Hardly any came before." in note
    with pytest.raises(ValueError, match="12"):
        prose.holds(True, "There are 12 of them.")


def test_rows_that_are_left_out_are_named(shown):
    assert prose.there("S019") and shown == []
    assert not prose.there("S019", "S9998", "S9999")
    (note,) = shown
    assert "S9998 and S9999" in note and "S019" not in note


@pytest.mark.parametrize("same", [True, False])
def test_another_picture_than_the_words_were_written_for_is_told(shown, same):
    def drawn(value, **written):
        figure, axes = figures.new()
        axes.plot([1, 2], [0, value])
        figures.show(
            figure,
            title="It rises from nought to its end",
            alt="A line that goes up from the left.",
            sources=[],
            **written,
        )

    drawn(1)
    print_ = shown[-1].split("Fingerprint: ")[1]
    shown.clear()
    drawn(1 if same else 3, written_for=print_, holds=same)
    notes = [text for text in shown if text.startswith(prose.CHANGED)]
    assert [("this picture" in text, "It rises" in text) for text in notes] == (
        [] if same else [(False, True), (True, False)]
    )


def test_a_value_that_there_is_none_of_is_said_to_be_missing(archive, shown):
    nothing = verdicts.verdict(archive.as_of(date(2024, 8, 1)), archive.claim("C01"))
    for made in (
        prose.share(None, rows=[]),
        prose.share(float("nan"), rows=[]),
        prose.number(None, rows=[]),
        prose.number(float("inf"), rows=[]),
        prose.day(None, rows=[]),
        prose.likelihood(None, rows=[]),
        prose.interval(None, rows=[]),
        prose.of(nothing, "share"),
        prose.of(nothing, "confidence"),
    ):
        assert made.unit == "words" and "nan" not in made.text and "None" not in made.text


@pytest.mark.parametrize(
    ("share", "words"), [(0.2, "a fifth"), (0.1, "a tenth"), (0.5, "a half"), (0.15, "15 %"), (0.21, "21 %")]
)
def test_a_share_is_called_by_its_name(shown, share, words):
    assert prose.fraction(share, rows=[]).text == words
