"""The report of any folder: built beside it, of its own notebooks, and mixed with no other."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest
from folders import SECOND

from utils.__main__ import main
from utils.archive import DATA, Archive
from utils.mime import OutputError
from utils.prose.page import header
from utils.report import assemble, build, outputs, shelf
from utils.results import FOLDER, Results, kept
from utils.runs import update
from utils.runs.keep import Runs
from utils.runs.place import Place

ROOT = Path(__file__).parent.parent
BEGIN = (
    "from utils import prose\nfrom utils.archive import Archive\n"
    "archive = Archive.read({folder!r})\nprose.begin(archive, version='1', claims=[])"
)
SAY = "prose.say('One said {n}.', n=prose.number(1, 'day', rows=['T001']))"


def article(folder: Path, title: str) -> Path:
    """A copy of the second article under another title, with few claims, so that it is soon judged."""
    shutil.copytree(SECOND, folder)
    text = (folder / "article.yaml").read_text(encoding="utf-8")
    lines = [f"title: {title}" if line.startswith("title:") else line for line in text.splitlines()]
    lines = ["history_from: 2031-05-15" if line.startswith("history_from") else line for line in lines]
    (folder / "article.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    claims = (folder / "claims.yaml").read_text(encoding="utf-8").partition("\n  - id: P04")[0]
    (folder / "claims.yaml").write_text(claims, encoding="utf-8")
    events = (folder / "events.csv").read_text(encoding="utf-8")
    (folder / "events.csv").write_text(re.sub(r"P\d\d( P\d\d)*", "P01", events), encoding="utf-8")
    return folder


def notebook(folder: Path, reads: str, *cells: str) -> Path:
    """A notebook of a folder that speaks of the folder that it reads."""
    path = folder / "notebooks" / "00_first.ipynb"
    path.parent.mkdir(exist_ok=True)
    sources = [BEGIN.format(folder=reads), *cells]
    made = nbformat.v4.new_notebook(
        cells=[
            nbformat.v4.new_markdown_cell("# A first look", id="words"),
            *(nbformat.v4.new_code_cell(one, id=f"c{place}") for place, one in enumerate(sources)),
        ]
    )
    nbformat.write(made, path)
    return path


def test_our_own_place_is_the_project_and_another_lies_beside_its_folder(tmp_path):
    assert Place.of(ROOT, DATA) == Place.own(ROOT)
    other = Place.of(ROOT, tmp_path / "strait")
    assert (
        other.reports == tmp_path / "strait-report" and other.notebooks == tmp_path / "strait" / "notebooks"
    )
    told = Place.of(ROOT, tmp_path / "strait", tmp_path / "out")
    assert told.reports == tmp_path / "out" and told.data == other.data
    assert Place.of(ROOT, DATA, tmp_path / "out").reports == tmp_path / "out"


def test_results_of_two_folders_lie_apart(tmp_path, monkeypatch):
    computed: list[Path] = []
    monkeypatch.setattr("utils.results._kept", lambda archive, folder, compute: computed.append(folder) or {})
    monkeypatch.setattr(Results, "_filled", classmethod(lambda cls, archive, content: None))
    folders = [article(tmp_path / name, name) for name in ("one", "other")]
    for folder in (*folders, DATA):
        kept(Archive.read(folder))
    assert len(set(computed)) == 3 and computed[-1] == FOLDER
    assert all(FOLDER in one.parents for one in computed[:2])


@pytest.fixture(scope="module")
def built(tmp_path_factory, kernel_name) -> Path:
    """Two folders with a notebook each, and the shelf of their reports."""
    home = tmp_path_factory.mktemp("articles")
    for name, title in (("strait", "On the strait"), ("harbour", "On the harbour")):
        notebook(article(home / name, title), "..", SAY)
    folders = [str(home / name) for name in ("strait", "harbour")]
    assert main(["report", "--data", *folders, "--out", str(home / "shelf")]) == 0
    return home


def test_each_folder_has_its_report_beside_it_and_its_own_page(built):
    for name, title, other in (
        ("strait", "On the strait", "On the harbour"),
        ("harbour", "On the harbour", "On the strait"),
    ):
        html = built / f"{name}-report" / "html"
        texts = [path.read_text(encoding="utf-8") for path in html.rglob("*.html")]
        assert all(title in text for text in texts) and not any(other in text for text in texts)
        page = (html / "notebooks" / "00_first.html").read_text(encoding="utf-8")
        assert 'href="../statements.html#T001"' in page
        assert not (built / name / "reports").exists()


def test_a_shelf_leads_to_both(built):
    html = built / "shelf" / "html"
    page = (html / "index.html").read_text(encoding="utf-8")
    for name, title in (("strait", "On the strait"), ("harbour", "On the harbour")):
        assert f'<a href="{name}/index.html">{title}</a>' in page
        assert (html / name / "index.html").is_file()
    assert "2 reports" in page and 'href="shelf.css"' in page and (html / "shelf.css").is_file()


def test_nothing_is_done_twice_and_what_a_folder_says_is_noticed(built, capsys):
    place = Place.of(ROOT, built / "strait")
    pages = len(list((built / "strait-report" / "html").rglob("*.html")))
    assert build.report(place) == 0
    told = capsys.readouterr().out.splitlines()[-1]
    assert told.startswith("Nothing has changed") and f": 1 notebook and {pages} pages; nothing" in told
    good, stale = update.decide(Runs(place), update.notebooks(place))
    assert len(good) == 1 and not stale
    statements = place.data / "statements.csv"
    text = statements.read_text(encoding="utf-8")
    try:
        statements.write_text(text + "\n", encoding="utf-8")
        _, stale = update.decide(Runs(place), update.notebooks(place))
        assert ["statements.csv" in why for why in stale.values()] == [True]
        other = Place.of(ROOT, built / "harbour")
        assert update.decide(Runs(other), update.notebooks(other))[1] == {}
    finally:
        statements.write_text(text, encoding="utf-8")


def test_a_copy_of_a_folder_and_its_report_goes_on_by_its_own_files(built, tmp_path, capsys):
    for name in ("strait", "strait-report"):
        shutil.copytree(built / name, tmp_path / name)
    place = Place.of(ROOT, tmp_path / "strait")
    assert update.decide(Runs(place), update.notebooks(place))[1] == {}
    statements = place.data / "statements.csv"
    text = statements.read_text(encoding="utf-8")
    assert ",12000," in text
    statements.write_text(text.replace(",12000,", ",12100,"), encoding="utf-8")
    _, stale = update.decide(Runs(place), update.notebooks(place))
    assert [*stale.values()] == ["./statements.csv changed"]
    assert build.report(place) == 0, capsys.readouterr().err
    original = Place.of(ROOT, built / "strait")
    pages = [one.reports / "html" / "statements.html" for one in (place, original)]
    assert ["12,100" in page.read_text(encoding="utf-8") for page in pages] == [True, False]
    theirs, ours = ({path.name for path in page.parent.iterdir()} for page in pages)
    assert theirs == ours
    assert update.decide(Runs(original), update.notebooks(original))[1] == {}


def test_stored_outputs_of_a_folder_come_again(built, capfd):
    folder = built / "harbour"
    assert main(["notebooks", "--data", str(folder)]) == 0
    assert main(["test", "--data", str(folder)]) == 0
    assert "2 passed" in capfd.readouterr().out
    path = folder / "notebooks" / "00_first.ipynb"
    text = path.read_text(encoding="utf-8")
    try:
        path.write_text(text.replace("One said 1", "One said 2"), encoding="utf-8")
        assert main(["test", "--data", str(folder)]) == 1
    finally:
        path.write_text(text, encoding="utf-8")


def test_a_new_folder_has_a_notebook_and_a_report_of_its_own(tmp_path, kernel_name, capfd):
    folder = tmp_path / "mine"
    assert main(["new", str(folder)]) == 0
    assert main(["notebooks", "--data", str(folder)]) == 0
    assert main(["test", "--data", str(folder)]) == 0
    assert "4 passed" in capfd.readouterr().out
    assert main(["report", "--data", str(folder)]) == 0
    page = (tmp_path / "mine-report" / "html" / "index.html").read_text(encoding="utf-8")
    assert "An example article" in page and "notebooks/00_first_look.html" in page


def test_a_notebook_on_another_folder_is_refused(built, capfd, tmp_path):
    """Both folders have a row of this id; the other's sentence would cite this one's teller."""
    own = article(tmp_path / "own", "On something else")
    notebook(own, str(built / "strait"), SAY)
    assert main(["report", "--data", str(own)]) == 1
    told = capfd.readouterr().err
    assert "the page speaks of “On the strait”, and this report is of “On something else”" in told
    assert not (tmp_path / "own-report" / "html").exists()


@pytest.mark.parametrize("page", [None, "On the strait", {}, {"article": "On the strait"}])
def test_a_header_that_names_no_article_or_another_is_refused(tmp_path, page, archive):
    output = nbformat.v4.new_output("display_data", {"application/vnd.fifty-thousand.page+json": page})
    cell = nbformat.v4.new_code_cell("", outputs=[output])
    made = {"00_first.ipynb": nbformat.v4.new_notebook(cells=[cell])}
    with pytest.raises(OutputError, match=r"00_first\.ipynb, cell 1: the page speaks of"):
        assemble.write_notebooks(Results(archive, {}, {}), [], made, tmp_path)


def test_a_copy_is_the_same_folder_until_its_content_changes(tmp_path):
    """A title and a day are easily copied with all else, and then a figure is put right in one of the two."""
    own = article(tmp_path / "own", "On the strait")
    copied = Path(shutil.copytree(own, tmp_path / "copied"))
    page = header(Archive.read(copied))
    archive = Archive.read(own)
    outputs._require_own(archive, page)
    statements = copied / "statements.csv"
    statements.write_text(statements.read_text(encoding="utf-8").replace(",affirms,", ",denies,", 1), "utf-8")
    with pytest.raises(OutputError, match="a copy of this folder with other content"):
        outputs._require_own(archive, header(Archive.read(copied)))
    # The clock of a page is no other folder.
    outputs._require_own(archive, header(archive.as_of(archive.article.published)))


@pytest.mark.parametrize("command", ["report", "notebooks", "test", "lab"])
def test_a_folder_that_is_not_there_is_told(command, tmp_path, capsys):
    assert main([command, "--data", str(tmp_path / "none")]) == 2
    assert "no data folder" in capsys.readouterr().err


def test_a_shelf_has_one_site_a_name_and_no_single_address(tmp_path, capsys):
    for name in ("a", "b"):
        (tmp_path / name / "same").mkdir(parents=True)
    twice = [str(tmp_path / name / "same") for name in ("a", "b")]
    assert main(["report", "--data", *twice]) == 2
    assert "two folders are called same" in capsys.readouterr().err
    assert main(["report", "--data", *twice, "--site", "https://example.org"]) == 2
    assert "--site" in capsys.readouterr().err


def test_lab_opens_the_first_notebook_of_the_folder(tmp_path, monkeypatch):
    notebook(tmp_path, "..")
    asked: list[list[str]] = []
    monkeypatch.setattr("os.chdir", lambda folder: None)
    monkeypatch.setattr("os.execv", lambda program, command: asked.append(command))
    assert main(["lab", "--data", str(tmp_path)]) == 0
    assert f"--ServerApp.root_dir={tmp_path.resolve()}" in asked[0]
    assert "--LabApp.default_url=/lab/tree/notebooks/00_first.ipynb" in asked[0]


def test_a_shelf_escapes_what_folders_say(archive):
    title = "<script>alert(1)</script>"
    own = archive.article.model_copy(update={"name": title})
    made: Callable[..., Results] = type(
        "R", (), {"archive": type("A", (), {"article": own, "claims": archive.claims})(), "both": {}}
    )
    assert title not in shelf.page({"one": made()})
