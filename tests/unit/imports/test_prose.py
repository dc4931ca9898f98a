"""Running text: outlines by numbering, notes, broken lines, sentences with unit lines, what is no task."""

from __future__ import annotations

from datetime import date

import pytest

from imports.document import Document, Paragraph
from imports.draft import Draft, DraftTask
from imports.pipeline import understand
from imports.readers.text import read_text
from imports.recognise.lines import split_title
from imports.recognise.tasks import short_title
from tests.unit.imports.conservation import lost
from tests.unit.imports.stand_in import from_text, sheet


def read(text: str) -> Draft:
    document = from_text(text)
    draft = understand(document, year=2026)
    assert lost(document, draft) == []
    return draft


def units(task: DraftTask) -> list[tuple[str, str]]:
    return [(unit.text, unit.role) for unit in task.units]


@pytest.mark.parametrize(
    ("text", "title", "rest"),
    [
        ("推进决策公开。公开草案。", "推进决策公开", "公开草案。"),
        ("推进决策公开：公开草案。", "推进决策公开", "公开草案。"),
        ("推进决策公开", "推进决策公开", ""),
        ("加快算力布局. 建成智算中心1个, 规模达到1.5万P.", "加快算力布局", " 建成智算中心1个, 规模达到1.5万P."),
        ("推广数据2.0标准。开展培训。", "推广数据2.0标准", "开展培训。"),
        ("重点任务：", "重点任务", ""),
        ("推进“一网通办。”改革。整合系统。", "推进“一网通办。”改革", "整合系统。"),
        (
            "按照统一部署要求，各县区、各部门要认真梳理本地本系统政务服务事项，逐项编制办事指南并向社会公开。年底前完成。",
            "",
            None,
        ),
    ],
)
def test_the_title_of_an_item(text: str, title: str, rest: str | None) -> None:
    found, start = split_title(text)
    assert found == title
    assert text[start:] == (text if rest is None else rest)


@pytest.mark.parametrize(
    ("requirement", "name"),
    [
        ("编制清单，公布目录。", "编制清单"),
        ("6月底前，编制清单。", "编制清单"),
        ("深化“双随机、一公开”监管，公布结果。", "深化“双随机、一公开”监管"),
        ("开展培训", "开展培训"),
    ],
)
def test_a_short_title_is_the_first_clause(requirement: str, name: str) -> None:
    assert short_title(requirement) == name


def test_numbers_that_restart_and_numbers_that_run_on() -> None:
    restart = read("一、甲类\n（一）公开目录。更新目录。\n二、乙类\n（一）公开年报。编制年报。")
    assert [task.number for task in restart.tasks] == ["一(一)", "二(一)"]
    running = read("一、甲类\n（一）公开目录。更新目录。\n二、乙类\n（二）公开年报。编制年报。")
    assert [task.number for task in running.tasks] == ["一(一)", "二(二)"]
    assert not [problem for problem in (*restart.problems, *running.problems) if problem.code.startswith("number")]


def test_gaps_and_repetitions_of_numbers_are_said() -> None:
    draft = read(
        "一、甲类\n（一）公开目录。更新目录。\n（一）公开年报。编制年报。\n（四）公开预算。公开预算表。\n三、乙类\n（一）培训。开展培训。"
    )
    found = {(problem.code, tuple(problem.params.values())) for problem in draft.problems}
    assert ("number-twice", ("(一)",)) in found
    assert ("number-missing", ("(一)", "(四)")) in found
    assert ("number-missing", ("一", "三")) in found


def test_points_under_an_item_and_its_lead_in() -> None:
    draft = read("二、任务\n（三）规范流程\n按照要求，规范各项流程。\n1.规范决策。公开草案。\n2.规范执行。公开进展。")
    assert [(task.number, task.path, task.name) for task in draft.tasks] == [
        ("二(三)1", ["任务", "规范流程"], "规范决策"),
        ("二(三)2", ["任务", "规范流程"], "规范执行"),
    ]
    assert any("规范各项流程" in piece.text for piece in draft.unread)


def test_points_covered_by_their_items_own_note_are_one_task() -> None:
    draft = read("一、任务\n（一）规范流程。规范各项流程。（责任单位：市司法局）\n1.公开草案。\n2.公开进展。")
    (task,) = draft.tasks
    assert task.requirement == "规范各项流程。1.公开草案。2.公开进展。"
    assert units(task) == [("市司法局", "responsible")]


