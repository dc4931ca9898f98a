"""A task whose requirement was corrected: its own deadlines and targets follow the text, all others stay."""

from __future__ import annotations

from decimal import Decimal

from imports.draft import DraftTask, Target
from imports.pipeline import understand
from imports.recognise.reread import reread_task
from tests.unit.imports.stand_in import sheet, workbook

YEAR = 2026


def _task(requirement: str = "整合窗口，6月底前达到20个。", time: str = "年底前") -> DraftTask:
    rows = [["工作要求", "责任单位", "完成时限"], [requirement, "市行政审批局", time]]
    return understand(workbook(sheet(rows)), year=YEAR).tasks[0]


def _times(task: DraftTask) -> list[str]:
    return [deadline.text for deadline in task.deadlines]


def test_times_and_targets_follow_the_text_and_those_of_cells_stay() -> None:
    before = _task()
    after = reread_task(before, "整合服务窗口，9月底前达到30个，办结率98%以上。", YEAR)
    assert _times(after) == ["9月底前", "年底前"]
    assert [target.text for target in after.targets] == ["30个", "98%以上"]
    assert after.units == before.units
    assert _times(before) == ["6月底前", "年底前"]


def test_a_name_that_was_the_first_clause_follows() -> None:
    assert reread_task(_task(), "归并服务窗口，6月底前完成。", YEAR).name == "归并服务窗口"


def test_a_name_of_its_own_stays() -> None:
    task = _task()
    task.name = "一窗受理"
    assert reread_task(task, "归并服务窗口。", YEAR).name == "一窗受理"


def test_what_a_person_added_stays_and_what_was_taken_out_stays_out() -> None:
    task = _task()
    typed = Target("5家", Decimal(5), "家", "=")
    task.targets = [typed]
    task.deadlines = task.deadlines[1:]
    after = reread_task(task, "整合窗口，6月底前达到20个，覆盖率90%以上。", YEAR)
    assert [target.text for target in after.targets] == ["90%以上", "5家"]
    assert _times(after) == ["年底前"]


def test_a_time_of_a_cell_that_the_text_now_gives_stands_once() -> None:
    after = reread_task(_task(), "整合窗口，于年底前完成。", YEAR)
    assert _times(after) == ["年底前"]


def test_the_same_text_changes_nothing() -> None:
    task = _task()
    assert reread_task(task, task.requirement, YEAR) == task
