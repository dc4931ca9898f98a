"""Phrases as documents print them, one a line in `examples/`: what is printed, a bar, and what it says (nothing: nothing).

A deadline is written `printed:kind:value`, kinds by their first letter (`d` date, `m` month_end, `y` year_end, `r` recurring,
`o` ongoing, `p` phase). The document's year is 2026.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from imports.draft import Deadline
from imports.phrases.deadlines import parse_deadlines, parse_time_cell

YEAR = 2026


def _examples(name: str) -> list[tuple[str, str]]:
    lines = (Path(__file__).parent / "examples" / f"{name}.txt").read_text("utf-8").splitlines()
    parts = [line.partition(" |") for line in lines]
    return [(text, wanted.strip()) for text, _, wanted in parts]


def _times(found: Sequence[Deadline]) -> str:
    return " ".join(f"{one.text}:{one.kind[0]}:{one.date or one.recurrence or ''}".rstrip(":") for one in found)


@pytest.mark.parametrize(("text", "wanted"), _examples("times_in_text"))
def test_times_in_running_text(text: str, wanted: str) -> None:
    assert _times(parse_deadlines(text, YEAR)) == wanted


@pytest.mark.parametrize(("text", "wanted"), _examples("times_in_cells"))
def test_times_in_a_time_cell(text: str, wanted: str) -> None:
    assert _times(parse_time_cell(text, YEAR)) == wanted
