"""Tables in the shapes that offices print: headers, levels, sections, merged and blank cells, rows that are no tasks."""

from __future__ import annotations

import pytest

from imports.document import Document, Table
from imports.draft import Draft, DraftTask
from imports.pipeline import understand
from imports.recognise.columns import Column, column_of
from tests.unit.imports.conservation import lost
from tests.unit.imports.stand_in import from_text, sheet, workbook


def read(*tables: Table) -> Draft:
    document = workbook(*tables)
    draft = understand(document, year=2026)
    assert lost(document, draft) == []
    return draft


def roles(task: DraftTask) -> list[tuple[str, str]]:
    return [(unit.text, unit.role) for unit in task.units]


def codes(draft: Draft) -> list[str]:
    return [problem.code for problem in draft.problems]


@pytest.mark.parametrize(
    ("text", "column"),
    [
        ("具 体 要 求", Column.REQUIREMENT),
        ("责任\n单位", Column.RESPONSIBLE),
        ("牵头单位", Column.LEAD),
        ("其他责任单位", Column.SUPPORT),
        ("督办单位", Column.SUPERVISE),
        ("完成时限（月底）", Column.DEADLINE),
        ("区政府分管领导", Column.PERSON),
        ("联系电话", Column.PHONE),
        ("分值", Column.WEIGHT),
        ("重点任务", Column.LEVEL),
        ("项目名称", Column.NAME),
        ("序　号", Column.NUMBER),
        ("owner", Column.LEAD),
        ("任务来源", Column.REMARK),
        ("建设地点", Column.REMARK),
        ("工作任务\nTask", Column.LEVEL),
        ("整改目标", Column.GOAL),
        ("月度安排", Column.DEADLINE),
        ("市财政局", None),
        ("推进数据归集", None),
        ("", None),
    ],
)
def test_header_words(text: str, column: Column | None) -> None:
    assert column_of(text) is column


def test_a_spanning_header_with_a_nameless_number_column() -> None:
    draft = read(
        sheet(
            [
                ["云岫市信访局2026年任务分解表"],
                ["工作任务", "", "具体要求", "责任科室", "时限要求"],
                ["加强初信初访", "1", "办好首接首办", "办公室", "年底前"],
                ["", "2", "开展下访", "各科室", "持续推进"],
                ["化解积案", "1", "化解积案20件", "督查科牵头,各科室配合", "9月底前"],
            ],
            [(0, 0, 0, 4)],
        )
    )
    assert draft.document.title == "云岫市信访局2026年任务分解表"
    assert [(task.number, task.path) for task in draft.tasks] == [
        ("1", ["加强初信初访"]),
        ("2", ["加强初信初访"]),
        ("1", ["化解积案"]),
    ]
    assert [entry.kind for task in draft.tasks for entry in task.deadlines] == ["year_end", "ongoing", "month_end"]
    assert draft.tasks[2].name == "化解积案"


def test_a_header_with_fewer_cells_than_the_data_is_aligned_by_content() -> None:
    draft = read(
        sheet(
            [
                ["工作任务", "具体要求", "责任科室", "时限要求", ""],
                ["加强初信初访", "1", "办好首接首办，提升满意度。", "市信访局", "年底前"],
                ["", "2", "开展下访接访，推动问题解决。", "各科室", "持续推进"],
                ["化解积案", "3", "化解积案20件，做到案结事了。", "督查科", "9月底前"],
            ]
        )
    )
    assert [task.number for task in draft.tasks] == ["1", "2", "3"]
    assert draft.tasks[1].requirement == "开展下访接访，推动问题解决。"
    assert roles(draft.tasks[1]) == [("各科室", "responsible")]


def test_four_names_over_six_columns() -> None:
    draft = read(
        sheet(
            [
                ["工作任务", "", "", "具体要求", "责任单位", "时限要求"],
                ["一、优化环境", "（一）审批提速", "1", "压减审批时限。", "市行政审批局", "12月底前"],
                ["", "", "2", "推行告知承诺。", "功能区管委会负责落实", "持续推进"],
                ["二、降低成本", "（二）减税降费", "3", "落实减税政策。", "市税务局、市财政局", "6月底前"],
            ],
            [(0, 0, 0, 2), (1, 0, 2, 0), (1, 1, 2, 1)],
        )
    )
    assert [(task.number, task.path) for task in draft.tasks] == [
        ("一(一)1", ["优化环境", "审批提速"]),
        ("一(一)2", ["优化环境", "审批提速"]),
        ("二(二)3", ["降低成本", "减税降费"]),
    ]


