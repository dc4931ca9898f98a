"""Damaged files end in a draft that lost nothing, or in one clear line. The long form: `tests/unit/imports/mutants.py`."""

from __future__ import annotations

import pytest

from tests.unit.imports.mutants import good_files, run, tried

COUNT = 330
"""Thirty of each kind; ten thousand were tried by hand."""


@pytest.mark.parametrize("name", sorted(good_files()))
def test_the_good_file_is_read(name: str) -> None:
    outcome = tried(good_files()[name], name)
    assert (outcome.kind, outcome.fault) == ("draft", "")


def test_damaged_files_are_read_or_refused_and_lose_nothing() -> None:
    ends, faults = run(COUNT, seed=20261121)
    assert faults == []
    assert ends["draft"] > COUNT / 4
    assert len(ends) > 4
