"""What a command prints of data is what stands in the data."""

import ast
import io
from pathlib import Path

import pytest
import yaml
from rich.table import Table

from utils import __main__ as command
from utils.terminal import terminal

ROOT = Path(__file__).resolve().parent.parent
NAMES = ("[red]x", "[/]", "x [bold]y[/bold] z", ":warning: 5", "[link=a]b[/link]", r"\[red]", "[5]")


def printed(*content: object) -> str:
    told = io.StringIO()
    terminal(told).print(*content, soft_wrap=True)
    return told.getvalue()


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_printed_as_it_is(name):
    assert printed(f"  {name}, cell 3") == f"  {name}, cell 3\n"
    table = Table(name, title=name, title_justify="left")
    table.add_row(f"cell {name}")
    assert printed(table).count(name) == 3


@pytest.mark.long
def test_no_other_module_has_a_console_of_its_own():
    for path in (ROOT / "utils").rglob("*.py"):
        calls = [
            ast.unparse(node.func)
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            if isinstance(node, ast.Call)
        ]
        assert path.name == "terminal.py" or not {"Console", "rich.print"} & set(calls), path


@pytest.mark.long
def test_the_verdicts_of_an_article_name_it_as_it_is_called(folder, capsys):
    for name, place in (("article", ()), ("claims", ("claims", 0))):
        path = folder / f"{name}.yaml"
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
        part = content
        for key in place:
            part = part[key]
        part["wording" if place else "title"] = "[red]The :warning: title[/red] of it."
        path.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
    assert command.main(["verdicts", "--data", str(folder), "--as-of", "2024-08-01"]) == 0
    told = capsys.readouterr().out
    title, _, table = told.partition("\n")
    assert title.rstrip() == "[red]The :warning: title[/red] of it., as known on 1 August 2024"
    assert ":warning:" in table
