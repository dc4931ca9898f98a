"""A task suspended (挂账): what falls due meanwhile shows no light and is not scored; it ends by date or by hand."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from tests.integration.progress.test_chain import fields_of
from tests.integration.progress.test_counting import kept, recounted
from tests.support.issued import at, reported
from tests.support.place import AT, DAY
from tests.support.revised import CATALOGUE, CHECKS, FIRST, received, running
from tracker.assessment.queries.tallies import count_work
from tracker.audit.models import AuditEntry
from tracker.audit.queries import verify_chain
from tracker.db import session
from tracker.errors import Conflict, DomainError, NotFound
from tracker.plans.models import Assignment
from tracker.progress import queries, service
from tracker.progress.models import Obligation, ObligationSummary, Request

TASK, UNIT = "压减审批时限", "市财政局"
SUMMER = date(2026, 7, 31)
YEAR_END = date(2026, 12, 31)


@pytest.fixture
def task(plan, writing):
    """Signed for, four reports owed: 20 March, June, September, December. Returns the assignment's id."""
    with writing():
        mine = plan.assignment(TASK, UNIT).id
        service.sign(mine, by=plan.viewer("reporter"), at=AT)
        return mine


def ask(plan, task, *, until=SUMMER, condition="", reason="汛期不能施工。", by="reviewer", day=DAY):
    wish = service.Wish(reason, condition=condition, until=until)
    return service.ask_for("suspension", task, wish, by=plan.viewer(by), at=at(day)).id


def grant(plan, one, *, until=None, by="lead", day=DAY):
    service.grant_request(one, until=until, note="同意。", by=plan.viewer(by), at=at(day, 12))


def states(plan):
    return [(one.state, one.excuse) for one in plan.obligations(TASK, UNIT)]


def test_until_a_date_what_falls_due_is_let_off(plan, task, writing, reading):
    with writing():
        grant(plan, ask(plan, task))
    with reading():
        assert states(plan) == [("cancelled", "suspended")] * 2 + [("open", "")] * 2
        assert session.get(Assignment, task).state == "in_progress"
        late = {one.obligation_id for one in queries.overdue(None, today=SUMMER)}
        assert late.isdisjoint({one.id for one in plan.obligations(TASK, UNIT)}), "no light turns red"
        told = session.scalar(select(AuditEntry).where(AuditEntry.action == "同意挂账"))
        assert told.body["detail"]["免报期次"] == 2
        assert session.scalar(select(func.count()).where(ObligationSummary.n < 0)) == 0
        assert verify_chain().broken_at is None
        due = {one.name: one.tally.due for one in count_work(plan.plan_id, YEAR_END).units}
        assert due[UNIT] == 2, "scoring leaves them out"
        view = queries.requests_for_task(task)[0]
        assert view.suspends(SUMMER)
        assert not view.suspends(SUMMER + timedelta(days=1)), "it ends by its date"


def test_what_was_overdue_before_stays_and_what_waits_is_checked(plan, task, writing, reading):
    with writing():
        second = plan.obligations(TASK, UNIT)[1]
        reported(plan, second.id, day=date(2026, 4, 1))
        one = ask(plan, task, day=date(2026, 4, 2), until=YEAR_END)
        grant(plan, one, day=date(2026, 4, 3))
    with reading():
        assert [state for state, _excuse in states(plan)] == ["open", "reported", "cancelled", "cancelled"]


def test_it_counts_from_the_day_of_asking(plan, task, writing, reading):
    """Decided after a date has passed, it lets off what fell due while the request waited."""
    with writing():
        one = ask(plan, task, day=date(2026, 3, 19))
        grant(plan, one, day=date(2026, 3, 25))
    with reading():
        assert states(plan)[0] == ("cancelled", "suspended")


