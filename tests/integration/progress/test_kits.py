"""The offline return kit of a unit: out, filled in away from the system, back, into drafts and never further."""

from __future__ import annotations

import io
import re

import openpyxl
import pytest
from openpyxl.comments import Comment
from sqlalchemy import select

from reports.markup import SEAL
from tests.support.databases import ON_SQLITE
from tests.support.issued import JUNE, QUARTERLY, TaskSpec, reported
from tests.support.kits import OWN, Filled, confirm, down, shown, up
from tests.support.owed import due_in_march, signed_for
from tests.support.place import AT, DAY
from tracker import storage
from tracker.audit.models import AuditEntry
from tracker.db import session
from tracker.progress import queries, service
from tracker.progress.content import Content
from tracker.progress.models import Kit, Return, ReturnedKit
from tracker.units.acts import Terms
from tracker.units.service import order_act

FINANCE = (("市财政局", "responsible"),)
TASKS = (
    TaskSpec("压减审批时限", FINANCE, targets=(("压减30%以上", "30", "%"), ("平均用时", "3", "天"))),
    TaskSpec("清理收费目录", FINANCE),
    TaskSpec("公开办事指南", FINANCE, (QUARTERLY, JUNE)),
    TaskSpec("修订采购目录", (("市交通运输局", "responsible"),)),
)
HANDS = ("reporter", "reporter", "reporter", "other_reporter")


@pytest.fixture
def plan(place, writing):
    """Three tasks of the finance bureau, signed for, and one of another; each has a report due on 20 March."""
    with writing():
        return signed_for(place, TASKS, HANDS)


@pytest.fixture
def due(plan, reading):
    with reading():
        return due_in_march(plan, TASKS)


@pytest.fixture
def unit(plan):
    return plan.place.units["市财政局"]


@pytest.fixture
def reporter(plan, sign_in_as):
    return sign_in_as("reporter")


def newest(obligation_id):
    return next(iter(queries.versions(obligation_id, inside=True)), None)


def draft(plan, writing, obligation_id, done, percent=0):
    with writing():
        now = newest(obligation_id)
        service.save_draft(
            obligation_id, Content(done, percent=percent), version=now.version if now else 0, editor="", by=plan.viewer("reporter"), at=AT
        )  # fmt: skip


@ON_SQLITE
def test_a_kit_holds_what_is_open_locks_what_is_asked_and_offers_what_may_be_typed(due, unit, reporter):
    kit = Filled(down(reporter, unit))
    assert kit.book.sheetnames == ["填报表", "说明", SEAL]
    assert kit.book[SEAL].sheet_state == "veryHidden"
    assert kit.sheet.protection.sheet
    assert not kit.sheet.protection.password
    assert kit.sheet.column_dimensions["A"].hidden
    row = kit.row("压减审批时限")
    assert kit.at(row, "行号（勿改）").value == f"R{due['压减审批时限']}"
    assert [kit.at(row, name).protection.locked for name in ("任务", "工作要求", "截止日期", "目标1")] == [True] * 4
    assert [kit.at(row, name).protection.locked for name in ("本期完成情况", "完成百分比", "目标2本期值")] == [
        False
    ] * 3
    assert kit.at(kit.row("清理收费目录"), "目标1本期值").protection.locked, "it has no target"
    rules = {rule.type for rule in kit.sheet.data_validations.dataValidation}
    assert {"whole", "decimal"} <= rules
    assert kit.sheet.max_row == kit.head + 3
    assert Filled(down(reporter, unit, "all")).sheet.max_row == kit.head + 4 + 4 + 5