def test_two_header_rows() -> None:
    draft = read(
        sheet(
            [
                ["序号", "工作任务", "工作要求", "责任单位", "", "完成时限"],
                ["", "", "", "牵头", "配合", ""],
                ["1", "数据开放", "开放数据集100个。", "市大数据局", "市直各部门", "2026年6月"],
            ],
            [(0, 0, 1, 0), (0, 1, 1, 1), (0, 2, 1, 2), (0, 3, 0, 4), (0, 5, 1, 5)],
        )
    )
    (task,) = draft.tasks
    assert roles(task) == [("市大数据局", "lead"), ("市直各部门", "support")]
    assert (task.number, task.locator) == ("1", "Sheet1!C3")


def test_blank_cells_of_lost_merges_are_filled_within_their_group_only() -> None:
    draft = read(
        sheet(
            [
                ["工作任务", "具体要求", "责任部门"],
                ["土地收储", "1.完成收储500亩。", "办公室牵头,各科室配合"],
                ["", "2.推进连片收储。", ""],
                ["土地管护", "3.落实巡查制度。", ""],
            ]
        )
    )
    assert [task.number for task in draft.tasks] == ["1", "2", "3"]
    assert roles(draft.tasks[1]) == roles(draft.tasks[0])
    assert draft.tasks[2].units == []
    assert {"units-filled-down", "units-missing"} <= set(codes(draft))


def test_a_really_blank_cell_beside_merged_ones_stays_blank() -> None:
    draft = read(
        sheet(
            [
                ["工作任务", "具体要求", "责任部门"],
                ["土地收储", "完成收储。", "办公室"],
                ["", "推进连片收储。", ""],
            ],
            [(1, 0, 2, 0)],
        )
    )
    assert draft.tasks[1].path == ["土地收储"]
    assert draft.tasks[1].units == []


def test_sections_totals_notes_progress_and_deadlines_in_remarks() -> None:
    draft = read(
        sheet(
            [
                ["序号", "工作任务", "具 体 要 求", "责任单位", "完成情况", "备注"],
                ["一、年底前专项任务"],
                ["1", "公开目录", "更新公开目录。", "市政府办公室", "推进中", "11月底前完成"],
                ["2", "公开年报", "编制年报。", "各部门", "", ""],
                ["合计", "3项"],
                ["注：每月报送一次。"],
            ]
        )
    )
    first = draft.tasks[0]
    assert first.path == ["年底前专项任务", "公开目录"]
    assert [(entry.text, str(entry.date)) for entry in first.deadlines] == [("11月底前", "2026-11-30")]
    assert [(extra.label, extra.text) for extra in first.extras] == [("完成情况", "推进中"), ("备注", "11月底前完成")]
    assert {piece.kind for piece in draft.unread} == {"total", "note"}
    assert "count-mismatch" in codes(draft)


def test_one_task_column_is_name_and_requirement() -> None:
    draft = read(
        sheet(
            [
                ["序号", "民生实事", "责任单位", "完成时限"],
                ["1", "新建幼儿园5所", "市教育局\n市财政局", "9月投入使用"],
                ["2", "改造老旧小区12个", "市住建局\n各街道", "5月底前动工,12月底前完工"],
            ]
        )
    )
    first, second = draft.tasks
    assert (first.name, first.requirement, first.path) == ("新建幼儿园5所", "新建幼儿园5所", [])
    assert roles(first) == [("市教育局", "responsible"), ("市财政局", "responsible")]
    assert [(entry.text, entry.action) for entry in first.deadlines] == [("9月", "投入使用")]
    assert [entry.action for entry in second.deadlines] == ["动工", "完工"]


