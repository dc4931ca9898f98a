"""What reporting costs the units: counted from the record, and shown before the same is asked again."""

from __future__ import annotations

import html
import io
import re
from datetime import timedelta
from urllib.parse import unquote

import openpyxl
import pytest
import time_machine

from tests.integration.progress.test_chain import fields_of
from tests.support.counting import numbers
from tests.support.issued import at, issued, reported
from tests.support.place import AT, DAY
from tracker.dashboard.queries.burden import burden_view, burdens, month_of
from tracker.errors import DomainError, NotFound
from tracker.progress import service
from tracker.progress.content import Content
from tracker.progress.service.questions import Ask, ask, say
from tracker.reminders.service.slips import SlipFacts, issue_slips, reply_to_slip

UNIT, TASK = "市财政局", "压减审批时限"
MARCH = month_of("2026-03", DAY)


@pytest.fixture(autouse=True)
def clock_stands(app):
    with time_machine.travel(AT, tick=False) as traveller:
        yield traveller


@pytest.fixture
def plan(place, standing):
    return standing.begin(issued, place)


def count(plan, month=MARCH, who="lead", unit=UNIT):
    return next((one for one in burdens(plan.viewer(who), month) if one.unit == unit), None)


@pytest.fixture
def asked(plan, writing):
    """A report that waits at the lead office, about which was asked and answered."""
    with writing():
        obligation = plan.obligations(TASK, UNIT)[0].id
        reported(plan, obligation)
        one = ask(obligation, Ask("check", "请补充审批时限台账。", DAY), by=plan.viewer("lead"), at=AT).id
        say(one, "answer", "见附件三。", by=plan.viewer("reporter"), at=at(DAY, 15))
        say(one, "settle", "", by=plan.viewer("lead"), at=at(DAY, 16))
    return obligation


def test_what_was_asked_and_handed_in_is_counted_by_month(plan, asked, writing, reading):
    with writing():
        again = Ask("check", "请补充审批时限的台账", DAY + timedelta(days=3), knows=True)
        ask(asked, again, by=plan.viewer("lead"), at=at(DAY + timedelta(days=1)))
        second = plan.obligations(TASK, UNIT)[1].id
        content = Content("与上期一致。", opened=at(DAY + timedelta(days=1)), unchanged=True)
        service.hand_in(second, content=content, by=plan.viewer("reporter"), at=at(DAY + timedelta(days=1), 11))
    with reading():
        one = count(plan)
        assert (one.due, one.asked, one.again, one.handed_in, one.files) == (1, 2, 1, 2, 0)
        assert (one.average, one.unchanged_share) == (60, 50)
        shown = burden_view(one.unit_id, MARCH, plan.viewer("lead"))
        assert [version.minutes for version in shown.returns] == [None, 60]
        assert [row.before.answer if row.before else "" for row in shown.asked] == ["", "见附件三。"]
        assert count(plan, month_of("2026-06", DAY)).asked == 0
        assert count(plan, month_of("2025-01", DAY)) is None
        with pytest.raises(NotFound):
            burden_view(one.unit_id, MARCH, plan.viewer("reporter"))


def test_a_slip_is_asked_too_and_again_where_the_unit_has_answered_one(plan, writing, reading, sign_in_as):
    with writing():
        owed = plan.obligations(TASK, UNIT)[0]
        late = owed.due_on + timedelta(days=3)
        first, second = (
            SlipFacts("云督", "yellow", "逾期未报。", "三日内报送。", day + timedelta(days=3))
            for day in (late, late + timedelta(days=2))
        )
        (one,) = issue_slips([owed.id], first, seen=0, by=plan.viewer("lead"), at=at(late))
        reply_to_slip(one.id, "月底前报送。", version=1, by=plan.viewer("reporter"), at=at(late, 15))
        issue_slips([owed.id], second, seen=one.id, by=plan.viewer("lead"), at=at(late + timedelta(days=2)))
    with reading():
        counted, answered = count(plan), one.id
        assert (counted.asked, counted.again) == (2, 1)
        shown = burden_view(counted.unit_id, MARCH, plan.viewer("lead")).asked
        assert [row.before.answer if row.before else "" for row in shown] == ["", "月底前报送。"]
    page = sign_in_as("leader").get(f"/burden/{plan.place.units[UNIT]}?month=2026-03").text
    assert f'href="/slips/{answered}"' in page
    assert "月底前报送。" in page


