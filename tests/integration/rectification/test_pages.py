"""The pages: the way of a finding through them, what is typed is kept, and no post takes a step that is not drawn."""

from __future__ import annotations

import io
import random
from datetime import timedelta
from zipfile import ZipFile

import openpyxl
import pytest
from sqlalchemy import select

from tests.integration.progress.test_chain import fields_of
from tests.integration.rectification.conftest import DUE, UNIT
from tests.support.databases import ON_SQLITE
from tests.support.issued import at, reported
from tests.support.place import AT, DAY
from tracker.db import session
from tracker.progress import service as progress
from tracker.progress.workflow import TRANSITIONS
from tracker.rectification import service
from tracker.rectification.models import Finding, SpotCheck
from tracker.rectification.sampling import WEIGHTS


def file(name="a.txt", data=b"a"):
    return io.BytesIO(data), name


def test_the_way_of_a_finding_through_its_pages(plan, sign_in_as):
    lead, reporter, second = sign_in_as("lead"), sign_in_as("reporter"), sign_in_as("second_lead")
    data = {"source": "leader", "title": "栏目没有更新", "unit": UNIT, "due_on": DUE.isoformat(), "assign_now": "y"}
    assert lead.post("/rectifications/new", data={**data, "title": ""}).status_code == 422
    refused = lead.post("/rectifications/new", data={**data, "files": file(data=b"MZ")})
    assert (refused.status_code, "是程序文件" in refused.text, 'value="栏目没有更新"' in refused.text) == (
        422,
        True,
        True,
    )
    one = lead.post("/rectifications/new", data={**data, "files": file()}).headers["Location"]
    assert "栏目没有更新" in reporter.get("/rectifications").text
    page = reporter.get(f"{one}/measure")
    measure = {"measure": "专人更新。", "responsible": "主任", "planned_on": DUE.isoformat()}
    assert reporter.post(f"{one}/measure", data={**fields_of(page), **measure}).status_code == 302
    kept = reporter.post(f"{one}/report", data={"done": "已更新。", "before": file("前.txt")})
    assert (kept.status_code, "请附上整改前和整改后" in kept.text, "前.txt" in kept.text) == (422, True, True), (
        "what was sent is kept"
    )
    answer = reporter.post(f"{one}/report", data={"done": "已更新。", "after": file("后.txt")})
    assert answer.status_code == 302, answer.text[answer.text.find("error-summary") :][:900]
    assert "后.txt" not in lead.get(one).text, "what is in the unit's own review is the unit's alone"
    reviewer = sign_in_as("reviewer")
    page = reviewer.get(f"{one}/review")
    back = reviewer.post(f"{one}/review", data={**fields_of(page), "decision": "back", "reason": "说明太短。"})
    assert (back.status_code, "说明太短。" in reporter.get(f"{one}/report").text) == (302, True)
    assert reporter.post(f"{one}/report", data={"done": "已更新，专人每周检查。"}).status_code == 302
    page = reviewer.get(f"{one}/review")
    assert reviewer.post(f"{one}/review", data={**fields_of(page), "decision": "pass"}).status_code == 302
    assert "须由另一人核验" in lead.get(one).text
    page = second.get(f"{one}/verify")
    no_reason = second.post(f"{one}/verify", data={**fields_of(page), "decision": "back", "reason": ""})
    assert no_reason.status_code == 422
    assert second.post(f"{one}/verify", data={**fields_of(page), "decision": "close"}).status_code == 302
    late = second.post(f"{one}/verify", data={**fields_of(page), "decision": "back", "reason": "没有改。"})
    assert (late.status_code, "没有改。" in late.text) == (409, True), (
        "who comes second is told, and keeps what they wrote"
    )
    assert "已销号" in reporter.get(one).text


