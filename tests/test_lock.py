"""Which wheels the locks lack, for every Python of the range and every system that the project is for."""

import os
import re
import shutil
import subprocess
import sys
import tomllib
from importlib.metadata import requires
from pathlib import Path

import pytest
from packaging.markers import Marker
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.tags import compatible_tags, cpython_tags, mac_platforms
from packaging.utils import parse_wheel_filename

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
PYTHONS = [minor for minor in range(8, 40) if f"3.{minor}" in SpecifierSet(PROJECT["requires-python"])]
LOCKS = ("requirements.lock", "requirements-uv.lock")
# A Linux of 2018 (glibc 2.28), as NumPy and SciPy ask, and macOS 14 of 2023, as pyproj asks, or newer.
SYSTEMS = {
    "linux-x86_64": (
        "linux",
        "Linux",
        "posix",
        [f"manylinux_2_{minor}_x86_64" for minor in range(28, 4, -1)],
    ),
    "linux-aarch64": (
        "linux",
        "Linux",
        "posix",
        [f"manylinux_2_{minor}_aarch64" for minor in range(28, 16, -1)],
    ),
    "macos-arm64": ("darwin", "Darwin", "posix", list(mac_platforms((14, 0), "arm64"))),
    "macos-x86_64": ("darwin", "Darwin", "posix", list(mac_platforms((14, 0), "x86_64"))),
    "windows-x86_64": ("win32", "Windows", "nt", ["win_amd64"]),
}
# Built from their source there, which takes a C compiler. A version that has the wheel takes its line away.
BUILT = {("requirements.lock", "macos-x86_64"): ["argon2-cffi-bindings 26.2.0"]}
OLD_NAMES = {"manylinux2014": 17, "manylinux2010": 12, "manylinux1": 5}


def missing(packages, hashes, minor, system):
    """The packages of a lock that are wanted on a system and have no wheel of a locked hash for it.

    packages: the tables `packages` of a pylock.toml; hashes: those that the lock allows; minor: of Python 3.
    """
    platform, name, os_name, platforms = SYSTEMS[system]
    machine = "AMD64" if platform == "win32" else system.split("-")[1]
    platforms = platforms + [
        f"{old}_{machine}"
        for old, glibc in OLD_NAMES.items()
        if f"manylinux_2_{glibc}_{machine}" in platforms
    ]
    fits = {*cpython_tags((3, minor), [f"cp3{minor}"], platforms)}
    fits |= {*compatible_tags((3, minor), f"cp3{minor}", platforms)}
    environment = {
        "sys_platform": platform,
        "platform_system": name,
        "os_name": os_name,
        "platform_machine": machine,
        "python_version": f"3.{minor}",
        "python_full_version": f"3.{minor}.0",
        "implementation_name": "cpython",
        "platform_python_implementation": "CPython",
    }
    lacking = []
    for package in packages:
        if "marker" in package and not Marker(package["marker"]).evaluate(environment):
            continue
        names = [
            wheel.get("name") or wheel["url"].rsplit("/", 1)[1]
            for wheel in package.get("wheels", [])
            if wheel["hashes"]["sha256"] in hashes
        ]
        if not any(parse_wheel_filename(name)[3] & fits for name in names):
            lacking.append(f"{package['name']} {package['version']}")
    return lacking