@pytest.mark.parametrize("who", ["lead", "reviewer"])
def test_ended_by_hand_what_falls_due_after_is_owed_again(plan, task, writing, reading, who):
    with writing():
        one = ask(plan, task, until=None, condition="省级办法印发后")
        grant(plan, one)
        assert states(plan) == [("cancelled", "suspended")] * 4
    with writing(), pytest.raises(DomainError, match="理由"):
        service.end_suspension(one, reason=" ", by=plan.viewer(who), at=at(date(2026, 7, 1)))
    with writing():
        service.end_suspension(one, reason="办法已印发。", by=plan.viewer(who), at=at(date(2026, 7, 1)))
    with reading():
        assert states(plan) == [("cancelled", "suspended")] * 2 + [("open", "")] * 2
        assert session.scalar(select(func.count()).where(AuditEntry.action == "恢复办理")) == 1
        assert session.get(Request, one).ended_on == date(2026, 7, 1)
        assert session.scalar(select(func.count()).where(ObligationSummary.n < 0)) == 0
    with writing(), pytest.raises(Conflict):
        service.end_suspension(one, reason="再次。", by=plan.viewer(who), at=at(date(2026, 7, 2)))
    with writing():
        reported(plan, plan.obligations(TASK, UNIT)[2].id, day=date(2026, 7, 3))


def test_who_may_ask_decide_and_end(plan, task, writing):
    for stranger in ("reporter", "other_reporter", "leader", "lead", "admin"):
        with writing(), pytest.raises(NotFound):
            ask(plan, task, by=stranger)
    with writing():
        one = ask(plan, task)
    for stranger in ("reporter", "reviewer", "leader"):
        with writing(), pytest.raises(NotFound):
            grant(plan, one, by=stranger)
    with writing():
        grant(plan, one)
    for stranger in ("reporter", "leader", "other_reporter"):
        with writing(), pytest.raises(NotFound):
            service.end_suspension(one, reason="已具备。", by=plan.viewer(stranger), at=at(DAY, 13))
    with writing(), pytest.raises(DomainError, match="正在挂账"):
        ask(plan, task)


@pytest.mark.parametrize("until", [None, DAY - timedelta(days=1), date(2029, 1, 1)])
def test_it_says_until_when(plan, task, writing, reading, until):
    with writing(), pytest.raises(DomainError) as refused:
        ask(plan, task, until=until)
    assert refused.value.field == "until"
    with reading():
        assert session.scalar(select(func.count()).select_from(Request)) == 0


def test_through_the_pages(plan, task, sign_in_as, reading):
    reviewer, lead = sign_in_as("reviewer"), sign_in_as("lead")
    path = f"/requests/new/suspension/{task}"
    assert f'href="{path}"' in reviewer.get(f"/assignments/{task}").text
    assert f'href="{path}"' not in sign_in_as("reporter").get(f"/assignments/{task}").text
    assert sign_in_as("reporter").get(path).status_code == 404
    refused = reviewer.post(path, data={**fields_of(reviewer.get(path)), "reason": "汛期不能施工。"})
    assert refused.status_code == 422
    assert "汛期不能施工。" in refused.text
    assert 'id="until-error"' in refused.text
    typed = {"reason": "汛期不能施工。", "until": "2026-07-31", "condition": ""}
    assert reviewer.post(path, data=typed).status_code == 302
    assert "等待牵头办公室审批" in reviewer.get(f"/assignments/{task}").text
    page = lead.get("/requests?kind=suspension")
    assert TASK in page.text
    assert TASK not in lead.get("/requests?kind=waiver").text
    page = lead.get("/requests/1")
    granted = lead.post("/requests/1", data={**fields_of(page), "decision": "grant", "until": "2026-07-31", "note": ""})
    assert granted.headers["Location"] == "/requests"
    assert f"已同意挂账：{UNIT}“{TASK}”" in lead.get("/requests").text
    page = sign_in_as("reporter").get(f"/assignments/{task}").text
    for words in ("正在挂账", "2026-07-31", "挂账免报"):
        assert words in page, words
    assert ">挂账<" in sign_in_as("reporter").get("/assignments?tab=in_progress").text
    assert "恢复办理</a>" not in page, "the reviewer and the lead office end it"
    page = lead.get(f"/assignments/{task}/resume")
    assert lead.post(f"/assignments/{task}/resume", data={**fields_of(page), "reason": ""}).status_code == 422
    answer = lead.post(f"/assignments/{task}/resume", data={**fields_of(page), "reason": "汛期提前结束。"})
    assert answer.headers["Location"] == f"/assignments/{task}"
    assert ">挂账<" not in sign_in_as("reporter").get("/assignments?tab=in_progress").text
    assert "正在挂账" not in lead.get(f"/assignments/{task}").text
    assert lead.get(f"/assignments/{task}/resume").status_code == 404
    with reading():
        assert states(plan) == [("open", "")] * 4