def test_names_persons_and_a_header_repeated_in_the_middle() -> None:
    header = ["序号", "项目名称", "主要内容", "区政府分管领导", "牵头单位", "配合单位"]
    draft = read(
        sheet(
            [
                header,
                ["1", "智慧城管", "建设平台。", "张三", "区城管局", "无"],
                header,
                ["2", "老旧小区", "改造小区10个左右。", "李四", "区住建局", "清河园(柳溪镇)各街道"],
            ]
        )
    )
    assert [(task.name, task.path) for task in draft.tasks] == [("智慧城管", []), ("老旧小区", [])]
    assert roles(draft.tasks[0]) == [("区城管局", "lead")]
    assert [extra.text for extra in draft.tasks[1].extras] == ["李四"]
    assert len(draft.document.columns) == 12


def test_a_name_that_covers_several_rows_is_a_heading() -> None:
    draft = read(
        sheet(
            [
                ["项目名称", "主要内容", "责任单位"],
                ["智慧城管", "建设平台。", "区城管局"],
                ["", "推广应用。", "区城管局"],
            ],
            [(1, 0, 2, 0)],
        )
    )
    assert [(task.path, task.name) for task in draft.tasks] == [(["智慧城管"], "建设平台"), (["智慧城管"], "推广应用")]


def test_english_headers() -> None:
    draft = read(
        sheet(
            [
                ["category", "group", "task", "owner", "co", "time"],
                ["技术", "算力", "建设算力中心", "省发展改革委", "无", "2026年12月"],
                ["", "", "培育模型10个", "省经信厅", "省科技厅、教育厅", "持续推进"],
            ]
        )
    )
    assert [task.path for task in draft.tasks] == [["技术", "算力"], ["技术", "算力"]]
    assert roles(draft.tasks[1]) == [("省经信厅", "lead"), ("省科技厅", "support"), ("省教育厅", "support")]


def test_a_table_without_a_header_is_told_by_its_content() -> None:
    draft = read(
        sheet(
            [
                ["1", "推进数据共享，完善平台。", "市大数据局"],
                ["2", "推进电子证照应用。", "市行政审批局、市公安局"],
                ["3", "清理证明事项，公布清单。", "市司法局"],
            ]
        )
    )
    assert [task.number for task in draft.tasks] == ["1", "2", "3"]
    assert roles(draft.tasks[1]) == [("市行政审批局", "responsible"), ("市公安局", "responsible")]


def test_a_table_off_the_corner() -> None:
    draft = read(
        sheet(
            [
                ["", "", "", ""],
                ["", "云岫市重点任务清单", "", ""],
                ["", "重点任务", "责任单位", "完成时限"],
                ["", "加固水库3座", "市水利局", "6月底"],
            ]
        )
    )
    assert draft.document.title == "云岫市重点任务清单"
    assert draft.tasks[0].locator == "Sheet1!B4"


def test_a_requirement_cut_by_a_page_break() -> None:
    header = ["工作任务", "工作要求", "责任单位"]
    draft = read(sheet([header, ["强化公开", "公开目录，并且持续", "市政府办"], header, ["", "更新目录内容。", ""]]))
    (task,) = draft.tasks
    assert task.requirement == "公开目录，并且持续更新目录内容。"


def test_hidden_rows_are_read_and_hidden_sheets_set_aside() -> None:
    table = sheet([["工作任务", "责任单位"], ["建设平台。", "市大数据局"], ["建立标准。", "市司法局"]])
    table.hidden_rows = frozenset({2})
    other = sheet([["工作任务", "责任单位"], ["丙。", "市水利局"]], name="Sheet2")
    other.hidden = True
    draft = read(table, other)
    assert [task.requirement for task in draft.tasks] == ["建设平台。", "建立标准。"]
    assert "hidden-content" in codes(draft)
    assert sum(piece.kind == "hidden" for piece in draft.unread) == 4


def test_several_sheets_are_one_document() -> None:
    one = sheet([["序号", "工作任务", "责任单位"], ["1", "建设县级平台。", "各县区政府"]], name="县区")
    two = sheet([["序号", "工作任务", "责任单位"], ["1", "建设市级平台。", "市大数据局"]], name="部门")
    assert [task.locator for task in read(one, two).tasks] == ["县区!B2", "部门!B2"]


