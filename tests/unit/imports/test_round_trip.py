"""One invented plan printed in every shape that offices use must read back as the same tasks."""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import given, settings, strategies as st

from imports.document import Document, Table
from imports.draft import Draft
from imports.pipeline import understand
from tests.unit.imports.stand_in import from_text, sheet, workbook

CHAPTERS = ["夯实数据基础", "优化公共服务", "强化监管执法", "提升治理能力", "完善制度机制", "加强队伍建设"]
HEADINGS = [
    "推进数据归集",
    "推行帮办代办",
    "规范行政检查",
    "深化信用监管",
    "做好政策解读",
    "打造智慧平台",
    "健全考核办法",
    "建设文化公园",
    "政务新媒体管理",
    "用好各级各类平台",
    "“一网通办”改革",
    "其他领域公开",
    "防范化解重大风险",
    "社会救助领域",
    "公开办事指南",
    "培训",
    "优化环境，提升服务",
    "十项惠民实事",
    "政府办公室工作",
]
REQUIREMENTS = [
    "按目录归集政务数据，完善数据标准。",
    "编制公开目录,定期更新内容。",
    "建立会商机制；加强部门协同，提高办理质量。",
    "完成改造项目12个。",
    "对照26个试点领域标准指引，梳理公开事项。",
    "《云岫市数据条例》规定的其他事项：依法公开。",
    "各县区、各部门要加强协调，做好保障工作。",
    "办理率达到99%以上。",
    "落实“双随机、一公开”监管要求，公布检查结果。",
    "全面推进平台建设(一期)，做好试运行。",
    "开展培训。",
    "完成绿化工程3处",
    "1.编制清单；2.公布清单。",
    "推进数据开放;",
]
UNITS = [
    ("市财政局", ["市财政局"]),
    ("市财政局、市审计局", ["市财政局", "市审计局"]),
    ("市政府各部门、单位,各县区政府、开发区管委会", ["市政府各部门、单位", "各县区政府", "开发区管委会"]),
    ("市大数据局等有关部门、单位,各县区政府", ["市大数据局", "等有关部门、单位", "各县区政府"]),
    ("市行政审批局牵头,各部门配合", ["市行政审批局", "各部门"]),
    ("市委编办,市自然资源和规划局", ["市委编办", "市自然资源和规划局"]),
    ("各乡、镇、场、街道", ["各乡、镇、场、街道"]),
]
TIMES = [
    ("6月底前", "2026-06-30"),
    ("年底前", "2026-12-31"),
    ("2026年9月30日前", "2026-09-30"),
    ("持续推进", None),
    ("每季度", None),
]


@dataclass
class Item:
    chapter: str
    heading: str
    requirement: str
    units: tuple[str, list[str]]
    time: tuple[str, str | None]


@st.composite
def plans(draw: st.DrawFn) -> list[Item]:
    items: list[Item] = []
    chapters = draw(st.lists(st.sampled_from(CHAPTERS), min_size=1, max_size=3, unique=True))
    headings = iter(draw(st.permutations(HEADINGS)))
    for chapter in chapters:
        for _ in range(draw(st.integers(1, 3))):
            heading = next(headings)
            requirements = draw(st.lists(st.sampled_from(REQUIREMENTS), min_size=1, max_size=3, unique=True))
            items.extend(
                Item(chapter, heading, text, draw(st.sampled_from(UNITS)), draw(st.sampled_from(TIMES)))
                for text in requirements
            )
    return items


def _starts(items: list[Item], index: int) -> tuple[bool, bool]:
    """Does a chapter, does a heading begin with this row?"""
    item, before = items[index], items[index - 1] if index else None
    chapter = before is None or before.chapter != item.chapter
    return chapter, chapter or before is None or before.heading != item.heading


def _table(items: list[Item], *, merged: bool, printed: bool) -> Table:
    rows = [["云岫市2026年重点工作任务分解表"], ["序号", "工作任务", "", "工作要求", "责任单位", "完成时限", "备注"]]
    merges = [(0, 0, 0, 6), (1, 1, 1, 2)] if merged else []
    starts: dict[int, int] = {}
    for index, item in enumerate(items):
        chapter, heading = _starts(items, index)
        row = len(rows)
        shown = [item.chapter if chapter or printed else "", item.heading if heading or printed else ""]
        rows.append([str(index + 1), *shown, item.requirement, item.units[0], item.time[0], ""])
        for column, begins in ((1, chapter), (2, heading)):
            if begins:
                starts[column] = row
                merges.append((row, column, row, column))
            else:
                last = max(
                    place for place, area in enumerate(merges) if area[1] == column and area[0] == starts[column]
                )
                merges[last] = (starts[column], column, row, column)
    areas = [area for area in merges if merged and (area[0], area[1]) != (area[2], area[3])]
    return sheet(rows, [] if printed else areas)