def test_closing_settles_it(plan, task, writing, reading):
    with writing():
        version = reported(plan, plan.obligations(TASK, UNIT)[0].id, percent=100)
        service.accept(version, by=plan.viewer("lead"), at=at(DAY, 12))
        waits = ask(plan, task)
        done = service.ask_for("closing", task, service.Wish("已完成。"), by=plan.viewer("reporter"), at=at(DAY, 13))
        service.grant_request(done.id, note="", by=plan.viewer("lead"), at=at(DAY, 14))
    with reading():
        assert session.get(Request, waits).state == "lapsed"
        assert session.get(Obligation, plan.obligations(TASK, UNIT)[3].id).excuse == ""


@pytest.fixture
def revised(place, writing):
    """Two tasks of a plan, suspended until 15 November: one due in October, one in September; and a new edition."""
    with writing():
        found = running(place)
        for words in (CATALOGUE, CHECKS):
            unit, who = ("市财政局", "re") if words == CATALOGUE else ("市交通运输局", "other_re")
            name = next(name for name in found.tasks if name.startswith(words))
            mine = found.assignment(name, unit).id
            service.sign(mine, by=found.viewer(f"{who}porter"), at=AT)
            wish = service.Wish("待上级批复。", until=date(2026, 11, 15))
            one = service.ask_for("suspension", mine, wish, by=found.viewer(f"{who}viewer"), at=at(DAY)).id
            service.grant_request(one, until=None, note="", by=found.viewer("lead"), at=at(DAY, 12))
        rows = (
            *FIRST[:2],
            ("", "推行容缺受理，公布可容缺事项清单。", "市财政局", "", "11月底前"),
            FIRST[3],
            ("", "开展道路安全隐患排查整治。", "市交通运输局", "", "每季度末月20日前"),
        )
        return received(found, rows)


def test_an_edition_that_moves_dates_during_a_suspension_keeps_to_it(revised, writing, reading):
    def owed(words: str, unit: str) -> list[tuple[date, str, str]]:
        name = next(name for name in revised.tasks if name.startswith(words))
        return [(one.due_on, one.state, one.excuse) for one in revised.obligations(name, unit)]

    july = at(date(2026, 7, 10))
    with writing():
        revised.adopt(july)
        revised.look_up()
    with reading():
        assert owed(CATALOGUE, "市财政局") == [(date(2026, 11, 30), "open", "")], "it falls due after the suspension"
        assert owed(CHECKS, "市交通运输局") == [
            (date(2026, 9, 20), "cancelled", "suspended"), (date(2026, 9, 30), "cancelled", ""),
            (date(2026, 12, 20), "open", ""),
        ], "what falls into it is let off, and the date that is gone does not come back"  # fmt: skip
        assert kept() == recounted()
    with writing():
        one = session.scalar(select(Request.id).order_by(Request.id.desc()))
        service.end_suspension(one, reason="已批复。", by=revised.viewer("lead"), at=at(date(2026, 8, 1)))
    with reading():
        assert [state for _due, state, _excuse in owed(CHECKS, "市交通运输局")] == ["open", "cancelled", "open"]


def test_a_suspended_task_is_not_said_to_be_reported_in_full(plan, task, writing, sign_in_as):
    """What is let off was never accepted."""
    with writing():
        grant(plan, ask(plan, task, until=YEAR_END))
    page = sign_in_as("reporter").get(f"/assignments/{task}").text
    assert "挂账免报" in page
    assert "各期报送都已核收" not in page


