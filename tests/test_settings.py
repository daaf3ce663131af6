"""A kernel starts from the project's settings and its own checkout, whatever a user has at home."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import matplotlib
import pytest
from running import is_warm, kernel

from utils import figures
from utils.kernels import settings
from utils.kernels.provisioner import PLAIN

ROOT = Path(__file__).resolve().parent.parent
RC = "axes.facecolor: yellow\nsavefig.facecolor: red\nfont.size: 30\n"
LOOK = """
    import locale, os, pathlib, sys, time, warnings
    import matplotlib, pandas, utils
    import matplotlib.style
    from IPython import get_ipython
    rc = matplotlib.rcParams
    drawn = [rc[name] for name in ("axes.facecolor", "savefig.facecolor", "font.size")]
    print(drawn, matplotlib.style.library["ggplot"]["axes.facecolor"], rc["backend"])
    print(get_ipython().ast_node_interactivity, "started" in globals(), sys.flags.utf8_mode)
    print(sys.flags.hash_randomization)
    print(pathlib.Path(utils.__file__).parent, hasattr(pandas, "read_csv"), "sitecustomized" in os.environ)
    print(time.strftime("%z"), os.environ.get("OF_THE_NOTEBOOK"), open(os.devnull).encoding)
    warnings.warn("seen")
"""


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def hostile(tmp_path, monkeypatch) -> Path:
    """A home and variables that would change every output."""
    home = tmp_path / "home"
    for folder in (home / ".config/matplotlib", home / "config/matplotlib", home / "mpl"):
        write(folder / "matplotlibrc", RC)
        write(folder / "stylelib/ggplot.mplstyle", "axes.facecolor: green\n")
    for folder in (home / ".ipython", home / "ipython"):
        for name in ("ipython_config.py", "ipython_kernel_config.py"):
            all_shown = 'get_config().InteractiveShell.ast_node_interactivity = "all"\n'
            write(folder / "profile_default" / name, all_shown)
        write(folder / "profile_default/startup/00.py", "started = True\n")
    for name in ("utils.py", "pandas.py"):
        write(home / "modules" / name, "x = 1\n")
    write(home / "modules/sitecustomize.py", "import os\nos.environ['sitecustomized'] = 'yes'\n")
    variables = {
        "HOME": home,
        "XDG_CONFIG_HOME": home / "config",
        "MATPLOTLIBRC": write(home / "rc/matplotlibrc", RC),
        "MPLCONFIGDIR": home / "mpl",
        "MPLBACKEND": "svg",
        "IPYTHONDIR": home / "ipython",
        "PYTHONPATH": home / "modules",
        "PYTHONSTARTUP": write(home / "start.py", "started = True\n"),
        "PYTHONWARNINGS": "ignore",
        "PYTHONUTF8": "0",
        "PYTHONHASHSEED": "7",
        "LC_ALL": "C",
        "TZ": "Asia/Tokyo",
        "OF_THE_NOTEBOOK": "stays",
    }
    for name, value in variables.items():
        monkeypatch.setenv(name, str(value))
    return home


@pytest.mark.parametrize("plain", [False, True])
@pytest.mark.usefixtures("kernel_name")
def test_no_setting_of_a_user_reaches_a_kernel(hostile, monkeypatch, plain):
    if plain:
        monkeypatch.setenv(PLAIN, "plain")
    with kernel(cwd=str(hostile)) as made:
        assert is_warm(made) is not plain or sys.platform != "linux"
        first, second, randomized, third, fourth, *warned = made.run(LOOK).splitlines()
        assert "seen" in "".join(warned)
    assert first == "['white', 'auto', 10.0] #E5E5E5 module://matplotlib_inline.backend_inline"
    assert second == "last_expr False 1" and randomized == "0"
    assert third == f"{ROOT / 'utils'} True False"
    assert fourth == "+0000 stays utf-8"


def test_the_theme_is_the_same_after_any_settings(monkeypatch):
    with matplotlib.rc_context():
        figures.theme.set_theme()
        before = dict(matplotlib.rcParams)
        matplotlib.rcParams |= {"axes.facecolor": "yellow", "savefig.facecolor": "red", "font.size": 30}
        matplotlib.rcParams |= {"lines.dash_capstyle": "round", "axes.titleweight": "bold"}
        figures.theme.set_theme()
        assert dict(matplotlib.rcParams) == before


def test_what_draws_beside_the_kernels_has_their_settings_meanwhile(monkeypatch):
    monkeypatch.setenv("MATPLOTLIBRC", "/mine")
    monkeypatch.setenv("PYTHONPATH", "/mine")
    before = dict(os.environ)
    with settings.own():
        assert os.environ["MATPLOTLIBRC"] == str(settings.MATPLOTLIBRC)
        assert os.environ["PYTHONPATH"] == str(ROOT) and "PATH" in os.environ
    assert dict(os.environ) == before


@pytest.fixture
def other(tmp_path) -> Path:
    """Another checkout, whose code is not what this process has loaded."""
    checkout = tmp_path / "other"
    shutil.copytree(ROOT / "utils", checkout / "utils", ignore=shutil.ignore_patterns("__pycache__"))
    for folder in ("notebooks/explore", "data", "tests/second_article/notebooks"):
        (checkout / folder).mkdir(parents=True)
    return checkout


def test_a_notebook_of_another_checkout_is_refused_in_one_line(other):
    for folder in ("notebooks", "notebooks/explore"):
        with pytest.raises(settings.OtherCheckout, match="would run the code of") as told:
            settings.refuse_other_checkout(other / folder)
        assert "\n" not in str(told.value)
    for folder in ("data", "tests/second_article/notebooks", "."):
        settings.refuse_other_checkout(other / folder)
    settings.refuse_other_checkout(ROOT / "notebooks" / "explore")
    settings.refuse_other_checkout(other.parent)


@pytest.mark.usefixtures("kernel_name")
def test_a_kernel_takes_the_code_of_the_checkout_that_asks_for_it(other):
    """The path file of the environment that both use names one of them."""
    code = """if True:
        from jupyter_client.manager import start_new_kernel
        manager, talk = start_new_kernel(kernel_name="fifty-thousand", cwd="data")
        told = lambda message: print(message["content"].get("text", ""), end="")
        talk.execute_interactive("import utils; print(utils.__file__)", output_hook=told)
        talk.stop_channels()
        manager.shutdown_kernel(now=True)
    """
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, cwd=other, env=environment, capture_output=True, text=True, timeout=120)
    assert done.stdout.strip() == str(other / "utils" / "__init__.py"), done.stderr
