"""What a label follows from is the same where a method says it without its finding."""

from dataclasses import fields

import pytest
from folders import SECOND
from test_exports_of_many import archive_of

from utils.archive import Archive
from utils.checks import METHODS, Outcome
from utils.robustness import choices


@pytest.fixture(scope="module")
def archives(tmp_path_factory):
    drawn = archive_of(tmp_path_factory.mktemp("drawn"), range(1))
    return drawn.on_the_day, Archive.read(SECOND)


def varied(archive, claim):
    """The checks of a claim, as they stand and with every single other choice."""
    for check in claim.built:
        yield claim, check
        for changes in (
            change for options in choices.alternatives(archive, check).values() for change in options
        ):
            try:
                other = claim.vary(check.key, **changes)
            except ValueError:
                continue
            yield other, other.parameters(check.key)


@pytest.mark.long
def test_every_method_says_the_same_of_a_label_with_its_finding_and_without(archives):
    heard, judged = set(), set()
    for archive in archives:
        for claim, check in (one for told in archive.claims for one in varied(archive, told)):
            method = METHODS[check.method]
            assert method.outcome is not None
            told, finding = method.judged(archive, claim, check), method.check(archive, claim, check)
            said = [tuple(getattr(one, field.name) for field in fields(Outcome)) for one in (told, finding)]
            assert said[0] == said[1], (claim.id, check.key)
            heard.add(check.method)
            judged.add((told.enough, told.opposed, told.judgement))
    assert heard == set(METHODS) and len(judged) > 4, (heard, judged)


def test_without_an_outcome_of_its_own_a_method_is_asked_for_its_finding(archives):
    archive = archives[-1]
    claim = next(claim for claim in archive.claims if claim.built)
    check = claim.built[0]
    plain = METHODS[check.method]
    bare = type(plain)(**{**vars(plain), "outcome": None})
    assert bare.judged(archive, claim, check) == plain.check(archive, claim, check)


def test_an_archive_without_an_origin_is_the_one_with_its_rows_taken_out(archives):
    for archive in archives:
        for name, rows in archive.by_origin.items():
            left, out = archive.without_origin(name), archive.without(*(row.id for row in rows))
            assert left.statements == out.statements and left.clock == out.clock
            told = {quantity: rows for quantity, rows in left.by_quantity.items() if rows}
            assert told == out.by_quantity and left.by_origin == out.by_origin
    with pytest.raises(KeyError, match="an origin that nobody is"):
        archives[0].without_origin("an origin that nobody is")
