"""Whichever day the invented city is loaded for, there is much to see and nothing lies ahead of that day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tracker.demo.setting import LIVELIHOOD, OPENNESS, Setting, setting_of

DAYS = [date(2025, 12, 1) + timedelta(days=n) for n in range(1200)]


@pytest.fixture(scope="module")
def settings() -> dict[date, Setting]:
    return {day: setting_of(day) for day in DAYS}


def test_an_assessment_is_finished_and_another_is_open_on_every_day(settings: dict[date, Setting]) -> None:
    for today, found in settings.items():
        done, open_ = found.finished, found.under_way
        out = found.assessed.on
        assert out < done.adopted_on < done.as_of < done.marked_on < done.scored_on < done.published_on <= today
        assert out < open_.adopted_on < open_.marked_on < open_.told_on < today
        assert done.name != open_.name


def test_the_assessed_plan_has_a_quarter_of_work_behind_it_on_every_day(settings: dict[date, Setting]) -> None:
    for today, found in settings.items():
        assert found.assessed in found.issues
        assert found.assessed.printed is OPENNESS
        assert today - found.assessed.on > timedelta(days=90)


def test_some_plan_still_runs_on_every_day_and_none_goes_out_later(settings: dict[date, Setting]) -> None:
    for today, found in settings.items():
        assert all(found.begins < issue.on < today for issue in found.issues)
        assert any(date(issue.year, 12, 31) - today >= timedelta(days=21) for issue in found.issues)


def test_no_plan_goes_out_twice(settings: dict[date, Setting]) -> None:
    for found in settings.values():
        assert len({issue.name for issue in found.issues}) == len(found.issues)


@pytest.mark.parametrize(
    ("today", "names"),
    [
        (date(2026, 1, 5), ["2025年政务公开重点任务", "2026年民生实事项目"]),
        (date(2026, 2, 28), ["2025年政务公开重点任务", "2026年政务公开重点任务", "2026年民生实事项目", "2026年优化营商环境重点任务"]),
        (date(2026, 11, 21), ["2026年政务公开重点任务", "2026年民生实事项目", "2026年优化营商环境重点任务"]),
        (date(2026, 12, 31), ["2026年政务公开重点任务", "2026年民生实事项目", "2026年优化营商环境重点任务", "2027年民生实事项目"]),
    ],
)  # fmt: skip
def test_which_plans_are_out(today: date, names: list[str]) -> None:
    assert [issue.name for issue in setting_of(today).issues] == names


def test_the_new_years_projects_go_out_a_week_before_where_their_day_is_ahead() -> None:
    young = next(one for one in setting_of(date(2026, 1, 5)).issues if one.printed is LIVELIHOOD)
    assert (young.year, young.on) == (2026, date(2025, 12, 28))
