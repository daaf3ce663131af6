"""The bench measures what it says, and says what it could not measure."""

import subprocess
import sys

import pytest

from utils.archive import DATA
from utils.bench import commands, engine, measure, write
from utils.bench.growth import Growth, exponent
from utils.bench.measure import Sample
from utils.bench.results import Results

ROOT = DATA.parent


@pytest.mark.parametrize("words", [["-c", "import utils"], ["-m", "utils", "--help"]])
def test_heavy_libraries_load_when_they_are_used(words):
    done = subprocess.run(
        [sys.executable, "-X", "importtime", *words], cwd=ROOT, capture_output=True, text=True, check=True
    )
    loaded = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines() if "|" in line}
    assert "utils" in loaded
    heavy = {"geopandas", "jupyter_client", "matplotlib", "nbformat", "numpy", "pandas", "pydantic", "rich"}
    assert loaded & {*heavy, "scipy", "sphinx", "statsmodels", "yaml"} == set()


@pytest.mark.parametrize("power", [0.0, 0.5, 1.0, 2.0])
def test_the_exponent_of_a_power_law_is_found(power):
    sizes = [1, 2, 4, 8, 16]
    assert exponent(sizes, [3 * size**power for size in sizes]) == pytest.approx(power)


def test_a_fixed_cost_lowers_the_exponent_and_hides_least_at_the_end():
    grown = Growth("x", "days", {size: 5 + size for size in (1, 2, 4, 8, 16)})
    assert 0 < grown.exponent < grown.last < 1


def test_medians_and_spread():
    made = measure.summary([Sample(*one) for one in ((3, 8, 1), (1, 6, 9), (2, 7, 5))])
    assert (made.seconds, made.low, made.high, made.processor, made.memory, made.count) == (2, 1, 3, 7, 5, 3)


# A child that says what it took itself: seconds by the clock, most of them asleep, and of the processor.
CHILD = """
import time
begun = time.perf_counter()
kept = bytearray(200 << 20)
time.sleep(1)
sum(range(5_000_000))
print(time.perf_counter() - begun, time.process_time())
"""


@pytest.mark.long
def test_time_and_memory_of_children_are_measured(tmp_path):
    code = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {CHILD!r}])"
    made, told = measure.sample([sys.executable, "-c", code], folder=tmp_path, environment={})
    seconds, processor = map(float, told.split())
    # The parent's own start comes on top; who sleeps takes no processor. The system counts in hundredths.
    assert made.seconds > seconds and made.seconds > made.processor > processor - 0.02
    assert 200 < made.memory < 400


def test_a_command_that_fails_is_no_measurement(tmp_path):
    with pytest.raises(measure.CommandFailed, match="ended with 3"):
        measure.sample([sys.executable, "-c", "raise SystemExit(3)"], folder=tmp_path, environment={})


@pytest.mark.campaign
@pytest.mark.parametrize("name", [name for name, part in engine.PARTS.items() if part.grows])
def test_a_part_takes_more_input(name):
    seconds, processor = engine.PARTS[name].run(2)
    assert seconds > 0 and processor > 0


@pytest.mark.long
def test_what_could_not_be_measured_is_told(tmp_path):
    found = Results("a machine", rounds=1, notebooks=2)
    found.samples = {"nbval, stock": [Sample(40, 40, 1)], "nbval, warm kernels": [Sample(9, 12, 1)]}
    found.samples["report, nothing changed"] = [Sample(2, 2, 1)]
    found.bars = {"report, nothing changed": 1.0, "report, from nothing": 20.0}
    found.growths = [Growth("load", "statements", {1: 1.0, 2: 4.0, 4: 16.0})]
    found.failed = {"nbmake": "it is not installed"}
    write.write(found, tmp_path)
    told = (tmp_path / "bench.md").read_text(encoding="utf-8")
    assert "| report, nothing changed | 2.00 s | at most 1 s | no |" in told
    assert "| nbval, warm against stock | 4.4 times | at least 4 times | yes |" in told
    assert "| load, by statements | exponent 2.00 | linear at most | no |" in told
    assert "- nbmake: it is not installed" in told and "report, from nothing |" not in told
    assert (tmp_path / "bench.svg").read_text(encoding="utf-8").count("<svg") == 1


@pytest.mark.parametrize(
    ("name", "part"), [item for item in engine.PARTS.items() if item[1].grows == "statements"]
)
@pytest.mark.long
def test_more_statements_are_another_archive_of_the_same_kind(name, part):
    assert len(engine._larger(3).statements) == 3 * len(engine._larger(1).statements)
    assert all(cost > 0 for cost in part.run(1)), name


def test_every_command_runs_in_a_copy(tmp_path):
    commands.scratch(ROOT, tmp_path)
    found = commands.commands(tmp_path)
    names = [one.name for one in found]
    assert len(set(names)) == len(names)
    paths = [word for one in found for word in one.words if word.endswith(".ipynb")]
    assert paths and all(word.startswith(str(tmp_path)) for word in paths)
    assert commands.environment(tmp_path)["PYTHONPATH"] == str(tmp_path)