def test_asking_again_what_was_answered_is_shown_before_it_is_sent(plan, asked, writing, sign_in_as, clock_stands):
    with writing(), pytest.raises(DomainError) as refused:
        ask(asked, Ask("check", "请补充审批时限的台账", DAY), by=plan.viewer("lead"), at=at(DAY, 17))
    assert refused.value.field == "knows"
    clock_stands.move_to(at(DAY, 17))
    lead = sign_in_as("lead")
    way = f"/obligations/{asked}/questions/new"
    page = lead.get(f"{way}?kind=check")
    assert "见附件三。" in page.text
    typed = {**fields_of(page), "kind": "check", "text": "请补充审批时限的台账", "due_on": "2026-03-09"}
    shown = lead.post(way, data=typed)
    assert (shown.status_code, "已经答复过相近的询问" in shown.text, "审批时限的台账" in shown.text) == (
        422,
        True,
        True,
    )
    assert lead.post(way, data={**typed, "knows": "y"}).status_code == 302


def test_the_page_tells_when_it_was_opened(plan, writing, reading, sign_in_as, clock_stands):
    with writing():
        service.sign(plan.assignment(TASK, UNIT).id, by=plan.viewer("reporter"), at=AT)
        obligation = plan.obligations(TASK, UNIT)[0].id
    reporter = sign_in_as("reporter")
    page = reporter.get(f"/obligations/{obligation}/report")
    clock_stands.shift(timedelta(minutes=7))
    sent = {**fields_of(page), "done": "已完成。", "percent": "30"}
    assert reporter.post(f"/obligations/{obligation}/report", data=sent).status_code == 302
    with reading():
        assert count(plan).minutes == [7]


def test_a_page_that_lies_is_not_believed(plan, writing, reading):
    with writing():
        obligation = plan.obligations(TASK, UNIT)[0].id
        service.sign(plan.assignment(TASK, UNIT).id, by=plan.viewer("reporter"), at=AT)
        content = Content("已完成。", percent=10, opened=AT + timedelta(hours=1))
        service.hand_in(obligation, content=content, by=plan.viewer("reporter"), at=AT)
    with reading():
        assert count(plan).minutes == []


def test_every_number_leads_to_what_it_counts(plan, asked, sign_in_as):
    unit = plan.place.units[UNIT]
    for who in ("lead", "leader"):
        page = sign_in_as(who).get("/burden?month=2026-03").text
        assert f'href="/work?unit={unit}&amp;due_from=2026-03-01&amp;due_to=2026-03-31"' in page
        assert f'href="/burden/{unit}?month=2026-03#asked"' in page
    detail = sign_in_as("lead").get(f"/burden/{unit}?month=2026-03").text
    assert "请补充审批时限台账" in detail
    assert f'href="/obligations/{asked}"' in detail
    assert sign_in_as("lead").get("/burden?month=99&unit=没有").status_code == 200


def test_what_is_nothing_is_no_link_and_all_of_it_is_added_up(plan, asked, sign_in_as):
    page = sign_in_as("lead").get("/burden?month=2026-03").text
    assert not [href for href, number in numbers(page) if number == 0]
    assert '<td class="num labelled blank" data-label="附件">0</td>' in page
    foot = page.split("<tfoot>")[1].split("</tfoot>")[0]
    units = page.split("<tbody>")[1].split("</tbody>")[0]
    for label in ("应报", "询问和督办", "提交"):
        cells = [
            [int(found) for found in re.findall(rf'data-label="{label}">(?:<a[^>]*>)?(\d+)', part)]
            for part in (units, foot)
        ]
        assert [sum(cells[0])] == cells[1], label
        assert sum(cells[0]) > 0, label


def test_one_goes_from_month_to_month(plan, asked, sign_in_as):
    lead, unit = sign_in_as("lead"), plan.place.units[UNIT]
    page = lead.get("/burden?month=2026-02&unit=市财政局").text
    later = re.search(r'href="(/burden\?[^"]*month=2026-03[^"]*)"', page)
    assert later is not None
    after = lead.get(html.unescape(later[1])).text
    assert "市财政局" in after
    assert "市交通运输局</a>" not in after, "the unit stays chosen"
    assert "month=2026-02" in after
    assert "month=2026-04" not in after, "that has not begun"
    detail = lead.get(f"/burden/{unit}?month=2026-02").text
    assert f'href="/burden/{unit}?month=2026-03"' in detail


def test_the_month_is_written_as_a_workbook(plan, asked, sign_in_as):
    lead = sign_in_as("lead")
    way = re.search(r'href="(/burden\.xlsx[^"]*)"', lead.get("/burden?month=2026-03&unit=市财政局").text)
    assert way is not None
    answer = lead.get(html.unescape(way[1]))
    assert "2026-03" in unquote(answer.headers["Content-Disposition"])
    sheet = openpyxl.load_workbook(io.BytesIO(answer.data)).active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert ["市财政局", 1, 1, 0, 1, 0, None, 0] in rows
    assert not [row for row in rows if row[0] == "市交通运输局"]
    assert sign_in_as("leader").get("/burden.xlsx").status_code == 200
    assert sign_in_as("reporter").get("/burden.xlsx").status_code == 404
