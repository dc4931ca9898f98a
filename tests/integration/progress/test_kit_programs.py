"""Kits as the programs of people save them: the same values whoever wrote the file, or a refusal that says what to do."""

from __future__ import annotations

import dataclasses
from datetime import date

import pytest

from tests.support.databases import ON_SQLITE
from tests.support.issued import TaskSpec
from tests.support.kits import OWN, Filled, confirm, down, shown, up
from tests.support.office_programs import (
    STRICT,
    STRICT_LINKS,
    Number,
    Program,
    carriage,
    day,
    rich,
    saved_by,
)
from tests.support.owed import due_in_march, signed_for
from tests.unit.imports.readers.test_kinds import compound
from tracker.progress import queries

pytestmark = ON_SQLITE

FINANCE = (("市财政局", "responsible"),)
TASKS = (
    TaskSpec("压减审批时限", FINANCE, targets=(("压减30%以上", "30", "%"), ("平均用时", "3", "天"))),
    TaskSpec("清理收费目录", FINANCE),
)
TASK = TASKS[0].name
LOCKED = compound("EncryptionInfo", "EncryptedPackage")
"""What Excel and WPS write around a workbook that asks for a password."""


@pytest.fixture
def plan(place, writing):
    with writing():
        return signed_for(place, TASKS, ("reporter", "reporter"))


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


_CUSTOM = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
WPS = {
    "customXml/item1.xml": '<s:customData xmlns="http://www.wps.cn/officeDocument/2013/wpsCustomData" xmlns:s="http://www.wps.cn/officeDocument/2013/wpsCustomData"/>',
    "docProps/custom.xml": f'<Properties xmlns="{_CUSTOM}"><property pid="2" name="KSOProductBuildVer"/></Properties>',
    "xl/calcChain.xml": '<calcChain xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><c r="A1" i="1"/></calcChain>',
}
PROGRAMS = {
    "shared": Program(),
    "inline": Program(shared=False),
    "rich": Program(rich),
    "rich-inline": Program(rich, shared=False),
    "carriage": Program(carriage),
    "no-addresses": Program(addresses=False, more=WPS, application="WPS 表格"),
    "prefix": Program(prefix="x"),
    "strict": Program(main=STRICT, links=STRICT_LINKS),
    "1904": Program(since_1904=True),
    "macros": Program(macros=True),
    "renamed": Program(titles={"填报表": "财政局报表"}),
    "turned": Program(turned=True),
}


@pytest.mark.parametrize("program", PROGRAMS.values(), ids=PROGRAMS)
def test_what_was_typed_is_read_whichever_program_saved_it(program, due, unit, reporter, reading):
    kit = Filled(down(reporter, unit))
    kit.fill(TASK, "本期完成情况", " 已压减 12 项\n其余在办 <A&B> ")
    row = kit.row(TASK)
    numbers = {
        kit.at(row, "完成百分比").coordinate: Number("0.45", "0%"),
        kit.at(row, "目标1本期值").coordinate: Number("0.285", "0.00%"),
        kit.at(row, "目标2本期值").coordinate: Number("1.2E3", "0.0E+00"),
    }
    url, page = shown(reporter, saved_by(program, kit.saved(), numbers))
    assert "将写入草稿（4 格）" in page
    assert confirm(reporter, url, page).status_code == 302
    with reading():
        now = next(iter(queries.versions(due[TASK], inside=True)))
        assert (now.done, now.percent) == ("已压减 12 项\n其余在办 <A&B>", 45)
        assert [f"{value.normalize():f}" for value in now.figures.values()] == ["28.5", "1200"]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ("行号（勿改）,任务\nR1,压减审批时限\n".encode(), "这个文件不是工作簿"),
        (b"<html><body><table><tr><td>R1</td></tr></table></body></html>", "这个文件不是工作簿"),
        (b"{\\rtf1 R1}", "那份工作簿，填好后保存为 .xlsx 再上传。"),
        (b"Rar!\x1a\x07\x00rest", "这是压缩包（RAR）"),
        (LOCKED, "请用 Excel、Word 或 WPS 输入密码打开，取消密码后另存再上传。"),
    ],
    ids=["csv", "page", "rtf", "rar", "password"],
)
def test_what_is_no_workbook_any_more_is_refused_with_its_name_and_what_to_do(data, said, due, reporter):
    page = up(reporter, (data, "财政局三月.et")).text
    assert said in page
    assert "“财政局三月.et”没有收" in page
    assert "粘贴文本" not in page, "advice for documents that are imported"


def test_a_refusal_is_read_in_the_language_of_who_reads_it(due, unit, reporter):
    """What was sent with a Chinese page stands there with an English one: names and places are kept, words are not."""
    kit = Filled(down(reporter, unit))
    kit.fill(TASK, "工作要求", "改写的要求")
    assert up(reporter, (kit.saved(), "改.xlsx"), (LOCKED, "密.xlsx")).status_code == 302
    assert "锁定的单元格被改动（1 处）：填报表!D" in reporter.get(OWN).text
    with reporter.session_transaction() as cookie:
        cookie["locale"] = "en"
    page = reporter.get(OWN).text
    assert "锁定的单元格" not in page
    assert "Locked cells were changed (1): " in page
    assert "protected by a password" in page


STEPS = tuple(
    {"text": text, "kind": "date", "date": day, "recurrence": None, "action": action}
    for text, day, action in (("6月底前", "2026-06-30", "完成征求意见"), ("年底前", "2026-12-31", "印发"))
)


@pytest.mark.parametrize("shown_as", ["yyyy/m/d;@", 'yyyy"年"m"月"d"日";@'])
@pytest.mark.parametrize("since_1904", [False, True], ids=["1900", "1904"])
def test_a_day_is_the_day_that_was_seen(since_1904, shown_as, place, writing, reading, sign_in_as):
    """A day that was pasted over the text of its cell is a number in the file, counted from one of two beginnings."""
    with writing():
        steps = signed_for(place, (dataclasses.replace(TASKS[0], deadlines=STEPS),), ("reporter",))
    client = sign_in_as("reporter")
    kit = Filled(down(client, steps.place.units["市财政局"], due="all"))
    kit.fill(TASK, "节点1是否达成", "未达成", due="2026-06-30")
    where = kit.at(kit.row(TASK, "2026-06-30"), "节点1预计达成日期").coordinate
    number = day(date(2026, 8, 15), shown_as, since_1904=since_1904)
    _url, page = shown(client, saved_by(Program(since_1904=since_1904), kit.saved(), {where: number}))
    assert "将写入草稿（2 格）" in page
    assert "2026-08-15" in page
