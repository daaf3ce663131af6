"""Spoiled inputs, and how many of them somebody notices.

Mutants are made of every row that is evidence of a verdict on either clock, of every row that a check has
looked at and not used, and of every table that a check reads. `mutants` and `table_mutants` say what is done
to them and what counts as noticed. No hash of a file does. An origin is split only where one check looks at
both of its halves; elsewhere a split changes nothing that is said.

What survives, and why:

- ×1000 of a figure that is asked only whether it is above zero, of a quantity with fewer than four figures,
  or that stays below a hundred times the usual one.
- The days meant, moved back a year, of a row that counts because it was printed in the days asked about, or
  of one that was not used before either. An origin that a repeated row shares gives most of them away.
- Publication a year later of a row that was news only after the article: both clocks see the same. The
  history of the verdict would differ by day, which the ledger on two clocks does not show.
- A split of an origin whose other half was not used, because the first or the nearest row speaks for it.
- A stance turned, or days moved, in a row that is not sound, that lies outside the days asked about, or for
  which another row of its origin speaks.
- The oblast of Sumy left out: no ground there was occupied in the weeks that are asked about.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

import golden
import mutants
import pytest
import table_mutants
from test_schema import change

from utils.archive import Archive
from utils.evidence.problems import DataError
from utils.evidence.vintages import Tables

LEAST = 0.90
Outcome = tuple[str, str, str | None]


def score(outcomes: Iterable[Outcome]) -> float:
    answers = [answer for _, _, answer in outcomes]
    return sum(answer is not None for answer in answers) / len(answers)


@pytest.fixture(scope="module")
def bench(archive) -> mutants.Bench:
    return mutants.Bench(archive, golden.read())


def row_mutants(bench: mutants.Bench, ids: Iterable[str]) -> list[mutants.Mutant]:
    raw = mutants.raw_statements()
    checks = [check for claim in bench.archive.claims for check in claim.built]
    made = []
    for name in sorted(ids):
        cells = raw[name]
        siblings = [
            other
            for other in raw.values()
            if other["origin"] == cells["origin"]
            and other["id"] != name
            and any(
                {cells["quantity"], other["quantity"]} <= set(check.quantities_used())
                or cells["origin"] in check.origins_used()
                for check in checks
            )
        ]
        made += mutants.of_row(cells, siblings)
    return made


def source_mutants(ids: Iterable[str]) -> list[mutants.Mutant]:
    raw = mutants.raw_statements()
    return [
        mutants.of_source(source, [cells for cells in raw.values() if cells["source"] == source])
        for source in sorted({raw[name]["source"] for name in ids})
    ]


def of_tables(bench: mutants.Bench, folder) -> list[Outcome]:
    outcomes = []
    for mutant in table_mutants.of_tables(bench.archive):
        table_mutants.write(mutant, bench.archive, folder)
        spoiled = replace(bench.archive, tables=Tables(folder))
        try:
            answer = bench.compared(spoiled, (), (mutant.table,))
        except DataError:
            answer = "validation"
        outcomes.append((mutant.kind, mutant.table, answer))
    return outcomes


@pytest.mark.filterwarnings("ignore:divide by zero:RuntimeWarning")
def test_spoiled_inputs_are_noticed(bench, tmp_path, campaign, record_property):
    used = bench.used("evidence")
    unused = bench.used("considered") - used
    groups = {
        "evidence": [*row_mutants(bench, used), *source_mutants(used)],
        "looked at, not used": row_mutants(bench, unused),
    }
    found = {
        name: [(mutant.kind, mutant.row, bench.noticed(mutant)) for mutant in made]
        for name, made in groups.items()
    }
    found["tables"] = of_tables(bench, tmp_path)
    everything = [outcome for outcomes in found.values() for outcome in outcomes]
    for name, outcomes in {**found, "all": everything}.items():
        campaign(f"mutation score, {name}", score(outcomes))
        record_property(f"mutants, {name}", report(outcomes))
    left = survivors(everything)
    record_property("survivors", "; ".join(left))
    assert len(everything) > 2000
    assert score(everything) >= LEAST and score(found["evidence"]) >= LEAST, left


def report(outcomes: list[Outcome]) -> str:
    by = Counter(answer or "survived" for _, _, answer in outcomes)
    parts = ", ".join(f"{by[answer]} {answer}" for answer in ("validation", "verdict", "ledger", "survived"))
    return f"{score(outcomes):.1%} of {len(outcomes)} noticed ({parts})"


def survivors(outcomes: list[Outcome]) -> list[str]:
    kinds: dict[str, list[str]] = {}
    for kind, row, answer in outcomes:
        if answer is None:
            kinds.setdefault(kind, []).append(row)
    return [f"{kind}: {' '.join(rows)}" for kind, rows in kinds.items()]


@pytest.mark.campaign
def test_the_bench_reads_a_spoiled_row_as_the_archive_does(bench, folder):
    """The bench validates rows in memory; a sample of its answers is held against the real reading."""
    made = [mutant for mutant in row_mutants(bench, bench.used("evidence")) if mutant.changed[0][1]]
    original = (folder / "statements.csv").read_bytes()
    answers = set()
    for mutant in random.Random(1).sample(made, 40):
        ((name, cells),) = mutant.changed
        change(folder, "statements.csv", name, **cells)
        rows, problems = bench.read(mutant)
        try:
            read = Archive.read(folder)
        except DataError as error:
            assert {(one.field, one.expected) for one in error.problems} == {
                (one.field, one.expected) for one in problems
            }, mutant
        else:
            assert problems == [] and read.rows[name] == rows[0], mutant
        answers.add(bool(problems))
        (folder / "statements.csv").write_bytes(original)
    assert answers == {True, False}


def test_the_bench_finds_nothing_in_what_is_not_spoiled(bench, archive):
    raw = mutants.raw_statements()
    for name in random.Random(2).sample(sorted(bench.used("evidence")), 20):
        same = mutants.Mutant("nothing", name, ((name, raw[name]),))
        assert bench.noticed(same) is None
    assert bench.compared(archive, archive.statements, archive_tables(archive)) is None


def archive_tables(archive: Archive) -> list[str]:
    return [name for claim in archive.claims for check in claim.built for name in check.tables_used()]
