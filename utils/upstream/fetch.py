"""Bring the pinned files of a dataset: from a mirror if there is one, else from their public repository.

`FIFTY_THOUSAND_MIRROR` names a folder or an address in which every file lies under its id. Whatever comes is
held against its SHA-256; nothing else is ever used. Files are kept in a cache (pooch), so that an interrupted
run goes on where it stopped.
"""

from __future__ import annotations

import errno
import hashlib
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import pooch
import requests

from ..evidence.cells import within
from ..evidence.datasets import Dataset, PinnedFile
from .inputs import Inputs

__all__ = ["FetchError", "NoNetwork", "address", "cache", "explained", "gather", "mirror"]

RAW = "https://raw.githubusercontent.com"
SECONDS = 30.0
RETRIES = 2
AT_ONCE = 4


class FetchError(Exception):
    """A file that could not be had; says which dataset, which address and what to do."""


class NoNetwork(FetchError):
    """There is neither a mirror nor a network."""


def mirror() -> str | None:
    """The mirror that the environment names: a folder, an address, or none."""
    return os.environ.get("FIFTY_THOUSAND_MIRROR") or None


def cache() -> Path:
    """Where fetched files are kept: `FIFTY_THOUSAND_CACHE`, else the user's cache folder."""
    return Path(os.environ.get("FIFTY_THOUSAND_CACHE") or pooch.os_cache("fifty-thousand"))


def address(dataset: Dataset, file: PinnedFile, revision: str | None = None) -> str:
    """Where a file lies in its public repository, at the pinned or another revision."""
    parts = [dataset.repository, revision or dataset.revision, dataset.folder, file.path]
    return "/".join([RAW, *(quote(part) for part in parts if part)])


def gather(
    datasets: Mapping[str, Dataset],
    files: Iterable[PinnedFile],
    *,
    source: str | None,
    seconds: float,
    retries: int,
    done: Callable[[PinnedFile], None] = lambda file: None,
) -> Inputs:
    """Every file on this machine and checked, as inputs for the modules of these datasets.

    source: a mirror's folder or address; None for the public repositories. seconds: how long a silent server
    is waited for. retries: how often a download is tried again. `done` is called after each file.
    FetchError names the first file that could not be had.
    """
    files = [file for file in files if file.dataset in datasets]
    paths: dict[str, dict[str, Path]] = {name: {} for name in datasets}

    def fetched(file: PinnedFile, tries: int = retries) -> Path:
        path = _fetched(datasets[file.dataset], file, source, seconds, tries)
        done(file)
        return path

    # The first file shows at once, without retries, whether there is a network at all.
    first = [file for file in files if _folder(source) or not _is_cached(file)][:1]
    for file in first:
        try:
            paths[file.dataset][file.path] = fetched(file, 0)
        except NoNetwork:
            raise
        except FetchError:
            paths[file.dataset][file.path] = fetched(file)
    rest = [file for file in files if file not in first]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        try:
            for file, path in zip(rest, pool.map(fetched, rest), strict=True):
                paths[file.dataset][file.path] = path
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise
    return Inputs(datasets, paths)


def _folder(source: str | None) -> Path | None:
    """The folder of a mirror that is one."""
    return Path(source) if source is not None and "://" not in source else None


def _fetched(dataset: Dataset, file: PinnedFile, source: str | None, seconds: float, retries: int) -> Path:
    """Where a file lies on this machine, checked; brought there first if it must be."""
    if folder := _folder(source):
        return _checked(within(folder, file.id), dataset, file)
    url = f"{source.rstrip('/')}/{quote(file.id)}" if source else address(dataset, file)
    return _download(url, dataset, file, seconds, retries)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _is_cached(file: PinnedFile) -> bool:
    path = within(cache(), file.id)
    return path.is_file() and _digest(path) == file.sha256


def _checked(path: Path, dataset: Dataset, file: PinnedFile) -> Path:
    """A mirror's file, if it is the pinned one."""
    if not path.is_file():
        raise FetchError(_message(dataset, str(path), "the mirror has no such file", "complete the mirror"))
    if (digest := _digest(path)) != file.sha256:
        what = f"it is not the pinned file (SHA-256 {digest[:12]}…, expected {file.sha256[:12]}…)"
        raise FetchError(_message(dataset, str(path), what, "renew the mirror"))
    return path


def _message(dataset: Dataset, where: str, what: str, remedy: str) -> str:
    return f"{dataset.id}: {where}: {what}; {remedy}. The tables are as they were."


def _download(url: str, dataset: Dataset, file: PinnedFile, seconds: float, retries: int) -> Path:
    """One file through pooch's cache, every failure told as a FetchError."""
    keeper = pooch.create(
        path=cache(),
        base_url="",
        registry={file.id: f"sha256:{file.sha256}"},
        urls={file.id: url},
        retry_if_failed=retries,
    )
    pooch.get_logger().setLevel("ERROR")
    with explained(dataset, url):
        return Path(keeper.fetch(file.id, downloader=pooch.HTTPDownloader(timeout=seconds)))


@contextmanager
def explained(dataset: Dataset, url: str) -> Iterator[None]:
    """Tell every failure of a download as a FetchError that names dataset, address and what to do."""
    again = "run it again; if it stays, set FIFTY_THOUSAND_MIRROR to a mirror"
    try:
        yield
    except requests.exceptions.HTTPError as error:
        status = error.response.status_code if error.response is not None else "with an error"
        remedy = "the file has moved: look for it in the repository" if status in (404, 410) else again
        raise FetchError(_message(dataset, url, f"the server answers {status}", remedy)) from error
    except requests.exceptions.ConnectTimeout as error:
        raise NoNetwork(_unreachable(dataset, url)) from error
    except requests.exceptions.Timeout as error:
        raise FetchError(_message(dataset, url, "the server is silent for too long", again)) from error
    except requests.exceptions.ChunkedEncodingError as error:
        raise FetchError(_message(dataset, url, "the connection was cut half-way", again)) from error
    except requests.exceptions.ConnectionError as error:
        raise NoNetwork(_unreachable(dataset, url)) from error
    except ValueError as error:
        what = "what came is not the pinned file (wrong SHA-256; perhaps an error page)"
        raise FetchError(_message(dataset, url, what, again)) from error
    except OSError as error:
        full = error.errno in (errno.ENOSPC, errno.EDQUOT)
        what = "the disk is full" if full else str(error)
        remedy = f"make room in {cache()} and run it again" if full else "see to it and run it again"
        raise FetchError(_message(dataset, url, what, remedy)) from error


def _unreachable(dataset: Dataset, url: str) -> str:
    return (
        f"No network ({dataset.id}: {url} cannot be reached) and no mirror; connect, or set "
        "FIFTY_THOUSAND_MIRROR to a folder or address that has the files. The tables are as they were."
    )