def test_another_header_further_down_the_sheet() -> None:
    draft = read(
        sheet(
            [
                ["工作任务", "责任单位", "完成时限"],
                ["建设平台。", "市大数据局", "6月底"],
                ["", "", ""],
                ["序号", "具体要求", "牵头单位"],
                ["1", "建立标准。", "市司法局"],
            ]
        )
    )
    assert [task.requirement for task in draft.tasks] == ["建设平台。", "建立标准。"]
    assert roles(draft.tasks[1]) == [("市司法局", "lead")]


def test_a_cell_of_numbered_points_stays_one_task() -> None:
    draft = read(sheet([["工作任务", "具体要求", "责任单位"], ["数据", "1.建平台。\n2.建标准。", "市大数据局"]]))
    assert draft.tasks[0].requirement == "1.建平台。2.建标准。"
    assert draft.tasks[0].number is None


def test_a_heading_without_requirement_is_kept_and_said() -> None:
    draft = read(
        sheet(
            [
                ["序号", "工作任务", "工作要求", "责任单位"],
                ["1", "建设平台", "", "市大数据局"],
                ["2", "建立标准", "建立数据标准。", "市司法局"],
            ]
        )
    )
    assert [task.requirement for task in draft.tasks] == ["建设平台", "建立数据标准。"]
    assert "requirement-missing" in codes(draft)


@pytest.mark.parametrize(
    "text", ["| 工作任务 | 责任单位 | 完成时限 |\n|  |  |  |\n|  |  |  |", "工作任务 |\n工作要求 |\n责任单位 |"]
)
def test_a_table_that_lost_its_words(text: str) -> None:
    draft = understand(from_text(text))
    assert {"table-empty", "no-tasks"} <= set(codes(draft))


def test_rows_with_bars_in_plain_text() -> None:
    draft = understand(
        from_text(
            "| 序号 | 工作任务 | 责任单位 | 完成时限 |\n|---|---|---|---|\n| 1 | 完成平台建设。 | 市大数据局 | 2026年6月30日 |\n"
            "| 2 | 建立制度。 | 市司法局 | 每半年 |"
        )
    )
    assert [(task.locator, task.number) for task in draft.tasks] == [("line 3", "1"), ("line 4", "2")]
    assert draft.tasks[1].deadlines[0].recurrence == "half_yearly"


def test_cells_line_by_line_without_any_bar() -> None:
    lines = ["2026年任务分解表", "序号", "工作任务", "工作要求", "责任单位", "完成时限"]
    lines += ["1", "数据开放", "开放数据集100个以上。", "市大数据局", "6月底前"]
    lines += ["2", "完善平台功能。", "市大数据局、市财政局", "12月底前"]
    lines += ["3", "政策解读", "解读率100%。", "市政府办公室，各部门", "持续推进"]
    draft = understand(from_text("\n".join(lines)))
    assert [(task.number, task.path) for task in draft.tasks] == [
        ("1", ["数据开放"]),
        ("2", ["数据开放"]),
        ("3", ["政策解读"]),
    ]
    assert draft.tasks[1].locator == "line 13"


def test_a_register_of_the_document_is_no_task_table() -> None:
    register = sheet(
        [["索引号", "001", "发文字号", "云政发〔2026〕3号"], ["有效性", "有效", "成文日期", "2026年3月1日"]]
    )
    table = sheet([["任务", "责任单位"], ["建设平台。", "市大数据局"]], name="表")
    document = Document("html", [register, table])
    draft = understand(document)
    assert (draft.document.number, str(draft.document.issued_on)) == ("云政发〔2026〕3号", "2026-03-01")
    assert len(draft.tasks) == 1
    assert lost(document, draft) == []


def test_section_cells_of_a_flattened_table_without_heading_column() -> None:
    cells = ["序号", "项目", "建设内容", "责任单位", "一、城建项目", "1", "城东公园", "新建公园一处。", "市城管局"]
    cells += [
        "2",
        "滨河路",
        "道路改造3.5公里。",
        "市住建局、市城投公司",
        "二、交通项目",
        "3",
        "客运枢纽",
        "主体完工。",
        "市交通运输局",
        "合计",
    ]
    draft = understand(from_text("\n".join(f"{cell} |" for cell in cells)))
    assert [(task.number, task.path, task.name) for task in draft.tasks] == [
        ("1", ["城建项目"], "城东公园"),
        ("2", ["城建项目"], "滨河路"),
        ("3", ["交通项目"], "客运枢纽"),
    ]