def test_a_note_on_its_own_line_speaks_for_the_whole_group() -> None:
    draft = read("一、改革\n（一）优化流程\n1.压减环节。\n2.压缩时限。\n（责任单位：市行政审批局，各县区政府）")
    assert [units(task) for task in draft.tasks] == [
        [("市行政审批局", "responsible"), ("各县区政府", "responsible")]
    ] * 2
    assert "unit-note-shared" in [problem.code for problem in draft.problems]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("市财政局牵头,各部门配合,2027年4月底前公开本级部门预算。", [("市财政局", "lead"), ("各部门", "support")]),
        (
            "市司法局牵头，市财政局、市审计局参与，6月底前完成清理。",
            [("市司法局", "lead"), ("市财政局", "support"), ("市审计局", "support")],
        ),
        ("由市住建局负责,市财政局配合,6月底前完成改造。", [("市住建局", "responsible"), ("市财政局", "support")]),
        ("政府牵头,部门配合,社会参与,形成工作合力。", []),
        ("各部门牵头,各县区配合,形成工作合力。", []),
        ("市财政局牵头,公开预算,各部门配合,形成工作合力。", [("市财政局", "lead"), ("各部门", "support")]),
        ("市财政局牵头的机制,各部门配合,形成工作合力。", []),
        ("建立市财政局牵头,各部门配合,上下联动的机制。", []),
    ],
)
def test_units_at_the_beginning_of_a_sentence(text: str, expected: list[tuple[str, str]]) -> None:
    (task,) = read(f"一、任务\n1.{text}").tasks
    assert units(task) == expected
    assert task.requirement == text


def test_lines_with_labels_belong_to_the_item_before() -> None:
    draft = read(
        "1.压减时限\n牵头单位：市行政审批局\n责任单位：市直各部门\n完成时限：年底前\n2.清理事项。\n责任单位：市司法局"
    )
    first, second = draft.tasks
    assert units(first) == [("市行政审批局", "lead"), ("市直各部门", "responsible")]
    assert [str(entry.date) for entry in first.deadlines] == ["2026-12-31"]
    assert units(second) == [("市司法局", "responsible")]


def test_several_notes_in_one_paragraph_make_several_tasks() -> None:
    draft = read(
        "（一）推进共享。打通部门数据。（市大数据局牵头，市直各部门配合）完善平台，6月底前上线。（市大数据局负责）"
    )
    assert [(task.requirement, units(task)[0]) for task in draft.tasks] == [
        ("打通部门数据。", ("市大数据局", "lead")),
        ("完善平台，6月底前上线。", ("市大数据局", "responsible")),
    ]


def test_a_note_broken_by_a_line_end() -> None:
    draft = read("（一）推进公开。公开征求意见不少于\n30日，并公开采纳情况。（责任单位：市政府\n办公室，市司法局）")
    (task,) = draft.tasks
    assert task.requirement == "公开征求意见不少于30日，并公开采纳情况。"
    assert units(task) == [("市政府办公室", "responsible"), ("市司法局", "responsible")]


def test_chapters_that_are_tasks_themselves() -> None:
    draft = read(
        "一、推进决策公开。做好预公开。（责任单位：市政府办公室）\n二、推进执行公开。定期公开。（责任单位：市发改委）"
    )
    assert [task.number for task in draft.tasks] == ["一", "二"]


def test_a_chapter_of_talk_beside_chapters_of_items() -> None:
    draft = read("一、任务\n（一）公开目录。更新目录。\n（二）公开年报。编制年报。\n二、工作要求\n各单位要抓好落实。")
    assert len(draft.tasks) == 2
    assert any(piece.text == "各单位要抓好落实。" for piece in draft.unread)


def test_sentences_without_numbers_under_heading_styles() -> None:
    document = Document(
        "docx",
        [
            Paragraph("paragraph 1", "云岫市2026年营商环境工作方案", 1),
            Paragraph("paragraph 2", "优化审批", 2),
            Paragraph("paragraph 3", "推进一网通办，年底前完成。（责任单位：市行政审批局）"),
            Paragraph("paragraph 4", "推进跨省通办。（责任单位：市公安局）"),
        ],
    )
    draft = understand(document)
    assert draft.document.title == "云岫市2026年营商环境工作方案"
    assert [(task.path, task.number) for task in draft.tasks] == [(["优化审批"], None), (["优化审批"], None)]
    assert lost(document, draft) == []


