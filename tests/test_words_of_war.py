"""What is shown for any folder has no word of one field: no troops, casualties and fronts for a bakery."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from utils.report import method_page

UTILS = Path(__file__).resolve().parent.parent / "utils"
# Rooms whose words are those of our own article, of its datasets, or are shown to nobody.
OWN = {"essays", "charts", "upstream", "incidents", "calibration", "bench", "crate", "kernels"}
WAR = re.compile(
    r"\b(casualt\w*|troops?|soldiers?|warring|belligerents?|battles?|battalions?|enem(?:y|ies)|arm(?:y|ies)|"
    r"militar\w+|front ?lines?|offensives?|combat\w*|weapons?|invasions?|assaults?|brigades?|divisions?|"
    r"ceasefires?|artillery|shelling|wars?|recruits?|defenders?|withdrawals?|wounded|killed|fighters?|tanks?|"
    r"drones?|missiles?|regiments?|garrisons?|oblasts?)\b",
    re.IGNORECASE,
)
# Said as one example among others, or of a process of the machine.
EXAMPLES = re.compile(
    r"a warring party, a candidate|\"a warring party\", \"an interested party\"|a process that is killed|"
    r"process that judged it was killed|was itself killed|killed at a random moment|government, military,",
    re.IGNORECASE,
)


def told(text: str) -> list[str]:
    """The words of war in the sentences of a text; names of columns and choices are no words."""
    bare = re.sub(r"`[^`]*`|\b\w+_\w+\b|\b\w+:(?= )", " ", EXAMPLES.sub(" ", text))
    return [found[0] for found in WAR.finditer(bare)]


def sentences(module: Path) -> Iterator[str]:
    """The texts of a module that are more than a name, but for docstrings, which only programmers read."""
    tree = ast.parse(module.read_text(encoding="utf-8"))
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, documented) and node.body and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        text = node.value if isinstance(node, ast.Constant) and id(node) not in docstrings else None
        if isinstance(text, str) and " " in text:
            yield text


def shown_files() -> list[Path]:
    """Templates, scripts of the pages, and what a new folder begins with."""
    folders = [UTILS / "report" / name for name in ("templates", "theme", "static")]
    folders.append(UTILS / "evidence" / "new_article")
    kinds = {".html", ".xml", ".js", ".yaml", ".csv", ".md", ".json", ".ipynb"}
    return sorted(path for folder in folders for path in folder.rglob("*") if path.suffix in kinds)


def modules() -> list[Path]:
    return [path for path in sorted(UTILS.rglob("*.py")) if path.relative_to(UTILS).parts[0] not in OWN]


def test_no_sentence_of_the_engine_has_a_word_of_war():
    found = {path.relative_to(UTILS).as_posix(): told("\n".join(sentences(path))) for path in modules()}
    assert {name: words for name, words in found.items() if words} == {}
    assert len(found) > 150


def test_no_template_and_no_file_of_a_new_folder_has_one():
    found = {
        path.relative_to(UTILS).as_posix(): told(path.read_text(encoding="utf-8")) for path in shown_files()
    }
    assert {name: words for name, words in found.items() if words} == {}
    assert len(found) > 30


def test_no_method_tells_its_rule_in_them():
    chapters = re.split(r"^## ", method_page.page(), flags=re.MULTILINE)
    found = {chapter.partition("\n")[0]: told(chapter) for chapter in chapters}
    assert {title: words for title, words in found.items() if words} == {}
    assert len(found) > 9


@pytest.mark.parametrize("text", ["Two brigades came.", "the dead of the war", "Casualties and recruits"])
def test_it_finds_them(text):
    assert told(text)


@pytest.mark.parametrize("text", ["`recruits` came", "award software warn", "a warring party, a candidate"])
def test_names_and_examples_are_none(text):
    assert not told(text)
