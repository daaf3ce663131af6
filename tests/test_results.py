"""Results are computed once for all who ask, and only as long as nothing that they rest on has changed."""

import dataclasses
import json
import math
import os
import pickle
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from folders import SECOND
from ninth import NINTH

from utils import history, joining, results, robustness
from utils.archive import Archive
from utils.checks import METHODS, quantity, registered
from utils.results import content, records
from utils.runs.reach import digest
from utils.sentences.values import Reason

pytestmark = pytest.mark.campaign
ROOT = Path(__file__).resolve().parent.parent
# What a process of its own does: say when it begins to compute and wait for a word, in the end say how often.
ASK = """
import sys
from dataclasses import replace
from pathlib import Path
from utils import results
from utils.archive import Archive
without, data, folder = sys.argv[1:]
sys.modules.update(dict.fromkeys(without.split()))
count, compute = 0, results._computed
def counted(archive):
    global count
    count += 1
    print("computes", flush=True)
    sys.stdin.readline()
    return compute(archive)
results._computed = counted
archive = Archive.read(data)
found = results.kept(replace(archive, claims=archive.claims[:2]), Path(folder))
print(count, sum(map(len, found.days.values())))
"""


def read(folder: Path = SECOND) -> Archive:
    """The archive of a folder on the day of its article, with a claim on a number and one on a course."""
    archive = Archive.read(folder)
    archive = archive.as_of(archive.article.published)
    return replace(archive, claims=(archive.claim("P01"), archive.claim("P06")))


@pytest.fixture
def data(tmp_path) -> Path:
    """A copy of the second article's folder that a test may change."""
    return Path(shutil.copytree(SECOND, tmp_path / "data"))


@pytest.fixture
def computed(monkeypatch) -> list[Archive]:
    """The archives whose results have been computed, in order."""
    seen: list[Archive] = []
    compute = results._computed

    def noted(archive: Archive) -> dict:
        seen.append(archive)
        return compute(archive)

    monkeypatch.setattr(results, "_computed", noted)
    return seen


