"""The explorer: a state gives what the plain functions give, whatever is set, and tells what is wrong."""

import asyncio
import random
import threading
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import nbformat
import pytest
from cost import cost, looks, slowness
from folders import SECOND
from markup import Markup

from utils import explorer, verdicts
from utils.analysis import compare
from utils.answers import told
from utils.archive import Archive
from utils.explorer.board import Board
from utils.explorer.choices import offered
from utils.explorer.panel import Panel
from utils.explorer.state import State, settled
from utils.explorer.turns import in_turn
from utils.explorer.views import shown
from utils.lab.contents import plain
from utils.mime import WIDGET_MIME

ROOT = Path(__file__).resolve().parent.parent
ROW = {
    "id": "X1",
    "quantity": "ru_plus_nk_troops_kursk",
    "value": 20000,
    "source": "isw",
    "access": "count",
    "valid_from": "2024-11-10",
    "valid_to": "2024-11-10",
    "published": "2024-11-11",
}
# Of a move: a mean of 50 ms and seldom more than 200 were measured, on the project's own data.
SECONDS = 0.3


@pytest.fixture(scope="module", params=["own", "second"])
def any_archive(request, archive) -> Archive:
    return archive if request.param == "own" else Archive.read(SECOND)


def evaluated(view: explorer.View, archive: Archive) -> explorer.View:
    return eval(view.code, {"explorer": explorer, "archive": archive})


def drawn_state(archive: Archive, draw: random.Random) -> State:
    """A state as somebody might set it."""
    claim = draw.choice(archive.claims)
    choices = {}
    for check in claim.built:
        for one in offered(archive, check):
            if one.others and draw.random() < 0.2:
                choices.setdefault(check.key, {}).update(draw.choice(one.others)[1])
    days = (archive.clock - archive.article.history_from).days
    sources = sorted({row.source for row in archive.statements})
    return State(
        claim.id,
        archive.article.history_from + timedelta(days=draw.randint(0, days)),
        choices,
        without=tuple(draw.sample(sources, draw.randint(0, 2))),
        sides=tuple(draw.sample(sorted(archive.article.parties), draw.randint(0, 1))),
    )


@pytest.mark.long
def test_a_state_gives_what_the_plain_functions_give(any_archive):
    """Whatever was asked before, and kept."""
    draw, board = random.Random(5), Board(any_archive)
    for _ in range(8):
        state = drawn_state(any_archive, draw)
        view = shown(board, state)
        out = [
            source.id
            for source in any_archive.sources.values()
            if source.id in state.without or {source.party, source.co_party} & {*state.sides}
        ]
        other = (any_archive.without(*out) if out else any_archive).as_of(state.as_of)
        for claim in other.claims:
            asked = view.claim if claim.id == state.claim else claim
            assert view.after[claim.id] == verdicts.verdict(other, asked)
        assert view.before == {one.claim: one for one in verdicts.ledger(any_archive)}
        assert view.told == told(view.verdict)


@pytest.mark.long
def test_the_line_of_code_gives_the_same_view(any_archive):
    draw = random.Random(6)
    for _ in range(4):
        view = shown(Board(any_archive), drawn_state(any_archive, draw))
        assert "\n" not in view.code
        assert evaluated(view, any_archive)._repr_html_() == view._repr_html_()


def test_what_moved_is_what_compare_tells(archive):
    view = explorer.view(archive, "C01", as_of="2024-12-01", without=["isw"], rows=[ROW])
    told_by = compare(archive, archive.with_rows(ROW).without("isw").as_of("2024-12-01"))
    assert [(one.claim, one.checks) for one in view.moved] == [
        (one.claim, one.checks) for one in told_by.moved
    ]
    assert evaluated(view, archive)._repr_html_() == view._repr_html_()
    assert explorer.view(archive).moved == () and explorer.view(archive).state.as_of == archive.clock


def test_an_own_row_is_used_from_its_day_on(archive):
    rows = [ROW]
    late = explorer.view(archive, "C01", as_of="2024-11-11", rows=rows)
    early = explorer.view(archive, "C01", as_of="2024-11-10", rows=rows)
    assert "X1" in late.verdict.evidence and "X1" not in early.verdict.evidence and not late.faults


