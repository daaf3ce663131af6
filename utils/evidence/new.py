"""A data folder from which the next article starts: a copy of `utils/new_article`, valid as it is.

Every table has an example row. A table without rows stays an error also in a folder that has just begun: it
is far likelier a broken file, and each article has at least a source, a figure and its own publication.
"""

from __future__ import annotations

import shlex
import shutil
from pathlib import Path

from .. import whole

__all__ = ["TEMPLATE", "next_steps", "write"]

TEMPLATE = Path(__file__).parent / "new_article"


def write(folder: Path) -> None:
    """Write the files; FileExistsError when something is there already, OSError when it cannot be written,
    and then nothing is left of it."""
    if folder.exists() and not (folder.is_dir() and not any(folder.iterdir())):
        raise FileExistsError(f"{folder} exists and is not empty")
    try:
        for path in sorted(TEMPLATE.rglob("*")):
            if path.is_file():
                whole.write(folder / path.relative_to(TEMPLATE), path.read_bytes())
    except BaseException:
        for path in folder.iterdir() if folder.is_dir() else ():
            shutil.rmtree(path) if path.is_dir() else path.unlink()
        raise


def next_steps(folder: Path) -> str:
    """What to do with a new folder, in order."""
    named = shlex.quote(str(folder))
    return f"""{folder} is a valid data folder. Everything in it is an example. Next:

1. Read {folder / "README.md"}.
2. Name the article, its day and its parties in article.yaml.
3. Write its claims into claims.yaml, each with what would make it true, before you look for evidence.
4. Replace the example rows of sources.csv, quantities.csv, statements.csv and events.csv.
5. List every error:      python -m utils check --data {named}
6. See the verdicts:      python -m utils verdicts --data {named}
7. Run its notebook:      python -m utils notebooks --data {named}
8. Build its report:      python -m utils report --data {named}"""