def kept_in(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.json"))


def kinds(value: object) -> object:
    """The types of a value and of all that is in it."""
    if dataclasses.is_dataclass(value):
        return type(value), [kinds(getattr(value, field.name)) for field in dataclasses.fields(value)]
    if isinstance(value, dict):
        return type(value), [(key, kinds(one)) for key, one in value.items()]
    return (type(value), [kinds(one) for one in value]) if isinstance(value, tuple) else type(value)


def test_who_asks_later_gets_the_same_without_computing(tmp_path, computed):
    first, second = results.kept(read(), tmp_path), results.kept(read(), tmp_path)
    assert len(computed) == 1 and len(kept_in(tmp_path)) == 1
    assert second.days == first.days and second.leaning == first.leaning


def test_what_is_read_has_the_values_and_types_of_what_was_computed():
    second = Archive.read(SECOND)
    assert {check.method for claim in second.claims for check in claim.built} == set(METHODS)
    made = results._computed(second)
    told = records.from_text(records.to_text(made))
    assert told == made and kinds(told) == kinds(made)


def test_they_are_what_history_and_robustness_say(tmp_path):
    second = read()
    for _ in range(2):
        found = results.kept(second, tmp_path)
        assert found.days == history.histories(second)
        assert found.leaning == {claim.id: robustness.two_clocks(second, claim) for claim in second.claims}


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count(old) >= 1
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


CHANGES: dict[str, Callable[[Path], None]] = {
    "a claim": lambda data: change(data / "claims.yaml", "value: 12000,", "value: 12100,"),
    "its words": lambda data: change(data / "claims.yaml", "About 12,000", "Some 12,000"),
    "a row": lambda data: change(data / "statements.csv", ",11500,", ",11600,"),
    "the day of a row": lambda data: change(data / "statements.csv", "2031-05-19,day", "2031-05-20,day"),
    "an event": lambda data: change(data / "events.csv", "2031", "2030"),
    "a source": lambda data: change(data / "sources.csv", "Rescue", "Relief"),
    "a table": lambda data: change(data / "tables" / "crossings.csv", "Ostrand,77", "Ostrand,78"),
    "the lag of a dataset": lambda data: change(data / "datasets.yaml", "lag_days: 2", "lag_days: 3"),
    "the description of a table": lambda data: change(data / "datapackage.json", '"ferries"', '"boats"'),
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_change_of_the_data_is_a_miss(data, tmp_path, computed, name):
    kept = tmp_path / "kept"
    results.kept(read(data), kept)
    CHANGES[name](data)
    changed = read(data)
    found = results.kept(changed, kept)
    assert len(computed) == 2 and len(kept_in(kept)) == 2
    assert found == results.Results.of(changed)


def test_only_content_counts(data, tmp_path, computed):
    kept = tmp_path / "kept"
    before = results.kept(read(), kept)
    (data / "README.md").write_text("Words.\n", encoding="utf-8")
    change(data / "claims.yaml", "claims:", "# A remark.\nclaims:")
    for path in data.rglob("*.csv"):
        os.utime(path)
    assert results.kept(read(data), kept).days == before.days
    assert len(computed) == 1


def test_an_archive_that_no_folder_holds_has_results_of_its_own(tmp_path, computed):
    second = read()
    earlier = second.as_of(second.clock - timedelta(days=30))
    claim = replace(second, claims=(second.claims[0].vary("quantity", tolerance=0.3),))
    fewer = replace(second, statements=second.statements[1:])
    for one in (second, earlier, claim, fewer) * 2:
        assert results.kept(one, tmp_path) == results.Results.of(one)
    # Each is computed here too, for what it must be.
    assert len(computed) == 4 + 8


def test_a_table_written_after_the_folder_was_read_is_not_taken_for_what_was_read(data, tmp_path, computed):
    kept = tmp_path / "kept"
    early = read(data)
    early.table("crossings")
    change(data / "tables" / "crossings.csv", "Ostrand,77", "Ostrand,78")
    results.kept(early, kept)
    assert len(computed) == 1 and kept_in(kept) == []


def test_a_table_written_while_results_are_computed_keeps_nothing(data, tmp_path, monkeypatch):
    kept, compute = tmp_path / "kept", results._computed

    def disturbed(archive: Archive) -> dict:
        change(data / "tables" / "crossings.csv", "Ostrand,77", "Ostrand,78")
        return compute(archive)

    monkeypatch.setattr(results, "_computed", disturbed)
    results.kept(read(data), kept)
    assert kept_in(kept) == []


def loaded_with(patch: pytest.MonkeyPatch, name: str, value: object) -> None:
    """Let the module that tells the key have been loaded with another value."""
    patch.setattr(content, name, value)
    patch.setitem(content._GLOBALS[content.__name__], name, (value,))


@pytest.mark.parametrize(
    "bind",
    [
        lambda patch: patch.setattr(joining, "SUPPORT_FROM", 0.99),
        lambda patch: patch.setattr(robustness.flips, "HALVINGS", 1),
        lambda patch: patch.setattr(history, "days_of_news", lambda archive, check: frozenset()),
        lambda patch: patch.setitem(quantity.ALTERNATIVES, "tolerance", lambda check: [0.5]),
        lambda patch: loaded_with(patch, "LOADED", 0.0),
        lambda patch: loaded_with(patch, "environment", lambda root: {"the interpreter": "another"}),
    ],
    ids=["threshold", "inner", "function", "alternative", "module written", "packages"],
)
def test_code_that_is_not_what_its_file_says_neither_reads_nor_keeps(tmp_path, monkeypatch, bind):
    second = read()
    before = results.kept(second, tmp_path)
    (path,) = kept_in(tmp_path)
    written = path.stat().st_mtime_ns
    with monkeypatch.context() as patch:
        bind(patch)
        assert content.key(second) is None
        assert results.kept(second, tmp_path) == results.Results.of(second)
    assert [one.stat().st_mtime_ns for one in kept_in(tmp_path)] == [written]
    assert results.kept(second, tmp_path) == before


def test_another_threshold_shows(tmp_path, monkeypatch):
    second = read()
    before = results.kept(second, tmp_path)
    monkeypatch.setattr(joining, "SUPPORT_FROM", 1.0)
    assert results.kept(second, tmp_path).both != before.both


def test_a_method_that_was_registered_neither_reads_nor_keeps(tmp_path, computed):
    second = read()
    results.kept(second, tmp_path)
    with registered(NINTH):
        results.kept(read(), tmp_path)
    results.kept(read(), tmp_path)
    assert len(computed) == 2 and len(kept_in(tmp_path)) == 1


def signed(text: str) -> str:
    return f"{digest(text)}\n{text}"


@pytest.mark.parametrize(
    "spoil",
    [
        lambda path: path.write_bytes(b""),
        lambda path: path.write_bytes(path.read_bytes()[:-1]),
        lambda path: path.write_bytes(path.read_bytes()[: path.stat().st_size // 2]),
        lambda path: path.write_bytes(path.read_bytes()[:70]),
        lambda path: path.write_text(path.read_text("utf-8").replace("Supported", "Refuted", 1), "utf-8"),
        lambda path: path.write_bytes(b"\xff" + path.read_bytes()),
        lambda path: path.write_bytes(pickle.dumps(date(2024, 11, 12))),
        lambda path: path.write_text(signed('{"judged":'), "utf-8"),
        lambda path: path.write_text(signed('{"class":"subprocess.Popen","args":["true"]}'), "utf-8"),
        lambda path: path.write_text(signed('{"class":"utils.verdicts.Condition"}'), "utf-8"),
        lambda path: path.write_text(signed("[" * 100_000), "utf-8"),
        lambda path: (path.unlink(), path.mkdir()),
    ],
    ids=[
        *("empty", "a byte short", "half", "head", "a label turned", "no UTF-8", "pickle"),
        *("half of a JSON", "a foreign class", "a record without its fields", "deep", "a folder"),
    ],
)
def test_a_damaged_file_is_computed_anew(tmp_path, computed, spoil):
    second = read()
    before = results.kept(second, tmp_path)
    (path,) = kept_in(tmp_path)
    sound = path.read_bytes()
    spoil(path)
    assert path.is_dir() or path.read_bytes() != sound
    assert results.kept(second, tmp_path) == before
    assert len(computed) == 2 and path.read_bytes() == sound


def test_where_nothing_can_be_written_results_are_computed(tmp_path, computed):
    second = read()
    (tmp_path / "file").write_text("", encoding="utf-8")
    for _ in range(2):
        assert len(results.kept(second, tmp_path / "file" / "kept").days) == len(second.claims)
    assert len(computed) == 2


def test_the_oldest_are_dropped(tmp_path, monkeypatch):
    monkeypatch.setattr(results, "KEPT", 2)
    second = read()
    places = []
    for count in range(3):
        archive = second.as_of(second.article.history_from + timedelta(days=count))
        results.kept(archive, tmp_path)
        places.append(tmp_path / f"{content.key(archive)}.json")
        os.utime(places[-1], (count, count))
    assert kept_in(tmp_path) == sorted(places[1:])


def ask(folder: Path, *, without: str = "") -> subprocess.Popen:
    """A process that asks for results of the second article."""
    command = [sys.executable, "-c", ASK, without, str(SECOND), str(folder)]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe, text=True)


def counts(running: list[subprocess.Popen]) -> list[int]:
    """How often each process computed once they may go on; each has all the days."""
    for one in running:
        one.stdin.write("go on\n")
        one.stdin.flush()
    told = [one.communicate(timeout=600)[0].splitlines()[-1].split() for one in running]
    assert len({days for _, days in told}) == 1
    return sorted(int(count) for count, _ in told)


def test_of_several_at_the_same_time_one_computes(tmp_path):
    assert counts([ask(tmp_path / "kept") for _ in range(3)]) == [0, 0, 1]


def test_without_a_lock_all_compute_and_one_file_stands(tmp_path):
    kept = tmp_path / "kept"
    both = [ask(kept, without="fcntl") for _ in range(2)]
    assert [one.stdout.readline() for one in both] == ["computes\n"] * 2
    assert counts(both) == [1, 1] and len(kept_in(kept)) == 1
    assert counts([ask(kept, without="fcntl")]) == [0]


def test_one_that_dies_leaves_nothing_behind_that_another_would_wait_for(tmp_path):
    with ask(tmp_path) as dying:
        assert dying.stdout.readline() == "computes\n"
        dying.kill()
    assert kept_in(tmp_path) == []
    assert counts([ask(tmp_path)]) == [1]


@pytest.fixture
def code(tmp_path, monkeypatch) -> Iterator[Path]:
    """A copy of the code that a test may change, taken for what is loaded."""
    shutil.copytree(ROOT / "utils", tmp_path / "utils", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "requirements.lock", tmp_path)
    loaded_with(monkeypatch, "ROOT", tmp_path)
    loaded_with(monkeypatch, "LOADED", math.inf)
    yield tmp_path / "utils"
    content._modules.cache_clear()


def test_code_counts_by_its_tree_where_results_rest_on_it(code):
    second = read()

    def with_more(name: str, text: str) -> str | None:
        with (code / f"{name}.py").open("a", encoding="utf-8") as file:
            file.write(text)
        content._modules.cache_clear()
        return content.key(second)

    key = with_more("verdicts", "# A remark.\n")
    assert key is not None and with_more("charts/ledger", "NEW = 1\n") == key
    inner = ("verdicts", "words", "checks/trend", "evidence/vintages", "robustness/flips", "results/records")
    assert len({key, *(with_more(name, "NEW = 1\n") for name in inner)} - {None}) == 7


def test_records_come_back_as_they_were(archive):
    new = {"x": ("2024-09-01", 1, 1.0, True, None, ()), "é": Reason.HEARD}
    flip = robustness.Flip("C01", "a", "since", date(2024, 9, 1), new, "Refuted", 0.1)
    known = {"rows": archive.statements[:9], "events": archive.events[:2], "flips": (flip, (flip,))}
    told = records.from_text(records.to_text(known))
    assert told == known and kinds(told) == kinds(known)


@pytest.mark.parametrize("value", [object(), {1, 2}, ROOT, robustness.Flip, b"text"])
def test_what_is_no_record_is_refused(value):
    with pytest.raises(TypeError, match="is no class of records"):
        records.to_text({"a": value})


@pytest.mark.parametrize(
    "name",
    ["os.system", "utils.verdicts.judge", "utils.verdicts.date", "utils.nowhere.Flip", "Flip", "utils.", 3],
)
def test_only_records_are_made_from_a_text(name):
    with pytest.raises(ValueError):
        records.from_text(json.dumps({"class": name}))
