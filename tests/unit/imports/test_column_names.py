"""A column is known by what stands under it where its name is one that nobody thought of."""

from __future__ import annotations

import pytest

from imports.draft import DraftTask
from imports.pipeline import understand
from tests.unit.imports.stand_in import sheet, workbook

ROWS = (
    ("产业发展", "培育特色产业集群，新增企业20家。", "市工信局", "市统计局", "9月底前"),
    ("产业发展", "实施技改项目30个，完善调度机制。", "市发改委", "市工信局", "10月底前"),
    ("民生改善", "改造老旧小区12个。", "市住建局", "各区政府", "11月底前"),
    ("民生改善", "新建幼儿园4所，新增学位900个。", "市教育局", "市财政局", "8月底前"),
)


def _tasks(heads: tuple[str, str, str, str, str]) -> list[DraftTask]:
    rows = [["云岫市2026年任务表", *[""] * 5], ["序号", *heads]]
    rows += [[str(number), *row] for number, row in enumerate(ROWS, 1)]
    return understand(workbook(sheet(rows))).tasks


def _units(task: DraftTask, role: str) -> str:
    return "、".join(unit.text for unit in task.units if unit.role == role)


def _times(task: DraftTask) -> str:
    return "、".join(deadline.text for deadline in task.deadlines)


def _fields(tasks: list[DraftTask]) -> list[tuple[str, str, str, str, str]]:
    return [
        (">".join(task.path), task.requirement, _units(task, "lead"), _units(task, "support"), _times(task))
        for task in tasks
    ]


@pytest.mark.parametrize("name", ["工作安排", "年度计划", "下步工作", "措施", "任务书", "创建标准", "云山行动"])
def test_what_only_groups_rows_is_no_requirement(name: str) -> None:
    assert _fields(_tasks(("类别", name, "牵头单位", "配合单位", "完成时限"))) == [*ROWS]


@pytest.mark.parametrize("name", ["目标", "工作目标", "攻坚方向"])
def test_what_groups_rows_before_the_task_heads_it(name: str) -> None:
    assert _fields(_tasks((name, "工作要求", "牵头单位", "配合单位", "完成时限"))) == [*ROWS]


@pytest.mark.parametrize("name", ["开工时间", "开工（竣工）时间", "攻坚期限"])
def test_times_of_work_are_deadlines(name: str) -> None:
    assert _fields(_tasks(("类别", "工作要求", "牵头单位", "配合单位", name))) == [*ROWS]


@pytest.mark.parametrize(
    ("name", "role"), [("责任配合单位", "support"), ("指导单位", "supervise"), ("验收单位", "supervise")]
)
def test_parts_of_bodies_by_their_names(name: str, role: str) -> None:
    tasks = _tasks(("类别", "工作要求", "牵头单位", name, "完成时限"))
    assert [[unit.role for unit in task.units] for task in tasks] == [["lead", role]] * 4


def test_numbers_with_their_headings_are_headings() -> None:
    rows = [
        ["序号", "市《工作要点》部署任务", "区级落实措施", "牵头单位"],
        ["（一）推行清单管理。", "1.编制许可清单。", "（1）公布区级许可清单。", "区审批局"],
        ["", "", "（2）清理变相许可。", "区司法局"],
        ["（二）健全监管规则。", "2.制定监管标准。", "（3）开展信用监管。", "区市场监管局"],
    ]
    tasks = understand(workbook(sheet(rows, [(1, 0, 2, 0), (1, 1, 2, 1)]))).tasks
    assert [task.requirement for task in tasks] == ["公布区级许可清单。", "清理变相许可。", "开展信用监管。"]
    assert [task.path[0] for task in tasks] == ["推行清单管理。", "推行清单管理。", "健全监管规则。"]


def test_codes_under_no_head_are_numbers() -> None:
    rows = [
        ["目标任务", "", "具体要求", "责任单位"],
        ["优化服务", "A-1", "梳理办事指南26份。", "市审批局"],
        ["", "A-2", "压减审批环节。", "市司法局"],
        ["扩大投资", "B-3", "开工项目12个。", "市发改委"],
    ]
    tasks = understand(workbook(sheet(rows, [(1, 0, 2, 0)]))).tasks
    assert [(task.path, task.number) for task in tasks] == [
        (["优化服务"], "A-1"), (["优化服务"], "A-2"), (["扩大投资"], "B-3"),
    ]  # fmt: skip


def test_a_section_may_end_as_a_body_does() -> None:
    rows = [
        ["具体任务", "责任单位", "办结时限"],
        ["（一）优化营商环境", "", ""],
        ["清理中介服务事项，公布目录。", "市审批局", "年内"],
        ["（二）建设法治政府", "", ""],
        ["推动执法力量向基层倾斜。", "市司法局", "7月1日前"],
    ]
    assert [task.path for task in understand(workbook(sheet(rows))).tasks] == [["优化营商环境"], ["建设法治政府"]]


@pytest.mark.parametrize(
    "heads", [("条线", "工作计划", "认领单位", "办理部门", "节点"), ("条线", "安排", "单位", "会办部门", "进度")]
)
def test_a_header_is_told_by_what_stands_under_it(heads: tuple[str, str, str, str, str]) -> None:
    tasks = _tasks(heads)
    assert [(">".join(task.path), task.requirement) for task in tasks] == [row[:2] for row in ROWS]
    assert [[unit.text for unit in task.units] for task in tasks] == [[*row[2:4]] for row in ROWS]


def test_items_are_numbers_whatever_they_are_called() -> None:
    rows = [
        ["条目", "措施", "认领单位"],
        ["01", "清理台账，销号12件。", "市档案局"],
        ["02", "公布指南，减少材料。", "市司法局"],
    ]
    tasks = understand(workbook(sheet(rows))).tasks
    assert [(task.number, task.requirement) for task in tasks] == [("01", rows[1][1]), ("02", rows[2][1])]


@pytest.mark.parametrize(
    "heads", [("序号", "违规事实", "违规单位"), ("序号", "先进事迹", "获奖单位"), ("序号", "答复意见", "来文单位")]
)
def test_sentences_that_tell_of_bodies_are_no_tasks(heads: tuple[str, str, str]) -> None:
    rows = [
        [*heads],
        ["1", "未按规定公开信息，影响较大。", "市档案局"],
        ["2", "按期公布了目录，材料齐全。", "市司法局"],
    ]
    assert understand(workbook(sheet(rows))).tasks == []


def test_what_became_of_projects_is_no_task() -> None:
    rows = [
        ["序号", "项目名称", "完成情况", "完成率"],
        ["1", "农村公路", "已完工12公里", "80%"],
        ["2", "危桥改造", "已开工", "60%"],
    ]
    assert understand(workbook(sheet(rows))).tasks == []