def test_three_levels_of_headings() -> None:
    draft = read(
        sheet(
            [
                ["一级指标", "二级指标", "三级任务", "任务要求", "牵头", "配合", "时间节点"],
                ["数字政府", "平台", "统一平台", "建设统一平台", "市大数据局", "市财政局", "Q2"],
                ["数字政府", "平台", "统一门户", "建设统一门户", "市大数据局", "—", "2026Q4"],
            ]
        )
    )
    assert [task.path for task in draft.tasks] == [["数字政府", "平台", "统一平台"], ["数字政府", "平台", "统一门户"]]
    assert [str(task.deadlines[0].date) for task in draft.tasks] == ["2026-06-30", "2026-12-31"]


def test_goals_that_are_asked_for_are_the_task_beside_mere_names() -> None:
    draft = read(
        sheet(
            [
                ["责任部门", "工作事项", "目标要求", "办结时限"],
                ["市科技局", "研发投入", "全社会研发投入强度达到2.6%", "年底前"],
                ["市商务局", "外资招引", "实际使用外资1.8亿美元", "年底前"],
            ]
        )
    )
    assert [(task.name, task.requirement) for task in draft.tasks] == [
        ("研发投入", "全社会研发投入强度达到2.6%"),
        ("外资招引", "实际使用外资1.8亿美元"),
    ]


def test_a_table_cut_down_its_middle_is_one() -> None:
    what = sheet(
        [["序号", "任务名称", "任务内容"], ["1", "数据共享", "归集目录800条。"], ["2", "基层减负", "整合系统12个。"]],
        name="表1",
    )
    who = sheet(
        [["序号", "牵头单位", "完成时限"], ["1", "市数据局", "6月底前"], ["2", "市委办公室", "9月底前"]], name="表2"
    )
    draft = read(what, who)
    assert [(task.name, roles(task), task.deadlines[0].text) for task in draft.tasks] == [
        ("数据共享", [("市数据局", "lead")], "6月底前"),
        ("基层减负", [("市委办公室", "lead")], "9月底前"),
    ]


def test_two_tables_with_other_numbers_stay_two() -> None:
    what = sheet([["序号", "任务内容"], ["1", "归集目录800条。"], ["2", "整合系统12个。"]], name="表1")
    who = sheet([["序号", "牵头单位"], ["1", "市数据局"], ["3", "市委办公室"]], name="表2")
    assert [roles(task) for task in read(what, who).tasks] == [[], []]


def test_points_under_one_number_are_cited_with_it() -> None:
    draft = read(
        sheet(
            [
                ["序号", "反馈问题", "整改措施", "责任领导", "责任单位"],
                ["1", "河道管护不到位。", "（1）开展清漂行动。", "林峰", "市水利局"],
                ["", "", "（2）建立巡查制度。", "", "市河长办"],
                ["2", "土地处置缓慢。", "（1）处置土地1200亩。", "何苗", "市资源局"],
            ],
            merges=[(1, 0, 2, 0), (1, 1, 2, 1), (1, 3, 2, 3)],
        )
    )
    assert [(task.number, task.requirement) for task in draft.tasks] == [
        ("1(1)", "开展清漂行动。"),
        ("1(2)", "建立巡查制度。"),
        ("2", "（1）处置土地1200亩。"),
    ]
    assert [[extra.text for extra in task.extras] for task in draft.tasks[:2]] == [["河道管护不到位。", "林峰"]] * 2


@pytest.mark.parametrize("number", [True, False])
def test_a_signature_below_flattened_cells_is_no_unit_of_the_last_row(number: bool) -> None:
    head, one, two = ("序号\n", "1\n", "2\n") if number else ("", "", "")
    document = from_text(
        f"云岫市2026年政务公开任务分工\n{head}工作任务\n责任单位\n完成时限\n{one}编制惠企政策清单。\n市财政局\n7月底前\n"
        f"{two}清理僵尸号20个。\n市委网信办\n年底前\n云岫市政务公开领导小组\n2026年5月12日"
    )
    draft = understand(document)
    assert [roles(task) for task in draft.tasks] == [[("市财政局", "responsible")], [("市委网信办", "responsible")]]
    assert draft.document.issuer == "云岫市政务公开领导小组"
    assert lost(document, draft) == []