def _holds(draft: Draft, items: list[Item], *, time: bool = True, chapters: bool = True) -> None:
    assert [task.requirement for task in draft.tasks] == [item.requirement for item in items]
    for task, item in zip(draft.tasks, items, strict=True):
        assert task.path == ([item.chapter, item.heading] if chapters else [item.heading])
        assert [unit.text for unit in task.units] == item.units[1]
        if time:
            (deadline,) = task.deadlines
            assert (deadline.text, str(deadline.date) if deadline.date else None) == item.time


fast = settings(max_examples=30, deadline=None)


@fast
@given(plans())
def test_a_sheet_with_merged_cells(items: list[Item]) -> None:
    _holds(understand(workbook(_table(items, merged=True, printed=False))), items)


@fast
@given(plans())
def test_a_sheet_that_prints_every_heading_cell(items: list[Item]) -> None:
    _holds(understand(workbook(_table(items, merged=False, printed=True))), items)


@fast
@given(plans())
def test_a_table_whose_merged_cells_came_out_blank(items: list[Item]) -> None:
    table = _table(items, merged=False, printed=False)
    _holds(understand(Document("csv", [table])), items)


@fast
@given(plans(), st.integers(1, 6))
def test_a_header_printed_again_on_every_page(items: list[Item], every: int) -> None:
    table = _table(items, merged=False, printed=False)
    grid = table.grid[:2]
    for index, row in enumerate(table.grid[2:]):
        if index and index % every == 0:
            grid = [*grid, list(table.grid[0]), list(table.grid[1])]
        grid.append(row)
    _holds(understand(Document("csv", [sheet(grid)])), items)


@fast
@given(plans())
def test_chapters_as_rows_over_the_whole_width(items: list[Item]) -> None:
    rows = [["工作任务", "工作要求", "责任单位", "完成时限"]]
    merges = []
    for index, item in enumerate(items):
        chapter, heading = _starts(items, index)
        if chapter:
            merges.append((len(rows), 0, len(rows), 3))
            number = "一二三四五六"[sum(1 for place in range(index + 1) if _starts(items, place)[0]) - 1]
            rows.append([f"{number}、{item.chapter}"])
        rows.append([item.heading if heading else "", item.requirement, item.units[0], item.time[0]])
    document = Document(
        "xlsx", [sheet([["2026年任务表"], *rows], [(0, 0, 0, 3), *((a + 1, b, c + 1, d) for a, b, c, d in merges)])]
    )
    _holds(understand(document), items)


@fast
@given(plans(), st.booleans())
def test_a_table_flattened_to_one_cell_a_line(items: list[Item], blanks: bool) -> None:
    lines = ["云岫市2026年重点工作任务分解表", "工作任务 |", "工作要求 |", "责任单位 |"]
    for index, item in enumerate(items):
        chapter, heading = _starts(items, index)
        lines += [f"{item.chapter} |"] if chapter else ["|"] if heading and blanks else []
        lines += [f"{item.heading} |"] if heading else []
        lines += [f"{item.requirement} |", f"{item.units[0]} |"]
    _holds(understand(from_text("\n".join(lines))), items, time=False)


@fast
@given(plans())
def test_prose_with_a_note_on_every_item(items: list[Item]) -> None:
    lines = ["云岫市2026年重点工作要点"]
    chapters = headings = 0
    for index, item in enumerate(items):
        chapter, _ = _starts(items, index)
        if chapter:
            chapters, headings = chapters + 1, 0
            lines.append(f"{'一二三四五六'[chapters - 1]}、{item.chapter}")
        headings += 1
        number = "一二三四五六七八九十"[headings - 1]
        lines.append(
            f"（{number}）{item.heading}。{item.requirement}（责任单位：{item.units[0]}；完成时限：{item.time[0]}）"
        )
    draft = understand(from_text("\n".join(lines)))
    assert [task.requirement for task in draft.tasks] == [item.requirement for item in items]
    for task, item in zip(draft.tasks, items, strict=True):
        assert (task.path, task.name) == ([item.chapter], item.heading)
        assert [unit.text for unit in task.units] == item.units[1]
        assert [entry.text for entry in task.deadlines] == [item.time[0]]