def test_what_was_filled_in_becomes_drafts_and_is_handed_in_by_nobody(due, unit, reporter, reading):
    kit = Filled(down(reporter, unit))
    kit.fill("压减审批时限", "本期完成情况", "已压减 12 项\n其余在办")
    kit.fill("压减审批时限", "完成百分比", 40)
    kit.fill("压减审批时限", "目标1本期值", 28.5)
    kit.sheet.move_range(
        f"A{kit.row('清理收费目录')}:Z{kit.row('清理收费目录')}", rows=40
    )  # nothing is known by its place
    url, page = shown(reporter, kit.saved())
    assert "将写入草稿（3 格）" in page
    with reading():
        assert newest(due["压减审批时限"]) is None, "nothing is written before it is confirmed"
    assert confirm(reporter, url, page).status_code == 302
    with reading():
        now = newest(due["压减审批时限"])
        assert (now.state, now.done, now.percent) == ("draft", "已压减 12 项\n其余在办", 40)
        assert [str(value) for value in now.figures.values()] == ["28.5"]
        assert newest(due["清理收费目录"]) is None, "nobody filled it in"
        acts = session.scalars(select(AuditEntry.action).order_by(AuditEntry.seq)).all()
        assert [verb for verb in acts if "填报包" in verb] == ["导出填报包", "收到填报包", "采纳填报包"]
        held = session.scalars(select(ReturnedKit)).one()
        assert openpyxl.load_workbook(io.BytesIO(storage.load(held.file_key))).sheetnames == kit.book.sheetnames
    assert "成批报送核对并提交" in reporter.get(url).text
    again = confirm(reporter, url, page)
    assert again.status_code == 422
    assert "没有重复写入" in again.text


def test_both_sides_changed_is_decided_cell_by_cell(plan, due, unit, reporter, reading, writing):
    kit = Filled(down(reporter, unit))
    draft(plan, writing, due["压减审批时限"], "在线填写", percent=10)
    draft(plan, writing, due["清理收费目录"], "在线清理", percent=20)
    draft(plan, writing, due["公开办事指南"], "在线公开", percent=0)
    for task, text in (("压减审批时限", "离线填写"), ("清理收费目录", "离线清理"), ("公开办事指南", "离线公开")):
        kit.fill(task, "本期完成情况", text)
    url, page = shown(reporter, kit.saved())
    assert "两边都改过（3 格）" in page
    refused = confirm(reporter, url, page)
    assert refused.status_code == 422
    assert "请逐处选择" in refused.text
    assert refused.text.count("请选择用哪一个。") == 3, "beside each that is not decided"
    one = confirm(reporter, url, page, **{f"use-{due['压减审批时限']}-done": "ours"})
    assert one.text.count("请选择用哪一个。") == 2
    sides = {
        f"use-{due[task]}-done": side
        for task, side in zip([spec.name for spec in TASKS], ("theirs", "ours", "both"), strict=False)
    }
    every = reporter.get(f"{url}?use=ours").text
    assert (every.count('value="ours" checked'), every.count(" checked")) == (3, 3), (
        "all at once, and nothing is written"
    )
    draft(plan, writing, due["清理收费目录"], "又改了一次", percent=20)
    late = confirm(reporter, url, page, **sides)
    assert late.status_code == 409
    assert "重新比对" in late.text
    assert confirm(reporter, url, late.text, **sides).status_code == 302
    with reading():
        assert newest(due["压减审批时限"]).done == "离线填写"
        assert newest(due["压减审批时限"]).percent == 10, "only the draft had changed it"
        assert newest(due["清理收费目录"]).done == "又改了一次"
        assert newest(due["公开办事指南"]).done == "在线公开\n离线公开"
    told = reporter.get(url).text
    assert "写入的内容（3 格）" in told
    assert [text in told for text in ("在线填写", "离线填写", "离线清理", "又改了一次")] == [True] * 4, (
        "both sides of each"
    )
    _url, once_more = shown(reporter, kit.saved())
    assert "两边都改过" not in once_more, "what was decided is no conflict any more"
    assert "将写入" not in once_more.replace("写入草稿</button>", "")