def test_a_column_of_tasks_with_their_units_behind_them_is_the_requirement() -> None:
    draft = read(
        sheet(
            [
                ["类别", "工作任务及分工"],
                ["市场开拓", "1.组织企业参展20场以上。（市商务局牵头，市贸促会配合）"],
                ["", "2.建设海外仓3个。（责任单位：市商务局）"],
                ["金融支持", "3.承保规模达到12亿美元。（市财政局负责）"],
            ]
        )
    )
    assert [(task.path, task.requirement, roles(task)) for task in draft.tasks] == [
        (["市场开拓"], "组织企业参展20场以上。", [("市商务局", "lead"), ("市贸促会", "support")]),
        (["市场开拓"], "建设海外仓3个。", [("市商务局", "responsible")]),
        (["金融支持"], "承保规模达到12亿美元。", [("市财政局", "responsible")]),
    ]


def test_rows_that_a_copy_set_apart_by_one_blank_each_are_a_table() -> None:
    document = from_text(
        "云岫市2026年重点任务分解表\n序号 重点任务 工作举措 牵头单位 完成时限\n1 数据共享 归集数据900条。 市数据局 6月底前\n"
        "2 便民服务 建设服务站60个。 市行政审批局 年底前"
    )
    draft = understand(document, year=2026)
    assert [(task.number, task.requirement, roles(task)) for task in draft.tasks] == [
        ("1", "归集数据900条。", [("市数据局", "lead")]),
        ("2", "建设服务站60个。", [("市行政审批局", "lead")]),
    ]
    assert lost(document, draft) == []


def test_the_source_of_a_page_below_flattened_cells_is_no_unit() -> None:
    draft = understand(
        from_text(
            "序号\n工作任务\n牵头单位\n1\n归集数据900条。\n市数据局\n2\n建设服务站60个。\n市民政局\n来源：市政府办公室"
        ),
        year=2026,
    )
    assert [roles(task) for task in draft.tasks] == [[("市数据局", "lead")], [("市民政局", "lead")]]


def test_parts_that_a_head_of_two_does_not_name_help_as_the_last_does() -> None:
    draft = read(
        sheet(
            [
                ["工作任务", "牵头部门/参与部门"],
                ["组建紧密型医共体", "县卫健局/县医保局"],
                ["整合县属企业", "县国资中心/县审计局/县财政局"],
                ["新建公办幼儿园", "县教育局"],
            ]
        )
    )
    assert [roles(task) for task in draft.tasks] == [
        [("县卫健局", "lead"), ("县医保局", "support")],
        [("县国资中心", "lead"), ("县审计局", "support"), ("县财政局", "support")],
        [("县教育局", "lead")],
    ]


def test_a_section_leads_only_rows_that_name_no_lead() -> None:
    draft = read(
        sheet(
            [
                ["工作任务", "责任单位"],
                ["一、新材料专班（牵头单位：区工信局）", ""],
                ["签约亿元项目", "区投促中心"],
                ["赴外招商", "区商务局牵头，区投促中心配合"],
            ]
        )
    )
    assert [roles(task) for task in draft.tasks] == [
        [("区工信局", "lead"), ("区投促中心", "responsible")],
        [("区商务局", "lead"), ("区投促中心", "support")],
    ]


def test_sheets_that_bear_the_names_of_bodies_say_whose_they_are() -> None:
    head = ["序号", "工作任务", "工作要求", "完成时限"]
    farms = sheet([head, ["1", "守牢耕地红线", "建设高标准农田5万亩", "11月底"]], name="市农业农村局")
    water = sheet([head, ["1", "农村供水", "自来水普及率达到95%", "9月底"]], name="市水利局")
    assert [roles(task) for task in read(farms, water).tasks] == [
        [("市农业农村局", "responsible")],
        [("市水利局", "responsible")],
    ]
    assert [roles(task) for task in read(farms).tasks] == [[]]
