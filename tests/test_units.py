"""Numbers in different units are not pooled, added or shared out."""

import pytest

from utils.__main__ import main
from utils.checks.quantity import QuantityCheck


def asked(**changes):
    plain = {"method": "quantity", "on": "2024-11-12", "counts": ["force"]}
    return QuantityCheck.model_validate({**plain, **changes})


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            "rest: nk_troops_in_kursk",
            "rest: aid_military_allocated_eur",
            "'aid_military_allocated_eur', expected a quantity in persons, as ru_plus_nk_troops_kursk is; "
            "this one is in EUR",
        ),
        ("part: ru_troops_kursk", "part: nk_casualties_share", "this one is in fraction"),
    ],
)
def test_mixed_units_are_refused(folder, capsys, old, new, said):
    path = folder / "claims.yaml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    assert main(["check", "--data", str(folder)]) == 2
    assert said in capsys.readouterr().out


def test_units_that_have_to_agree():
    assert asked(relation="share", value=0.5, tolerance=0.2, of=["other"]).in_one_unit() == (
        ("force", "other"),
    )
    # So many times as many passengers as lorries can be meant.
    assert asked(relation="times", value=3, tolerance=0.2, of=["other"]).in_one_unit() == (
        ("force",),
        ("other",),
    )
    parts = asked(value=5, tolerance=0.2, part="a", rest="b")
    assert parts.in_one_unit() == (("force", "a", "b"), ())