def test_prose_with_units_is_imported_beside_a_table() -> None:
    table = sheet([["任务", "责任单位"], ["开展普法活动10场", "市司法局"]])
    text = [
        Paragraph("paragraph 1", "一、制度"),
        Paragraph("paragraph 2", "（一）清理文件。清理规范性文件。（责任单位：市司法局）"),
    ]
    draft = understand(Document("docx", [*text, table]))
    assert [task.requirement for task in draft.tasks] == ["清理规范性文件。", "开展普法活动10场"]


def test_steps_with_dates_are_milestones() -> None:
    draft = read(
        "一、任务\n（一）公开目录。更新目录。\n二、实施步骤\n（一）动员阶段（2026年3月1日至3月31日）。部署。\n（二）总结阶段：2026年12月底前。总结。"
    )
    assert [(stage.name, stage.date) for stage in draft.milestones] == [
        ("动员阶段", date(2026, 3, 31)),
        ("总结阶段", date(2026, 12, 31)),
    ]


HEADER = """云岫市人民政府办公室文件
云政办发〔2026〕12号
关于印发《云岫市2026年政务公开工作要点》的通知
各县区人民政府，市政府各部门：
根据《省方案》（省政发〔2025〕31号）要求，现印发给你们。
云岫市人民政府办公室
2026年4月1日
云岫市2026年政务公开工作要点
一、任务
（一）公开目录。更新目录。"""


def test_what_the_document_says_of_itself() -> None:
    header = understand(from_text(HEADER)).document
    assert header.title == "云岫市2026年政务公开工作要点"
    assert header.number == "云政办发〔2026〕12号"
    assert (header.issuer, header.issued_on, header.year) == ("云岫市人民政府办公室", date(2026, 4, 1), 2026)


@pytest.mark.parametrize(
    ("text", "number", "issued", "year"),
    [
        (
            "云岫市2026年工作要点(云政办〔2026〕3号)\n发布时间:2026-05-09\n一、甲\n（一）公开。公开目录。",
            "云政办〔2026〕3号",
            None,
            2026,
        ),
        (
            "云岫市工作方案\n一、甲\n（一）公开。按云政办〔2020〕3号文件公开。\n二〇二六年三月五日",
            None,
            date(2026, 3, 5),
            2026,
        ),
        ("云岫市工作方案\n发布日期：2025-12-30\n一、甲\n（一）公开。公开目录。", None, None, 2025),
        (
            "云岫市2027年工作要点\n一、甲\n（一）公开。公开目录。\n云岫市人民政府\n2026年12月30日",
            None,
            date(2026, 12, 30),
            2027,
        ),
        ("（一）公开。2024年6月底前公开目录。", None, None, 2024),
    ],
)
def test_number_date_and_year(text: str, number: str | None, issued: date | None, year: int) -> None:
    header = understand(from_text(text)).document
    assert (header.number, header.issued_on, header.year) == (number, issued, year)


def test_a_title_on_two_lines() -> None:
    draft = understand(from_text("云岫市人民政府\n关于推进法治建设的意见\n各部门：\n一、甲\n（一）公开。公开目录。"))
    assert draft.document.title == "云岫市人民政府关于推进法治建设的意见"
    assert draft.document.issuer == "云岫市人民政府"


@pytest.mark.parametrize("mark", ["附件:", "附件1：", "附件 2： ", "附件：1.", "附件一 "])
def test_the_mark_of_an_annex_is_no_part_of_the_title(mark: str) -> None:
    draft = read(f"各县区人民政府：\n{mark}云岫市2026年政务公开重点任务分解表\n一、任务\n1.公开目录。更新目录。")
    assert draft.document.title == "云岫市2026年政务公开重点任务分解表"
    assert [locator for locator, _text in draft.document.sources["title"]] == ["line 2"]


