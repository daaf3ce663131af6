"""Notebooks of all that JupyterLab can save, and of what it cannot, drawn by a number: Markdown, outputs, raw
text, tags and metadata, some hostile. `notebook_campaign` counts what the report makes of them."""

from __future__ import annotations

import base64
import io
import random
from collections.abc import Callable

import nbformat
from PIL import Image

from utils.mime import FIGURE_MIME, SENTENCE_MIME

__all__ = ["FILE", "GONE", "KINDS", "MARK", "PICTURE", "notebook"]

# What stands on a page and is found there again; what was to be removed, and must not be.
MARK, GONE = "kept", "removed"


def _picture() -> str:
    buffer = io.BytesIO()
    Image.new("RGB", (3, 3), "red").save(buffer, "PNG")
    return base64.b64encode(buffer.getvalue()).decode()


PICTURE = _picture()
TEXTS = (
    *("# {} a title", "### {} too deep", "{}\n---\n\nbelow a rule", "- {}\n  - [ ] two", "> {}\n>> deep"),
    *("```mermaid\ngraph TD; {}\n```", "```{{include}} /etc/passwd\n{}\n```", "```nosuch\n{}\n```"),
    *("~~~\n{}", "[{}](#Some-Where)", "[{}](gone.ipynb#x)", "[{}](file:///etc/passwd)"),
    *("[{}](../../../x)", "{} [^1]", "![{}](attachment:a.png)", "![{}](attachment:gone.png)"),
    *("![{}](pic.png)", "![{}](https://a.b/c.png)", '<img src="x.png" onerror="alert(1)"> {}'),
    *("<iframe src='https://a.b'></iframe> {}", "<b>{}", "</div>{}", "$x_1 * y$ {}"),
    *("$$\\nosuch{{1}}$$ {}", "\\begin{{align}} a &= b \\\\ c \\end{{align}} {}", "$5 and $6 {}"),
    *("{{{{ {} }}}}", "{{ref}}`{}`", "(a)=\n{}", "+++ {}", "% x\n\n{}", "---\ntitle: x\n---\n{}"),
    *("{}\n===\n{}", "<script>alert(1)</script>\n\n{}", "<!-- open {}", "| a | b |\n|---|\n| {} |"),
    *("\u202e{}\u0007", "&#0; {}", "[a]: x\n[a]: y\n\n{} [a]", "*{}", "`{}", "# \n\n{}"),
    *("<style>p {{display: none}}</style>\n\n{}", "{}\\", "<details><summary>a</summary>\n\n{}"),
    *("<base href='https://a.b/'>{}", "{}" + " *" * 300, "> " * 60 + "{}"),
)
RICH: tuple[Callable[[str], dict[str, object]], ...] = (
    lambda word: {"application/json": {"a": [word, None]}, "text/plain": "<JSON>"},
    lambda word: {"application/geo+json": {"type": word}},
    lambda word: {"text/html": f"<b>{word}</b>"},
    lambda word: {"text/html": f"<style>#a {{color: red}}</style><p style='color: red'>{word}"},
    lambda word: {
        "text/html": f"{word}<iframe src='https://a.b/c'></iframe><script src='https://a.b'></script>"
    },
    lambda word: {"text/html": f"</div></div></article>{word}<div>"},
    lambda word: {"text/html": f"<table>{f'<tr><td>{word}</td></tr>' * 400}</table>"},
    lambda word: {"text/html": [f"<p onclick='alert(1)'>{word}", "</p>"]},
    lambda word: {"text/html": f"<a href='javascript:alert(1)'>{word}</a><base href='https://a.b'>"},
    lambda word: {"text/markdown": f"# {word}\n\n![x](gone.png) [y](#gone)"},
    lambda word: {"text/latex": f"$\\text{{{word}}}$", "text/plain": "1/2"},
    lambda word: {"text/latex": f"\\nosuch{{{word}}}"},
    lambda word: {"application/javascript": "alert(1)", "text/plain": word},
    lambda word: {"application/vnd.plotly.v1+json": {"data": []}, "text/plain": word},
    lambda word: {"application/vnd.jupyter.widget-view+json": {"model_id": "x"}, "text/plain": word},
    lambda word: {"application/pdf": "AAAA", "text/plain": word},
    lambda word: {"text/x-other": "x"},
    lambda word: {"image/png": PICTURE, "text/plain": "<Figure>"},
    lambda word: {"image/png": "no base64", "text/plain": "<Figure>"},
    lambda word: {"image/svg+xml": "<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"},
    lambda word: {},
    lambda word: {"text/plain": [f"{word}\n"] * 5_000},
    lambda word: {"text/plain": word * 50_000},
    lambda word: {"text/plain": f"\x1b[31m{word}\x1b[0m\x00\x1b]0;title\x07"},
)
FAULTS: tuple[Callable[[str], dict[str, object]], ...] = (
    lambda word: {SENTENCE_MIME: {"parts": [word, {"text": "1", "value": 1}]}},
    lambda word: {SENTENCE_MIME: "no json"},
    lambda word: {FIGURE_MIME: {"title": word}, "image/png": PICTURE},
)
STREAMS = (
    "{}\n",
    "1%\r2%\r{}\r\n",
    "a\b\b{}\n",
    "\x1b[2J{}\x1b[1m\n",
    "{}\n" * 20_000,
    "\u202e{}\n",
    "{}\x00",
)
TAGS = ("remove-input", "hide-input", "hide-output", "hide-cell", "hide_cell", "scroll-output", "other")
REMOVING = ("remove-cell", "remove_cell", "remove-output")
FILES: tuple[Callable[[bytes], bytes], ...] = (
    lambda whole: b"",
    lambda whole: b"\xef\xbb\xbf" + whole,
    lambda whole: whole[: len(whole) // 2],
    lambda whole: b"<<<<<<< HEAD\n" + whole + b"\n=======\n" + whole + b"\n>>>>>>> other\n",
    lambda whole: whole.decode().encode("utf-16"),
    lambda whole: b"[" * 50_000,
    lambda whole: b'{"nbformat": 3}',
)


def _markdown(draw: random.Random, word: str) -> nbformat.NotebookNode:
    source = draw.choice(TEXTS).format(word, word)
    attached = {"a.png": {"image/png": PICTURE}} if draw.random() < 0.5 else {}
    return nbformat.v4.new_markdown_cell(source, attachments=attached)


def _shown(draw: random.Random, word: str) -> nbformat.NotebookNode:
    content = draw.choice(RICH)(word)
    return nbformat.v4.new_code_cell("x", outputs=[nbformat.v4.new_output("display_data", content)])


def _printed(draw: random.Random, word: str) -> nbformat.NotebookNode:
    text, name = draw.choice(STREAMS).replace("{}", word), draw.choice(("stdout", "stderr"))
    made = [nbformat.v4.new_output("stream", name=name, text=text)]
    return nbformat.v4.new_code_cell(draw.choice(("!echo", "", "%%time\nx", "x ? y", "if:")), outputs=made)


def _raw(draw: random.Random, word: str) -> nbformat.NotebookNode:
    kinds = ({}, {"raw_mimetype": "text/html"}, {"format": "text/latex"}, {"raw_mimetype": "text/markdown"})
    source = draw.choice(("{}", "<b>{}<script>alert(1)</script>", "## {}", "---\na: b\n---\n{}")).format(word)
    return nbformat.v4.new_raw_cell(source, metadata=draw.choice(kinds))


def _removed(draw: random.Random, word: str) -> nbformat.NotebookNode:
    made = _shown(draw, word.replace(MARK, GONE))
    made.metadata["tags"] = [draw.choice(REMOVING)]
    return made


def _folded(draw: random.Random, word: str) -> nbformat.NotebookNode:
    made = nbformat.v4.new_output("display_data", {"text/html": word})
    cell = nbformat.v4.new_code_cell("x", outputs=[made], metadata={"tags": draw.sample(TAGS, 2)})
    cell.metadata["jupyter"] = draw.choice(({"source_hidden": True}, {"outputs_hidden": True}, {}))
    return cell


def _fault(draw: random.Random, word: str) -> nbformat.NotebookNode:
    made = nbformat.v4.new_output("display_data", draw.choice(FAULTS)(word))
    return nbformat.v4.new_code_cell("x", outputs=[made])


KINDS: dict[str, Callable[[random.Random, str], nbformat.NotebookNode]] = {
    "markdown": _markdown,
    "rich output": _shown,
    "printed": _printed,
    "raw": _raw,
    "removed": _removed,
    "folded": _folded,
    "fault": _fault,
}
FILE = "file"
# How often of a hundred a notebook holds a fault, and how often its file is none.
FAULTY, BROKEN = 6, 8


def notebook(number: int) -> tuple[bytes, tuple[str, ...]]:
    """The file of a number, and the kinds of its cells."""
    draw = random.Random(number)
    names = [name for name in KINDS if name != "fault"]
    kinds = [draw.choice(names) for _ in range(draw.randrange(7))]
    if draw.randrange(100) < FAULTY:
        kinds.append("fault")
    cells = [KINDS[kind](draw, f"{MARK}{number}x{place}x") for place, kind in enumerate(kinds)]
    made = nbformat.v4.new_notebook(cells=cells, metadata=draw.choice(({}, {"title": "x", "myst": 3})))
    whole = nbformat.v4.writes(made).encode()
    if draw.randrange(100) < BROKEN:
        return draw.choice(FILES)(whole), (FILE,)
    return whole, tuple(kinds)
