"""One worked number for a leaf's rule, reckoned by the engine itself. Pure."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from tracker.assessment.scoring.engine import explain_unit
from tracker.assessment.scoring.problems import FaultyBook
from tracker.assessment.scoring.reading import read_book
from tracker.assessment.scoring.rules import FIGURES
from tracker.assessment.scoring.rules.mix import parts_of
from tracker.assessment.scoring.wording import Sentence

_UNITS = [{"key": key, "name": key, "group": "-"} for key in ("a", "b", "c")]


_FIGURES_FACTS: Mapping[str, list[dict[str, Any]]] = {
    "roles": [{"each": "1", "count": 2}, {"each": "1", "role": "co"}],
    "share": [{"percent": "50"}, {"percent": "30"}],
    "over_target": [{"actual": "156", "target": "100"}],
    "overdue": [{"days": 3}, {"days": 1, "count": 2}],
    "recidivism": [{"each": "1", "count": 3, "again": 1}],
    "once": [{"each": "2", "matter": "A"}, {"each": "1", "matter": "A"}, {"each": "1", "matter": "B"}],
    "rise": [{"last": "80", "this": "82"}],
    "difficulty": [{"percent": "80", "factor": "1.1"}, {"percent": "90", "factor": "0.9"}],
    "capped": [{"each": "1", "count": 20}],
    "duties": [{"each": "1", "count": 2, "duty": "one"}],
    "reverse": [{"actual": "40", "target": "38"}],
    "progress": [{"before": 7, "now": 4}],
    "account": [{"change": "2"}, {"change": "2", "role": "co"}, {"change": "-1"}],
}
"""Invented facts of kinds with several fields; those of other kinds follow the parameters."""


_ROUNDS = ((1, Decimal("0.85")), (2, Decimal("0.9")))


def worked_number(leaf: Mapping[str, Any], each: str = "") -> Sentence | None:
    """How the rule reckons with invented figures; None where the leaf is not complete yet. `each`: the points that its source
    takes off each time, where it says so."""
    kind = (leaf.get("rule") or {}).get("kind", "")
    plain = {name: leaf[name] for name in ("key", "name", "points", "rule") if name in leaf}
    try:
        facts = [
            {"unit": unit["key"], "indicator": leaf["key"], **fact}
            for place, unit in enumerate(_UNITS)
            for fact in _facts(kind, leaf, place, each)
        ]
        book = read_book(json.dumps({"scheme": {"indicators": plain}, "units": _UNITS, "facts": facts}))
        lines = explain_unit(book, "a")
    except (FaultyBook, InvalidOperation, KeyError, ValueError):
        return None
    return next((line.text for line in lines if line.step == "rule"), None)


def _facts(kind: str, leaf: Mapping[str, Any], place: int, each: str) -> list[dict[str, Any]]:
    rule = leaf["rule"]
    if kind == "ratio":
        return [{"actual": "38", "target": "40"}]
    if kind in FIGURES:
        return _figures_facts(kind, rule, place)
    if kind == "deduction":
        return [{"each": each or "0.5", "count": 3}]
    if kind == "all_or_nothing":
        return [{"met": True}]
    if kind == "marks":
        scale = Decimal(str(rule.get("scale") or leaf["points"]))
        shares = ("0.85", "0.9", "0.8", "0.95", "0.88")
        return [
            {"mark": _plain(scale * Decimal(share)), "evaluator": str(number)} for number, share in enumerate(shares)
        ]
    return [{"value": format(_value(kind, leaf, place), "f")}]


def _figures_facts(kind: str, rule: Mapping[str, Any], place: int) -> list[dict[str, Any]]:
    if kind == "monthly":
        least = Decimal(str(rule["least"]))
        return [{"number": _plain(least), "count": 9}, {"number": _plain(least / 2), "count": 2}, {"number": "0"}]
    if kind in {"placing", "best"}:
        return [{"value": ("92", "60", "100")[place]}]
    if kind == "lists":
        return [{"value": _plain(Decimal(str(rule["target"])) + 5 - 5 * place)}]
    if kind == "rounds":
        return [{"round": number, "score": _plain(_scale(rule) * share)} for number, share in _ROUNDS]
    if kind == "survey":
        return [{"score": _plain(_scale(rule) * Decimal("0.92")), "sample": int(str(rule["least_sample"])) + 20}]
    if kind in {"mix", "rollup"}:
        return [_parts_fact(rule, at) for at in range(len(parts_of(str(rule["parts"])) or ()))]
    return _FIGURES_FACTS[kind]


def _plain(number: Decimal) -> str:
    return format(number.normalize(), "f")


def _scale(rule: Mapping[str, Any]) -> Decimal:
    return Decimal(str(rule.get("scale") or 100))


def _parts_fact(rule: Mapping[str, Any], at: int) -> dict[str, Any]:
    scale = _scale(rule)
    parts = parts_of(str(rule["parts"])) or []
    return {"part": parts[at].name, "score": _plain(scale * Decimal(max(0, 90 - 5 * at)) / 100)}


def _value(kind: str, leaf: Mapping[str, Any], place: int) -> Decimal:
    rule = leaf["rule"]
    if kind == "linear":
        floor, goal = Decimal(str(rule["floor"])), Decimal(str(rule["goal"]))
        return floor + (goal - floor) * Decimal("0.8")
    if kind == "efficacy":
        return (Decimal(92), Decimal(60), Decimal(100))[place]
    if kind == "bands":
        mins = [Decimal(str(band["min"])) for band in rule["bands"] if "min" in band]
        return mins[-1] if mins else Decimal(0)
    return Decimal(str(leaf["points"])) * Decimal("0.9") if "points" in leaf else Decimal(80)