def ask(requirements, folder):
    """What the package index holds of pinned requirements: the tables `packages` of a pylock.toml."""
    uv = shutil.which("uv", path=os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"])))
    answer = folder / "pylock.toml"
    call = [
        uv,
        "pip",
        "compile",
        requirements,
        "--no-deps",
        "--universal",
        "--python-version",
        f"3.{PYTHONS[0]}",
    ]
    reason = "no uv here"
    if uv is not None:
        done = subprocess.run(
            [*map(str, call), "--format", "pylock.toml", "--quiet", "-o", answer],
            capture_output=True,
            text=True,
        )
        if done.returncode == 0:
            return tomllib.loads(answer.read_text(encoding="utf-8"))["packages"]
        reason = f"no answer of a package index: {done.stderr.strip()}"
    if os.environ.get("FIFTY_THOUSAND_INDEX") == "required":
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="module")
def locked(tmp_path_factory):
    """Each lock's tables and hashes."""
    answers = {}
    for lock in LOCKS:
        text = (ROOT / lock).read_text(encoding="utf-8")
        packages = ask(ROOT / lock, tmp_path_factory.mktemp("lock"))
        assert len(packages) == len(re.findall(r"^[a-z0-9-]+==", text, re.MULTILINE))
        answers[lock] = packages, set(re.findall(r"--hash=sha256:([0-9a-f]{64})", text))
    return answers


@pytest.mark.index
@pytest.mark.parametrize("lock", LOCKS)
@pytest.mark.parametrize("system", SYSTEMS)
@pytest.mark.parametrize("minor", PYTHONS, ids=lambda minor: f"3.{minor}")
def test_every_wheel_is_there(lock, minor, system, locked):
    assert missing(*locked[lock], minor, system) == BUILT.get((lock, system), [])


@pytest.mark.index
def test_what_has_no_wheel_or_another_hash_is_found(tmp_path, locked):
    (tmp_path / "asked.txt").write_text(
        "docopt==0.6.2\nuvloop==0.21.0\n"
    )  # source only; none for Windows and 3.14
    packages = ask(tmp_path / "asked.txt", tmp_path)
    hashes = {wheel["hashes"]["sha256"] for package in packages for wheel in package.get("wheels", [])}
    assert missing(packages, hashes, 13, "linux-x86_64") == ["docopt 0.6.2"]
    assert missing(packages, hashes, 14, "linux-x86_64") == ["docopt 0.6.2", "uvloop 0.21.0"]
    assert missing(packages, hashes, 13, "windows-x86_64") == ["docopt 0.6.2", "uvloop 0.21.0"]
    packages, hashes = locked["requirements.lock"]
    numpy = next(package for package in packages if package["name"] == "numpy")
    altered = hashes - {wheel["hashes"]["sha256"] for wheel in numpy["wheels"]}
    assert missing(packages, altered, 12, "macos-arm64") == [f"numpy {numpy['version']}"]


def test_the_range_is_told_the_same_everywhere():
    asked = [f"3.{minor}" for minor in PYTHONS]
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    low, high = re.search(r"\(3, (\d+)\) <= sys\.version_info\[:2\] <= \(3, (\d+)\)", makefile).groups()
    assert [f"3.{minor}" for minor in range(int(low), int(high) + 1)] == asked
    assert set(re.findall(r"python(3\.\d+)", makefile)) == set(asked)
    twin = re.search(r"- python (\S+)", (ROOT / "environment.yml").read_text(encoding="utf-8"))[1]
    assert twin == PROJECT["requires-python"]
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert f"Python {', '.join(asked[:-1])} or {asked[-1]}" in " ".join(readme.split())


def test_spark_is_locked_apart_in_a_version_that_ibis_takes():
    text = (ROOT / "requirements-scale.lock").read_text(encoding="utf-8")
    pinned = dict(re.findall(r"^([a-z0-9-]+)==(\S+)", text, re.MULTILINE))
    assert set(pinned) == {"py4j", "pyspark", "setuptools"} and "://" not in text
    assert all("--hash=sha256:" in entry for entry in re.split(r"^(?=\S)", text, flags=re.MULTILINE)[1:])
    asked = [Requirement(one) for one in requires("ibis-framework") or []]
    (spark,) = [one for one in asked if one.name == "pyspark" and one.marker.evaluate({"extra": "pyspark"})]
    assert pinned["pyspark"] in spark.specifier
    # What is not in the other lock cannot be at odds with it.
    main = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    assert "pyspark==" not in main and "py4j==" not in main