def test_the_workbook_holds_what_the_page_lists(plan, hands, writing, sign_in_as):
    with writing():
        one = hands.to_verify()
        hands.register(unit="望川县")
    answer = sign_in_as("lead").get("/rectifications.xlsx?state=reported")
    rows = [[cell.value for cell in row] for row in openpyxl.load_workbook(io.BytesIO(answer.data)).active.iter_rows()]
    lines = [row for row in rows if row[1] == "领导批示"]
    assert [(row[0], row[2], row[5], row[11], row[13]) for row in lines] == [
        (str(one), "栏目没有更新", UNIT, "待核验", "已更新。")
    ]
    assert "按筛选条件" in str(rows[1])
    for who in ("second_lead", "evaluator", "reporter", "leader"):
        assert sign_in_as(who).get("/rectifications.xlsx?state=mine").status_code == 200, who


def test_a_report_and_a_check_lead_to_the_ledger(plan, writing, sign_in_as):
    with writing():
        obligation = plan.obligations("压减审批时限", UNIT)[0].id
        version = reported(plan, obligation)
        progress.accept(version, by=plan.viewer("lead"), at=at(DAY, 15))
    lead = sign_in_as("lead")
    way = f"/rectifications/new?obligation={obligation}"
    assert f'href="{way}"' in lead.get(f"/obligations/{obligation}").text
    assert "压减审批时限" in lead.get(way).text
    answer = lead.post(way, data={"title": "与实际不符", "unit": UNIT, "due_on": DUE.isoformat(), "assign_now": "y"})
    assert answer.status_code == 302
    assert f"/obligations/{obligation}" in sign_in_as("reporter").get("/rectifications/1").text
    drawn = {
        "plan": plan.plan_id, "drawn_from": "reports", "since": DAY.isoformat(), "until": DAY.isoformat(), "size": 5,
        "per_unit": 2, "seed": "抽签7号", "late": 3, "low": 2, "returned": 2, "no_evidence": 3, "recidivist": 2,
    }  # fmt: skip
    assert lead.post("/spot-checks/new", data={**drawn, "size": "x"}).status_code == 422
    assert lead.post("/spot-checks/new", data=drawn).headers["Location"] == "/spot-checks/1"
    page = lead.get("/spot-checks/1")
    assert all(words in page.text for words in ("抽签7号", "结果一致", "从 1 项中抽取 1 项"))
    empty = ZipFile(io.BytesIO(lead.get("/spot-checks/1/sheet.docx").data)).read("word/document.xml").decode()
    remarks = empty[empty.index("抽查情况") :]
    assert remarks[: remarks.index("</w:tc>", remarks.index("</w:tc>") + 1)].count("<w:br/>") == 3, "room for a pen"
    seen = {"result": "found", "checked_on": DAY.isoformat(), "note": "现场未见台账。"}
    refused = lead.post("/spot-checks/1/items/1", data=seen)
    assert (refused.status_code, "现场未见台账。" in refused.text) == (422, True)
    seen |= {"title": "台账缺失", "due_on": DUE.isoformat()}
    assert lead.post("/spot-checks/1/items/1", data=seen).headers["Location"] == "/spot-checks/1"
    assert "台账缺失" in sign_in_as("reporter").get("/rectifications?source=spot_check").text
    assert 'href="/spot-checks/1"' in lead.get("/rectifications/2").text
    assert 'href="/spot-checks/1"' not in sign_in_as("reporter").get("/rectifications/2").text
    sheet = openpyxl.load_workbook(io.BytesIO(lead.get("/spot-checks/1/sheet.xlsx").data)).active
    assert "压减审批时限" in [cell.value for row in sheet.iter_rows() for cell in row]
    assert "台账" in sign_in_as("leader").get("/spot-checks/1/sheet").text
    paper = ZipFile(io.BytesIO(lead.get("/spot-checks/1/sheet.docx").data)).read("word/document.xml").decode()
    assert all(words in paper for words in ("抽签7号", "压减审批时限", "现场未见台账。"))
    assert lead.post("/spot-checks/1/conclude", data={"reason": "总体属实。"}).status_code == 302
    assert lead.post("/spot-checks/1/void", data={"void-reason": "迟了。"}).status_code == 409


