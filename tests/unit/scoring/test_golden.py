"""Cases whose result a published rule, or a published table, settles."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.shared import SHARED, needs_shared
from tests.unit.scoring.samples import absent, alone, book, fact, inner, leaf, row, rows
from tracker.assessment.scoring import trial

GRADES = [{"name": "合格", "min": "60"}, {"name": "不合格", "min": "0"}]


def test_60_of_75_applicable_points_are_80_and_do_not_open_the_bonus() -> None:
    tree = inner("r", leaf("a", 75), leaf("service", 25), points=100)
    facts = [fact("a", value="60"), absent("service"), {"unit": "u", "bonus": "5"}]
    found = row(book(tree, facts, bonus={"cap": "30", "gate": "80"}))
    assert (found["base"], found["bonus"], found["total"]) == ("80.00", "0.00", "80.00")


def test_20_points_spread_over_8_items_are_not_a_rescale() -> None:
    items = [leaf(f"a{at}", 10, "all_or_nothing") for at in range(8)]
    tree = inner("r", *items, leaf("gone", 20), points=100)
    facts = [*(fact(f"a{at}", met=at < 5) for at in range(8)), absent("gone")]
    assert row(book(tree, facts, not_applicable="spread"))["nodes"]["a0"] == "12.50"
    uneven = inner("r", leaf("a", 10, "all_or_nothing"), leaf("b", 70, "all_or_nothing"), leaf("gone", 20), points=100)
    facts = [fact("a", met=True), fact("b", met=False), absent("gone")]
    totals = {mode: row(book(uneven, facts, not_applicable=mode))["total"] for mode in ("spread", "rescale")}
    assert totals == {"spread": "20.00", "rescale": "12.50"}


def test_two_late_replies_on_a_6_point_item_leave_nothing_but_not_less() -> None:
    assert alone(leaf("v", 6, "deduction"), [fact("v", each="6", count=2)]) == "0.00"


def test_deductions_are_capped_by_the_item_they_stand_on() -> None:
    tree = inner("r", leaf("level1", 12, "deduction"), leaf("rest", 88, "deduction"), points=100)
    facts = [fact("level1", each="9"), fact("level1", each="7")]
    assert row(book(tree, facts))["total"] == "88.00"


@pytest.mark.parametrize(("veto", "total"), [({"mode": "fixed", "score": "59"}, "59.00"), ({"mode": "fail"}, None)])
def test_veto_fixed_at_59_or_without_a_score(veto: dict[str, str], total: str | None) -> None:
    facts = [fact("v", value="95"), {"unit": "u", "veto": True}, {"unit": "u", "bonus": "3"}]
    found = row(book(inner("r", leaf("v", 100)), facts, veto=veto, grades=GRADES))
    assert (found["total"], found["grade"]) == (total, "不合格")


def test_levels_mixed_6_to_3_to_1() -> None:
    tree = inner("r", leaf("own", weight=6), leaf("towns", weight=3), leaf("direct", weight=1), aggregate="mean")
    facts = [fact("own", value="90"), fact("towns", value="80"), fact("direct", value="70")]
    assert row(book(tree, facts))["total"] == "85.00"


def test_a_lead_loses_5_and_each_partner_half_of_it() -> None:
    tree = inner("r", leaf("v", 100, "roles"))
    facts = [fact("v", unit, each="5", role=role) for unit, role in (("lead", "lead"), ("co1", "co"), ("co2", "co"))]
    found = rows(book(tree, facts, "lead co1 co2"))
    assert [found[key]["total"] for key in ("lead", "co1", "co2")] == ["95.00", "97.50", "97.50"]


def test_weights_of_three_quarters_of_a_point_add_up_exactly() -> None:
    tree = inner("r", leaf("a", "0.75"), leaf("b", "0.75"), leaf("c", "98.5"), points=100)
    facts = [fact("a", value="0.75"), fact("b", value="0.75"), fact("c", value="98.5")]
    assert row(book(tree, facts))["total"] == "100.00"


def test_a_component_nobody_used_leaves_an_average_over_the_used_ones() -> None:
    tree = inner("r", leaf("a"), leaf("b"), leaf("c"), aggregate="mean")
    assert row(book(tree, [fact("a", value="80"), fact("b", value="90"), absent("c")]))["total"] == "85.00"


def published() -> list[Path]:
    return [] if SHARED is None else sorted((SHARED / "scoring").glob("*.book.json"))


@needs_shared
@pytest.mark.parametrize("path", published(), ids=lambda path: path.name.removesuffix(".book.json"))
def test_a_published_table_is_reproduced(path: Path) -> None:
    expected = json.loads(path.with_name(path.name.replace(".book.", ".expected.")).read_text(encoding="utf-8"))
    found = {one["key"]: one for one in trial(path.read_text(encoding="utf-8"))["units"]}
    tolerance = Decimal(expected["tolerance"])
    assert expected["units"].keys() <= found.keys()
    for key, wanted in expected["units"].items():
        for name in expected["compare"]:
            assert agrees(wanted.get(name), found[key][name], tolerance), f"{key}, {name}"


def agrees(wanted: Any, found: Any, tolerance: Decimal) -> bool:
    if isinstance(wanted, dict):
        return all(agrees(number, found[node], tolerance) for node, number in wanted.items())
    if isinstance(wanted, str) and isinstance(found, str) and wanted[0].isdigit():
        return abs(Decimal(wanted) - Decimal(found)) <= tolerance
    return wanted is None or wanted == found
