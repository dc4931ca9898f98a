"""One table flattened in several ways, its groups merged: under a blank header cell over the numbers, or beside the numbers."""

from __future__ import annotations

from collections.abc import Sequence

from tests.files.zoo.shapes import text
from tests.files.zoo.wanted import Case, task

Rows = Sequence[Sequence[str]]


def _rows(drawn: str) -> Rows:
    """A table from lines of cells parted by ` | `; `^` is merged with the cell above, `.` is blank."""
    lines = [line.split(" | ") for line in drawn.strip().splitlines()]
    return [["" if cell == "." else cell for cell in line if cell != "^"] for line in lines]


def _a_cell_a_line(title: str, rows: Rows) -> str:
    return "\n".join([title, *(f"{cell} |".lstrip() for cells in rows for cell in cells)])


def _bars_on_lines_of_their_own(title: str, rows: Rows) -> str:
    return "\n".join([title, *(f"{cell}\n|".lstrip() for cells in rows for cell in cells)])


def _bare_cells(title: str, rows: Rows) -> str:
    return "\n".join([title, *(cell for cells in rows for cell in cells)])


def _filled_up(title: str, rows: Rows) -> str:
    width = max(map(len, rows))
    return "\n".join([title, *(" | ".join([*cells, *[""] * (width - len(cells))]) + " |" for cells in rows)])


def _with_header_again(rows: Rows, before: int) -> Rows:
    """The header printed on a second page as well, without its blank cells."""
    return [*rows[:before], [cell for cell in rows[0] if cell], *rows[before:]]


_PARK = "云岫市公园管理处2026年重点任务分解表"
_PARK_ROWS = _rows("""
工作任务 | . | 具体要求 | 责任科室 | 时限要求
绿化养护 | 1 | 补植行道树320株，4月底前完成首批。 | 绿化科 | 9月底前
^ | 2 | 修剪灌木，成活率95%以上。 | 绿化科、养护科 | 11月底前
设施维修 | 3 | 更换座椅150张。 | 设施科 | 年底前
^ | 4 | 检修路灯不少于480盏。 | 各科室 | 持续推进
游园服务 | 5 | 建立游客意见台账。 | 办公室牵头，各科室配合 | 6月底前
""")
_PARK_TASKS = [
    task(
        "补植行道树320株，4月底前完成首批。",
        "绿化养护",
        "1",
        resp="绿化科",
        due="4月底前:m:2026-04-30 9月底前:m:2026-09-30",
        aim="320株:=:320:株",
    ),
    task(
        "修剪灌木，成活率95%以上。",
        "绿化养护",
        "2",
        resp="绿化科 养护科",
        due="11月底前:m:2026-11-30",
        aim="95%以上:>=:95:%",
    ),
    task("更换座椅150张。", "设施维修", "3", resp="设施科", due="年底前:y:2026-12-31", aim="150张:=:150:张"),
    task("检修路灯不少于480盏。", "设施维修", "4", resp="各科室*", due="持续推进:o", aim="不少于480盏:>=:480:盏"),
    task("建立游客意见台账。", "游园服务", "5", lead="办公室", co="各科室*", due="6月底前:m:2026-06-30"),
]
_NARROW_ROWS = [[cell for cell in _PARK_ROWS[0] if cell], *_PARK_ROWS[1:]]

_OPEN = "望岫市2026年政务公开任务分解表"
_OPEN_ROWS = _rows("""
序 号 | 重点任务 | 工作任务 | 责任单位 | 完成时限
1 | 深化公开 | 公开补贴目录，更新不少于4次。 | 市财政局、市农业农村局 | 长期坚持
2 | ^ | 集中公开历史规划。 | 市发展改革委、市档案馆 | 8月底前
3 | ^ | 公开执法决定26类。 | 市司法局 | 10月底前
4 | 加强解读 | 召开发布会10场。 | 市委宣传部 | 年底前
5 | ^ | 新设服务窗口12个。 | 市行政审批局 | 6月底前
""")
_OPEN_TASKS = [
    task(
        "公开补贴目录，更新不少于4次。",
        "深化公开",
        "1",
        resp="市财政局 市农业农村局",
        due="长期坚持:o",
        aim="不少于4次:>=:4:次",
    ),
    task("集中公开历史规划。", "深化公开", "2", resp="市发展改革委 市档案馆", due="8月底前:m:2026-08-31"),
    task("公开执法决定26类。", "深化公开", "3", resp="市司法局", due="10月底前:m:2026-10-31", aim="26类:=:26:类"),
    task("召开发布会10场。", "加强解读", "4", resp="市委宣传部", due="年底前:y:2026-12-31", aim="10场:=:10:场"),
    task(
        "新设服务窗口12个。",
        "加强解读",
        "5",
        resp="市行政审批局",
        due="6月底前:m:2026-06-30",
        aim="12个:=:12:个",
    ),
]