def test_a_second_round_begins_with_what_the_first_one_said(plan, hands, writing, sign_in_as):
    with writing():
        one = hands.to_verify()
        service.send_back(one, reason="缺签收记录。", by=plan.viewer("second_lead"), at=AT)
    reporter, path = sign_in_as("reporter"), f"/rectifications/{one}/report"
    page = reporter.get(path)
    assert "已更新。</textarea>" in page.text
    assert "以上一轮的文字为底稿" in page.text
    assert reporter.post(path, data={**fields_of(page), "done": "已补签收记录。", "draft": "1"}).status_code == 302
    again = reporter.get(path).text
    assert "已补签收记录。</textarea>" in again
    assert "以上一轮的文字为底稿" not in again


def test_evidence_is_missed_at_its_own_field_and_that_of_before_stands_on(plan, hands, writing, sign_in_as):
    """What is missing is said where it belongs; what the first round showed of before stands in the second one, too."""
    with writing():
        one = hands.register().id
        hands.plan_measure(one)
        hands.write(one, "after")
    reporter, path = sign_in_as("reporter"), f"/rectifications/{one}/report"
    refused = reporter.post(path, data={**fields_of(reporter.get(path)), "done": "已更新。"})
    assert refused.status_code == 422
    assert 'id="before-error"' in refused.text
    assert 'id="after-error"' not in refused.text
    with writing():
        hands.report(one)
        service.send_back(one, reason="缺签收记录。", by=plan.viewer("second_lead"), at=AT)
        hands.report(one, "after")
    page = sign_in_as("second_lead").get(f"/rectifications/{one}/verify").text
    second = page[page.index('id="round-2"') : page.index('id="round-1"')]
    assert "before.txt" in second
    assert "第 1 次报送时的佐证" in second
    assert "没有附件" not in second


POSTS = {
    "assign": {"unit": UNIT, "due_on": DUE.isoformat()}, "hand-back": {"reason": "非本单位职责。"},
    "measure": {"measure": "更新。", "responsible": "主任", "planned_on": DUE.isoformat()},
    "report": {"done": "已更新。", "before": True, "after": True}, "recall": {}, "review": {"decision": "pass"},
    "verify": {"decision": "close"},
}  # fmt: skip
VERBS = {
    "hand_back": "hand-back", "plan": "measure", "hand_in": "report", "approve": "review", "sign": "review",
    "own_send_back": "review", "close": "verify", "send_back": "verify",
}  # fmt: skip
PEOPLE = {
    "lead": "lead_office", "second_lead": "lead_office", "evaluator": "evaluator", "reporter": "reporter",
    "reviewer": "reviewer", "second_reviewer": "reviewer", "other_reporter": "", "county_reviewer": "", "leader": "leader",
}  # fmt: skip


@ON_SQLITE
@pytest.mark.parametrize("seed", range(3))
def test_no_crafted_post_skips_a_state(plan, hands, writing, reading, sign_in_as, seed):
    """Whoever posts whatever in whatever state: a state changes only along a drawn step, by a role that may take it."""
    with writing():
        finding = hands.register(now=False).id
    dice, clients = random.Random(seed), {who: sign_in_as(who) for who in PEOPLE}  # noqa: S311 paths, no secrets
    state, passed = "registered", {"registered"}
    for _step in range(90):
        if state == "closed":
            break
        who, path, body = _drawn(dice, state) if dice.random() < 0.3 else _crafted(dice)
        answer = clients[who].post(f"/rectifications/{finding}/{path}", data=body)
        with reading():
            now = session.scalars(select(Finding.state).where(Finding.id == finding)).one()
        assert answer.status_code in {302, 403, 404, 409, 422}
        if now != state:
            steps = [one for one in TRANSITIONS if one[:2] == ("finding", state) and one.target == now]
            assert any(PEOPLE[who] in one.roles for one in steps), (who, path, state, now)
        state = now
        passed.add(now)
    assert {"assigned", "in_hand", "own_review", "reported"} <= passed


