"""What starting points are put together from. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tracker.assessment.binding import leaves
from tracker.assessment.sources import ENTERED

GRADES: list[dict[str, Any]] = [
    {"name": "优秀", "min": "90", "quota_percent": "30"},
    {"name": "良好", "min": "80"},
    {"name": "合格", "min": "60"},
    {"name": "不合格", "min": "0"},
]
SETTINGS: Mapping[str, Any] = {
    "rounding": {"places": "2", "mode": "half_up", "stage": "total"},
    "not_applicable": "rescale",
    "veto": {"mode": "fail"},
    "grades": GRADES,
    "quota_ties": "exclude",
    "ties": "competition",
}


@dataclass(frozen=True, slots=True)
class Starter:
    """`body` and `sources` as a scheme stores them; the name is given by whoever begins with it."""

    key: str
    title: str
    text: str
    body: dict[str, Any]
    sources: dict[str, Any]


def leaf(key: str, name: str, points: str, kind: str, **parameters: Any) -> dict[str, Any]:
    return {"key": key, "name": name, "points": points, "rule": {"kind": kind, **parameters}}


def inner(key: str, name: str, points: str, *children: dict[str, Any]) -> dict[str, Any]:
    return {"key": key, "name": name, "points": points, "aggregate": "sum", "children": list(children)}


def scheme(*children: dict[str, Any], **settings: Any) -> dict[str, Any]:
    return {**SETTINGS, **settings, "indicators": inner("total", "总分", "100", *children)}


def all_entered(body: Mapping[str, Any], criteria: Mapping[str, str]) -> dict[str, Any]:
    """Every leaf's facts are entered by people, by its printed standard (评分标准) where there is one."""
    return {
        one["key"]: {"from": ENTERED, **({"criteria": criteria[one["key"]]} if one["key"] in criteria else {})}
        for one in leaves(body["indicators"])
    }
