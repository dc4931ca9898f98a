"""Titles made of a name and of what it is."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reports import breakdown
from reports.words import as_written, lapped
from tests.unit.reports import samples


@pytest.mark.parametrize(
    ("name", "title", "said"),
    [
        ("2026年重点工作", "任务分解表", "2026年重点工作任务分解表"),
        ("2026年重点任务", "任务分解表", "2026年重点任务分解表"),
        ("2026年任务分解表", "任务分解表", "2026年任务分解表"),
        ("2026年重点任务", "进展台账", "2026年重点任务进展台账"),
        ("", "任务分解表", "任务分解表"),
    ],
)
def test_words_that_end_the_name_and_begin_the_title_stand_once(name, title, said):
    assert lapped(name, title) == said


def test_a_breakdown_is_headed_by_its_plan_without_doubling():
    made = breakdown.build(replace(samples.breakdown(), plan="2026年重点任务"), as_written)
    assert made[0].heading == "2026年重点任务分解表"
