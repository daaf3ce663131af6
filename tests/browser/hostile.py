"""A data folder whose every text attacks the page that shows it, and the site that is built from it."""

from __future__ import annotations

import csv
import shutil
from concurrent.futures import ThreadPoolExecutor
from itertools import cycle
from pathlib import Path

import nbformat
import yaml

from utils.archive import Archive
from utils.report import assemble
from utils.results import Results
from utils.runs import execute

__all__ = ["LONG", "PAYLOADS", "TURNING", "folder", "site"]

ARTICLE = Path(__file__).parents[1] / "second_article"
LONG = "x" * 10_000
# No data folder may hold these; a notebook may.
TURNING = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
TURNED = f"{TURNING[4]}gnp.exe{TURNING[2]} {TURNING[6]}turned{TURNING[8]}"
PAYLOADS = (
    "<script>window.struck=1;alert(1)</script>",
    '"><img src=x onerror="window.struck=1">',
    "' onmouseover='window.struck=1' autofocus onfocus='window.struck=1",
    "<svg onload=window.struck=1><a href=javascript:window.struck=1>press</a></svg>",
    "[press](javascript:window.struck=1) <javascript:window.struck=1> ![x](http://198.51.100.7/a.png)",
    "</script></template></title></textarea><script>window.struck=1</script><!--",
    "<iframe src=javascript:parent.struck=1></iframe><meta http-equiv=refresh content=0>",
    "{{ 7*7 }} {% include 'x' %} ${struck} `{raw} html` {download}`/etc/passwd` \\",
    '=HYPERLINK("http://198.51.100.7/","press")',
    "+1+cmd|' /C calc'!A0",
    "@SUM(1+1)",
    "-2+3",
    LONG,
)
# The columns of each table that hold free text.
TEXTS = {
    "statements": ("outlet", "note"),
    "sources": ("name", "reason"),
    "quantities": ("label", "definition"),
    "events": ("title", "source"),
}
# Claims of several methods, among them one with two readings and one with two conditions.
CLAIMS = ("P01", "P03", "P07", "P08", "P11", "P12")
NOTEBOOK = """from utils import figures, prose
from utils.archive import Archive
import pandas
archive = Archive.read({folder!r})
prose.begin(archive, version='1', claims=[claim.id for claim in archive.claims])
for row in archive.statements:
    prose.say('A row of {{teller}}.', teller=prose.words(archive.sources[row.source].name, rows=[row]))
frame = pandas.DataFrame([dict(outlet=row.outlet, note=row.note) for row in archive.statements])
prose.table(frame, caption=archive.statements[0].outlet, rows=archive.statements)
figure, axes = figures.new()
axes.plot([1, 2], label=archive.statements[0].outlet)
figures.show(figure, title='A line of two points, ' + {attack!r}, alt='A line. ' + {attack!r} + '.',
    sources=archive.statements[:2], data=frame)
prose.sources()
"""


def folder(target: Path) -> Path:
    """Write the data folder: the invented article with a payload in every text, each used in turn."""
    shutil.copytree(ARTICLE, target)
    payloads = cycle(PAYLOADS)
    for table, columns in TEXTS.items():
        path = target / f"{table}.csv"
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        for row in rows:
            row.update({column: next(payloads) for column in columns})
            if table == "events":
                row["claims"] = ""
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
    _yaml(target / "claims.yaml", lambda content: _claims(content, payloads))
    _yaml(target / "article.yaml", lambda content: _article(content, payloads))
    return target


def _yaml(path: Path, change) -> None:
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    path.write_text(yaml.safe_dump(change(content), allow_unicode=True), encoding="utf-8")


def _claims(content: dict, payloads) -> dict:
    claims = [claim for claim in content["claims"] if claim["id"] in CLAIMS]
    for claim in claims:
        for name in ("wording", "speaker", "would_count", "topic"):
            claim[name] = next(payloads)
        for check in claim["checks"]:
            check.update({name: next(payloads) for name in ("reading", "condition") if name in check})
    return {**content, "claims": claims}


def _article(content: dict, payloads) -> dict:
    for party in content["parties"].values():
        party["name"] = next(payloads)
    return {**content, "title": next(payloads), "dating": next(payloads)}


def site(data: Path, target: Path) -> str:
    """Build the site of a hostile data folder; Sphinx's warnings.

    It is built in a thread, because the one of the browser's event loop can run no second loop.
    """
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(_site, data, target).result()


def _site(data: Path, target: Path) -> str:
    archive, work = Archive.read(data), target.with_name("source")
    path, made = target.with_name("notebook") / "00_hostile.ipynb", {}
    path.parent.mkdir(parents=True)
    code = NOTEBOOK.format(folder=str(data), attack=" ".join([*PAYLOADS[:6], TURNED]))
    cells = [nbformat.v4.new_markdown_cell("# Hostile"), nbformat.v4.new_code_cell(code)]
    language = {"name": "python", "pygments_lexer": "ipython3"}
    notebook = nbformat.v4.new_notebook(cells=cells, metadata={"language_info": language})
    nbformat.write(notebook, path)
    execute.run([path], [path.parent], lambda path, run: made.update({path: run}))
    cells[1].outputs = made[path].outputs[0]
    return assemble.render(Results.of(archive), {path.name: notebook}, work, target)
