"""What a kernel starts from: the project's own settings, and the code of the checkout that asks for it.

A file at home or a variable of the user's would change figures and outputs on one machine alone. Variables
that no library reads at start are the notebook's to ask for, and stay.
"""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

__all__ = ["ROOT", "OtherCheckout", "of_kernel", "own", "refuse_other_checkout"]

# The checkout that this module is of.
ROOT = Path(__file__).resolve().parents[2]
# Read by the interpreter, IPython and the libraries when they start, or where they print.
OTHERS = (
    *("PYTHON", "IPYTHON", "MPL", "MATPLOTLIB", "PANDAS_", "NPY_", "NUMPY_", "GDAL_", "OGR_", "PROJ_"),
    *("IBIS_", "DUCKDB_", "LC_", "LANG", "COLUMNS", "LINES", "JUPYTER_COLUMNS", "JUPYTER_LINES"),
    *("TZ", "NO_COLOR", "FORCE_COLOR", "TTY_COMPATIBLE", "TTY_INTERACTIVE"),
)
# Where compiled files go, and whether a crash tells where: no output depends on them.
HARMLESS = ("PYTHONDONTWRITEBYTECODE", "PYTHONPYCACHEPREFIX", "PYTHONFAULTHANDLER")
MATPLOTLIBRC = Path(__file__).parent / "own" / "matplotlibrc"
# Of an environment, not of a home: matplotlib keeps its list of fonts there, and looks there for styles.
CACHE = Path(sys.prefix) / "share" / "fifty-thousand" / "matplotlib"
MARK = Path("utils") / "kernels" / Path(__file__).name


class OtherCheckout(RuntimeError):
    """A notebook of another checkout than the one whose code would run; one line."""


def of_kernel(environment: Mapping[str, str]) -> dict[str, str]:
    """The variables of a kernel: the client's without those that libraries read, and the project's own."""
    kept = {name: value for name, value in environment.items() if not name.startswith(OTHERS)}
    kept |= {name: environment[name] for name in HARMLESS if name in environment}
    own = {
        "MATPLOTLIBRC": str(MATPLOTLIBRC),
        # The order of a set, which a notebook may print, would be another one in each kernel.
        "PYTHONHASHSEED": "0",
        "PYTHONNOUSERSITE": "1",
        "PYTHONPATH": str(ROOT),
        "PYTHONUTF8": "1",
        "TZ": "UTC",
    }
    with contextlib.suppress(OSError):
        CACHE.mkdir(parents=True, exist_ok=True)
        own |= {"MPLCONFIGDIR": str(CACHE)} if os.access(CACHE, os.W_OK) else {}
    return kept | own


@contextlib.contextmanager
def own() -> Iterator[None]:
    """Let this process and those that it starts have a kernel's settings meanwhile, as it draws as well."""
    before = dict(os.environ)
    settings = of_kernel(before)
    try:
        _become(settings)
        yield
    finally:
        _become(before)


def _become(variables: Mapping[str, str]) -> None:
    for name in os.environ.keys() - variables.keys():
        del os.environ[name]
    os.environ.update(variables)


def refuse_other_checkout(folder: Path) -> None:
    """OtherCheckout when a folder holds the notebooks of another checkout, whose code would not be what runs.

    A data folder that lies in another checkout may be built from this one; its notebooks are its own.
    """
    for above in (folder, *folder.parents):
        if (above / MARK).is_file():
            if above != ROOT and folder.is_relative_to(above / "notebooks"):
                raise OtherCheckout(
                    f"{folder} is of the checkout {above}, and the kernel would run the code of {ROOT}; "
                    f"start it in {above}, with python -m"
                )
            return
