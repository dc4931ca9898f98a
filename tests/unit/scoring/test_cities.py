"""Books of invented cities, one a line of `cities.jsonl`, with what they come to. The numbers, ranks and grades were reckoned
by hand from the words of each scheme, with fractions and without the engine; whoever changes one reckons it again so."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.unit.scoring.samples import rows
from tests.unit.scoring.test_by_hand import wrong

CITIES = [json.loads(line) for line in (Path(__file__).parent / "cities.jsonl").read_text("utf-8").splitlines()]


@pytest.mark.parametrize("city", CITIES, ids=[city["name"] for city in CITIES])
def test_a_city_comes_to_what_was_reckoned_by_hand(city: dict[str, Any]) -> None:
    found = rows(city["book"])
    assert {unit: _asked(found[unit], wanted) for unit, wanted in city["expected"].items()} == city["expected"]
    assert wrong(city["book"]) == []


def _asked(row: dict[str, Any], wanted: dict[str, Any]) -> dict[str, Any]:
    """Of a row what was reckoned."""
    return {
        name: {node: row["nodes"][node] for node in value} if name == "nodes" else row[name]
        for name, value in wanted.items()
    }
