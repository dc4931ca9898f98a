"""Kits as the programs of people save them: the same values whoever wrote the file, or a refusal that says what to do."""

from __future__ import annotations

from datetime import date

import pytest

from tests.support.databases import ON_SQLITE
from tests.support.issued import TaskSpec
from tests.support.kits import Filled, confirm, down, shown, up
from tests.support.office_programs import (
    STRICT, STRICT_LINKS, Number, Program, carriage, day, rich, saved_by,
)
from tests.support.owed import due_in_march, signed_for
from tracker.progress import queries

pytestmark = ON_SQLITE

FINANCE = (("市财政局", "responsible"),)
TASKS = (
    TaskSpec("压减审批时限", FINANCE, targets=(("压减30%以上", "30", "%"), ("平均用时", "3", "天"))),
    TaskSpec("清理收费目录", FINANCE),
)
TASK = TASKS[0].name


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


WPS = {
    "customXml/item1.xml": '<s:customData xmlns="http://www.wps.cn/officeDocument/2013/wpsCustomData" xmlns:s="http://www.wps.cn/officeDocument/2013/wpsCustomData"/>',
    "docProps/custom.xml": '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"><property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="2" name="KSOProductBuildVer"><lpwstr xmlns="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">2052-12.1.0.18276</lpwstr></property></Properties>',
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
