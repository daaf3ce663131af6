"""`make data --latest`: what the head of each upstream repository would give, and moving the pins to it."""

from __future__ import annotations

import fnmatch
import hashlib
import os
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pooch
import requests
from rich.console import Console

from ..evidence.cells import within
from ..evidence.datasets import Dataset, PinnedFile
from ..words import counted
from . import fetch
from .inputs import Inputs

__all__ = ["Head", "gather", "move", "tell"]

API = "https://api.github.com"
TOKEN = "GITHUB_TOKEN"  # the variable in which a token is looked for


@dataclass(frozen=True)
class Head:
    """The newest revision of a dataset's repository, and its files there, pinned."""

    dataset: str
    revision: str
    committed: date
    files: tuple[PinnedFile, ...]


def gather(
    datasets: Mapping[str, Dataset],
    pins: Iterable[PinnedFile],
    *,
    done: Callable[[PinnedFile], None] = lambda file: None,
) -> tuple[Inputs, list[Head]]:
    """The files at the head of each repository as inputs, and what to pin them to.

    A file whose content is the pinned one is not fetched again. FetchError as in `fetch.gather`.
    """
    heads, paths = [], {}
    for name, dataset in datasets.items():
        revision, committed, blobs = _head(dataset)
        known = {file.path: file for file in pins if file.dataset == name}
        local, files = {}, []
        for path, blob in sorted(blobs.items()):
            pinned = known.get(path)
            kept = within(fetch.cache(), pinned.id) if pinned else None
            if kept is None or not kept.is_file() or _blob(kept) != blob:
                kept = _download(dataset, revision, path)
            content = kept.read_bytes()
            digest = hashlib.sha256(content).hexdigest()
            file = PinnedFile(id=f"{name}/{path}", dataset=name, path=path, sha256=digest, bytes=len(content))
            local[path] = kept
            files.append(file)
            done(file)
        paths[name] = local
        heads.append(Head(name, revision, committed, tuple(files)))
    return Inputs(datasets, paths), heads


def _head(dataset: Dataset) -> tuple[str, date, dict[str, str]]:
    """Newest revision, its day, and the dataset's files there with their git object names."""
    commit = _ask(dataset, f"{API}/repos/{dataset.repository}/commits/HEAD")
    tree = _ask(dataset, f"{API}/repos/{dataset.repository}/git/trees/{commit['sha']}?recursive=1")
    if tree.get("truncated"):
        raise fetch.FetchError(
            f"{dataset.id}: https://github.com/{dataset.repository}: the list of its files is cut off "
            "(truncated), so that some may be missed; see the repository. The tables are as they were."
        )
    prefix = f"{dataset.folder}/" if dataset.folder else ""
    blobs = {
        entry["path"].removeprefix(prefix): entry["sha"]
        for entry in tree["tree"]
        if entry["type"] == "blob" and entry["path"].startswith(prefix)
    }
    wanted = {
        path: blob
        for path, blob in blobs.items()
        if any(fnmatch.fnmatchcase(path, pattern) for pattern in dataset.files)
    }
    if not wanted:
        raise fetch.FetchError(
            f"{dataset.id}: https://github.com/{dataset.repository}: the newest revision has no file like "
            f"{', '.join(dataset.files)}; look for it in the repository. The tables are as they were."
        )
    if dataset.newest_only:
        newest = max(wanted)
        wanted = {newest: wanted[newest]}
    return commit["sha"], date.fromisoformat(commit["commit"]["committer"]["date"][:10]), wanted


def _ask(dataset: Dataset, url: str) -> dict[str, Any]:
    try:
        answer = requests.get(url, timeout=fetch.SECONDS, headers=_headers())
        if (
            answer.status_code in (403, 429)
            and (left := answer.headers.get("x-ratelimit-remaining")) is not None
        ):
            raise fetch.FetchError(
                f"{dataset.id}: {url}: refused, with {counted(int(left), 'request')} left this hour"
                f"{'' if os.environ.get(TOKEN) else f'; a token in {TOKEN} allows more'}. "
                "The tables are as they were."
            )
        answer.raise_for_status()
        content: dict[str, Any] = answer.json()
        return content
    except requests.exceptions.ConnectionError as error:
        raise fetch.NoNetwork(
            f"No network ({dataset.id}: {url} cannot be reached); --latest needs one. The tables are as "
            "they were."
        ) from error
    except (requests.exceptions.RequestException, ValueError) as error:
        raise fetch.FetchError(
            f"{dataset.id}: {url}: {error}; run it again later. The tables are as they were."
        ) from error


def _headers() -> dict[str, str]:
    """What is told to the server, with the token of the environment where there is one."""
    token = os.environ.get(TOKEN)
    accept = {"Accept": "application/vnd.github+json"}
    return accept if not token else {**accept, "Authorization": f"Bearer {token}"}


def _blob(path: Path) -> str:
    """The name that git gives to a file's content."""
    content = path.read_bytes()
    return hashlib.sha1(b"blob %d\0" % len(content) + content).hexdigest()


def _download(dataset: Dataset, revision: str, path: str) -> Path:
    """A file at a revision, kept under it in the cache."""
    file = PinnedFile(id=f"{dataset.id}/{path}", dataset=dataset.id, path=path, sha256="0" * 64, bytes=0)
    url = fetch.address(dataset, file, revision)
    with fetch.explained(dataset, url):
        return Path(
            pooch.retrieve(
                url,
                known_hash=None,
                fname=path.replace("/", "__"),
                path=fetch.cache() / "latest" / dataset.id / revision,
                downloader=pooch.HTTPDownloader(timeout=fetch.SECONDS),
            )
        )


def tell(datasets: Mapping[str, Dataset], heads: Iterable[Head], console: Console) -> None:
    """Say how far the head is from the pin."""
    for head in heads:
        pinned = datasets[head.dataset].revision
        state = "is the pinned one" if head.revision == pinned else f"replaces {pinned[:12]}"
        console.print(f"{head.dataset}: revision {head.revision[:12]} of {head.committed} {state}")


def move(folder: Path, heads: Iterable[Head], write: Callable[[Path, str], None]) -> None:
    """Pin a data folder to these heads, in datasets.yaml and files.csv."""
    pins, yaml = folder / "files.csv", folder / "datasets.yaml"
    header, *lines = pins.read_text(encoding="utf-8").splitlines()
    text = yaml.read_text(encoding="utf-8")
    for head in heads:
        lines = [line for line in lines if not line.startswith((f"{head.dataset}/", f'"{head.dataset}/'))]
        lines += [_line(file) for file in head.files]
        block = re.compile(rf"(- id: {head.dataset}\n(?:(?!\n  - id:).)*?\n +revision: )\S+", re.DOTALL)
        text = block.sub(rf"\g<1>{head.revision}", text, count=1)
    write(pins, "\n".join([header, *sorted(lines)]) + "\n")
    write(yaml, text)


def _line(file: PinnedFile) -> str:
    cells = [file.id, file.dataset, file.path, file.sha256, str(file.bytes)]
    return ",".join(f'"{cell}"' if "," in cell or '"' in cell else cell for cell in cells)