_COUNTY = "桐浦县2026年政府工作报告重点任务分解表\n各乡镇人民政府，县直有关单位：\n现将重点任务分解如下。"
_COUNTY_ROWS = _rows("""
项目 | 序号 | 工作任务 | 县政府分线领导 | 主要责任单位 | 其他责任单位
产业发展 | 1 | 新增规模以上企业18家。 | 林某 | 县工信局 | 县统计局、县工业园管委会
^ | 2 | 茶园面积稳定在26万亩。 | 叶某 | 县农业农村局 | 各乡镇
基础设施 | 3 | 6月底前建成水厂3座。 | 程某 | 县水利局 | 县住建局、相关乡镇
^ | 4 | 环城公路年内通车。 | 程某 | 县交通运输局 | 县自然资源局
社会民生 | 5 | 改造校舍1500平方米。 | 方某 | 县教体局 | 县财政局
""")
_COUNTY_TASKS = [
    task(
        "新增规模以上企业18家。",
        "产业发展",
        "1",
        lead="县工信局",
        co="县统计局 县工业园管委会",
        aim="18家:=:18:家",
    ),
    task("茶园面积稳定在26万亩。", "产业发展", "2", lead="县农业农村局", co="各乡镇*", aim="26万亩:=:26:万亩"),
    task(
        "6月底前建成水厂3座。",
        "基础设施",
        "3",
        lead="县水利局",
        co="县住建局 相关乡镇?",
        due="6月底前:m:2026-06-30",
        aim="3座:=:3:座",
    ),
    task("环城公路年内通车。", "基础设施", "4", lead="县交通运输局", co="县自然资源局", due="年内:y:2026-12-31"),
    task("改造校舍1500平方米。", "社会民生", "5", lead="县教体局", co="县财政局", aim="1500平方米:=:1500:平方米"),
]

CASES = (
    Case("blank-header-over-numbers-a-cell-a-line", text(_a_cell_a_line(_PARK, _PARK_ROWS)), _PARK_TASKS),
    Case(
        "blank-header-over-numbers-bars-below",
        text(_bars_on_lines_of_their_own(_PARK, _PARK_ROWS)),
        _PARK_TASKS,
    ),
    Case(
        "blank-header-over-numbers-on-two-pages",
        text(_a_cell_a_line(_PARK, _with_header_again(_PARK_ROWS, 4))),
        _PARK_TASKS,
    ),
    Case("blank-header-over-numbers-filled-up", text(_filled_up(_PARK, _PARK_ROWS)), _PARK_TASKS),
    Case("narrow-header-over-numbers-a-cell-a-line", text(_a_cell_a_line(_PARK, _NARROW_ROWS)), _PARK_TASKS),
    Case("narrow-header-over-numbers-filled-up", text(_filled_up(_PARK, _NARROW_ROWS)), _PARK_TASKS),
    Case("blank-header-over-numbers-bare", text(_bare_cells(_PARK, _PARK_ROWS)), _PARK_TASKS),
    Case(
        "narrow-header-over-numbers-bare-and-spaced",
        text(_bare_cells(_PARK, _NARROW_ROWS).replace("\n", "\n\n")),
        _PARK_TASKS,
    ),
    Case("groups-after-the-numbers-filled-up", text(_filled_up(_OPEN, _OPEN_ROWS)), _OPEN_TASKS),
    Case("groups-before-the-numbers-a-cell-a-line", text(_a_cell_a_line(_COUNTY, _COUNTY_ROWS)), _COUNTY_TASKS),
    Case(
        "groups-before-the-numbers-bars-below",
        text(_bars_on_lines_of_their_own(_COUNTY, _COUNTY_ROWS)),
        _COUNTY_TASKS,
    ),
    Case("groups-before-the-numbers-bare", text(_bare_cells(_COUNTY, _COUNTY_ROWS)), _COUNTY_TASKS),
    Case(
        "groups-before-the-numbers-on-two-pages",
        text(_a_cell_a_line(_COUNTY, _with_header_again(_COUNTY_ROWS, 4))),
        _COUNTY_TASKS,
    ),
)
