"""Which packages the project rests on, from its lock: a bill of materials (CycloneDX), and their licences."""

from __future__ import annotations

import csv
import io
import json
import re
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import metadata
from typing import TYPE_CHECKING

from ..runs.reach import digest

if TYPE_CHECKING:
    from cyclonedx.model.component import Component

__all__ = ["Package", "as_csv", "as_cyclonedx", "packages"]

UNKNOWN = "not installed here"
UNSTATED = "not stated"
# Of a lock as pip reads it: a pin, perhaps with a condition, and the hashes of its files below it.
PIN = re.compile(
    r"^(?P<name>[\w.-]+)==(?P<version>[^ ;\\]+)(?: ; (?P<marker>[^\\]+?))? \\\n(?P<rest>(?:    .*\n?)+)"
)


@dataclass(frozen=True)
class Package:
    """A package of the lock, with the SHA-256 of its files and its licence as its maker states it.

    marker: the condition under which it is installed; empty where it always is.
    """

    name: str
    version: str
    marker: str
    hashes: tuple[str, ...]
    licence: str


def packages(lock: str) -> list[Package]:
    """The packages that a lock pins, by name; ValueError for one with a pin that cannot be read."""
    found = [
        Package(
            pin["name"],
            pin["version"],
            (pin["marker"] or "").strip(),
            tuple(re.findall(r"sha256:([0-9a-f]{64})", pin["rest"])),
            licence(pin["name"], pin["version"]),
        )
        for pin in re.finditer(PIN.pattern, lock, re.MULTILINE)
    ]
    if len(found) != len(re.findall(r"^[\w.-]+==", lock, re.MULTILINE)):
        raise ValueError("the lock has pins that are not as pip writes them")
    return sorted(found, key=lambda package: (package.name, package.version))


def licence(name: str, version: str) -> str:
    """The licence that an installed package states of itself, as an expression of SPDX where it has one."""
    try:
        told = metadata.metadata(name)
    except metadata.PackageNotFoundError:
        return UNKNOWN
    if told["Version"] != version:
        return UNKNOWN
    if "License-Expression" in told:
        return str(told["License-Expression"])
    named = [
        one.rpartition(" :: ")[2]
        for one in told.get_all("Classifier") or ()
        if one.startswith("License ::") and one.count("::") > 1
    ]
    # Some put the whole text there.
    own = str(told["License"]).strip() if "License" in told else ""
    return "; ".join(named) or (own if own and "\n" not in own and len(own) < 80 else UNSTATED)


def as_csv(every: list[Package]) -> bytes:
    """The licence list: a row a package."""
    text = io.StringIO(newline="")
    table = csv.writer(text, lineterminator="\n")
    table.writerow(("package", "version", "licence", "only where"))
    table.writerows((one.name, one.version, one.licence, one.marker) for one in every)
    return text.getvalue().encode()


def as_cyclonedx(every: list[Package], name: str, version: str) -> bytes:
    """A bill of materials as JSON of CycloneDX 1.6; the same lock gives the same bytes.

    name, version: of what the packages are for.
    """
    from cyclonedx.model.bom import Bom
    from cyclonedx.model.component import Component, ComponentType
    from cyclonedx.output.json import JsonV1Dot6

    root = Component(name=name, version=version, type=ComponentType.APPLICATION, bom_ref=name)
    parts = list(_components(every))
    made = Bom(components=parts)
    made.metadata.component = root
    made.register_dependency(root, parts)
    content = json.loads(JsonV1Dot6(made).output_as_string())
    # The moment and the number that the library draws would make each one another file.
    del content["metadata"]["timestamp"]
    seed = digest(json.dumps([[one.name, one.version, one.hashes, one.licence] for one in every]))
    content["serialNumber"] = uuid.uuid5(uuid.NAMESPACE_OID, seed).urn
    return f"{json.dumps(content, indent=1, sort_keys=True)}\n".encode()


def _components(every: list[Package]) -> Iterator[Component]:
    from cyclonedx.contrib.hash.factories import HashTypeFactory
    from cyclonedx.contrib.license.factories import LicenseFactory
    from cyclonedx.model.component import Component, ComponentType
    from packageurl import PackageURL

    licences, hashes = LicenseFactory(), HashTypeFactory()
    for one in every:
        stated = one.licence not in (UNKNOWN, UNSTATED)
        yield Component(
            name=one.name,
            version=one.version,
            type=ComponentType.LIBRARY,
            bom_ref=f"{one.name}=={one.version}",
            purl=PackageURL("pypi", None, one.name, one.version),
            hashes=[hashes.from_composite_str(f"sha256:{number}") for number in one.hashes],
            licenses=[licences.make_from_string(one.licence)] if stated else [],
        )
