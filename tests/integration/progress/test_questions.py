"""Work that units share: the leading unit reads and takes over what the others report, asks them, and the office decides."""

from __future__ import annotations

import io
import json
import re
from datetime import date

import pytest
from sqlalchemy import select

from tests.integration.progress.test_chain import fields_of
from tests.support.issued import QUARTERLY, TaskSpec, at, issued, reported
from tests.support.place import AT, DAY
from tracker.audit.models import AuditEntry
from tracker.db import session
from tracker.desk.queries.desk import afoot, desk
from tracker.errors import Conflict, DomainError, NotFound
from tracker.progress import queries, service
from tracker.progress.content import Content
from tracker.progress.models import Question
from tracker.progress.queries.partners import partner_reports
from tracker.progress.queries.questions import count_questions, question_view, questions
from tracker.progress.service.questions import Ask, ask, say

TASK, LEAD, CO = "新建充电设施", "市财政局", "市交通运输局"
SPEC = TaskSpec(
    TASK, ((LEAD, "lead"), (CO, "support"), ("望川县", "responsible")), (QUARTERLY,),
    targets=(("新建500个", "500", "个"), ("完好率98%以上", "98", "%")),
)  # fmt: skip
OTHER = TaskSpec("公开办事指南", ((CO, "responsible"),))
LATER = date(2026, 3, 9)


@pytest.fixture
def plan(place, writing):
    with writing():
        return issued(place, (SPEC, OTHER))


@pytest.fixture
def mine(plan, writing):
    """The leading unit's first report, signed for."""
    with writing():
        one = plan.obligations(TASK, LEAD)[0]
        service.sign(one.assignment_id, by=plan.viewer("reporter"), at=AT)
        return one.id


@pytest.fixture
def theirs(plan, writing):
    """The supporting unit's report for the same date."""
    with writing():
        return plan.obligations(TASK, CO)[0].id


def send(plan, obligation, *, figures=None):
    """The supporting unit's report reaches the lead office."""
    one = service.hand_in(
        obligation, content=Content("建成120个。", "缺电力容量。", percent=30, figures=figures or {}), version=0,
        by=plan.viewer("other_reporter"), at=AT,
    )  # fmt: skip
    service.approve(one.id, by=plan.viewer("other_reviewer"), at=AT)
    return one.id


def put(plan, obligation, kind="urge", *, by="reporter", text="请尽快报送。", due=LATER):
    return ask(obligation, Ask(kind, text, due), by=plan.viewer(by), at=AT).id


def targets_of(plan):
    return {one.text: one.id for one in queries.targets(plan.tasks[TASK])}


def test_the_leading_unit_takes_over_what_arrived(plan, mine, theirs, writing, sign_in_as):
    with writing():
        ids = targets_of(plan)
        service.sign(plan.assignment(TASK, CO).id, by=plan.viewer("other_reporter"), at=AT)
        file, _draft = service.attach(
            theirs, stream=io.BytesIO(b"%PDF-1.7"), name="清单.pdf", by=plan.viewer("other_reporter"), at=AT
        )
        evidence = f"/evidence/{file.public_id}"
        draft = queries.versions(theirs, inside=True)[0]
        figures = {ids["新建500个"]: 120, ids["完好率98%以上"]: 99}
        content = Content("建成120个。", "缺电力容量。", percent=30, figures=figures)
        own = service.hand_in(
            theirs, content=content, version=draft.version, by=plan.viewer("other_reporter"), at=AT
        ).id
    lead = sign_in_as("reporter")
    page = lead.get(f"/obligations/{mine}/report")
    assert "建成120个" not in page.text, "it has not left its unit"
    assert lead.get(evidence).status_code == 404
    with writing():
        service.approve(own, by=plan.viewer("other_reviewer"), at=AT)
    page = lead.get(f"/obligations/{mine}/report")
    assert "配合单位本期报送（2 个，已报 1 个）" in page.text
    taken = json.loads(re.search(r'id="takeover">(.*?)</script>', page.text, re.DOTALL)[1])
    assert taken["texts"] == {"done": ["【市交通运输局】建成120个。"], "problems": ["【市交通运输局】缺电力容量。"]}
    assert taken["figures"][f"figure_{ids['新建500个']}"]["value"] == "120"
    assert "比例不能相加" in taken["figures"][f"figure_{ids['完好率98%以上']}"]["left"]
    assert lead.get(evidence).status_code == 200
    for stranger in ("county_reporter", "other_reporter"):
        assert "配合单位本期报送" not in sign_in_as(stranger).get(f"/obligations/{theirs}").text


def test_a_leading_unit_sees_each_light_and_a_supporting_one_only_its_own(plan, mine, theirs, reading):
    with reading():
        today = date(2026, 3, 25)
        found = queries.obligation_view(mine, plan.viewer("reporter"), today=today)
        rows = partner_reports(found, today=today)
        assert [(one.unit, one.light, one.version) for one in rows] == [
            (CO, "overdue", None),
            ("望川县", "overdue", None),
        ]
        other = queries.obligation_view(theirs, plan.viewer("other_reporter"), today=today)
        assert partner_reports(other, today=today) == []