def test_a_given_year_wins() -> None:
    draft = understand(from_text("云岫市2026年工作要点\n（一）公开。6月底前公开目录。"), year=2030)
    assert draft.document.year == 2030
    assert draft.tasks[0].deadlines[0].date == date(2030, 6, 30)


def test_the_first_unit_leads_where_the_document_says_so() -> None:
    text = "关于任务分解的通知\n责任单位中排在首位的为牵头单位。\n（一）公开目录。更新目录。（责任单位：市财政局、市审计局）"
    assert units(read(text).tasks[0]) == [("市财政局", "lead"), ("市审计局", "responsible")]
    without = text.replace("责任单位中排在首位的为牵头单位。", "请认真落实。")
    assert units(read(without).tasks[0]) == [("市财政局", "responsible"), ("市审计局", "responsible")]


def test_a_page_laid_out_in_one_cell_is_running_text() -> None:
    page = sheet(
        [["云岫市2026年工作要点\n一、任务\n（一）公开目录。更新目录。（责任单位：市财政局）\n（二）培训。开展培训。"]],
        name="table 1",
    )
    document = Document("html", [page])
    draft = understand(document)
    assert [task.number for task in draft.tasks] == ["一(一)", "一(二)"]
    assert draft.document.title == "云岫市2026年工作要点"
    assert lost(document, draft) == []


def test_labels_after_the_title_without_brackets() -> None:
    draft = read("（一）推进共享。 牵头科室：数据科 配合科室：办公室、各科室 完成时限：6月底前")
    (task,) = draft.tasks
    assert units(task) == [("数据科", "lead"), ("办公室", "support"), ("各科室", "support")]
    assert [entry.text for entry in task.deadlines] == ["6月底前"]


def test_a_list_of_attachments_is_no_task() -> None:
    draft = read("一、任务\n（一）公开目录。更新目录。\n附件：1.任务清单\n2.联系表")
    assert len(draft.tasks) == 1
    assert [piece.kind for piece in draft.unread if piece.text == "2.联系表"] == ["caption"]


def test_one_line_items_with_a_note_before_the_full_stop() -> None:
    draft = read("1.推进改革（市行政审批局牵头，6月底前完成）；\n2.完善机制（市营商办）。")
    assert [(task.name, task.requirement, units(task)) for task in draft.tasks] == [
        ("推进改革", "推进改革", [("市行政审批局", "lead")]),
        ("完善机制", "完善机制", [("市营商办", "responsible")]),
    ]


def test_a_stage_whose_date_stands_in_a_bracket_on_its_own_line() -> None:
    draft = read(
        "一、任务\n（一）公开目录。更新目录。\n二、实施步骤\n（一）准备阶段（2026年3月31日前）\n起草方案，4月1日启动。"
    )
    assert [(stage.name, stage.date) for stage in draft.milestones] == [("准备阶段", date(2026, 3, 31))]


def test_a_heading_with_its_note_before_its_text() -> None:
    draft = read("一、任务\n（一）推进共享（责任单位：市行政审批局）\n打通数据壁垒，实现互通。")
    (task,) = draft.tasks
    assert (task.name, task.requirement) == ("推进共享", "打通数据壁垒，实现互通。")
    assert units(task) == [("市行政审批局", "responsible")]


def test_a_text_turned_into_traditional_script() -> None:
    (task,) = read("（一）推進決策公開。公開草案。（牽頭單位：市司法局；責任單位：市教育局）").tasks
    assert units(task) == [("市司法局", "lead"), ("市教育局", "responsible")]


def test_two_issuers() -> None:
    text = "云岫市财政局\n云岫市教育局\n关于做好资助工作的通知\n一、任务\n（一）核实。逐一核实。\n云岫市财政局 云岫市教育局\n2026年5月6日"
    header = understand(from_text(text)).document
    assert header.title == "云岫市财政局云岫市教育局关于做好资助工作的通知"
    assert header.issuer == "云岫市财政局 云岫市教育局"


def test_the_units_of_a_chapter_hold_for_the_items_within_its_items() -> None:
    draft = read(
        "云岫市任务分工\n一、市教育局\n（一）改造校舍\n1.改造校舍3所。\n2.新增学位900个。\n（二）配备校医60名。\n"
    )
    assert [(task.number, units(task)) for task in draft.tasks] == [
        ("一(一)1", [("市教育局", "responsible")]),
        ("一(一)2", [("市教育局", "responsible")]),
        ("一(二)", [("市教育局", "responsible")]),
    ]