def test_two_people_who_filled_in_the_same_cell_of_one_kit_are_a_conflict(due, unit, reporter, reading):
    given = down(reporter, unit)
    first, second = Filled(given), Filled(given)
    first.fill("压减审批时限", "本期完成情况", "甲科室写的")
    first.fill("压减审批时限", "存在问题", "缺人手")
    second.fill("压减审批时限", "本期完成情况", "乙科室写的")
    second.fill("清理收费目录", "本期完成情况", "乙科室清理的")
    url, page = shown(reporter, first.saved())
    assert confirm(reporter, url, page).status_code == 302
    url, page = shown(reporter, second.saved())
    assert "两边都改过（1 格）" in page
    assert "将写入草稿（1 格）" in page
    assert confirm(reporter, url, page, **{f"use-{due['压减审批时限']}-done": "both"}).status_code == 302
    with reading():
        assert newest(due["压减审批时限"]).done == "甲科室写的\n乙科室写的"
        assert newest(due["压减审批时限"]).problems == "缺人手"
    _url, page = shown(reporter, first.saved())
    assert "没有要写入的新内容" in page, "what was dealt with once is no news"


def test_a_kit_that_was_corrected_and_sent_once_more_goes_on_from_itself(due, unit, reporter, reading):
    kit = Filled(down(reporter, unit))
    kit.fill("压减审批时限", "本期完成情况", "写错了")
    kit.fill("压减审批时限", "存在问题", "缺人手")
    url, page = shown(reporter, kit.saved())
    assert confirm(reporter, url, page).status_code == 302
    kit.fill("压减审批时限", "本期完成情况", "改对了")
    url, page = shown(reporter, kit.saved())
    assert "两边都改过" not in page
    assert confirm(reporter, url, page).status_code == 302
    with reading():
        assert newest(due["压减审批时限"]).done == "改对了"


def test_the_same_as_last_time_is_one_choice(plan, due, unit, reporter, reading, writing, clock_stands):
    with writing():
        sent = reported(plan, due["清理收费目录"], done="已清理 3 项。", percent=30)
        service.accept(sent, by=plan.viewer("lead"), at=AT)
    kit = Filled(down(reporter, unit, "all"))
    june = "2026-06-20"
    assert kit.at(kit.row("清理收费目录", june), "上次核收").value == "30%　已清理 3 项。"
    kit.fill("清理收费目录", "与上期一致", "是", june)
    url, page = shown(reporter, kit.saved())
    assert confirm(reporter, url, page).status_code == 302
    with reading():
        second = next(one for one in plan.obligations("清理收费目录", "市财政局") if one.due_on.isoformat() == june)
        assert newest(second.id).done == "与上期一致。\n已清理 3 项。"
        assert newest(second.id).percent == 30


@ON_SQLITE
@pytest.mark.parametrize(
    ("typed", "meant"), [("是", True), ("√", True), ("Yes", True), ("否", False), ("下期再说", False)]
)
def test_what_is_no_yes_does_not_stand_for_the_same_as_last_time(typed, meant, plan, due, unit, reporter, writing):
    with writing():
        sent = reported(plan, due["清理收费目录"], done="已清理 3 项。", percent=30)
        service.accept(sent, by=plan.viewer("lead"), at=AT)
    kit, june = Filled(down(reporter, unit, "all")), "2026-06-20"
    kit.fill("清理收费目录", "与上期一致", typed, june)
    kit.fill("公开办事指南", "本期完成情况", "已公开", june)
    _url, page = shown(reporter, kit.saved())
    assert ("已清理 3 项。" in page) is meant
    assert ("与上期一致：下期再说" in page) is (typed == "下期再说"), "what is no answer is told"


@ON_SQLITE
def test_what_was_written_online_since_is_no_unchanged_report(plan, due, unit, reporter, reading, writing):
    with writing():
        sent = reported(plan, due["清理收费目录"], done="已清理 3 项。", percent=30)
        service.accept(sent, by=plan.viewer("lead"), at=AT)
    kit, june = Filled(down(reporter, unit, "all")), "2026-06-20"
    kit.fill("清理收费目录", "与上期一致", "是", june)
    with reading():
        second = next(one.id for one in plan.obligations("清理收费目录", "市财政局") if one.due_on.isoformat() == june)
    draft(plan, writing, second, "又清理 2 项。", percent=30)
    url, page = shown(reporter, kit.saved())
    assert confirm(reporter, url, page, **{f"use-{second}-done": "both"}).status_code == 302
    with reading():
        assert newest(second).done == "又清理 2 项。\n与上期一致。\n已清理 3 项。"
        assert not session.get(Return, newest(second).id).unchanged