def test_what_is_wrong_is_told_and_left_out(archive):
    wrong = [ROW | {"quantity": "ru_plus_nk_troop_kursk"}, ROW | {"id": "X2", "value": "a lot"}, ROW]
    view = explorer.view(
        archive, "C01", choices={"quantity": {"tolerance": -1, "tolerence": 0.3, "gap_days": 3}}, rows=wrong
    )
    assert "X1" in view.archive.rows and "X2" not in view.archive.rows
    told_faults = "\n".join(view.faults)
    for words in (
        "own rows:1 quantity",
        "did you mean ru_plus_nk_troops_kursk",
        "own rows:2 value",
        "tolerance",
    ):
        assert words in told_faults
    assert "did you mean tolerance" in told_faults and view.claim == archive.claim("C01")
    assert 'role="alert"' in view._repr_html_() and "left out" in repr(view)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"claim": "C011"}, "C01"),
        ({"without": ["isv"]}, "isw"),
        ({"sides": ["rus"]}, "ru"),
        ({"choices": {"quantities": {}}}, "quantity"),
    ],
)
def test_a_wrong_name_is_answered_with_the_nearest(archive, given, words):
    with pytest.raises(KeyError, match=words):
        explorer.view(archive, **given)


def test_nobody_left_to_tell_is_a_view_too(any_archive):
    view = explorer.view(any_archive, sides=list(any_archive.article.parties))
    assert view.archive.statements == () and len(repr(view).splitlines()) <= 15
    assert Markup(view._repr_html_()).unmatched == []


def test_foreign_words_are_escaped(archive):
    hostile = archive.claim("C01").model_copy(update={"wording": '<script>alert(1)</script> & "x"'})
    changed = replace(archive, claims=(hostile,))
    told = explorer.view(changed)._repr_html_()
    assert "<script" not in told and "&lt;script" in told and Markup(told).unmatched == []


@pytest.fixture(scope="module")
def panel(archive) -> Panel:
    made = Panel(archive, settled(archive))
    list(made.board.prepare())
    return made


@pytest.mark.long
def test_controls_page_and_code_change_together(panel, archive):
    panel.set(State("C01", archive.clock))
    before = panel.page.value
    panel.day.value = "2024-12-01"
    control = next(one for one in panel.choices.children if one.description == "tolerance")
    control.value = 0.1
    panel.sides["kp"].value = False
    panel.without.value = ("zelensky",)
    assert panel.state == State(
        "C01", date(2024, 12, 1), {"quantity": {"tolerance": 0.1}}, ("zelensky",), ("kp",)
    )
    assert panel.code.value == panel.state.code and panel.page.value != before
    assert panel.page.value == evaluated(panel.view, archive)._repr_html_()
    control.value = archive.claim("C01").parameters("quantity").tolerance
    assert panel.state.choices == {}
    panel.reset.click()
    assert panel.page.value == before and panel.state == State("C01", archive.clock)
    assert panel.day.value == str(archive.clock) and panel.without.value == () and panel.sides["kp"].value


@pytest.mark.long
def test_an_own_row_is_taken_and_taken_back_and_a_wrong_one_told(panel, archive):
    panel.set(State("C01", archive.clock))
    panel.own.fields["value"].value = "a lot"
    panel.own.added.click()
    assert panel.state.rows == () and "a lot" in panel.page.value and 'role="alert"' in panel.page.value
    panel.own.fields["value"].value = "20000"
    panel.own.added.click()
    (row,) = panel.state.rows
    assert row["id"] in panel.view.archive.rows and 'role="alert"' not in panel.page.value
    assert panel.page.value == evaluated(panel.view, archive)._repr_html_()
    panel.own.taken.click()
    assert panel.state.rows == ()


