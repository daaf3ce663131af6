"""A value by which a check chooses rows, and which stands in none of them, is named and not passed over."""

import pytest

from utils.__main__ import main
from utils.verdicts import ledger


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            "where: {layer: [kursk_russian_advances]}",
            "where: {layer: [kursk_russian_advance]}",
            "C05.trend: 'kursk_russian_advance', expected a value of layer in the table isw_area; "
            "did you mean kursk_russian_advances",
        ),
        (
            "where: {donor: [United States]}",
            "where: {donor: [USA]}",
            "'USA', expected a value of donor in the table aid_by_donor",
        ),
        (
            "where: {oblast: [Kursk], status: [ukrainian_held]}",
            "where: {oblast: [kursk], status: [ukrainian_held]}",
            "'kursk', expected a value of oblast in the table area_by_oblast; did you mean Kursk",
        ),
        ("main: [Donetsk]", "main: [Donezk]", "'Donezk', expected a value of oblast in"),
        ("sources: [Donetsk, Luhansk,", "sources: [Donetsk, Lugansk,", "did you mean Luhansk"),
    ],
)
def test_check_names_the_claim_the_line_and_what_was_meant(folder, capsys, old, new, said):
    path = folder / "claims.yaml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    status, lines = main(["check", "--data", str(folder)]), capsys.readouterr().out.splitlines()
    assert status == 2 and len(lines) == 1 and said in lines[0], lines
    method = text[: text.index(old)].rsplit("- method:", 1)[0].count("\n") + 1
    assert lines[0].startswith(f"claims.yaml:{method} ")


def test_what_stands_there_on_a_later_day_alone_is_no_fault(archive):
    """Early on the clock its rows are not yet public; the claim can be asked for all that."""
    early = archive.as_of("2024-08-01")
    assert early.daily("area_by_oblast", "area_km2", {"status": ["ukrainian_held"]})["all"].empty
    assert ledger(early)