@pytest.mark.parametrize(
    "points",
    [
        "一、细化任务。各牵头单位要制定方案。\n二、加强督查。县督查室按季通报。\n云岫县人民政府\n2026年2月3日",
        "请结合以下要求抓好落实。\n一、列第一位的责任单位为牵头单位。\n二、各责任单位要及时报告。",
    ],
)
def test_a_letter_whose_list_is_not_in_the_file(points: str) -> None:
    draft = read(f"关于印发重点任务分解表的通知\n各乡镇：\n现将《重点任务分解表》印发给你们。{points}")
    assert draft.tasks == []
    assert {"no-tasks", "list-apart"} <= {problem.code for problem in draft.problems}


def test_a_letter_that_holds_its_tasks_itself() -> None:
    draft = read(
        "关于印发重点任务的通知\n现将2026年重点任务印发给你们。\n一、新建幼儿园3所。\n二、改造老旧小区12个。\n云岫县人民政府\n2026年2月3日"
    )
    assert [task.requirement for task in draft.tasks] == ["新建幼儿园3所。", "改造老旧小区12个。"]


def test_a_letter_that_says_where_to_report_gives_no_task_by_it() -> None:
    draft = read(
        "《任务分工》现印发给你们，请于每月23日前报市政府办（市督查室）。\n云岫市任务分工\n一、改造校舍3所。（市教育局）"
    )
    assert [units(task) for task in draft.tasks] == [[("市教育局", "responsible")]]


def test_a_chapter_headed_by_whose_work_it_is() -> None:
    draft = read(
        "云岫县任务清单\n一、县林业局牵头工作（1项）\n1.造林3万亩。\n二、县发展改革局牵头工作（1项）\n2.开工项目20个。"
    )
    assert [units(task) for task in draft.tasks] == [[("县林业局", "lead")], [("县发展改革局", "lead")]]


def test_aims_in_traditional_script_are_no_tasks() -> None:
    draft = read("一、總體要求\n（一）指導思想。統籌推進。\n二、主要任務\n（二）建設平臺。建成平臺3個。")
    assert [task.number for task in draft.tasks] == ["二(二)"]


def test_a_report_of_results_is_no_task_whoever_is_named_in_it() -> None:
    draft = read(
        "市督查室对重点工作进行了督办。现将有关情况通报如下：\n一、指标完成情况\n1.市商务局引进企业3家。\n2.市住建局改造小区12个。"
    )
    assert draft.tasks == []


def test_the_list_of_annexes_begins_before_the_first_item() -> None:
    draft = read(
        "县政府办关于分解任务的通知\n附件：1.2026年重点工作责任分解\n2.市定重点事项责任分解\n2026年5月12日\n一、增长11%。（县发改局）"
    )
    assert (draft.document.title, len(draft.tasks)) == ("2026年重点工作责任分解", 1)


def test_the_first_unit_leads_where_a_note_says_so() -> None:
    draft = read(
        "一、建设平台。（责任单位：市科技局、市财政局。列第一位的为牵头单位，下同）\n二、攻关。（责任单位：市经信局、市科技局）"
    )
    assert [units(task) for task in draft.tasks] == [
        [("市科技局", "lead"), ("市财政局", "responsible")],
        [("市经信局", "lead"), ("市科技局", "responsible")],
    ]


def test_the_points_of_a_letter_beside_its_table_are_not_missing_from_it() -> None:
    letter = (
        "关于印发任务分解表的通知\n现将《任务分解表》印发给你们。\n"
        "一、夯实责任。各责任单位要细化任务。\n二、严格督查。县督查室按季通报。\n云岫县人民政府\n2026年2月3日"
    )
    table = sheet([["工作任务", "责任单位"], ["改造校舍3所。", "县教育局"], ["改造小区12个。", "县住建局"]])
    document = Document("docx", [*from_text(letter).blocks, table])
    draft = understand(document)
    assert lost(document, draft) == []
    assert [problem.code for problem in draft.problems] == ["text-unread"]
    assert len(draft.tasks) == 2


