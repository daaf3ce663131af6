"""The command line: ``python -m utils --help``."""

from __future__ import annotations

import argparse
import gc
import io
import os
import sys
import traceback
from collections.abc import Callable
from pathlib import Path

from . import building, bulk, commands, faults, interpreter


def main(arguments: list[str] | None = None) -> int:
    """Run one command; 0 when it went well, 1 when it found something or a build failed, 2 when it could not
    do its work, 130 when it was interrupted, 141 when nobody read on."""
    folder = commands.ROOT / "data"
    try:
        interpreter.require_version()
        options = _parser().parse_args(arguments)
        folder = getattr(options, "data", folder)
        status: int = options.run(options)
        if sys.stdout is not None:
            sys.stdout.flush()
        return status
    except (Exception, KeyboardInterrupt) as error:
        if os.environ.get(faults.SWITCH):
            traceback.print_exc()
        status, line = faults.told(error, folder)
        if line:
            _say(line)
        return status


def _say(line: str) -> None:
    # Without the room of words, which needs packages that may be what is missing.
    seen = "".join(sign if sign.isprintable() else ascii(sign)[1:-1] for sign in line)
    print(f"utils: {seen}", file=sys.stderr)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m utils", description=__doc__.split(":")[0])
    added_to = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")

    def command(name: str, run: Callable[[argparse.Namespace], int], text: str) -> argparse.ArgumentParser:
        added = added_to.add_parser(name, help=text, description=text)
        added.set_defaults(run=run)
        return added

    verdicts = command("verdicts", commands.verdicts, "print the verdict on every claim")
    verdicts.add_argument(
        "--as-of", metavar="DATE", help="what was public on this day, YYYY-MM-DD (default: all)"
    )
    verdicts.add_argument("--json", action="store_true", help="for other programs; fields in the README")
    check = command("check", commands.check, "validate a data folder and list every error")
    new = command("new", commands.new, "write a data folder from which the next article starts")
    new.add_argument("folder", metavar="DIR", type=Path, help="a folder that is empty or not there yet")
    data = command("data", commands.data, "fetch the external datasets and rebuild data/tables")
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
    describe = command(
        "describe",
        commands.describe,
        "bring the data dictionary and the sizes and hashes of datapackage.json in step",
    )
    links = command(
        "links", commands.links, "ask every address of a data folder whether its page is still there"
    )
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
        help="boundaries as GeoJSON (default: the oblasts of the front)",
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
    notebooks = command("notebooks", building.notebooks, "run the notebooks and keep their outputs in place")
    test = command(
        "test",
        building.test,
        "validate a data folder and run its notebooks, whose outputs must come again",
    )
    lab = command("lab", building.lab, "open JupyterLab on the notebooks of a data folder")
    for added in (verdicts, check, data, export, describe, links, notebooks, test, lab):
        added.add_argument(
            "--data", metavar="DIR", default=commands.ROOT / "data", type=Path, help="default: data"
        )
    command("hooks", commands.hooks, "have git check before each commit, and compare notebooks cell by cell")
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
    drawn = command(
        "calibration", commands.calibration, "how often the engine is right where the truth is known"
    )
    drawn.add_argument("--articles", metavar="N", default="200", help="drawn in each world (default: 200)")
    drawn.add_argument("--seed", metavar="S", default="15", help="where the drawing starts (default: 15)")
    for name in ("world", "method"):
        drawn.add_argument(f"--{name}s", metavar=name.upper(), nargs="+", help="only these (default: all)")
    drawn.add_argument("--json", action="store_true", help="for other programs")
    drawn.add_argument("--write", action="store_true", help="keep what all of it gives, for the report")
    bench = command("bench", commands.bench, "measure what everything costs and write reports/bench.md")
    bench.add_argument("--quick", action="store_true", help="each once, and growth to four times only")
    bench.add_argument("--rounds", type=int, default=5, metavar="N", help="how often each (default: 5)")
    bench.add_argument("--only", default="", metavar="TEXT", help="what has this in its name")
    return parser


if __name__ == "__main__":
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A terminal need not have every letter; none of them is worth a failure.
            stream.reconfigure(errors="backslashreplace")
    status = main()
    faults.abandon_output()
    # The interpreter would search everything that was loaded for cycles before it ends; that takes most of a
    # second and frees nothing that its end does not free.
    gc.freeze()
    sys.exit(status)
