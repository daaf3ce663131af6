"""A data folder from which the next article starts: a copy of `utils/new_article`, valid as it is.

Every table has an example row. A table without rows stays an error also in a folder that has just begun: it
is far likelier a broken file, and each article has at least a source, a figure and its own publication.
"""

from __future__ import annotations

import re
import shlex
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

from .. import whole
from ..words import counted
from . import sheet

__all__ = ["LICENCES", "TEMPLATE", "next_steps", "write"]

TEMPLATE = Path(__file__).parent / "new_article"
# What checks the folder wherever it is pushed to.
CHECK = Path(__file__).parent / "new_check.yml"
LICENCES = {
    "CC-BY-4.0": ("CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/"),
    "CC-BY-SA-4.0": ("CC BY-SA 4.0", "https://creativecommons.org/licenses/by-sa/4.0/"),
    "CC0-1.0": ("CC0 1.0", "https://creativecommons.org/publicdomain/zero/1.0/"),
}


def write(folder: Path, licence: str | None = None, statements: Sequence[Mapping[str, str]] = ()) -> None:
    """Write the files; FileExistsError when something is there already, OSError when it cannot be written,
    and then nothing is left of it.

    licence: a key of `LICENCES`, for the author's text and data. statements: rows of a sheet to begin with.
    """
    if folder.exists() and not (folder.is_dir() and not any(folder.iterdir())):
        raise FileExistsError(f"{folder} exists and is not empty")
    try:
        for path in sorted(TEMPLATE.rglob("*")):
            if path.is_file():
                whole.write(folder / path.relative_to(TEMPLATE), path.read_bytes())
        whole.write(folder / ".github" / "workflows" / "check.yml", CHECK.read_bytes())
        if licence is not None:
            _licence(folder / "article.yaml", licence)
        if statements:
            sheet.put(folder, statements)
    except BaseException:
        for path in folder.iterdir() if folder.is_dir() else ():
            shutil.rmtree(path) if path.is_dir() else path.unlink()
        raise


def _licence(path: Path, name: str) -> None:
    """State the licence in the article's file, in the place of the example."""
    called, address = LICENCES[name]
    stated = f"licence:\n  name: {called}\n  address: {address}\n"
    text = re.sub(r"^# licence:\n(#   .*\n)+", stated, path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    whole.write(path, text.encode())


def next_steps(folder: Path, statements: int = 0) -> str:
    """What to do with a new folder, in order. statements: how many rows of a sheet it began with."""
    named = shlex.quote(str(folder))
    state = "is a valid data folder. Everything in it is an example."
    replaced = "Replace the example rows of sources.csv, quantities.csv, statements.csv and events.csv."
    if statements:
        state = f"has {counted(statements, 'row')} of your sheet in statements.csv. All else is an example."
        replaced = (
            "Say in sources.csv who your tellers are and in quantities.csv what is counted, and replace the "
            "example rows."
        )
    return f"""{folder} {state} Next:

1. Read {folder / "README.md"}.
2. Name the article, its day and its parties in article.yaml.
3. Write its claims into claims.yaml, each with what would make it true, before you look for evidence.
4. {replaced}
5. List every error:      python -m utils check --data {named}
6. See the verdicts:      python -m utils verdicts --data {named}
7. Run its notebook:      python -m utils notebooks --data {named}
8. Build its report:      python -m utils report --data {named}
9. Push it: put the owner of the engine into .github/workflows/check.yml, and every push is checked."""