def _crafted(dice):
    who, path = dice.choice(list(PEOPLE)), dice.choice(list(POSTS))
    return who, path, _body(path, back=dice.random() < 0.5)


def _drawn(dice, state):
    """A step that is drawn from here, by one of those who may take it."""
    one = dice.choice([one for one in TRANSITIONS if one[:2] == ("finding", state) and one.verb != "drop"])
    who = dice.choice([name for name, role in PEOPLE.items() if role in one.roles])
    path = VERBS.get(one.verb, one.verb)
    return who, path, _body(path, back=one.verb in {"send_back", "own_send_back"})


def _body(path, *, back):
    if path in {"verify", "review"} and back:
        return {"decision": "back", "reason": "未整改到位。"}
    return {name: file(f"{name}.txt") if value is True else value for name, value in POSTS[path].items()}


def test_a_check_that_is_over_takes_nothing_in(plan, writing, reading, sign_in_as):
    with writing():
        version = reported(plan, plan.obligations("压减审批时限", UNIT)[0].id)
        progress.accept(version, by=plan.viewer("lead"), at=at(DAY, 15))
        terms = service.Wanted(
            plan.plan_id, "reports", DAY, DAY + timedelta(days=1), "7", 3, 1, dict.fromkeys(WEIGHTS, 0)
        )
        check = service.draw_check(terms, by=plan.viewer("lead"), at=at(DAY, 16)).id
        service.void(check, reason="范围选错。", by=plan.viewer("lead"), at=at(DAY, 16))
    seen = {"result": "clean", "checked_on": DAY.isoformat(), "note": "相符。"}
    answer = sign_in_as("lead").post(f"/spot-checks/{check}/items/1", data=seen)
    assert answer.status_code == 409
    for path, data in (("conclude", {"reason": ""}), ("void", {"void-reason": "再来。"})):
        assert sign_in_as("lead").post(f"/spot-checks/{check}/{path}", data=data).status_code == 409
    with reading():
        assert session.get(SpotCheck, check).state == "void"


def test_verifying_with_neither_button_decides_nothing(plan, hands, writing, reading, sign_in_as):
    with writing():
        one = hands.to_verify()
    lead = sign_in_as("second_lead")
    typed = {**fields_of(lead.get(f"/rectifications/{one}/verify")), "reason": "再看看。"}
    assert lead.post(f"/rectifications/{one}/verify", data=typed).status_code == 400
    with reading():
        assert session.get_one(Finding, one).state == "reported"


def test_what_was_struck_off_stands_on_the_unit_s_desk_for_a_week(plan, hands, writing, sign_in_as, clock_stands):
    with writing():
        one = hands.to_verify()
        service.close(one, opinion="属实，予以销号。", by=plan.viewer("evaluator"), at=at(DAY + timedelta(days=2)))
    for days, shown in ((2, True), (9, True), (10, False)):
        clock_stands.move_to(at(DAY + timedelta(days=days), 12))
        page = sign_in_as("reporter").get("/").text
        assert ('id="struck-off"' in page) is shown, days
        assert ("属实，予以销号。" in page) is shown
        assert (f'href="/rectifications/{one}"' in page) is shown
        for other in ("lead", "county_reporter"):
            assert 'id="struck-off"' not in sign_in_as(other).get("/").text


def test_a_blank_is_no_unit(sign_in_as, hands, writing):
    with writing():
        finding = hands.register(now=False).id
    sent = {"source": "leader", "title": "栏目没有更新", "unit": " ", "due_on": DUE.isoformat(), "assign_now": "y"}
    for address in ("/rectifications/new", f"/rectifications/{finding}/assign"):
        answer = sign_in_as("lead").post(address, data=sent)
        assert answer.status_code == 422
        assert "请选择责任单位" in answer.text
    answer = sign_in_as("lead").post("/rectifications/new", data=sent | {"unit": UNIT, "title": " "})
    assert answer.status_code == 422
