"""Phrases as documents print them, one a line in `examples/`: what is printed, a bar, and what it says (nothing: nothing).

A deadline is written `printed:kind:value`, kinds by their first letter (`d` date, `m` month_end, `y` year_end, `r` recurring,
`o` ongoing, `p` phase). The document's year is 2026. A unit is written `name/role`, roles L lead, R responsible, S support,
W watch, with * for a set and + for an open one; behind `P:` stand the people, behind `D:` the times. `\\n` is a line break.
A target is written `printed:op:value:unit`.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from imports.draft import Deadline, Target
from imports.phrases.deadlines import parse_deadlines, parse_time_cell
from imports.phrases.targets import parse_targets
from imports.phrases.units import parse_units

YEAR = 2026
_ROLES = {"lead": "L", "responsible": "R", "support": "S", "supervise": "W"}


def _examples(name: str) -> list[tuple[str, str]]:
    lines = (Path(__file__).parent / "examples" / f"{name}.txt").read_text("utf-8").splitlines()
    parts = [line.partition(" |") for line in lines]
    return [(text.replace("\\n", "\n"), wanted.strip()) for text, _, wanted in parts]


def _times(found: Sequence[Deadline]) -> str:
    return " ".join(f"{one.text}:{one.kind[0]}:{one.date or one.recurrence or ''}".rstrip(":") for one in found)


@pytest.mark.parametrize(("text", "wanted"), _examples("times_in_text"))
def test_times_in_running_text(text: str, wanted: str) -> None:
    assert _times(parse_deadlines(text, YEAR)) == wanted


@pytest.mark.parametrize(("text", "wanted"), _examples("times_in_cells"))
def test_times_in_a_time_cell(text: str, wanted: str) -> None:
    assert _times(parse_time_cell(text, YEAR)) == wanted


@pytest.mark.parametrize(("text", "wanted"), _examples("unit_lists"))
def test_unit_lists(text: str, wanted: str) -> None:
    found = parse_units(text, "responsible", YEAR)
    said = [
        f"{unit.text}/{_ROLES[unit.role]}{'*' if unit.collective else ''}{'+' if unit.open else ''}"
        for unit in found.units
    ]
    said.extend(["P:" + ",".join(who for _, who in found.persons)] if found.persons else [])
    said.extend(["D:" + ",".join(one.text for one in found.deadlines)] if found.deadlines else [])
    assert " ".join(said) == wanted


def _target(found: Target) -> str:
    values = found.value if isinstance(found.value, tuple) else (found.value,)
    return f"{found.text}:{found.op}:{'-'.join(f'{value.normalize():f}' for value in values)}:{found.unit}"


@pytest.mark.parametrize(("text", "wanted"), _examples("targets"))
def test_targets(text: str, wanted: str) -> None:
    assert " ".join(map(_target, parse_targets(text))) == wanted