def test_what_has_become_of_reports_meanwhile_is_told_by_name(plan, due, unit, reporter, reading, writing):
    kit = Filled(down(reporter, unit))
    for spec in TASKS[:3]:
        kit.fill(spec.name, "本期完成情况", f"{spec.name}的进展")
    with writing():
        reported(plan, due["压减审批时限"], reviewer=None)
        moved = plan.assignment("清理收费目录", "市财政局")
        moved.state = "to_sign"
        service.hand_back(moved.id, reason="不属于本单位。", proposed_unit_id=None, by=plan.viewer("reporter"), at=AT)
        back = queries.hand_backs(plan.viewer("lead"))
        service.move(back[0].id, unit_id=plan.place.units["市交通运输局"], by=plan.viewer("lead"), at=AT)
        later = next(one for one in plan.obligations("公开办事指南", "市财政局") if one.id == due["公开办事指南"])
        later.due_on = later.due_on.replace(day=25)
    url, page = shown(reporter, kit.saved())
    assert "不能再写的报送（2 项）" in page
    assert "已在本单位审核" in page
    assert "任务已改派给市交通运输局" in page
    assert "清理收费目录的进展" in page, "what was typed is shown"
    assert "导出时 2026-03-20，现在 2026-03-25" in page
    assert confirm(reporter, url, page).status_code == 302
    with reading():
        assert newest(due["公开办事指南"]).done == "公开办事指南的进展"
        assert newest(due["清理收费目录"]) is None
        assert newest(due["压减审批时限"]).state == "own_review"


@ON_SQLITE
def test_a_kit_of_a_unit_that_was_merged_is_taken_by_its_heir(plan, due, unit, reporter, sign_in_as, reading, writing):
    """It was given out before the reform and comes back after it: whoever owes the report now takes it in."""
    kit = Filled(down(reporter, unit))
    kit.fill("压减审批时限", "本期完成情况", "改革前填写的")
    heir, into = sign_in_as("other_reporter"), plan.place.units["市交通运输局"]
    assert "这是市财政局的填报包" in up(heir, (kit.saved(), "财政.xlsx")).text, "as long as it is another's"
    with writing():
        terms = Terms("merge", (unit,), DAY, "云编发〔2026〕1号", "机构改革方案", into=into)
        order_act(terms, by=plan.viewer("admin"), at=AT)
    url, page = shown(heir, kit.saved())
    assert "将写入草稿（1 格）" in page
    assert "市交通运输局" in page
    assert confirm(heir, url, page).status_code == 302
    with reading():
        assert newest(due["压减审批时限"]).done == "改革前填写的"


def test_rows_added_and_deleted_are_findings(due, unit, reporter, reading):
    kit = Filled(down(reporter, unit))
    end = kit.sheet.max_row + 1
    kit.at(end, "任务").value, kit.at(end, "本期完成情况").value = "自行增加的任务", "做了别的事"
    kit.sheet.delete_rows(kit.row("清理收费目录"))
    url, page = shown(reporter, kit.saved())
    assert "增加的行（1 行）" in page
    assert "自行增加的任务" in page
    assert "缺少的行（1 行）" in page
    assert "清理收费目录" in page
    assert confirm(reporter, url, page).status_code == 302
    with reading():
        assert all(newest(one) is None for one in due.values())


