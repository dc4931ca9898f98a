"""Supervision slips: issued for what is overdue, numbered by year, answered by the unit."""

from __future__ import annotations

import io
from datetime import date
from html import unescape

import docx
import pytest

from tests.support.breakdown import fields_of
from tests.support.issued import at
from tracker.audit import queries as audit
from tracker.reminders.queries.slips import slips
from tracker.reminders.queries.subjects import late_units

DAY, LATER = date(2026, 3, 25), date(2026, 4, 2)


@pytest.fixture(autouse=True)
def overdue(plan, clock_stands):
    """The first quarter's reports of two departments are five days late."""
    clock_stands.move_to(at(DAY))


def new(plan, unit="市财政局"):
    return f"/slips/new/{plan.place.units[unit]}"


def issue(lead, url, **changes: object):
    return lead.post(url, data={**fields_of(lead.get(url).text, url), **changes})


def test_it_is_issued_from_what_is_overdue_and_answered_by_the_unit(plan, sign_in_as, reading):
    lead, url = sign_in_as("lead"), new(plan)
    assert "市交通运输局" in lead.get("/slips/new").text
    typed = fields_of(lead.get(url).text, url)
    assert (typed["code"], typed["reply_by"]) == ("云督", "2026-04-01")
    page = issue(lead, url, colour="red").headers["Location"]
    shown = lead.get(page).text
    assert "云督〔2026〕1号" in shown
    assert "压减审批时限" in shown
    assert "提交回执" not in shown
    assert "督办单 云督〔2026〕1号" in lead.get(url).text

    reporter = sign_in_as("reporter")
    assert "请在 2026-04-01 前填报回执" in reporter.get(page).text
    assert sign_in_as("other_reporter").get(page).status_code == 404
    answer = f"{page}/reply"
    assert reporter.post(answer, data={**fields_of(reporter.get(page).text, answer), "reply": " "}).status_code == 422
    mine = {**fields_of(reporter.get(page).text, answer), "reply": "已补报，今后提前三天办结。"}
    assert reporter.post(answer, data=mine).status_code == 302
    again = reporter.post(answer, data={**mine, "reply": "另一份"})
    assert again.status_code == 409
    assert "刚刚有变动" in again.text
    assert "已补报，今后提前三天办结。" in lead.get(page).text
    with reading():
        (row,) = slips(plan.viewer("leader"), LATER)
        assert (row.state, row.light, row.replier) == ("replied", "done", "马填报")
        acts = [entry.action for entry in audit.history("supervision_slip", row.id)]
        assert acts == ["发出督办单", "填报督办回执"]


def test_numbers_run_within_the_year_and_a_withdrawn_one_is_not_given_again(plan, sign_in_as, clock_stands, reading):
    lead, url = sign_in_as("lead"), new(plan)
    first = issue(lead, url).headers["Location"]
    away = f"{first}/withdraw"
    assert lead.post(away, data={**fields_of(lead.get(first).text, away), "reason": "已当面督促。"}).status_code == 302
    assert "已当面督促。" in sign_in_as("reporter").get(first).text
    issue(lead, new(plan, "市交通运输局"), code="云政督")
    clock_stands.move_to(at(date(2027, 1, 5)))
    lead = sign_in_as("lead")
    assert fields_of(lead.get(url).text, url)["code"] == "云政督"
    issue(lead, url)
    with reading():
        names = [row.name for row in slips(plan.viewer("lead"), date(2027, 1, 5))]
    assert names == ["云政督〔2027〕1号", "云政督〔2026〕2号", "云督〔2026〕1号"]


def test_a_slip_that_is_not_answered_in_time_is_overdue(plan, sign_in_as, reading):
    issue(sign_in_as("lead"), new(plan))
    with reading():
        lights = [slips(plan.viewer("reporter"), day)[0].light for day in (DAY, date(2026, 3, 31), LATER)]
    assert lights == ["on_time", "near", "overdue"]


@pytest.mark.parametrize(
    ("changes", "field"), [({"reports": []}, "reports"), ({"reply_by": "2026-03-24"}, "reply_by"), ({"reason": ""}, "reason"),
                           ({"reports": ["999"]}, "reports")],
)  # fmt: skip
def test_what_is_wrong_is_said_at_the_field(plan, sign_in_as, changes, field, reading):
    answer = issue(sign_in_as("lead"), new(plan), **changes)
    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text
    with reading():
        assert slips(plan.viewer("lead"), DAY) == []


def test_only_what_is_overdue_has_slips(plan, sign_in_as, reading):
    assert sign_in_as("lead").get(new(plan, "望川县")).status_code == 404
    assert sign_in_as("reporter").get(new(plan)).status_code == 404
    with reading():
        assert {one.unit: one.items for one in late_units(plan.viewer("lead"), DAY)} == {
            "市财政局": 1,
            "市交通运输局": 1,
        }


def test_it_is_a_document_with_an_empty_reply_slip(plan, sign_in_as):
    lead = sign_in_as("lead")
    page = issue(lead, new(plan), reason="第一季度未报。\r\n原因另附。").headers["Location"]
    made = docx.Document(io.BytesIO(lead.get(f"{page}/slip.docx").data))
    text = "\n".join(one.text for one in made.paragraphs)
    assert text.startswith("云岫市督办单\n云督〔2026〕1号\t级别：")
    assert "依据：《2026年营商环境任务分解表》" in text
    assert "年3月" in text, "a day as official documents write it"
    printed = lead.get(page).text.partition('<article class="paper"')[2].partition("</article>")[0]
    assert [one.text for one in made.paragraphs if unescape(one.text.split("\t")[0]) not in unescape(printed)] == []
    said = {one.text: one for one in made.paragraphs}
    assert [said[line].style.name for line in ("市财政局：", "第一季度未报。", "原因另附。")] == [
        "Flush",
        "Body",
        "Body",
    ]
    tasks, reply = made.tables
    assert [cell.text for cell in tasks.rows[1].cells] == ["1", "1 压减审批时限", "2026-03-20", "5"]
    assert [row.cells[0].text for row in reply.rows] == ["督办单编号", "承办单位", "办理情况", "填报"]
