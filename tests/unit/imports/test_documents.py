"""Whole documents about the invented city of Yunxiu (云岫市), in the shapes that offices print."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from imports.draft import Draft, DraftTask
from imports.pipeline import understand
from tests.unit.imports.conservation import lost
from tests.unit.imports.stand_in import from_text

FILES = Path(__file__).resolve().parents[2] / "files" / "documents"


def read(name: str) -> Draft:
    document = from_text((FILES / f"{name}.txt").read_text("utf-8"))
    draft = understand(document)
    assert lost(document, draft) == []
    return draft


def units(task: DraftTask, *roles: str) -> list[str]:
    return [unit.text for unit in task.units if unit.role in roles]


def codes(draft: Draft) -> set[str]:
    return {problem.code for problem in draft.problems}


def test_the_flattened_table_is_rebuilt() -> None:
    draft = read("yunxiu-flattened")
    header = draft.document
    assert header.title == "云岫市2026年数字政府建设工作要点"
    assert (header.issuer, header.number) == ("云岫市人民政府办公室", "云政办发〔2026〕12号")
    assert (header.issued_on, header.year) == (date(2026, 3, 18), 2026)
    assert [task.path for task in draft.tasks] == [
        ["夯实数据基础", "推进数据归集"],
        ["夯实数据基础", "推进数据归集"],
        ["夯实数据基础", "推进数据开放"],
        ["优化数字服务", "推进一网通办"],
        ["优化数字服务", "推行帮办代办"],
        ["强化组 织保障", "推行帮办代办"],
        ["强化组 织保障", "加强组织保障"],
        ["强化组 织保障", "健全管理制度"],
    ]
    first = draft.tasks[0]
    assert first.locator == "line 25"
    assert first.name == "按目录归集政务数据"
    assert units(first, "responsible") == [
        "市大数据局",
        "市行政审批局",
        "等有关部门、单位",
        "各县区政府",
        "开发区管委会",
    ]
    assert [(entry.text, entry.date) for entry in first.deadlines] == [("6月底前", date(2026, 6, 30))]
    assert [target.text for target in first.targets] == ["95%以上"]
    assert draft.tasks[2].name == "推进数据开放"
    assert units(draft.tasks[3], "lead") == ["市行政审批局"]
    assert units(draft.tasks[3], "support") == ["市政府各部门、单位"]


def test_bars_on_lines_of_their_own_end_cells_as_well() -> None:
    printed = (FILES / "yunxiu-flattened.txt").read_text("utf-8")
    below = understand(from_text(printed.replace(" |\n", "\n|\n")))
    asked = [(task.path, task.requirement, task.units, task.deadlines) for task in below.tasks]
    assert asked == [
        (task.path, task.requirement, task.units, task.deadlines) for task in read("yunxiu-flattened").tasks
    ]


def test_the_shifted_headings_of_its_last_block_are_reported_not_mended() -> None:
    draft = read("yunxiu-flattened")
    shifted = next(problem for problem in draft.problems if problem.code == "heading-shifted")
    assert shifted.severity == "error"
    assert set(shifted.locators) == {f"line {number}" for number in (41, 42, 44, 45, 47, 48)}
    assert "推行帮办代办" in shifted.message
    assert {"heading-spaced", "list-open", "body-not-imported"} <= codes(draft)


def test_its_running_text_is_set_aside_not_imported_twice() -> None:
    draft = read("yunxiu-flattened")
    body = [piece.text for piece in draft.unread if piece.kind == "body"]
    assert any(text.startswith("按目录归集政务数据") for text in body)
    assert [piece.kind for piece in draft.unread if piece.locator == "line 2"] == ["addressee"]


def test_prose_with_unit_notes() -> None:
    draft = read("yunxiu-prose")
    header = draft.document
    assert header.title == "云岫市人民政府关于优化营商环境的实施意见"
    assert (header.issuer, header.number, header.issued_on) == ("云岫市人民政府", None, date(2026, 4, 15))
    assert [(task.number, task.name) for task in draft.tasks] == [
        ("二(一)", "推进并联审批"),
        ("二(二)", "推行容缺受理"),
        ("二(四)", "规范中介服务"),
        ("三(一)", "强化融资服务"),
        ("三(二)1", "盘活存量土地"),
        ("三(二)2", "推行“标准地”出让"),
    ]
    assert draft.tasks[4].path == ["加强要素保障", "保障用地需求"]
    first = draft.tasks[0]
    assert first.requirement == "整合审批环节，2026年底前建成并联审批系统，审批时限压缩至5个工作日以内。"
    assert units(first, "lead") == ["市行政审批局"]
    assert units(first, "responsible") == ["市住房城乡建设局", "市自然资源和规划局", "各县（市、区）政府"]


def test_a_paragraph_cut_by_a_line_break_is_joined() -> None:
    task = read("yunxiu-prose").tasks[3]
    assert "每月5日前通报融资对接情况" in task.requirement
    assert [(entry.text, entry.recurrence) for entry in task.deadlines] == [
        ("每月5日前", "monthly:5"),
        ("11月底前", None),
    ]
    assert units(task, "lead") == ["市地方金融管理局"]
    assert units(task, "support") == ["人民银行云岫市分行", "云岫金融监管分局"]


def test_what_the_prose_document_has_wrong_is_said() -> None:
    draft = read("yunxiu-prose")
    assert {"role-repeated", "bracket-unclosed", "number-missing"} <= codes(draft)
    missing = next(problem for problem in draft.problems if problem.code == "number-missing")
    assert missing.params == {"before": "(二)", "after": "(四)"}


def test_aims_steps_and_closing_words_are_no_tasks() -> None:
    draft = read("yunxiu-prose")
    assert [(stage.name, stage.date) for stage in draft.milestones] == [
        ("部署阶段", date(2026, 4, 30)),
        ("推进阶段", date(2026, 11, 30)),
    ]
    unread = {piece.kind: piece.text for piece in draft.unread}
    assert {"noise", "addressee", "text"} <= set(unread)
    assert any("结合实际抓好落实" in piece.text for piece in draft.unread)


def test_sentences_with_a_line_for_every_role() -> None:
    draft = read("yunxiu-triples")
    assert [task.path for task in draft.tasks] == [["经济发展"], ["经济发展"], ["民生实事"]]
    first, second, third = draft.tasks
    assert units(first, "lead") == ["区发展改革局"]
    assert units(first, "responsible") == ["各镇街", "区直各部门"]
    assert [(entry.text, str(entry.date)) for entry in second.deadlines] == [
        ("9月底前", "2026-09-30"),
        ("年底前", "2026-12-31"),
    ]
    assert [(entry.text, entry.action) for entry in third.deadlines] == [("8月", "投入使用")]
    assert units(third, "support") == []
    assert draft.document.issuer == "云岫市栖溪区人民政府办公室"
