"""The command line: ``python -m utils --help``."""

from __future__ import annotations

import gc
import io
import os
import sys
import traceback

from . import arguments, commands, faults, interpreter


def main(given: list[str] | None = None) -> int:
    """Run one command; 0 when it went well, 1 when it found something or a build failed, 2 when it could not
    do its work, 130 when it was interrupted, 141 when nobody read on."""
    folder = commands.ROOT / "data"
    try:
        interpreter.require_version()
        options = arguments.parser(__doc__.split(":")[0]).parse_args(given)
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
