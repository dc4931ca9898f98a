"""Every engine version that stored runs were made with: old ones stay, and stay able. Pure."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tracker.assessment.frozen import Frozen, contract_book, ready_book
from tracker.assessment.scoring import engine as engine_1
from tracker.assessment.scoring.engine import ENGINE_VERSION
from tracker.assessment.scoring.evaluation import Reckoner
from tracker.assessment.scoring.numbers import printed
from tracker.assessment.scoring.reading import read_book
from tracker.assessment.scoring.results import Line, Result, UnitResult


@dataclass(frozen=True, slots=True)
class Engine:
    version: str
    quick: Callable[[Frozen], Result]
    """All units by columns, without explanations."""
    thorough: Callable[[Frozen], Result]
    """The same by another way: through the contract's JSON, unit by unit in fractions, with explanations."""
    explain: Callable[[Frozen, str], tuple[Line, ...]]
    """The lines of one unit."""
    reckoner: Callable[[Frozen], Reckoner]
    """What reckons unit by unit: how the numbers of one follow from one another."""


ENGINES: Mapping[str, Engine] = {
    "1": Engine(
        "1",
        quick=lambda frozen: engine_1.score(ready_book(frozen), explain=False),
        thorough=lambda frozen: engine_1.score(read_book(contract_book(frozen))),
        explain=lambda frozen, unit: engine_1.explain_unit(ready_book(frozen), unit),
        reckoner=lambda frozen: Reckoner(ready_book(frozen)),
    )
}

CURRENT = ENGINES[ENGINE_VERSION]

Row = tuple[UnitResult, str]
"""A unit's result, and the printed results of all nodes in the order of the tree as JSON text."""


def rows_of(result: Result, scheme: Mapping[str, Any]) -> list[Row]:
    """What is stored of a result, unit by unit. Columns hold few different numbers: each is printed once."""
    if not result.units:
        return []
    places = places_of(scheme)
    columns = [_texts(result.node_units(key), places) for key in result.units[0].nodes]
    return [
        (unit, f"[{','.join(texts)}]") for unit, texts in zip(result.units, zip(*columns, strict=True), strict=True)
    ]


def places_of(scheme: Mapping[str, Any]) -> int:
    """Decimals that the scheme's results are printed with."""
    return int(str(scheme.get("rounding", {}).get("places", 2)))


def _texts(column: Sequence[int | None], places: int) -> list[str]:
    printed_once = {number: "null" if number is None else f'"{printed(number, places)}"' for number in set(column)}
    return [printed_once[number] for number in column]


def inputs_hash(body: str, records: Iterable[str]) -> str:
    """SHA-256 of the frozen inputs, and of the records behind every unit's counts in the order of the units."""
    sha = hashlib.sha256(body.encode("utf-8"))
    for text in records:
        sha.update(b"\n")
        sha.update(text.encode("utf-8"))
    return sha.hexdigest()


def result_hash(rows: Sequence[Row]) -> str:
    """SHA-256 of every unit's printed results."""
    printed_rows = [
        [unit.key, unit.group, unit.base, unit.bonus, unit.penalty, unit.total, unit.veto, unit.rank, unit.grade, nodes]
        for unit, nodes in rows
    ]
    return hashlib.sha256(json.dumps(printed_rows, ensure_ascii=False).encode("utf-8")).hexdigest()