def test_what_is_written_beside_the_table_is_a_finding(due, unit, reporter, reading):
    kit = Filled(down(reporter, unit))
    row, last = kit.row("压减审批时限"), kit.sheet.max_column
    kit.sheet.cell(kit.head, last + 1).value = "科室意见"
    kit.sheet.cell(row, last + 1).value = "同意上报"
    kit.sheet.cell(row + 1, last + 3).value = "数字待统计局核实"
    url, page = shown(reporter, kit.saved())
    assert "表格以外的文字（2 处）" in page
    assert "科室意见：同意上报" in page
    assert "数字待统计局核实" in page
    assert "表格以外 2 处" in reporter.get(OWN).text
    assert confirm(reporter, url, page).status_code == 302
    told = reporter.get(url).text
    assert "没有要写入的内容，草稿没有改变。" in told
    assert ("已写入" in told, "内容在报送草稿里" in told, "已核对，没有写入内容" in told) == (False, False, True)
    with reading():
        assert all(newest(one) is None for one in due.values()), "it is told, and written nowhere"


@ON_SQLITE
def test_a_formula_without_a_result_takes_nothing_away(plan, due, unit, reporter, reading, writing):
    draft(plan, writing, due["压减审批时限"], "已写好的内容", percent=10)
    kit = Filled(down(reporter, unit))
    kit.fill("压减审批时限", "本期完成情况", '="已压减"&P4&"项"')
    kit.fill("压减审批时限", "目标1本期值", "=5+7")
    kit.fill("压减审批时限", "下步措施", "#NAME?")
    url, page = shown(reporter, kit.saved())
    assert "不能写入的格（3 格）" in page
    assert page.count("公式没有结果，请填写文字。") == 2
    assert confirm(reporter, url, page).status_code == 302
    with reading():
        assert newest(due["压减审批时限"]).done == "已写好的内容"


@ON_SQLITE
def test_a_comment_is_a_finding_too(due, unit, reporter):
    kit = Filled(down(reporter, unit))
    kit.at(kit.row("压减审批时限"), "本期完成情况").comment = Comment("局长：再核实一遍", "局长")
    _url, page = shown(reporter, kit.saved())
    assert "表格以外的文字（1 处）" in page
    assert "批注：" in page
    assert "局长：再核实一遍" in page


@ON_SQLITE
def test_a_refused_file_can_be_looked_at_and_names_its_unit_where_that_is_known(due, unit, reporter):
    kit = down(reporter, unit)
    assert up(reporter, (kit, "没填.xlsx")).status_code == 422, "nothing was filled in"
    listed = reporter.get(OWN).text
    assert reporter.get(re.search(r'href="([^"]+/file)"[^>]*>没填.xlsx<', listed)[1]).data == kit
    assert ">市财政局</td>" in listed


def test_it_is_no_longer_said_of_a_kit_that_was_taken_that_it_may_be(due, unit, reporter):
    kit = Filled(down(reporter, unit))
    down(reporter, unit)
    kit.fill("压减审批时限", "本期完成情况", "甲")
    url, page = shown(reporter, kit.saved())
    assert "这一份仍可采纳" in page
    assert confirm(reporter, url, page).status_code == 302
    assert "这一份仍可采纳" not in reporter.get(url).text


def _change(header, value):
    return lambda kit: kit.fill("清理收费目录", header, value)


def _rename(kit):
    kit.at(kit.head, "存在问题").value = "问题"


def _copy_mark(kit):
    kit.fill("公开办事指南", "行号（勿改）", kit.at(kit.row("清理收费目录"), "行号（勿改）").value)


def _break_seal(kit):
    head = kit.book[SEAL]["B2"]
    head.value = f"{head.value[:-8]}AAAAAAA="


def _drop_seal(kit):
    kit.book.remove(kit.book[SEAL])


def _leave(_kit):
    pass


def _fill_a_copy(kit):
    kit.fill("清理收费目录", "存在问题", "写在原表里")
    copy = kit.book.copy_worksheet(kit.sheet)
    copy.cell(kit.row("公开办事指南"), kit.columns["本期完成情况"]).value = "写在副本里"


