"""A template imports, includes and extends what its own room has, a room below, or what all rooms share: like the code."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable

from tests.architecture.sources import ROOT

SHARED = {"macros", "layouts", "partials", "errors"}
NAMED = re.compile(r'(?:from|import|include|extends)\s+"([a-z_]+)/[^"]+"')
PLACED_ELSEWHERE = {("units", "admin")}
"""Pages of the directory that the administrator's room shows, kept under the name of what they show."""


def heights() -> dict[str, int]:
    """Room → how high it stands, by the layers of import-linter."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
    layers = next(one["layers"] for one in contracts if one["type"] == "layers" and "tracker.demo" in one["layers"])
    found = {}
    for height, layer in enumerate(reversed(layers)):
        for room in re.findall(r"tracker\.([a-z_]+)", layer):
            found[room] = height
    return found


def upward(templates: Iterable[tuple[str, str]], height: dict[str, int]) -> list[str]:
    """What names a template of a room above. `templates`: (room, text)."""
    return [
        f"{room} takes {other}/…"
        for room, text in templates
        for other in NAMED.findall(text)
        if room in height
        and other not in SHARED
        and height[other] > height[room]
        and (room, other) not in PLACED_ELSEWHERE
    ]


def test_templates_take_from_their_own_room_and_those_below():
    files = sorted((ROOT / "templates").glob("*/*.html"))
    assert len(files) > 100
    assert upward([(one.parent.name, one.read_text("utf-8")) for one in files], heights()) == []


def test_what_reaches_up_is_found():
    height = heights()
    assert upward([("plans", '{% from "progress/_milestones.html" import steps %}')], height) == [
        "plans takes progress/…"
    ]
    assert upward([("progress", '{% include "plans/a.html" %}{% import "macros/ui.html" as ui %}')], height) == []
