"""What prose and figures promise, and what every notebook must keep."""

import re
import subprocess
import sys
from pathlib import Path

import matplotlib
import nbformat
import pytest

matplotlib.use("agg")
from utils import figures, prose
from utils.report import build

ROOT = Path(__file__).resolve().parent.parent
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))


@pytest.fixture(autouse=True)
def page(archive):
    prose.begin(archive, version="0", claims=["C01"])


@pytest.mark.parametrize(
    ("text", "loose"),
    [
        ("About 50,000 stood there.", ["50,000"]),
        ("On 12 November 2024 and in August 2024, C01 in paragraph 2 held.", []),
        ("Since 2022 there were 3 of them.", ["3"]),
    ],
)
def test_loose_numerals(text, loose):
    assert [word.rstrip(".") for word in prose.loose_numerals(text)] == loose


def test_a_sentence_takes_bound_values_only():
    with pytest.raises(ValueError):
        prose.say("There were 50,000 of them.")
    with pytest.raises(TypeError):
        prose.say("There were {many}.", many=50000)
    with pytest.raises(KeyError):
        prose.say("There were {many}.")
    with pytest.raises(KeyError):
        prose.number(1, "persons", rows=["S999"])


def test_a_sentence_is_escaped(capsys):
    prose.say("It was {what}.", what=prose.words("<script>", rows=[]))
    assert "<script>" not in capsys.readouterr().out.split("text/html")[1].split("application")[0]


def drawing(value=2.0, label="a", limit=3.0, colour="red"):
    figure, axes = figures.new()
    axes.bar(["x", label], [1.0, value], color=colour)
    axes.plot([0, 1], [1, value])
    axes.set_ylim(0, limit)
    axes.annotate("Start", (0, 1))
    return figures.fingerprint(figure)


def test_the_fingerprint_follows_what_is_drawn():
    prints = {drawing(), drawing(value=2.001), drawing(label="b"), drawing(limit=3.1), drawing(colour="blue")}
    assert len(prints) == 5
    assert drawing() == drawing(value=2.0 + 1e-12)


@pytest.mark.parametrize("alt", ["", "picture.png", "short."])
def test_a_figure_needs_an_alt_text(alt):
    figure, _ = figures.new()
    with pytest.raises(ValueError):
        figures.show(figure, title="A title that states the finding", alt=alt, sources=[])


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_keeps_the_rules(path):
    notebook = nbformat.read(path, as_version=4)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    text = [cell for cell in notebook.cells if cell.cell_type == "markdown"]
    assert [cell.execution_count for cell in code] == list(range(1, len(code) + 1))
    assert max(len(cell.source.splitlines()) for cell in code) <= 12
    assert [prose.loose_numerals(cell.source) for cell in text if prose.loose_numerals(cell.source)] == []
    assert notebook.metadata["fifty_thousand"]["version"] in code[1].source
    assert "What this does not show" in "".join(cell.source for cell in text)
    assert str(ROOT) not in path.read_text(encoding="utf-8")
    for output in (output for cell in code for output in cell.outputs):
        if "image/png" in output.get("data", {}):
            assert len(output.metadata["image/png"]["alt"]) >= 20


def test_the_report_builds_from_the_tracked_files_and_asks_the_network_for_nothing(tmp_path, monkeypatch):
    names = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout.split(
        b"\0"
    )
    for name in filter(None, names.split(b"\0")):
        target = tmp_path / name.decode()
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes((ROOT / name.decode()).read_bytes())
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    done = subprocess.run(
        [sys.executable, "-m", "utils", "report"], cwd=tmp_path, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    pages = list((tmp_path / "reports" / "html").rglob("*.html"))
    assert len(pages) > 6
    for page in pages:
        content = page.read_text(encoding="utf-8")
        assert not re.search(r"<(?:script|img|iframe)[^>]+src=[\"']?https?:", content), page
        assert not re.search(
            r"<link[^>]+rel=[\"'](?:stylesheet|preload|icon)[^>]+href=[\"']https?:", content
        ), page
        assert 'alt=""' not in content and str(tmp_path) not in content, page
    assert build.SPHINX["nb_execution_mode"] == "off"
