"""Agreement of evaluators, by the worked examples of its sources.

The ratings of six targets by four judges and their coefficients are those printed in P. E. Shrout & J. L. Fleiss (1979),
tables 2 and 4; the 12 units of four observers with gaps, and α = 0.849 for interval data, those of K. Krippendorff (2011),
section C.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from tracker.assessment.agreement import Agreement, agreement

SHROUT_FLEISS = ("9 2 5 8", "6 1 3 2", "8 4 6 8", "7 1 2 6", "10 5 6 9", "6 2 4 7")
KRIPPENDORFF = {
    "A": "1 2 3 3 2 1 4 1 2 . . .", "B": "1 2 3 3 2 2 4 1 2 5 . 3", "C": ". 3 3 3 2 3 4 2 2 5 1 .",
    "D": "1 2 3 3 2 4 4 1 2 5 1 .",
}  # fmt: skip


def of_targets(*rows: str) -> Agreement:
    return agreement(
        {
            f"t{at}": {f"j{place}": Fraction(mark) for place, mark in enumerate(row.split(), 1)}
            for at, row in enumerate(rows)
        }
    )


def test_four_judges_of_six_targets() -> None:
    found = of_targets(*SHROUT_FLEISS)
    assert (round(float(found.single or 0), 2), round(float(found.panel or 0), 2)) == (0.29, 0.62)
    assert found.doubtful
    means = [round(float(one.mean), 2) for one in found.evaluators]
    assert means == [7.67, 2.5, 4.33, 6.67]
    assert sum((one.leniency or Fraction(0) for one in found.evaluators), Fraction(0)) == 0
    assert max(found.evaluators, key=lambda one: one.leniency or Fraction(0)).key == "j1"


def test_observers_with_gaps() -> None:
    columns = {key: text.split() for key, text in KRIPPENDORFF.items()}
    units = {
        str(at): {key: Fraction(marks[at]) for key, marks in columns.items() if marks[at] != "."} for at in range(12)
    }
    found = agreement(units)
    assert round(float(found.alpha or 0), 3) == 0.849
    assert (found.single, found.panel) == (None, None), "they want every evaluator for every unit"
    assert not found.doubtful


def test_who_agree_in_all_agree_wholly_whatever_the_order() -> None:
    found = of_targets("9 9", "7 7", "8 8")
    assert (found.single, found.panel, found.alpha) == (1, 1, 1)
    assert [one.leniency for one in found.evaluators] == [0, 0]
    assert found.evaluators[0].spread == Decimal(1)
    turned = of_targets(*reversed(SHROUT_FLEISS))
    plain = of_targets(*SHROUT_FLEISS)
    assert (turned.single, turned.panel, turned.alpha) == (plain.single, plain.panel, plain.alpha)


@pytest.mark.parametrize("rows", [(), ("8",), ("8 8",), ("8 8", "8 8"), ("8", "9")])
def test_what_cannot_be_reckoned_is_not_said(rows: tuple[str, ...]) -> None:
    found = of_targets(*rows)
    assert (found.panel, found.alpha, found.doubtful) == (None, None, False)


def test_a_lenient_evaluator_is_known_by_the_units_that_others_marked_too() -> None:
    found = agreement({"u": {"a": Fraction(9), "b": Fraction(7)}, "v": {"a": Fraction(3)}, "w": {"c": Fraction(5)}})
    assert [(one.key, one.leniency) for one in found.evaluators] == [("a", 1), ("b", -1), ("c", None)]
