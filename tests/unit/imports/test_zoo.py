"""The zoo of invented documents: what is read of each, field by field, as F1 over the whole zoo and for every document."""

from __future__ import annotations

import sys
from functools import cache

import pytest

from imports.document import Document
from imports.draft import Draft
from imports.pipeline import understand
from tests.files import zoo
from tests.files.zoo.wanted import FIELDS, Case, Tally, judge
from tests.unit.imports.conservation import lost

CASES = {case.name: case for case in zoo.cases()}
LEAST = 0.97
NOT_YET: dict[str, str] = {}
"""Documents that are known to be read with a fault, and which; every other one is read without any."""


@cache
def _read(name: str) -> tuple[Document, Draft]:
    case = CASES[name]
    document = case.read()
    return document, understand(document, year=case.year)


def _misses(tallies: dict[str, Tally]) -> list[str]:
    return [f"{name} {miss}" for name, tally in tallies.items() for miss in tally.misses]


def _said(case: Case, draft: Draft) -> list[str]:
    codes = {problem.code for problem in draft.problems}
    return [f"not said: {code}" for code in case.says - codes] + [f"said: {code}" for code in case.silent & codes]


@pytest.mark.parametrize("name", [name for name in CASES if name not in NOT_YET])
def test_a_document_is_read_as_an_official_would(name: str) -> None:
    case, (_, draft) = CASES[name], _read(name)
    assert _misses(judge(case, draft)) + _said(case, draft) == []


@pytest.mark.parametrize("name", CASES)
def test_nothing_of_it_is_lost(name: str) -> None:
    assert lost(*_read(name)) == []


def test_the_whole_zoo_field_by_field(capsys: pytest.CaptureFixture[str]) -> None:
    totals = {name: Tally() for name in FIELDS}
    for name, case in CASES.items():
        for field, tally in judge(case, _read(name)[1]).items():
            totals[field].add(tally)
    lines = [f"\n{len(CASES)} documents", f"{'field':<12} {'right':>6} {'wrong':>6} {'lost':>6} {'F1':>7}"]
    for field, tally in totals.items():
        lines.append(f"{field:<12} {tally.right:>6} {tally.wrong:>6} {tally.lost:>6} {tally.f1:>7.4f}")
    with capsys.disabled():
        sys.stdout.write("\n".join(lines) + "\n")
    assert {field: tally.f1 for field, tally in totals.items() if tally.f1 < LEAST} == {}


def test_the_zoo_is_large() -> None:
    assert len(CASES) >= 40
