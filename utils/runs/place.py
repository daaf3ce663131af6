"""Where an article lies and where its report goes, so that nothing of two articles is ever in one place."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

__all__ = ["Place"]

OF_ARTICLE = "./"


@dataclass(frozen=True)
class Place:
    """The folders that a build reads and writes.

    root: the project, whose code and lock runs depend on. data: the folder of the article. notebooks: its
    own; they need not be there. reports: all that is built of it, its site in ``html``.
    """

    root: Path
    data: Path
    notebooks: Path
    reports: Path

    @classmethod
    def own(cls, root: Path) -> Place:
        """The project's own article."""
        return cls(root, root / "data", root / "notebooks", root / "reports")

    @classmethod
    def of(cls, root: Path, data: Path, reports: Path | None = None) -> Place:
        """Any article: its notebooks lie in its folder, and its report goes beside it or where it is told.

        The project's own folder is `own`, unless its report is to go elsewhere.
        """
        data, home = data.resolve(), cls.own(root)
        notebooks = home.notebooks if data == home.data.resolve() else data / "notebooks"
        beside = home.reports if data == home.data.resolve() else data.with_name(f"{data.name}-report")
        return cls(root, data, notebooks, beside if reports is None else reports.resolve())

    @property
    def watched(self) -> tuple[Path, ...]:
        """The folders of which a run notes what it reads: the project, and data that lie elsewhere."""
        return (self.root,) if self.data.is_relative_to(self.root) else (self.root, self.data)

    def named(self, path: Path) -> str:
        """A file of the project by its path below it; one of an article that lies elsewhere by that below its
        folder, after `./`, so that a copy of the folder has its own; any other by its whole path."""
        if path.is_relative_to(self.root):
            return path.relative_to(self.root).as_posix()
        if path.is_relative_to(self.data):
            return OF_ARTICLE + path.relative_to(self.data).as_posix()
        return path.as_posix()

    def path(self, name: str) -> Path:
        """The file that `named` calls so."""
        inside = name.startswith(OF_ARTICLE)
        return self.data / name.removeprefix(OF_ARTICLE) if inside else self.root / name