def test_urged_answered_asked_again_and_settled(plan, mine, theirs, writing, sign_in_as, reading):
    lead, co = sign_in_as("reporter"), sign_in_as("other_reporter")
    path = f"/obligations/{theirs}/questions/new"
    page = lead.get(path)
    assert (
        lead.post(path, data={**fields_of(page), "kind": "urge", "text": "", "due_on": "2026-03-09"}).status_code == 422
    )
    sent = lead.post(path, data={**fields_of(page), "kind": "urge", "text": "请于周五前报送。", "due_on": "2026-03-09"})
    thread = sent.location
    assert "请于周五前报送" in co.get("/questions").text
    assert "请于周五前报送" in co.get("/").text, "on the desk of whoever is asked"
    assert "请于周五前报送" in co.get(f"/obligations/{theirs}").text
    answer = {**fields_of(co.get(thread)), "text": "明天报。", "verb": "answer"}
    assert co.post(thread, data={**answer, "text": " "}).status_code == 422
    assert co.post(thread, data=answer).status_code == 302
    assert co.post(thread, data=answer).status_code == 409, "said twice by a double click"
    assert "明天报" in lead.get(thread).text
    again = {**fields_of(lead.get(thread)), "text": "请附清单。", "verb": "ask_again"}
    assert lead.post(thread, data=again).status_code == 302
    assert lead.post(thread, data={**fields_of(lead.get(thread)), "text": "", "verb": "settle"}).status_code == 302
    with reading():
        row = session.scalars(select(Question)).one()
        assert row.state == "settled"
        acts = session.scalars(select(AuditEntry.action).order_by(AuditEntry.seq.desc()).limit(4)).all()
        assert acts == ["了结询问", "追问", "答复询问", "催报"]
        assert count_questions(plan.viewer("other_reporter")) == 0


def test_what_is_not_agreed_on_the_lead_office_decides(plan, mine, theirs, writing, sign_in_as, reading):
    with writing():
        one = put(plan, theirs, "supplement", text="县区数据由贵局统计。")
        say(one, "dispute", "不属于本单位职责。", by=plan.viewer("other_reviewer"), at=AT)
    with writing(), pytest.raises(NotFound):
        say(one, "decide", "由交通局统计。", by=plan.viewer("reporter"), at=AT)
    office = sign_in_as("lead")
    assert "县区数据由贵局统计" in office.get("/questions").text
    path = f"/questions/{one}"
    decision = {**fields_of(office.get(path)), "verb": "decide", "text": ""}
    assert "请写明内容" in office.post(path, data=decision).text
    assert office.post(path, data={**decision, "text": "由交通局统计，财政局汇总。"}).status_code == 302
    with reading():
        for side in ("reporter", "other_reporter"):
            view = question_view(one, plan.viewer(side))
            assert (view.row.state, view.entries[-1].text, view.may) == (
                "decided",
                "由交通局统计，财政局汇总。",
                frozenset(),
            )
        assert [entry.unit for entry in view.entries] == [LEAD, CO, ""]


def test_what_was_typed_before_asking_goes_along(plan, mine, theirs, writing, sign_in_as):
    """Whoever typed a reason and then would rather ask finds it where the question is written; nothing is decided yet."""
    with writing():
        sent = reported(plan, mine)
    office = sign_in_as("lead")
    page = office.get(f"/checks/{sent}").text
    button = re.search(r'<button[^>]*formaction="([^"]+)"[^>]*>(?:(?!</button>).)*询问，不退办', page, re.DOTALL)
    assert button is not None
    address = button[1].replace("&amp;", "&")
    typed = {"decision": "ask", "reason": "受益人数按什么口径统计？", "version": "1"}
    asking = office.post(address, data=typed)
    assert asking.status_code == 200, asking.text
    assert "受益人数按什么口径统计？</textarea>" in asking.text
    assert "请更正以下内容" not in asking.text, "nothing was refused, it has only begun"
    assert "2026-03-05" in asking.text, "the usual date is offered"
    sent_off = {**fields_of(asking), "text": "受益人数按什么口径统计？", "due_on": "2026-03-09"}
    answer = office.post(address, data=sent_off)
    assert answer.status_code == 302
    assert "/checks" in answer.headers["Location"]


def test_who_does_not_ask_after_all_finds_what_was_typed_at_the_check(plan, mine, theirs, writing, sign_in_as):
    """Leaving the question leads back to the check with the words as they are by now, and with what was ticked there."""
    with writing():
        sent = reported(plan, mine)
    office = sign_in_as("lead")
    page = office.get(f"/checks/{sent}")
    ask = re.search(r'formaction="([^"]+/questions/new[^"]*)"', page.text)[1].replace("&amp;", "&")
    asking = office.post(ask, data={**fields_of(page), "decision": "ask", "reason": "受益人数？", "also": "77:1"})
    button = re.search(r'<button[^>]*formaction="([^"]+)"[^>]*value="resume"[^>]*>取消</button>', asking.text)
    assert button is not None
    address = button[1].replace("&amp;", "&")
    back = office.post(address, data={**fields_of(asking), "decision": "resume", "text": "受益人数按什么口径统计？"})
    assert back.status_code == 200, back.text
    assert "受益人数按什么口径统计？</textarea>" in back.text
    assert "请更正以下内容" not in back.text
    assert 'name="also" value="77:1"' in asking.text, "what was ticked goes along"
    sent_back = {**fields_of(back), "decision": "back", "reason": "受益人数按什么口径统计？"}
    assert office.post(address, data=sent_back).status_code == 302, "it goes on from the version that is shown"


