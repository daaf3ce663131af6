"""The glossary: wrong entries are named, links resolve, and notebooks link what is easily mistaken."""

from pathlib import Path

import nbformat
import pytest

from utils.archive import DATA, Archive
from utils.evidence import glossary
from utils.evidence.problems import DataError
from utils.report import outputs, pages

NOTEBOOKS = sorted((DATA.parent / "notebooks").glob("*.ipynb"))


def text_of(path: Path) -> str:
    cells = nbformat.read(path, as_version=4).cells
    return "\n\n".join(cell.source for cell in cells if cell.cell_type == "markdown")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("term: held", "term: killed", "term: 'killed', expected a term of its own"),
        ("term: held", "term: Held [x](y)", "term: 'Held [x](y)', expected"),
        ("[nk_killed, ", "[nk_dead, ", "killed: 'nk_dead', expected the id of a known quantity"),
        ("forms: [massed]", "forms: []", "forms: '[]', expected"),
        ("is_not: When", "is_no: When", "is_not: '', expected a value"),
        ("linked: true", "linked: perhaps", "linked: 'perhaps', expected"),
    ],
)
def test_a_wrong_term_is_named(folder, old, new, said):
    path = folder / glossary.FILE
    path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    with pytest.raises(DataError) as caught:
        Archive.read(folder)
    told = [str(problem) for problem in caught.value.problems]
    assert any(one.startswith("glossary.yaml:") and said in one for one in told), told


def test_a_folder_without_glossary_has_no_terms(folder):
    (folder / glossary.FILE).unlink()
    assert Archive.read(folder).glossary == ()


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("There were [casualties](../data/README.md#casualties), then casualties.", []),
        ("There were casualties, then [casualties](../data/README.md#casualties).", ["casualties"]),
        ("[Casualties](../data/README.md#killed) were told.", ["casualties"]),
        ("## How many casualties?\n\n`casualties` is a column.", []),
        ("It was withheld, upheld and unmassed.", []),
        ("Troops were massed and redeployed.", ["massed", "redeployed"]),
    ],
)
def test_the_first_use_is_what_must_be_linked(archive, text, missing):
    assert glossary.unlinked(archive.glossary, text) == missing


def test_every_term_stands_in_the_dictionary_and_in_the_report(archive, tmp_path):
    dictionary = (DATA / "README.md").read_text(encoding="utf-8").splitlines()
    pages.write_glossary(archive, tmp_path)
    page = (tmp_path / "glossary.md").read_text(encoding="utf-8").splitlines()
    for term in archive.glossary:
        assert f"### {term.term}" in dictionary
        assert page[page.index(f"## {term.term}") - 1] == f"(term-{term.anchor})="


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_links_to_terms_resolve(archive, path):
    anchors = {term.anchor for term in archive.glossary}
    assert set(glossary.linked_terms(text_of(path))) <= anchors


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_links_what_is_easily_mistaken(archive, path):
    assert glossary.unlinked(archive.glossary, text_of(path)) == []


def test_links_lead_to_the_glossary_page_in_the_report(archive, tmp_path):
    path = tmp_path / "one.ipynb"
    cell = nbformat.v4.new_markdown_cell("# One\n\nThey were [killed](../data/README.md#killed).")
    contents = {path.name: nbformat.v4.new_notebook(cells=[cell])}
    outputs.prepare(archive, contents, tmp_path, tmp_path / "extra")
    assert text_of(path) == "# One\n\nThey were [killed](#term-killed)."