def test_a_letter_s_title_on_several_lines() -> None:
    header = read(
        "云岫县人民政府办公室\n关于印发2026年《政府工作报告》\n重点任务责任落实分工的通知\n各乡镇人民政府：\n一、改造校舍。（县教育局）"
    ).document
    assert header.title == "云岫县人民政府办公室关于印发2026年《政府工作报告》重点任务责任落实分工的通知"


def test_the_title_of_a_register_entry_where_the_text_prints_none() -> None:
    entry = sheet([
        ["索引号：", "1134/2026-1", "信息分类：", "通知"],
        ["发布机构：", "云岫县政府办公室", "文号：", "云政办〔2026〕3号"],
        ["标题：", "关于印发2026年重点任务分解表的通知", "", ""],
    ])  # fmt: skip
    body = "各乡镇人民政府：\n一、改造校舍。（县教育局）"
    draft = understand(Document("docx", [entry, *from_text(body).blocks]))
    assert (draft.document.title, draft.document.year) == ("关于印发2026年重点任务分解表的通知", 2026)
    titled = understand(Document("docx", [entry, *from_text(f"云岫县重点任务分解方案\n{body}").blocks]))
    assert titled.document.title == "云岫县重点任务分解方案"


@pytest.mark.parametrize("first", ["注：1.牵头单位负责汇总进展情况。", "备注：\n1.牵头单位负责汇总进展情况。"])
def test_the_points_of_a_remark_are_no_tasks(first: str) -> None:
    table = "序号\t工作任务\t牵头单位\n1\t建成数据共享平台。\t市数据局\n2\t公布证明事项清单。\t市司法局\n"
    document = read_text(f"{table}{first}\n2.责任单位按照职责抓好落实。\n3.各单位每月5日前报送进展。\n")
    draft = understand(document, year=2026)
    assert [task.requirement for task in draft.tasks] == ["建成数据共享平台。", "公布证明事项清单。"]
    assert lost(document, draft) == []


def test_items_go_on_behind_a_remark_on_one_of_them() -> None:
    draft = read(
        "一、重点任务\n1.建成平台。（市数据局负责）\n注：平台含移动端。\n2.公布清单。（市司法局负责）\n3.开展培训。（市人社局负责）"
    )
    assert [task.requirement for task in draft.tasks] == ["建成平台。", "公布清单。", "开展培训。"]


@pytest.mark.parametrize("numbered", [True, False])
def test_a_title_over_labelled_lines_is_the_name_of_a_card(numbered: bool) -> None:
    one, two = ("1\n", "2\n") if numbered else ("", "")
    draft = read(
        f"云岫市2026年民生实事\n{one}农村供水保障\n主要内容：建设供水工程40处。\n牵头单位：市水利局\n配合单位：市财政局\n完成时限：年底前\n"
        f"{two}青年发展型社区\n主要内容：改造青年驿站100家。\n牵头单位：团市委\n完成时限：6月底前"
    )
    assert [(task.number, task.name, task.requirement) for task in draft.tasks] == [
        ("1" if numbered else None, "农村供水保障", "建设供水工程40处。"),
        ("2" if numbered else None, "青年发展型社区", "改造青年驿站100家。"),
    ]
    assert units(draft.tasks[0]) == [("市水利局", "lead"), ("市财政局", "support")]


def test_a_number_set_with_blanks_is_the_documents() -> None:
    draft = read("云 政 公 开 办〔2026〕2 号\n云岫市2026年政务公开工作要点\n一、规范平台\n1.建成专区。（市数据局负责）")
    assert draft.document.number == "云政公开办〔2026〕2号"


def test_a_letter_over_several_annexes_keeps_its_title() -> None:
    title = "云岫市人民政府关于印发《云岫市2026年重点任务分解方案》的通知"
    draft = read(
        f"{title}\n各县区人民政府：\n现将方案印发给你们。\n附件：1.主要目标分解表\n2.重点任务分解表\n附件1\n主要目标分解表\n"
        "一、经济发展\n1.增长6%左右。（市发改委负责）"
    )
    assert draft.document.title == title


def test_the_mark_of_an_annex_is_no_task_whatever_its_period() -> None:
    draft = read("附件1\n云岫区惠企措施责任分解表\n（2025年3月—12月）\n")
    assert draft.tasks == []