def test_the_office_asks_at_checking_without_sending_back(plan, mine, theirs, writing, sign_in_as, reading):
    with writing():
        sent = reported(plan, mine)
    office = sign_in_as("lead")
    assert f"/obligations/{mine}/questions/new" in office.get(f"/checks/{sent}").text
    path = f"/obligations/{mine}/questions/new?kind=check"
    asked = office.post(path, data={**fields_of(office.get(path)), "text": "40%如何得出？", "due_on": "2026-03-09"})
    with reading():
        assert queries.versions(mine, inside=False)[0].state == "to_check"
    unit = sign_in_as("reviewer")
    assert "提请协调" not in unit.get(asked.location).text, "the office that would decide is the one that asks"
    said = {**fields_of(unit.get(asked.location)), "verb": "answer", "text": "按投资额计算。"}
    assert unit.post(asked.location, data=said).status_code == 302
    assert "按投资额计算" in office.get(asked.location).text
    with reading():
        waiting = desk(plan.viewer("lead"), DAY, afoot(plan.viewer("lead"))).questions
        assert [one.question for one in waiting] == ["40%如何得出？"]


def test_who_may_ask_and_read(plan, mine, theirs, writing):
    for stranger in ("other_reporter", "county_reporter", "leader", "evaluator", "admin"):
        with writing(), pytest.raises(NotFound):
            put(plan, theirs, by=stranger)
    with writing(), pytest.raises(NotFound):
        put(plan, mine, "check", by="reporter")
    with writing(), pytest.raises(NotFound):
        put(plan, mine, "urge")  # nobody urges themselves
    with writing():
        one = put(plan, theirs)
        for stranger in ("county_reporter", "leader", "evaluator", "admin"):
            with pytest.raises(NotFound):
                question_view(one, plan.viewer(stranger))
        assert question_view(one, plan.viewer("lead")).may == frozenset()
        task = plan.assignment(TASK, CO).id
        assert "催报" in [act.what for act in queries.timeline(task, inside=True)]
        assert "催报" not in [act.what for act in queries.timeline(task, inside=False)], "leaders read the task, too"
    with writing(), pytest.raises(NotFound):
        say(one, "settle", "", by=plan.viewer("lead"), at=AT)


def test_what_makes_no_sense_is_refused(plan, mine, theirs, writing):
    with writing(), pytest.raises(DomainError, match="今天或以后"):
        put(plan, theirs, due=date(2026, 3, 1))
    with writing():
        one = put(plan, theirs)
    with writing(), pytest.raises(Conflict, match="还没有了结"):
        put(plan, theirs)
    with writing():
        service.sign(plan.assignment(TASK, CO).id, by=plan.viewer("other_reporter"), at=AT)
        send(plan, theirs)
        assert question_view(one, plan.viewer("reporter")).row.state == "lapsed", "it came: nobody need be urged"
    with writing(), pytest.raises(DomainError, match="不必催报"):
        put(plan, theirs)


def test_questions_lapse_with_the_report(plan, mine, theirs, writing):
    with writing():
        one = put(plan, theirs, "supplement")
        task = plan.assignment(TASK, CO).id
        service.hand_back(task, reason="不属于本单位。", proposed_unit_id=None, by=plan.viewer("other_reporter"), at=AT)
        back = queries.hand_backs(plan.viewer("lead"))[0]
        service.withdraw(back.id, reason="同意。", by=plan.viewer("lead"), at=at(DAY, 12))
        assert question_view(one, plan.viewer("reporter")).row.state == "lapsed"
        assert [row.id for row in questions(plan.viewer("reporter"), "ended")] == [one]


def test_both_sides_find_the_decision_on_their_desks(plan, mine, theirs, writing, sign_in_as):
    """Who brought it before the lead office, and the other one, who had no part in that."""
    with writing():
        asked = ask(theirs, Ask("supplement", "请补充。", LATER), by=plan.viewer("reporter"), at=AT).id
        say(asked, "dispute", "没有来源。", by=plan.viewer("other_reporter"), at=AT)
        say(asked, "decide", "由牵头单位提供来源。", by=plan.viewer("lead"), at=at(DAY, 15))
    for who in ("reporter", "other_reporter"):
        said = sign_in_as(who).get("/").text.partition('id="answers"')[2]
        assert "由牵头单位提供来源。" in said, who
        assert f'href="/questions/{asked}"' in said
    assert "由牵头单位提供来源。" not in sign_in_as("county_reporter").get("/").text
