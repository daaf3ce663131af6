"""What may be written after ``python -m utils``: commands, and the options of each."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from . import building, bulk, commands, upkeep

__all__ = ["parser"]


class Command(Protocol):
    """Adds a command by its name, what it runs, and what it does in words."""

    def __call__(
        self, name: str, run: Callable[[argparse.Namespace], int], text: str
    ) -> argparse.ArgumentParser: ...


def parser(title: str) -> argparse.ArgumentParser:
    """The parser of the command line, under a title."""
    every = argparse.ArgumentParser(prog="python -m utils", description=title)
    added_to = every.add_subparsers(title="commands", required=True, metavar="COMMAND")

    def command(name: str, run: Callable[[argparse.Namespace], int], text: str) -> argparse.ArgumentParser:
        added = added_to.add_parser(name, help=text, description=text)
        added.set_defaults(run=run)
        return added

    for add in (_judging, _beginning, _exporting, _keeping, _counting, _running, _reporting, _measuring):
        add(command)
    return every


def _takes_folder(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--data", metavar="DIR", default=commands.ROOT / "data", type=Path, help="default: data"
    )


def _judging(command: Command) -> None:
    verdicts = command("verdicts", commands.verdicts, "print the verdict on every claim")
    verdicts.add_argument(
        "--as-of", metavar="DATE", help="what was public on this day, YYYY-MM-DD (default: all)"
    )
    verdicts.add_argument("--json", action="store_true", help="for other programs; fields in the README")
    check = command("check", commands.check, "validate a data folder and list every error")
    for added in (verdicts, check):
        _takes_folder(added)


def _beginning(command: Command) -> None:
    new = command("new", commands.new, "write a data folder from which the next article starts")
    new.add_argument("folder", metavar="DIR", type=Path, help="a folder that is empty or not there yet")
    new.add_argument("--from", dest="sheet", metavar="SHEET", type=Path, help="a CSV sheet of statements")
    new.add_argument("--mapping", metavar="FILE", type=Path, help="YAML: which column of the sheet is which")
    licences = ("CC-BY-4.0", "CC-BY-SA-4.0", "CC0-1.0")
    new.add_argument("--licence", choices=licences, help="of your text and data; without it, none is stated")


def _exporting(command: Command) -> None:
    export = command(
        "export", commands.export, "write the verdicts as JSON, in AVeriTeC's form and as ClaimReview"
    )
    export.add_argument(
        "--out",
        metavar="DIR",
        default=commands.ROOT / "reports" / "export",
        type=Path,
        help="default: reports/export; its folder claimreview is the command's own",
    )
    export.add_argument("--site", metavar="URL", help="where the report is published, for ClaimReview's url")
    export.add_argument(
        "--no-robustness",
        dest="robustness",
        action="store_false",
        help="do not try other choices: ten times as fast, and no file tells what a label leans on",
    )
    _takes_folder(export)


def _keeping(command: Command) -> None:
    data = command("data", upkeep.data, "fetch the external datasets and rebuild data/tables")
    data.add_argument("--dataset", metavar="ID", help="only the tables that read this dataset")
    data.add_argument(
        "--latest", action="store_true", help="show what the head of each upstream repository would give"
    )
    data.add_argument("--pin", action="store_true", help="with --latest: move the pins to it and write")
    data.add_argument("--all", action="store_true", help="tell every changed row")
    data.add_argument(
        "--bundle",
        metavar="FILE",
        type=Path,
        help="the zip with every table as Parquet (default: reports/data.zip beside the data folder)",
    )
    describe = command(
        "describe",
        upkeep.describe,
        "bring the data dictionary and the sizes and hashes of datapackage.json in step",
    )
    links = command(
        "links", upkeep.links, "ask every address of a data folder whether its page is still there"
    )
    command("hooks", upkeep.hooks, "have git check before each commit, and compare notebooks cell by cell")
    for added in (data, describe, links):
        _takes_folder(added)


def _counting(command: Command) -> None:
    events = command("incidents", bulk.incidents, "count events of CSV or Parquet by day, area and tag")
    events.add_argument("inputs", metavar="INPUT", nargs="+", type=Path, help="files, or folders of them")
    events.add_argument(
        "--mapping", metavar="NAME", required=True, help="viina, acled, gdelt, or a YAML file of one's own"
    )
    events.add_argument("--out", metavar="DIR", required=True, type=Path, help="where counts and report go")
    events.add_argument(
        "--areas",
        metavar="FILE",
        default=commands.ROOT / "data" / "tables" / "oblasts.geojson",
        type=Path,
        help="boundaries as GeoJSON (default: those that come with this project)",
    )
    events.add_argument("--around", metavar="DATE", help="compare the days before and after this one")
    events.add_argument("--days", metavar="N", type=int, default=28, help="how many of each (default: 28)")
    shelf = command("shelf", bulk.shelf, "judge many data folders on both clocks, on all cores")
    shelf.add_argument(
        "folders", metavar="FOLDER", nargs="+", type=Path, help="data folders, or folders of them"
    )
    shelf.add_argument(
        "--out",
        metavar="FILE",
        default=commands.ROOT / "reports" / "shelf.parquet",
        type=Path,
        help="all verdicts (default: reports/shelf.parquet)",
    )
    shelf.add_argument("--processes", metavar="N", type=int, help="side by side (default: one a core)")


def _running(command: Command) -> None:
    notebooks = command("notebooks", building.notebooks, "run the notebooks and keep their outputs in place")
    test = command(
        "test",
        building.test,
        "validate a data folder and run its notebooks, whose outputs must come again",
    )
    lab = command("lab", building.lab, "open JupyterLab on the notebooks of a data folder")
    crate = command("crate", building.crate, "pack report, notebooks, data, code and lock as an RO-Crate")
    crate.add_argument(
        "--out", metavar="FILE", type=Path, help="the zip (default: crate.zip beside the report's html)"
    )
    verify = command("verify", building.verify, "check a crate, run it again, and compare every verdict")
    verify.add_argument("crate", metavar="CRATE", type=Path, help="a zip that `crate` has made")
    for added in (notebooks, test, lab, crate):
        _takes_folder(added)


def _reporting(command: Command) -> None:
    report = command("report", building.report, "run the notebooks and write the report as a static site")
    report.add_argument(
        "--data",
        metavar="DIR",
        default=[commands.ROOT / "data"],
        nargs="+",
        type=Path,
        help="default: data; of several folders, each has its site, and a page leads to them",
    )
    report.add_argument(
        "--out",
        metavar="DIR",
        type=Path,
        help="the site goes to html/index.html in it (default: reports, else beside the folder)",
    )
    report.add_argument(
        "--site", metavar="URL", help="where it will be published (default: address in article.yaml, if any)"
    )


def _measuring(command: Command) -> None:
    drawn = command(
        "calibration", upkeep.calibration, "how often the engine is right where the truth is known"
    )
    drawn.add_argument("--articles", metavar="N", default="200", help="drawn in each world (default: 200)")
    drawn.add_argument("--seed", metavar="S", default="15", help="where the drawing starts (default: 15)")
    for name in ("world", "method"):
        drawn.add_argument(f"--{name}s", metavar=name.upper(), nargs="+", help="only these (default: all)")
    drawn.add_argument("--json", action="store_true", help="for other programs")
    drawn.add_argument("--write", action="store_true", help="keep what all of it gives, for the report")
    bench = command("bench", upkeep.bench, "measure what everything costs and write reports/bench.md")
    bench.add_argument("--quick", action="store_true", help="each once, and growth to four times only")
    bench.add_argument("--rounds", type=int, default=5, metavar="N", help="how often each (default: 5)")
    bench.add_argument("--only", default="", metavar="TEXT", help="what has this in its name")