@pytest.mark.long
def test_moves_that_another_thread_hears_are_made_by_that_of_the_cells(archive, monkeypatch):
    """As JupyterLab sends them over a subshell; each waits until it is its turn."""
    seen: list[threading.Thread] = []
    plainly = Board.seen
    monkeypatch.setattr(
        Board, "seen", lambda board, state: seen.append(threading.current_thread()) or plainly(board, state)
    )

    def moved(panel: Panel) -> None:
        panel.without.value = ("zelensky",)
        panel.sides["kp"].value = False
        panel.then.click()
        panel.own.fields["value"].value = "20000"
        panel.own.added.click()

    async def shown() -> Panel:
        panel = Panel(archive, settled(archive), in_turn())
        other = threading.Thread(target=moved, args=(panel,))
        other.start()
        # The loop is held, as by a cell that runs.
        other.join()
        assert panel.state == settled(archive)
        await asyncio.sleep(0)
        return panel

    panel = asyncio.run(shown())
    assert {*seen} == {threading.main_thread()}
    assert panel.state.without == ("zelensky",) and panel.state.sides == ("kp",)
    assert panel.state.as_of == archive.article.published and panel.state.rows[0]["value"] == "20000"


def test_every_control_has_a_name(panel, archive):
    for claim in archive.claims:
        panel.claim.value = claim.id
        for check in claim.built:
            panel.check.value = check.key
            for control in panel.choices.children:
                assert control.description
    named = (panel.claim, panel.day, panel.without, panel.code, *panel.sides.values())
    assert all(control.description for control in (*named, *panel.own.fields.values()))


def moves(panel: Panel, draw: random.Random):
    """One move after another, as a person would make them; each with what it is."""
    for claim in panel.archive.claims:
        yield claim.id, lambda name=claim.id: setattr(panel.claim, "value", name)
        for _ in range(3):
            yield f"{claim.id} day", lambda: setattr(panel.day, "value", draw.choice(panel.day.options))
            tellers = [name for _, name in panel.without.options]
            if tellers:
                yield (
                    f"{claim.id} teller",
                    lambda own=tellers: setattr(panel.without, "value", (draw.choice(own),)),
                )
        yield f"{claim.id} side", lambda: panel.sides[draw.choice([*panel.sides])].set_trait("value", False)
        yield f"{claim.id} reset", panel.reset.click


@pytest.mark.alone
def test_a_move_takes_less_than_the_bar(panel):
    """In processor time; one in fifty may take longer, when nothing of what it needs has been learnt yet."""
    seen = looks()
    took = sorted(((cost(move), what) for what, move in moves(panel, random.Random(7))), reverse=True)
    bar = SECONDS * slowness(seen + looks())
    assert took[len(took) // 50][0] < bar, took[:8]
    assert sum(one for one, _ in took) / len(took) < bar / 3


def test_what_is_stored_is_the_plain_view(archive):
    notebook = nbformat.read(ROOT / "notebooks" / "explore" / "explorer.ipynb", as_version=4)
    assert "widgets" not in notebook.metadata
    outputs = [one for cell in notebook.cells if cell.cell_type == "code" for one in cell.outputs]
    assert all({*one.data} == {"text/html", "text/plain"} for one in outputs)
    assert outputs[0].data["text/html"] == explorer.view(archive, "C01")._repr_html_()


def test_a_save_in_jupyterlab_leaves_the_controls_out():
    widget = {
        "output_type": "display_data",
        "metadata": {},
        "data": {WIDGET_MIME: {}, "text/html": "<p>x</p>"},
    }
    alone = {"output_type": "display_data", "metadata": {}, "data": {WIDGET_MIME: {}}}
    stream = {"output_type": "stream", "name": "stdout", "text": "x"}
    cell = {"cell_type": "code", "outputs": [widget, alone, stream]}
    assert plain(cell)["outputs"] == [{**widget, "data": {"text/html": "<p>x</p>"}}, alone, stream]
    assert plain({"cell_type": "markdown"}) == {"cell_type": "markdown"}


def test_a_page_is_saved_in_house_style(archive, tmp_path):
    view = explorer.view(archive)
    path = explorer.save(tmp_path / "new" / "page.html", "A <title>", "One & two\nthree", view)
    text = path.read_text(encoding="utf-8")
    assert "<h1>A &lt;title&gt;</h1>" in text and "<p>One &amp; two</p>\n<p>three</p>" in text
    assert (
        view._repr_html_() in text and "--ft-serif" in text and "http://" not in text.partition("<main>")[0]
    )
