"""The command line: ``python -m utils --help``."""

from __future__ import annotations

import argparse
import gc
import json
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from . import interpreter

if TYPE_CHECKING:
    from .archive import Archive
    from .evidence.problems import DataError

ROOT = Path(__file__).resolve().parent.parent


class UsageError(Exception):
    """Something that the person at the terminal can put right; one line."""


def main(arguments: list[str] | None = None) -> int:
    """Run one command; 0 when it went well, 1 when a build failed, 2 when the call or the data were wrong,
    130 when it was interrupted."""
    try:
        interpreter.require_version()
        options = _parser().parse_args(arguments)
        status: int = options.run(options)
        return status
    except (UsageError, interpreter.UnfitError) as error:
        print(f"utils: {error}", file=sys.stderr)
        return 2
    except ModuleNotFoundError as error:
        advice = interpreter.lacks(error)
        if advice is None:
            raise
        print(f"utils: {advice}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("utils: interrupted", file=sys.stderr)
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m utils", description=__doc__.split(":")[0])
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")

    def command(name: str, run: Callable[[argparse.Namespace], int], text: str) -> argparse.ArgumentParser:
        added = commands.add_parser(name, help=text, description=text)
        added.set_defaults(run=run)
        return added

    verdicts = command("verdicts", _verdicts, "print the verdict on every claim")
    verdicts.add_argument(
        "--as-of", metavar="DATE", help="what was public on this day, YYYY-MM-DD (default: all)"
    )
    verdicts.add_argument("--json", action="store_true", help="for other programs; fields in the README")
    check = command("check", _check, "validate a data folder and list every error")
    new = command("new", _new, "write a data folder from which the next article starts")
    new.add_argument("folder", metavar="DIR", type=Path, help="a folder that is empty or not there yet")
    data = command("data", _data, "fetch the external datasets and rebuild data/tables")
    data.add_argument("--dataset", metavar="ID", help="only the tables that read this dataset")
    data.add_argument(
        "--latest", action="store_true", help="show what the head of each upstream repository would give"
    )
    data.add_argument("--pin", action="store_true", help="with --latest: move the pins to it and write")
    data.add_argument("--all", action="store_true", help="tell every changed row")
    export = command("export", _export, "write the verdicts as JSON, in AVeriTeC's form and as ClaimReview")
    export.add_argument(
        "--out",
        metavar="DIR",
        default=ROOT / "reports" / "export",
        type=Path,
        help="default: reports/export; its folder claimreview is the command's own",
    )
    export.add_argument("--site", metavar="URL", help="where the report is published, for ClaimReview's url")
    for added in (verdicts, check, data, export):
        added.add_argument("--data", metavar="DIR", default=ROOT / "data", type=Path, help="default: data")
    describe = command(
        "describe",
        _describe,
        "bring the data dictionary and the sizes and hashes of datapackage.json in step",
    )
    describe.add_argument("--data", metavar="DIR", default=ROOT / "data", type=Path, help="default: data")
    links = command("links", _links, "ask every address of a data folder whether its page is still there")
    links.add_argument("--data", metavar="DIR", default=ROOT / "data", type=Path, help="default: data")
    command("notebooks", _notebooks, "run the notebooks and keep their outputs in place")
    command("report", _report, "run the notebooks and write reports/html/index.html")
    drawn = command("calibration", _calibration, "how often the engine is right where the truth is known")
    drawn.add_argument("--articles", metavar="N", default="200", help="drawn in each world (default: 200)")
    drawn.add_argument("--seed", metavar="S", default="15", help="where the drawing starts (default: 15)")
    for name in ("world", "method"):
        drawn.add_argument(f"--{name}s", metavar=name.upper(), nargs="+", help="only these (default: all)")
    drawn.add_argument("--json", action="store_true", help="for other programs")
    drawn.add_argument("--write", action="store_true", help="keep what all of it gives, for the report")
    bench = command("bench", _bench, "measure what everything costs and write reports/bench.md")
    bench.add_argument("--quick", action="store_true", help="each once, and growth to four times only")
    bench.add_argument("--rounds", type=int, default=5, metavar="N", help="how often each (default: 5)")
    bench.add_argument("--only", default="", metavar="TEXT", help="what has this in its name")
    return parser


def _read(folder: Path) -> Archive:
    """The archive of a folder; DataError for wrong data, UsageError for no folder."""
    from .archive import Archive

    if not folder.is_dir():
        raise UsageError(f"no data folder {folder}")
    return Archive.read(folder)


def _sound(folder: Path) -> Archive:
    """The archive of a folder that must be sound; UsageError otherwise."""
    from .evidence.problems import DataError

    try:
        return _read(folder)
    except DataError as error:
        raise _unsound(folder, error) from None


def _unsound(folder: Path, error: DataError) -> UsageError:
    """The first error of a data folder by its own name, and where to see the others."""
    from .words import counted

    problems = error.problems
    return UsageError(
        f"{folder} has {counted(len(problems), 'error')}{', the first' if len(problems) > 1 else ''}: "
        f"{problems[0]}; python -m utils check --data {folder} lists "
        f"{'them all' if len(problems) > 1 else 'what else is wrong'}"
    )


def _day(text: str | None) -> date | None:
    if text is None:
        return None
    try:
        if len(text) != 10:
            raise ValueError
        return date.fromisoformat(text)
    except ValueError:
        raise UsageError(f"--as-of {text!r} is no day; write it as YYYY-MM-DD") from None


def _verdicts(options: argparse.Namespace) -> int:
    from . import exports, verdicts, words

    day = _day(options.as_of)
    archive = _sound(options.data)
    seen = archive if day is None else archive.as_of(day)
    if options.json:
        print(json.dumps(exports.as_json(seen, archive.vintage), indent=2, ensure_ascii=False))
        return 0
    from rich.table import Table

    from .terminal import terminal

    table = Table(
        title=f"{archive.article.title}, as known on {words.written_day(seen.clock)}",
        title_justify="left",
        show_lines=True,
    )
    for heading in ("Claim", "Verdict", "Likelihood", "Tellers", "Confidence", "Reason"):
        table.add_column(heading, overflow="fold")
    for claim, verdict in zip(seen.claims, verdicts.ledger(seen), strict=True):
        likelihood = "" if verdict.probability is None else words.chance(verdict.probability)
        tellers = "" if verdict.tellers is None else words.number(verdict.tellers)
        table.add_row(
            f"{claim.id} {claim.wording}",
            verdict.label,
            likelihood,
            tellers,
            verdict.confidence or "",
            verdict.reason,
        )
    terminal().print(table)
    return 0


def _check(options: argparse.Namespace) -> int:
    from .evidence import tables
    from .evidence.problems import DataError
    from .words import counted

    archive, problems = None, set(tables.check(options.data))
    try:
        archive = _read(options.data)
    except DataError as error:
        problems.update(error.problems)
    if archive is None or problems:
        print(DataError(list(problems)))
        print(f"{counted(len(problems), 'error')} in {options.data}", file=sys.stderr)
        return 2
    print(
        f"{options.data}: {counted(len(archive.claims), 'claim')}, "
        f"{counted(len(archive.statements), 'statement')} from "
        f"{counted(len(archive.origins(archive.statements)), 'origin')}, "
        f"{counted(len(archive.sources), 'source')}, "
        f"{counted(len(archive.quantities), 'quantity', 'quantities')}, "
        f"{counted(len(archive.events), 'event')}; no errors"
    )
    return 0


def _new(options: argparse.Namespace) -> int:
    from .evidence import new

    try:
        new.write(options.folder)
    except FileExistsError as error:
        raise UsageError(f"{error}; nothing was written") from None
    except OSError as error:
        raise UsageError(f"{options.folder} cannot be written ({error.strerror})") from None
    print(new.next_steps(options.folder))
    return 0


def _data(options: argparse.Namespace) -> int:
    from .evidence.problems import DataError
    from .terminal import terminal
    from .upstream import rebuild

    if options.pin and not options.latest:
        raise UsageError("--pin goes with --latest")
    if not options.data.is_dir():
        raise UsageError(f"no data folder {options.data}")
    try:
        return rebuild.rebuild(
            options.data,
            dataset=options.dataset,
            follow=options.latest,
            pin=options.pin,
            everything=options.all,
            console=terminal(),
        )
    except rebuild.RebuildError as error:
        raise UsageError(str(error)) from None
    except DataError as error:
        raise _unsound(options.data, error) from None


def _export(options: argparse.Namespace) -> int:
    from . import exports
    from .words import counted

    if options.site is not None and not _is_address(options.site):
        raise UsageError(
            f"--site {options.site!r} is no address; write it whole, as https://example.org/report"
        )
    content = exports.files(_sound(options.data), options.site)
    try:
        exports.write(content, options.out)
    except OSError as error:
        raise UsageError(f"cannot write to {options.out}: {error.strerror}") from None
    print(f"{counted(len(content), 'file')} in {options.out}")
    return 0


def _is_address(text: str) -> bool:
    from urllib.parse import urlsplit

    parts = urlsplit(text)
    return parts.scheme in ("http", "https") and bool(parts.netloc) and not (parts.query or parts.fragment)


def _describe(options: argparse.Namespace) -> int:
    from .evidence import dictionary
    from .upstream import rebuild

    _sound(options.data)
    try:
        print("\n".join(dictionary.write(options.data, rebuild.put)))
    except rebuild.RebuildError as error:
        raise UsageError(str(error)) from None
    return 0


def _links(options: argparse.Namespace) -> int:
    from collections import Counter

    from .evidence import links
    from .words import counted, listed

    pages = links.addresses(_sound(options.data))
    states: Counter[str] = Counter()
    for answer in links.ask_all(pages.items()):
        states[answer.state] += 1
        if answer.state != "there":
            print(f"{answer.state}: {answer.address} ({answer.words}), {listed(answer.rows)}")
    if states["silent"] == len(pages):
        raise UsageError("no address answered; links needs a network")
    told = listed([f"{number} {state}" for state, number in states.items()])
    print(f"{counted(len(pages), 'address', 'addresses')}: {told}")
    return 1 if states["gone"] else 0


def _notebooks(options: argparse.Namespace) -> int:
    from .report import build

    return build.notebooks(ROOT)


def _report(options: argparse.Namespace) -> int:
    from .report import build

    return build.report(ROOT)


def _calibration(options: argparse.Namespace) -> int:
    from .calibration import command

    try:
        asked = command.asked(options.worlds, options.methods, options.articles, options.seed)
        if options.write:
            command.require_whole(asked)
    except ValueError as error:
        raise UsageError(str(error)) from None
    command.answer(asked, for_programs=options.json, keep=options.write)
    return 0


def _bench(options: argparse.Namespace) -> int:
    from .bench import run

    return run.bench(ROOT, rounds=options.rounds, quick=options.quick, only=options.only)


if __name__ == "__main__":
    status = main()
    # The interpreter would search everything that was loaded for cycles before it ends; that takes most of a
    # second and frees nothing that its end does not free.
    gc.freeze()
    sys.exit(status)