@ON_SQLITE
@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (_change("工作要求", "改写的要求"), "锁定的单元格被改动（1 处）：填报表!D"),
        (_change("目标1本期值", 3), "锁定的单元格被改动（1 处）：填报表!M"),
        (_rename, "找不到这些列：存在问题"),
        (_copy_mark, "同一项报送出现两次"),
        (_break_seal, "识别信息被改动过"),
        (_drop_seal, "这不是填报包"),
        (_leave, "没有填写任何内容"),
        (_fill_a_copy, "有几张填报表（填报表、填报表 Copy）"),
    ],
)
def test_a_kit_that_is_not_as_it_was_given_out_is_refused_by_name_and_kept(spoil, said, due, unit, reporter, reading):
    kit = Filled(down(reporter, unit))
    spoil(kit)
    answer = up(reporter, (kit.saved(), "填好的.xlsx"))
    assert answer.status_code == 422
    assert said in answer.text
    with reading():
        held = session.scalars(select(ReturnedKit)).one()
        assert (held.state, held.file_name) == ("refused", "填好的.xlsx")
        assert storage.load(held.file_key)
    assert said in reporter.get(OWN).text, "the refusal can be read again"


@ON_SQLITE
def test_kits_of_others_of_old_templates_and_of_other_places_are_refused_by_name(
    plan, unit, reporter, sign_in_as, monkeypatch, app
):
    other = Filled(down(sign_in_as("other_reporter"), plan.place.units["市交通运输局"]))
    other.fill("修订采购目录", "本期完成情况", "已修订")
    assert "这是市交通运输局的填报包" in up(reporter, (other.saved(), "别的.xlsx")).text
    monkeypatch.setattr("tracker.progress.kits.sealing.Head.__init__.__defaults__", (0,))
    old = down(reporter, unit)
    monkeypatch.undo()
    assert "旧模板，第0版；现行第2版" in up(reporter, (old, "旧的.xlsx")).text
    monkeypatch.setitem(app.config, "SECRET_KEY", "of another city")
    client = sign_in_as("reporter")
    elsewhere = down(client, unit)
    monkeypatch.undo()
    assert "这是另一套系统导出的填报包（市财政局）" in up(reporter, (elsewhere, "外地.xlsx")).text
    assert up(reporter, (b"PK\x03\x04 no archive", "坏的.xlsx")).status_code == 422
    assert up(reporter, (b"", "空的.xlsx")).status_code == 422


@ON_SQLITE
def test_numbers_that_are_none_are_told_and_the_rest_is_taken(due, unit, reporter, reading):
    kit = Filled(down(reporter, unit))
    kit.fill("压减审批时限", "完成百分比", "大半")
    kit.fill("压减审批时限", "目标2本期值", "约３，０００")
    kit.fill("压减审批时限", "目标1本期值", "３１%")
    url, page = shown(reporter, kit.saved())
    assert "不能写入的格（2 格）" in page
    assert "大半" in page
    assert [said in page for said in ("请填写 0 至 100 的整数", "请填写以“天”为单位的数字")] == [True, True]
    assert confirm(reporter, url, page).status_code == 302
    with reading():
        assert [str(value) for value in newest(due["压减审批时限"]).figures.values()] == ["31"]


@ON_SQLITE
@pytest.mark.parametrize(("typed", "kept"), [("３ 天", "3"), ("1.2万天", "12000"), ("1,218天", "1218")])
def test_a_figure_of_a_kit_is_read_with_its_unit_as_one_of_the_form_is(typed, kept, due, unit, reporter, reading):
    kit = Filled(down(reporter, unit))
    place = kit.at(kit.row("压减审批时限"), "目标2本期值").coordinate
    styles = {rule.errorStyle for rule in kit.sheet.data_validations.dataValidation if place in rule.sqref}
    assert styles == {"warning"}, "the office programs ask again, and refuse no number for its unit"
    kit.fill("压减审批时限", "目标2本期值", typed)
    url, page = shown(reporter, kit.saved())
    assert f">{kept}天<" in page, "with its unit, as it is read"
    assert confirm(reporter, url, page).status_code == 302
    with reading():
        assert [f"{value.normalize():f}" for value in newest(due["压减审批时限"]).figures.values()] == [kept]


