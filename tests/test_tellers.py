"""Sources that rest on each other wrongly, and origins with two tellers, are refused."""

import pytest
from test_schema import change, problems


@pytest.mark.parametrize(
    ("row", "cells", "said"),
    [
        ("ann", {"derived_from": "nobody"}, "derived_from: 'nobody', expected the id of a known source"),
        ("ann", {"speaks_for": "nobody"}, "speaks_for: 'nobody', expected the id of a known source"),
        ("ann", {"derived_from": "ann"}, "derived_from: 'ann', expected a source that does not rest on this"),
        ("ann", {"derived_from": "bea"}, "derived_from: 'bea', expected a source that does not rest on this"),
        ("ann", {"speaks_for": "cem"}, "speaks_for: 'cem', expected a source that does not rest on this one"),
        ("bea", {"derived_from": "cem"}, "derived_from: 'cem', expected nothing beside speaks_for"),
    ],
    ids=["unknown files", "unknown voice", "itself", "a circle of two", "a circle of three", "both"],
)
def test_a_source_that_rests_on_nobody_or_on_itself_is_refused(folder, row, cells, said):
    """Here bea speaks for ann, and cem works on the files of bea."""
    path = folder / "sources.csv"
    with path.open("a", encoding="utf-8") as file:
        file.write(
            "ann,Ann,us,,,,press,C,made\nbea,Bea,us,,,ann,press,C,made\ncem,Cem,us,,bea,,press,C,made\n"
        )
    change(folder, "sources.csv", row, **cells)
    assert any(said in problem for problem in problems(folder)), problems(folder)


def test_an_origin_has_the_teller_of_its_first_row(folder):
    """S019 is the first of the rows that relay one report; another teller of a relay is named."""
    change(folder, "statements.csv", "S020", source="zelensky")
    (only,) = [problem for problem in problems(folder) if " source: " in problem]
    assert "'zelensky'" in only and "an origin has one teller, that of its first row" in only