@pytest.mark.parametrize(("until", "condition", "falls_due"), [(SUMMER, "", 2), (None, "省级办法印发后", 4)])
def test_who_decides_reads_what_would_be_let_off(plan, task, writing, sign_in_as, until, condition, falls_due):
    with writing():
        one = ask(plan, task, until=until, condition=condition)
    page = sign_in_as("lead").get(f"/requests/{one}").text
    assert f"将免报 {falls_due} 期" in page
    told = page[page.index(f"将免报 {falls_due} 期") : page.index("批复意见")]
    assert [day in told for day in ("2026-03-20", "2026-06-20", "2026-09-20", "2026-12-20")] == [True] * falls_due + [
        False
    ] * (4 - falls_due)


def cells(page: str, unit: str) -> dict[str, list[str]]:
    """The row of a unit in a table: by heading its days, in their order, or what is counted."""
    row = re.search(rf"<tr>(?:(?!</tr>).)*>{unit}<.*?</tr>", page, re.DOTALL)
    assert row
    found = re.findall(r'<t[dh][^>]*data-label="([^"]+)">(.*?)</t[dh]>', row[0], re.DOTALL)
    return {name: re.findall(r"2026-(\d\d-\d\d)|^(\d+)$", told) for name, told in found}


QUARTERS = ["03-20", "06-20", "09-20", "12-20"]
TWO_MORE = "每季度末月20日前\n5月底前\n11月底前"


@pytest.mark.parametrize(
    "case",
    [
        (SUMMER, "每季度末月10日前",
         {"改期": ["09-20", "09-10", "12-20", "12-10"], "挂账免报": ["03-20", "03-10", "06-20", "06-10"], "不变": ["0"]},
         ["09-10", "12-10"], ["03-10", "06-10"]),
        (SUMMER, TWO_MORE, {"新增": ["11-30"], "挂账免报": ["05-31"], "不变": ["4"]},
         ["09-20", "11-30", "12-20"], ["03-20", "05-31", "06-20"]),
        (None, TWO_MORE, {"挂账免报": ["05-31", "11-30"], "不变": ["4"]}, [], sorted([*QUARTERS, "05-31", "11-30"])),
        (SUMMER, "8月底前", {"新增": ["08-31"], "取消": QUARTERS, "不变": ["0"]}, ["08-31"], []),
    ],
)  # fmt: skip
def test_other_time_limits_say_what_becomes_of_a_suspended_task(
    plan, task, writing, reading, sign_in_as, case
):  # fmt: skip
    """What falls into the suspension is let off, whatever the limits: it is neither added nor put to another day."""
    until, words, said, owed, excused = case
    with writing():
        grant(plan, ask(plan, task, until=until, condition="" if until else "省级办法印发后"))
    lead, url = sign_in_as("lead"), f"/tasks/{plan.tasks[TASK]}/dates"
    shown = lead.post(url, data={**fields_of(lead.get(url)), "words": words, "reason": "市政府会议要求。"})
    mine = {name: ["".join(one) for one in days] for name, days in cells(shown.text, UNIT).items()}
    assert {name: days for name, days in mine.items() if days and name != "单位"} == said
    assert cells(shown.text, "市交通运输局")["挂账免报"] == [], "nothing of another unit is let off"
    done = lead.post(url, data={**fields_of(shown), "words": words, "reason": "市政府会议要求。", "confirm": "1"})
    assert done.status_code == 302
    with reading():
        held = [(f"{one.due_on:%m-%d}", one.state, one.excuse) for one in plan.obligations(TASK, UNIT)]
        assert [day for day, state, _excuse in held if state == "open"] == owed
        assert [day for day, _state, excuse in held if excuse == "suspended"] == excused
        told = session.scalar(
            select(AuditEntry.body).where(AuditEntry.action == "时限已调整", AuditEntry.subject_id == task)
        )
        assert [day for day in said.get("挂账免报", ()) if day in told["detail"]["新增期限"]] == []


def test_dates_of_a_task_that_is_not_suspended_are_let_off_nowhere(plan, sign_in_as):
    lead, url = sign_in_as("lead"), f"/tasks/{plan.tasks[TASK]}/dates"
    shown = lead.post(url, data={**fields_of(lead.get(url)), "words": TWO_MORE, "reason": "市政府会议要求。"})
    assert "挂账免报" not in cells(shown.text, UNIT)