@ON_SQLITE
def test_a_figure_is_not_rounded_by_how_its_cell_shows_it(due, unit, reporter, reading):
    kit = Filled(down(reporter, unit))
    kit.fill("压减审批时限", "完成百分比", 49.6)
    kit.fill("压减审批时限", "目标1本期值", 0.2996)
    kit.at(kit.row("压减审批时限"), "完成百分比").number_format = "0"
    kit.at(kit.row("压减审批时限"), "目标1本期值").number_format = "0%"
    url, page = shown(reporter, kit.saved())
    assert "不能写入的格（1 格）" in page, "49.6 is no whole percent, though 50 is shown"
    assert confirm(reporter, url, page).status_code == 302
    with reading():
        assert [f"{value.normalize():f}" for value in newest(due["压减审批时限"]).figures.values()] == ["29.96"]


@ON_SQLITE
def test_a_copied_sheet_is_taken_where_it_is_the_one_that_was_filled_in(due, unit, reporter, reading):
    kit = Filled(down(reporter, unit))
    kit.book.copy_worksheet(kit.sheet).cell(kit.row("公开办事指南"), kit.columns["本期完成情况"]).value = "写在副本里"
    _url, page = shown(reporter, kit.saved())
    assert "写在副本里" in page


@ON_SQLITE
def test_an_unknown_kit_is_refused(unit, due, reporter, writing):
    kit = Filled(down(reporter, unit))
    kit.fill("压减审批时限", "本期完成情况", "x")
    with writing():
        session.delete(session.scalars(select(Kit)).one())
    assert "没有这份填报包（市财政局）的导出记录" in up(reporter, (kit.saved(), "a.xlsx")).text


def test_files_of_one_kit_stand_in_one_line_with_the_newest_first(due, unit, reporter, reading):
    """Three files that wait are one thing to do; each can still be looked at, and put away from the list."""
    kit = Filled(down(reporter, unit))
    for number in (1, 2, 3):
        kit.fill("压减审批时限", "本期完成情况", f"第 {number} 次")
        shown(reporter, kit.saved(), f"第{number}份.xlsx")
    page = reporter.get(OWN).text
    card = page[page.index('id="returned"') :]
    assert card.count('<th scope="row"') == 1
    line = card[card.index('<th scope="row"') :]
    assert (
        line.index("第3份.xlsx") < line.index("较早交回的 2 份") < line.index("第2份.xlsx") < line.index("第1份.xlsx")
    )
    assert "1 份待采纳" in reporter.get("/assignments").text, "one kit"
    desk = reporter.get("/").text
    assert all(f"第{number}份.xlsx" in desk for number in (1, 2, 3))
    drops = re.findall(r'action="(/kits/returned/\d+/drop)"', card)
    assert len(drops) == 2
    for address in drops:
        assert reporter.post(address, data={"list": "1"}).headers["Location"].startswith(OWN)
    with reading():
        assert [one.state for one in session.scalars(select(ReturnedKit).order_by(ReturnedKit.id))] == [
            "dropped",
            "dropped",
            "waiting",
        ]
    assert "较早交回的 2 份" in reporter.get(OWN).text, "what was put away can still be opened"


def test_a_kit_is_put_away_and_nothing_changes(due, unit, reporter, reading):
    kit = Filled(down(reporter, unit))
    kit.fill("压减审批时限", "本期完成情况", "不要了")
    url, _page = shown(reporter, kit.saved())
    assert reporter.post(f"{url}/drop").status_code == 302
    assert "已放弃" in reporter.get(url).text
    assert reporter.get(f"{url}/file").data.startswith(b"PK"), "the file is kept"
    with reading():
        assert newest(due["压减审批时限"]) is None
