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

from . import commands, faults, interpreter


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
    for added in (verdicts, check, data, export):
        added.add_argument(
            "--data", metavar="DIR", default=commands.ROOT / "data", type=Path, help="default: data"
        )
    describe = command(
        "describe",
        commands.describe,
        "bring the data dictionary and the sizes and hashes of datapackage.json in step",
    )
    describe.add_argument(
        "--data", metavar="DIR", default=commands.ROOT / "data", type=Path, help="default: data"
    )
    links = command(
        "links", commands.links, "ask every address of a data folder whether its page is still there"
    )
    links.add_argument(
        "--data", metavar="DIR", default=commands.ROOT / "data", type=Path, help="default: data"
    )
    command("notebooks", commands.notebooks, "run the notebooks and keep their outputs in place")
    report = command("report", commands.report, "run the notebooks and write reports/html/index.html")
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
