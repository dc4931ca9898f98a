"""The pages: who opens them, what they keep, what they show."""

from __future__ import annotations

import io
import re
from copy import deepcopy

import pytest
from openpyxl import load_workbook
from sqlalchemy import func, select
from werkzeug.datastructures import MultiDict

from tests.support.databases import ON_BOTH, ON_SQLITE
from tests.support.place import AT, FOUNDED
from tests.support.scored import AS_OF, BODY, COUNTIES, SCORED_AT, SOURCES, leaf
from tracker import clock
from tracker.accounts import service as accounts_service
from tracker.accounts.models import Person
from tracker.accounts.roles import Role
from tracker.assessment.models import Run, Scheme, ScoredFact
from tracker.assessment.queries.runs import unit_score, unit_scores
from tracker.assessment.queries.schemes import get_scheme, scheme_row
from tracker.assessment.service import runs as runs_service, schemes as schemes_service
from tracker.assessment.service.runs import publish, run_scheme
from tracker.assessment.starters import STARTERS
from tracker.audit.models import AuditEntry
from tracker.db import session
from tracker.errors import Conflict, DomainError
from tracker.outbox.models import Job

pytestmark = ON_SQLITE


def fields_of(html: str) -> MultiDict[str, str]:
    """What a browser would send of the page's largest form."""
    form = max(re.findall(r"<form.*?</form>", html, re.DOTALL), key=len)
    sent: MultiDict[str, str] = MultiDict()
    for tag in re.findall(r"<(?:input|select|textarea)[^>]*>.*?(?=<input|<select|<textarea|$)", form, re.DOTALL):
        name = re.search(r'name="([^"]*)"', tag)
        unchecked = 'type="checkbox"' in tag and " checked" not in tag.partition(">")[0]
        if name is None or name[1] == "csrf_token" or unchecked:
            continue
        if tag.startswith("<select"):
            for value in re.findall(r'<option[^>]*selected[^>]*value="([^"]*)"|<option value="([^"]*)" selected', tag):
                sent.add(name[1], value[0] or value[1])
            if name[1] not in sent and "multiple" not in tag:
                sent.add(name[1], (re.search(r'<option[^>]*value="([^"]*)"', tag) or [""])[1])
        else:
            sent.add(name[1], (re.search(r'value="([^"]*)"', tag) or ["", ""])[1])
    return sent


@pytest.fixture
def ran(scored, writing) -> int:
    with writing():
        scored.enter_all_marks()
        return run_scheme(
            scored.scheme, plan_id=scored.plan_id, as_of=AS_OF, by=scored.viewer("evaluator"), at=SCORED_AT
        ).id


@pytest.fixture
def published(scored, ran, writing) -> int:
    with writing():
        publish(ran, version=1, by=scored.viewer("second_evaluator"), at=SCORED_AT)
    return ran


def test_a_scheme_is_made_from_a_starting_point_edited_and_adopted(scored, sign_in_as, reading):
    evaluator = sign_in_as("evaluator")
    made = evaluator.post("/schemes", data={"name": "部门考核", "starter": "department_openness", "plan": ""})
    assert made.status_code == 302
    edit = made.headers["Location"]
    page = evaluator.get(edit).text
    assert "没有发现问题" in page
    sent = fields_of(page)
    sent["points-2"], sent["name-2"] = "25", "年度任务办结率"
    saved = evaluator.post(edit, data=sent)
    assert saved.status_code == 302
    read = evaluator.get(saved.headers["Location"]).text
    assert "分值 40 与下级指标分值之和 35 不等" in read
    number = int(edit.split("/")[2])
    assert evaluator.post(f"/schemes/{number}/adopt", data={"version": "2"}).status_code == 422
    sent = fields_of(evaluator.get(edit).text)
    sent["points-2"] = "30"
    assert evaluator.post(edit, data=sent).status_code == 302
    assert evaluator.post(f"/schemes/{number}/adopt", data={"version": "3"}).status_code == 302
    assert evaluator.get(edit).status_code == 404
    with reading():
        scheme = session.get_one(Scheme, number)
        assert (scheme.state, scheme.body["indicators"]["children"][0]["children"][0]["name"]) == (
            "in_use", "年度任务办结率",
        )  # fmt: skip


@ON_BOTH
def test_the_form_of_a_stored_scheme_sent_back_changes_nothing(scored, sign_in_as, reading, writing):
    evaluator = sign_in_as("evaluator")
    version = evaluator.post("/schemes/1/version", data={"reason": "按上级要求调整"})
    edit = version.headers["Location"]
    assert evaluator.post(edit, data=fields_of(evaluator.get(edit).text)).status_code == 302
    with reading():
        made = session.get_one(Scheme, int(edit.split("/")[2]))
        assert (made.body, made.sources) == ({**BODY, "name": "重点任务考核"}, SOURCES)
        assert (made.version_no, made.version) == (2, 1)


def test_the_order_of_what_breaks_ties_is_kept(scored, sign_in_as, reading):
    evaluator = sign_in_as("evaluator")
    made = evaluator.post("/schemes", data={"name": "县区考核", "starter": "county_openness", "plan": ""})
    edit = made.headers["Location"]
    assert evaluator.post(edit, data=fields_of(evaluator.get(edit).text)).status_code == 302
    with reading():
        body = session.get_one(Scheme, int(edit.split("/")[2])).body
        assert body == {**STARTERS["county_openness"].body, "name": "县区考核"}
        assert body["tie_break"] == ["public", "open"]


@ON_BOTH
def test_acts_add_move_and_remove_nodes(scored, sign_in_as, reading):
    evaluator = sign_in_as("evaluator")
    edit = evaluator.post("/schemes/1/version", data={"reason": "增加指标"}).headers["Location"]
    sent = fields_of(evaluator.get(edit).text)
    sent["act"] = "child:1"
    answer = evaluator.post(edit, data=sent)
    assert answer.headers["Location"].endswith("#node-5")
    sent = fields_of(evaluator.get(edit).text)
    assert sent["key-5"] == "n1"
    sent["name-5"], sent["kind-5"], sent["act"] = "新指标", "ratio", "up:5"
    assert evaluator.post(edit, data=sent).status_code == 302
    page = evaluator.get(edit).text
    assert fields_of(page)["name-4"] == "新指标"
    assert "分值：缺少此项" in page
    sent = fields_of(page)
    sent["act"] = "remove:4"
    evaluator.post(edit, data=sent)
    with reading():
        made = session.get_one(Scheme, int(edit.split("/")[2]))
        assert made.body["indicators"] == BODY["indicators"]


def test_two_people_editing_one_draft_lose_nothing(scored, sign_in_as):
    first, second = sign_in_as("evaluator"), sign_in_as("second_evaluator")
    edit = first.post("/schemes/1/version", data={"reason": "调整"}).headers["Location"]
    mine, theirs = fields_of(first.get(edit).text), fields_of(second.get(edit).text)
    theirs["name-2"] = "他人的改动"
    assert second.post(edit, data=theirs).status_code == 302
    mine["name-3"], mine["points-3"], mine["grade-name"] = "我的改动", "并非数字", "特优"
    answer = first.post(edit, data=mine)
    assert answer.status_code == 409
    assert "方案已被他人更改" in answer.text
    kept = fields_of(answer.text)
    assert (kept["name-3"], kept["points-3"], kept["grade-name"]) == ("我的改动", "并非数字", "特优")


def test_versions_are_compared(scored, sign_in_as):
    evaluator = sign_in_as("evaluator")
    edit = evaluator.post("/schemes/1/version", data={"reason": "分值调整"}).headers["Location"]
    sent = fields_of(evaluator.get(edit).text)
    sent["points-2"], sent["points-3"] = "45", "25"
    evaluator.post(edit, data=sent)
    page = evaluator.get(f"/schemes/{edit.split('/')[2]}/changes/1").text
    assert "任务完成率" in page
    assert "按时报送率" in page
    assert "50" in page


def test_a_new_version_needs_a_reason(scored, sign_in_as):
    answer = sign_in_as("evaluator").post("/schemes/1/version", data={"reason": " "})
    assert answer.status_code == 422
    assert "请说明制定新版本的理由" in answer.text


def test_the_overview_shows_who_lacks_what(scored, sign_in_as, writing):
    with writing():
        scored.enter("望川县", "mark", "review", amount="9")
        scored.enter("望川县", "deduction", "order", amount="0.5", times=2, reason="两次未公开")
    evaluator = sign_in_as("evaluator")
    page = evaluator.get("/schemes/1/facts").text
    assert page.count(">缺<") == 5
    assert "扣 0.5 分 × 2 次" in page
    assert "望川县</a>" not in evaluator.get("/schemes/1/facts?show=missing").text.split("<table")[1]
    complete = evaluator.get("/schemes/1/facts?show=complete").text.split("<table")[1]
    assert "望川县</a>" in complete
    assert "临溪县</a>" not in complete
    assert all(
        f'href="/schemes/1/facts?plan=1{more}"' in page for more in ("", "&amp;show=complete", "&amp;show=missing")
    )
    assert evaluator.get("/facts").status_code == 200
    assert evaluator.get("/schemes/1/facts?plan=99").status_code == 404


def test_a_run_is_withdrawn_before_it_is_published(scored, ran, sign_in_as, reading, writing):
    evaluator = sign_in_as("evaluator")
    assert f"/runs/{ran}/withdraw" in evaluator.get(f"/runs/{ran}").text
    asked = evaluator.get(f"/runs/{ran}/withdraw")
    assert asked.status_code == 200
    refused = evaluator.post(f"/runs/{ran}/withdraw", data={"version": "1", "reason": " "})
    assert refused.status_code == 422
    assert evaluator.post(f"/runs/{ran}/withdraw", data={"version": "1", "reason": "漏算一项"}).status_code == 302
    page = evaluator.get(f"/runs/{ran}").text
    assert "这次评分已撤销" in page
    assert "/publish" not in sign_in_as("second_evaluator").get(f"/runs/{ran}").text
    assert evaluator.get(f"/runs/{ran}/withdraw").status_code == 404
    with writing(), pytest.raises(Conflict):
        publish(ran, version=2, by=scored.viewer("second_evaluator"), at=SCORED_AT)
    with reading():
        body = session.scalars(select(AuditEntry.body).order_by(AuditEntry.seq.desc())).first()
        assert body["detail"] == {"理由": "漏算一项"}


def test_a_run_that_has_stood_open_is_withdrawn_by_nobody(scored, published, sign_in_as, writing):
    evaluator = sign_in_as("evaluator")
    assert f"/runs/{published}/withdraw" not in evaluator.get(f"/runs/{published}").text
    assert evaluator.post(f"/runs/{published}/withdraw", data={"version": "2", "reason": "想改"}).status_code == 404
    with writing(), pytest.raises(DomainError, match="公示期已满"):
        runs_service.withdraw(published, reason="想改", version=2, by=scored.viewer("evaluator"), at=clock.now())


@ON_BOTH
def test_a_draft_is_tried_beside_the_version_in_use_and_nothing_is_written(scored, sign_in_as, writing, reading):
    with writing():
        scored.enter_all_marks()
        made = schemes_service.new_version(
            get_scheme(scored.scheme_id), reason="加重逾期", by=scored.viewer("evaluator"), at=AT
        )
        sources = SOURCES | {"late": {"from": "overdue_each", "each": "2"}}
        schemes_service.save_scheme(
            made, version=made.version, body=BODY, sources=sources, plan_id=scored.plan_id,
            by=scored.viewer("evaluator"), at=AT,
        )  # fmt: skip
        draft_id = made.id
    evaluator = sign_in_as("evaluator")
    assert f"/schemes/{draft_id}/trial" in evaluator.get(f"/schemes/{draft_id}").text
    with reading():
        before = session.scalar(select(func.max(AuditEntry.seq))), session.scalar(select(func.count(Run.id)))
    page = evaluator.get(f"/schemes/{draft_id}/trial?plan={scored.plan_id}&as_of={AS_OF}").text
    row = re.sub(r"<[^>]*>|\s+", " ", page[page.index("石桥区") : page.index("石桥区") + 1500]).split()
    assert row[1:6] == ["48.33", "48.33", "不合格", "51.33", "-3.00"]
    assert "仅供参考" in page
    with reading():
        assert before == (session.scalar(select(func.max(AuditEntry.seq))), session.scalar(select(func.count(Run.id))))


@ON_BOTH
def test_a_trial_says_what_is_missing_or_wrong(scored, sign_in_as, writing):
    evaluator = sign_in_as("evaluator")
    missing = evaluator.get(f"/schemes/1/trial?as_of={AS_OF}").text
    assert missing.count("考核组评议") == 6
    assert evaluator.get("/schemes/1/trial?plan=99").status_code == 404
    with writing():
        made = schemes_service.new_version(
            get_scheme(scored.scheme_id), reason="调整", by=scored.viewer("evaluator"), at=AT
        )
        made.body = made.body | {"indicators": made.body["indicators"] | {"points": "99"}}
        draft_id = made.id
    assert "需要更正" in evaluator.get(f"/schemes/{draft_id}/trial").text
    assert "/trial" not in evaluator.get(f"/schemes/{draft_id}").text


def test_the_button_of_a_trial_says_what_it_does(scored, sign_in_as):
    buttons = re.findall(
        r"<button[^>]*>(.*?)</button>", sign_in_as("evaluator").get("/schemes/1/trial").text, re.DOTALL
    )
    said = [re.sub(r"<svg.*?</svg>|<[^>]*>|\s", "", one, flags=re.DOTALL) for one in buttons]
    assert "按所选依据试算" in said
    assert "筛选" not in said


def test_quotas_that_are_not_pooled_are_said_to_be_each_groups_own(scored, sign_in_as):
    page = sign_in_as("evaluator").get(f"/schemes/{scored.scheme_id}").text
    assert "每组各自计算名额" in page


def test_the_menu_marks_the_place_where_one_is(scored, sign_in_as):
    evaluator = sign_in_as("evaluator")

    def marked(path: str) -> str:
        found = re.search(r'<a[^>]*aria-current="page"[^>]*>(.*?)</a>', evaluator.get(path).text, re.DOTALL)
        return re.sub(r"<[^>]*>|\s", "", found[1]) if found else ""

    for path in (
        "/facts",
        "/schemes/1/facts",
        f"/schemes/1/facts/{scored.units['望川县']}",
        "/schemes/1/marks?indicator=review",
    ):
        assert marked(path) == "评分依据", path
    for path in ("/schemes", "/schemes/1", "/schemes/new"):
        assert marked(path) == "考核方案", path


def test_the_record_tells_what_was_entered_in_words(scored, sign_in_as, reading):
    evaluator = sign_in_as("evaluator")
    unit = scored.units["望川县"]
    evaluator.post(f"/schemes/1/facts/{unit}", data={
        "slot": "order", "order-amount": "0.5", "order-times": "3", "order-reason": "栏目未更新",
    })  # fmt: skip
    with reading():
        body = session.scalars(select(AuditEntry.body).order_by(AuditEntry.seq.desc())).first()
        assert body["detail"] == {
            "方案": "重点任务考核", "指标": "公开内容", "内容": "扣 0.5 分 × 3 次", "理由": "栏目未更新",
        }  # fmt: skip


@ON_BOTH
def test_a_fact_is_entered_kept_when_refused_and_withdrawn(scored, sign_in_as, reading):
    evaluator = sign_in_as("evaluator")
    here = f"/schemes/1/facts/{scored.units['望川县']}"
    slot = {"slot": "order", "order-amount": "0.5", "order-times": "2", "order-reason": ""}
    refused = evaluator.post(here, data=slot)
    assert refused.status_code == 422
    assert "请写明理由" in refused.text
    assert 'value="0.5"' in refused.text
    assert evaluator.post(here, data=slot | {"order-amount": "半分", "order-reason": "有理由"}).status_code == 422
    assert evaluator.post(here, data=slot | {"order-reason": "两次未按时公开"}).status_code == 302
    review = {"slot": "review", "review-amount": "10.5"}
    assert "打分不能超过满分 10" in evaluator.post(here, data=review).text
    assert evaluator.post(here, data={"slot": "veto", "veto-reason": ""}).status_code == 422
    absent = {"slot": "absent", "absent-indicator": "done", "absent-reason": "年中成立"}
    assert evaluator.post(here, data=absent).status_code == 302
    assert evaluator.post(here, data={"slot": "nonsense"}).status_code == 404
    page = evaluator.get(here).text
    assert "两次未按时公开" in page
    assert "年中成立" in page
    assert evaluator.post("/facts/1/withdraw", data={"reason": ""}).status_code == 422
    assert evaluator.post("/facts/1/withdraw", data={"reason": "核实有误"}).status_code == 302
    with reading():
        fact = session.get_one(ScoredFact, 1)
        assert (fact.withdrawn_reason, fact.withdrawn_by) == ("核实有误", scored.issued.place.people["evaluator"])
    assert evaluator.post("/facts/1/withdraw", data={"reason": "再来"}).status_code == 422


@ON_BOTH
def test_evidence_of_a_deduction_is_kept_and_opens_for_its_unit_once_published(scored, sign_in_as, writing):
    evaluator, county, other = sign_in_as("evaluator"), sign_in_as("county_reporter"), sign_in_as("reporter")
    here = f"/schemes/1/facts/{scored.units['望川县']}"
    slot = {"slot": "order", "order-amount": "0.5", "order-times": "1", "order-reason": "未公开"}
    empty = slot | {"order-evidence": (io.BytesIO(b""), "截图.txt")}
    refused = evaluator.post(here, data=empty, content_type="multipart/form-data")
    assert refused.status_code == 422
    assert "是空文件" in refused.text
    given = slot | {"order-evidence": (io.BytesIO("抽查记录".encode()), "抽查记录.txt")}
    assert evaluator.post(here, data=given, content_type="multipart/form-data").status_code == 302
    assert evaluator.get("/facts/1/evidence").data.decode() == "抽查记录"
    assert county.get("/facts/1/evidence").status_code == 404
    with writing():
        scored.enter_all_marks()
        run = run_scheme(
            scored.scheme, plan_id=scored.plan_id, as_of=AS_OF, by=scored.viewer("evaluator"), at=SCORED_AT
        )
        publish(run.id, version=1, by=scored.viewer("second_evaluator"), at=SCORED_AT)
    assert county.get("/facts/1/evidence").status_code == 200
    assert other.get("/facts/1/evidence").status_code == 404
    assert "/facts/1/evidence" in county.get(f"/runs/1/units/{scored.units['望川县']}").text


@ON_BOTH
def test_marks_are_typed_for_many_units_and_kept_when_one_is_wrong(scored, sign_in_as, reading):
    evaluator = sign_in_as("evaluator")
    here = "/schemes/1/marks?indicator=review&group=县区"
    cells = {
        f"cell-{scored.units[name]}-review-amount": mark
        for name, mark in zip(COUNTIES, ("9", "8.5", "11", ""), strict=True)
    }
    refused = evaluator.post(here, data=cells)
    assert refused.status_code == 422
    assert "超过了满分" in refused.text
    assert 'value="8.5"' in refused.text
    with reading():
        assert session.scalar(select(func.count(ScoredFact.id))) == 0
    cells[f"cell-{scored.units['青禾县']}-review-amount"] = "10"
    assert evaluator.post(here, data=cells).status_code == 302
    again = evaluator.get(here)
    assert 'value="8.5"' in again.text
    cells[f"cell-{scored.units['望川县']}-review-amount"] = "9.5"
    evaluator.post(here, data=cells)
    with reading():
        standing = session.scalars(select(ScoredFact).where(ScoredFact.withdrawn_at.is_(None))).all()
        assert sorted(str(fact.amount) for fact in standing) == ["10", "8.5", "9.5"]
        assert session.scalar(select(func.count(ScoredFact.id))) == 4
    assert evaluator.get("/schemes/1/marks?indicator=done").status_code == 404


@ON_BOTH
def test_every_kind_that_is_entered_has_its_table(scored, sign_in_as, reading, writing):
    kinds = {
        "order": leaf("order", "公开内容", "5", "deduction"),
        "mixed": leaf("mixed", "综合评议", "5", "mix", parts="第三方 60、互评 40"),
    }
    with writing():
        second = schemes_service.new_version(
            get_scheme(1, scored.viewer("evaluator")), reason="增加来源", by=scored.viewer("evaluator"), at=SCORED_AT
        )
        body = deepcopy(BODY)
        body["indicators"]["children"][2:] = list(kinds.values())
        sources = {**SOURCES, "mixed": {"from": "entered"}}
        schemes_service.save_scheme(
            second, version=second.version, body=body, sources=sources, plan_id=None,
            by=scored.viewer("evaluator"), at=SCORED_AT,
        )  # fmt: skip
        schemes_service.adopt_scheme(second, version=second.version, by=scored.viewer("evaluator"), at=SCORED_AT)
        number = second.id
    evaluator = sign_in_as("evaluator")
    county, other = (scored.units[name] for name in ("望川县", "临溪县"))
    overview = evaluator.get(f"/schemes/{number}/facts").text
    assert all(f"indicator={key}" in overview for key in ("review", "order", "mixed"))
    sources_here = f"/schemes/{number}/marks?indicator=mixed"
    assert ">第三方</th>" in evaluator.get(sources_here).text
    sent = {
        f"cell-{county}-mixed-part-0": "90",
        f"cell-{county}-mixed-part-1": "80",
        f"cell-{other}-mixed-part-0": "101",
    }
    refused = evaluator.post(sources_here, data=sent)
    assert (refused.status_code, f'href="#cell-{other}-mixed-part-0"' in refused.text) == (422, True)
    assert evaluator.post(sources_here, data=sent | {f"cell-{other}-mixed-part-0": "100"}).status_code == 302
    deductions = f"/schemes/{number}/marks?indicator=order"
    sent = {f"cell-{county}-order-amount": "0.5", f"cell-{county}-order-times": "3"}
    refused = evaluator.post(deductions, data=sent)
    assert (refused.status_code, f'href="#cell-{county}-order-reason"' in refused.text) == (422, True)
    for _ in range(2):
        assert evaluator.post(deductions, data=sent | {f"cell-{county}-order-reason": "栏目未更新"}).status_code == 302
    with reading():
        standing = session.scalars(select(ScoredFact).where(ScoredFact.withdrawn_at.is_(None)).order_by(ScoredFact.id))
        assert [(fact.unit_id, fact.figures, str(fact.amount), fact.times) for fact in standing] == [
            (county, {"part": "第三方", "score": "90"}, "None", None),
            (county, {"part": "互评", "score": "80"}, "None", None),
            (other, {"part": "第三方", "score": "100"}, "None", None),
            (county, None, "0.5", 3),
            (county, None, "0.5", 3),
        ]


def test_a_source_is_chosen_from_those_of_the_rule(scored, sign_in_as, writing):
    with writing():
        scored.enter_all_marks()
    evaluator = sign_in_as("evaluator")
    edit = evaluator.post("/schemes", data={"name": "市直考核", "starter": "s8", "plan": "1"}).headers["Location"]
    number = int(edit.split("/")[2])
    assert evaluator.post(f"/schemes/{number}/adopt", data={"version": "1"}).status_code == 302
    page = evaluator.get(f"/schemes/{number}/facts/{scored.units['望川县']}?plan=1").text
    assert '<option value="双向互评">双向互评</option>' in page


@ON_BOTH
def test_nobody_marks_their_own_unit(scored, sign_in_as, writing):
    with writing():
        person = session.get_one(Person, scored.issued.place.people["evaluator"])
        accounts_service.grant(person, Role.REPORTER, scored.units["望川县"], by=None, at=AT, since=FOUNDED)
    evaluator = sign_in_as("evaluator")
    here = f"/schemes/1/facts/{scored.units['望川县']}"
    assert "回避" in evaluator.get(here).text
    answer = evaluator.post(here, data={"slot": "review", "review-amount": "9"})
    assert answer.status_code == 422
    cell = {f"cell-{scored.units['望川县']}-review-amount": "9"}
    assert evaluator.post("/schemes/1/marks?indicator=review", data=cell).status_code == 422


def test_a_run_lists_what_is_missing_first(scored, sign_in_as, writing, reading):
    evaluator = sign_in_as("evaluator")
    page = evaluator.get("/runs/new?scheme=1&plan=1&as_of=2026-07-01").text
    assert "还缺依据的单位" in page
    sent = {"scheme": "1", "plan": "1", "as_of": "2026-07-01"}
    assert evaluator.post("/runs", data=sent).status_code == 422
    with writing():
        scored.enter_all_marks()
    assert "依据已齐" in evaluator.get("/runs/new?scheme=1&plan=1&as_of=2026-07-01").text
    assert evaluator.post("/runs", data=sent | {"as_of": "2099-01-01"}).status_code == 422
    assert evaluator.post("/runs", data=sent | {"plan": "99"}).status_code == 422
    made = evaluator.post("/runs", data=sent)
    assert made.status_code == 302
    page = evaluator.get(made.headers["Location"]).text
    assert "91.83" in page
    assert "等待复核" in page


def test_a_large_run_is_a_job(scored, sign_in_as, writing, reading, monkeypatch):
    monkeypatch.setattr(runs_service, "AT_ONCE", 3)
    with writing():
        scored.enter_all_marks()
    evaluator, other = sign_in_as("evaluator"), sign_in_as("second_evaluator")
    made = evaluator.post("/runs", data={"scheme": "1", "plan": "1", "as_of": "2026-07-01"})
    job = made.headers["Location"]
    assert "/jobs/" in job
    page = evaluator.get(job).text
    assert "评分已完成" in page
    assert evaluator.get("/runs/1").status_code == 200
    assert other.get(job).status_code == 404
    assert evaluator.post(f"{job}/cancel").status_code == 422
    with reading():
        assert session.scalar(select(func.count(Run.id))) == 1


@ON_BOTH
def test_a_refused_job_says_why(scored, sign_in_as, monkeypatch):
    monkeypatch.setattr(runs_service, "AT_ONCE", 3)
    evaluator = sign_in_as("evaluator")
    job = evaluator.post("/runs", data={"scheme": "1", "plan": "1", "as_of": "2026-07-01"}).headers["Location"]
    assert "还缺少 6 处评分依据" in evaluator.get(job).text


def test_totals_filter_sort_and_open_their_explanation(scored, ran, sign_in_as):
    evaluator = sign_in_as("evaluator")
    assert "市财政局" not in evaluator.get("/runs/1?group=县区").text.split("<table")[1].split("</table>")[0]
    assert "没有符合条件的单位" in evaluator.get("/runs/1?text=没有").text
    order = re.findall(r"units/(\d+)\">([^<0-9]+)<", evaluator.get("/runs/1?sort=total").text)
    assert order[0][1] == "石桥区"
    unit = evaluator.get(f"/runs/1/units/{scored.units['石桥区']}").text
    assert "50 × 1 ÷ 3 ≈ 16.666667" in unit
    assert "Sheet1!C1" in unit
    assert re.search(r'href="/obligations/\d+"', unit)
    compared = evaluator.get(f"/runs/1/units/{scored.units['石桥区']}/compare?with={scored.units['望川县']}").text
    assert "−33.33" in compared
    assert "总分（取舍后）" in compared
    assert "与存档逐位一致" in evaluator.get("/runs/1/recheck").text


def test_why_one_stands_behind_names_a_veto_and_what_was_taken_off(scored, sign_in_as, writing):
    """Where every indicator is the better one, what decides stands after them."""
    with writing():
        scored.enter_all_marks()
        scored.enter("望川县", "veto", reason="发生重大泄密事件")
        scored.enter("临溪县", "penalty", amount="2", reason="被通报批评")
        run_scheme(scored.scheme, plan_id=scored.plan_id, as_of=AS_OF, by=scored.viewer("evaluator"), at=SCORED_AT)
    first, second, third = (scored.units[name] for name in ("望川县", "临溪县", "石桥区"))
    evaluator = sign_in_as("evaluator")
    page = re.sub(r"<[^>]*>|\s+", " ", evaluator.get(f"/runs/1/units/{first}/compare?with={second}").text)
    assert re.search(r"一票否决 +– +一票否决，不计总分 +发生重大泄密事件 +– +—", page)
    assert re.search(r"减分 +– +– +扣分 2 +被通报批评 +\+2", page)
    assert re.search(r"总分（取舍后） +– +— +\d", page)
    assert "一票否决" not in evaluator.get(f"/runs/1/units/{second}/compare?with={third}").text


def test_the_workbook_says_what_the_run_says(scored, ran, sign_in_as, reading):
    answer = sign_in_as("lead").get("/runs/1/scoresheet.xlsx")
    assert answer.mimetype.endswith("spreadsheetml.sheet")
    book = load_workbook(io.BytesIO(answer.data), data_only=True)
    rows = {row[1]: row for row in book.worksheets[0].iter_rows(values_only=True) if row[1]}
    with reading():
        for score in unit_scores(ran):
            assert f"{rows[score.name][6]:.2f}" == score.total
            assert rows[score.name][0] == score.rank


@ON_BOTH
def test_a_large_workbook_is_a_job(scored, ran, sign_in_as, reading):
    leader = sign_in_as("lead")
    job = leader.post("/runs/1/scoresheet.xlsx").headers["Location"]
    assert "得分表已生成" in leader.get(job).text
    file = f"/exports/files/{job.rsplit('/', 1)[1]}"
    data = leader.get(file).data
    assert load_workbook(io.BytesIO(data)).worksheets[0].title == "考核得分"
    assert sign_in_as("evaluator").get(file).status_code == 404
    with reading():
        assert session.scalar(select(Job.state)) == "done"


def test_units_see_their_own_score_once_it_is_published(scored, ran, sign_in_as, writing):
    county, other, leader = sign_in_as("county_reporter"), sign_in_as("reporter"), sign_in_as("leader")
    mine = f"/runs/1/units/{scored.units['望川县']}"
    assert county.get(mine).status_code == 404
    assert leader.get("/runs/1").status_code == 404
    assert leader.get(mine).status_code == 404
    assert "还没有公布的得分" in county.get("/my-scores").text
    second = sign_in_as("second_evaluator")
    assert "复核并公布" not in sign_in_as("evaluator").get("/runs/1").text
    assert sign_in_as("evaluator").post("/runs/1/publish", data={"version": "1", "days": "5"}).status_code == 422
    assert second.post("/runs/1/publish", data={"version": "1", "days": "5"}).status_code == 302
    assert second.post("/runs/1/publish", data={"version": "1", "days": "5"}).status_code == 409
    assert county.get(mine).status_code == 200
    assert "99.00" in county.get("/my-scores").text
    assert county.get(f"/runs/1/units/{scored.units['临溪县']}").status_code == 404
    assert county.get("/runs/1").status_code == 404
    assert county.get(f"{mine}/compare?with={scored.units['临溪县']}").status_code == 404
    assert other.get(mine).status_code == 404
    assert leader.get("/runs/1").status_code == 200
    assert leader.get(mine).status_code == 200


def test_a_unit_sees_what_the_marks_came_to_and_not_whose_they_are(scored, published, sign_in_as, reading):
    page = f"/runs/1/units/{scored.units['望川县']}"
    unit, office = sign_in_as("county_reporter").get(page).text, sign_in_as("lead").get(page).text
    with reading():
        name = scored.viewer("evaluator").name
    assert "打分取平均" in unit
    assert name not in unit
    assert "打分 9" not in unit
    assert name in office
    assert "打分 9" in office


def test_the_base_and_the_total_are_not_called_the_same(scored, published, sign_in_as):
    page = sign_in_as("lead").get(f"/runs/1/units/{scored.units['望川县']}").text
    headings = re.findall(r'class="explain-head"[^>]*>\s*<strong>([^<]*)</strong>', page)
    assert headings[0] == "合计（加减分前）"
    assert headings.count("总分") == 1


def with_rule(scored, writing, rule: dict[str, object]) -> int:
    """A version in use whose entered deductions are of that rule."""
    body = deepcopy(BODY)
    body["indicators"]["children"][2]["rule"] = rule
    with writing():
        by = scored.viewer("evaluator")
        made = schemes_service.new_version(get_scheme(scored.scheme_id), reason="改计分方式", by=by, at=AT)
        schemes_service.save_scheme(
            made, version=made.version, body=body, sources=SOURCES, plan_id=scored.plan_id, by=by, at=AT
        )
        schemes_service.adopt_scheme(made, version=made.version, by=by, at=AT)
        scored.enter_all_marks()
        return int(made.id)


def test_facts_with_several_fields_are_typed_counted_and_told(scored, sign_in_as, writing, reading):
    scheme_id = with_rule(scored, writing, {"kind": "roles", "co": "0.5"})
    evaluator, unit = sign_in_as("evaluator"), scored.units["市财政局"]
    page = f"/schemes/{scheme_id}/facts/{unit}"
    assert "承担角色" in evaluator.get(page).text
    for typed_in in (page, f"/schemes/{scheme_id}/marks?indicator=order"):
        assert "分值照主办的填写，协办由系统按系数折算。" in evaluator.get(typed_in).text
    sent = {"slot": "order", "order-figure_each": "2", "order-figure_count": "2", "order-figure_role": "co"}
    assert "请写明理由" in evaluator.post(page, data=sent).text
    wrong = evaluator.post(page, data=sent | {"order-reason": "栏目未更新", "order-figure_each": "-1"})
    assert wrong.status_code == 422
    assert "不能小于 0" in wrong.text
    assert evaluator.post(page, data=sent | {"order-reason": "栏目未更新"}).status_code == 302
    assert "每次扣分 2、发生次数 2、承担角色 协办" in evaluator.get(page).text
    with writing():
        by = scored.viewer("evaluator")
        run = run_scheme(scheme_row(scheme_id), plan_id=scored.plan_id, as_of=AS_OF, by=by, at=SCORED_AT)
        assert unit_score(run.id, unit).total == "97.00"
        run_id = run.id
    assert "10 − 2 × 2 × 0.5 = 8" in evaluator.get(f"/runs/{run_id}/units/{unit}").text


def test_a_second_fact_of_a_rule_with_one_a_unit_takes_the_place_of_the_first(scored, sign_in_as, writing):
    lists = {"kind": "lists", "target": 90, "top": 1, "bottom": 1, "red": 10, "plain": 8, "black": 0}
    scheme_id = with_rule(scored, writing, lists)
    evaluator, unit = sign_in_as("evaluator"), scored.units["市财政局"]
    page = f"/schemes/{scheme_id}/facts/{unit}"
    assert "公开内容" in evaluator.get(f"/schemes/{scheme_id}/trial?as_of={AS_OF}").text  # it is missing
    for value in ("80", "95"):
        sent = {"slot": "order", "order-figure_value": value, "order-figure_exempt": "no"}
        assert evaluator.post(page, data=sent).status_code == 302
    assert "重新录入替代" in evaluator.get(page).text


@ON_BOTH
def test_closed_doors(scored, published, sign_in_as):
    lead, reporter, nobody = sign_in_as("lead"), sign_in_as("reporter"), sign_in_as("nobody")
    for address in ("/schemes/new", "/schemes/1/edit", "/facts", "/schemes/1/facts", "/runs/new"):
        assert lead.get(address).status_code == 404, address
    for address in ("/schemes", "/schemes/1", "/runs", "/runs/1", "/runs/1/scoresheet.xlsx", "/runs/1/recheck"):
        assert lead.get(address).status_code == 200, address
        assert reporter.get(address).status_code == 404, address
        assert nobody.get(address).status_code == 404, address
    assert lead.post("/runs/1/publish", data={"version": "1"}).status_code == 404
    for address in ("/schemes/9", "/runs/9", "/runs/1/units/999", "/facts/9/withdraw"):
        assert sign_in_as("evaluator").get(address).status_code == 404, address


def test_pages_need_as_many_statements_for_many_units(scored, ran, sign_in_as, statements):
    evaluator = sign_in_as("evaluator")
    for address in (
        "/runs/1",
        f"/runs/1/units/{scored.units['望川县']}",
        "/schemes/1/facts",
        "/runs/new?scheme=1&plan=1",
    ):
        with statements() as seen:
            assert evaluator.get(address).status_code == 200
        assert len(seen) <= 20, (address, seen)


@ON_BOTH
def test_a_scheme_is_exported_taken_in_again_and_faults_are_told_at_their_cell(scored, sign_in_as, reading):
    evaluator = sign_in_as("evaluator")
    sent = evaluator.get("/schemes/1/scheme.xlsx")
    assert sent.status_code == 200
    sheet = load_workbook(io.BytesIO(sent.data)).active
    place = next(cell for row in sheet.iter_rows() for cell in row if cell.value == "公开内容")
    sheet.cell(place.row, place.column + 1).value = "一十"
    target = io.BytesIO()
    sheet.parent.save(target)
    assert "请选择要导入的文件" in evaluator.post("/schemes/import", data={"name": "新方案"}).text
    upload = {"name": "新方案", "plan": str(scored.plan_id), "file": (io.BytesIO(target.getvalue()), "方案.xlsx")}
    answer = evaluator.post("/schemes/import", data=upload)
    assert answer.status_code == 200
    assert "分值“一十”不是数" in answer.text
    assert f"{chr(64 + place.column + 1)}{place.row}" in answer.text
    assert "等次、不适用、否决等规则先按" not in answer.text  # they came with the sheet
    with reading():
        made = session.scalars(select(Scheme).where(Scheme.name == "新方案")).one()
        assert (made.state, made.sources["n1"]["from"], made.sources["n3"]["each"]) == (
            "draft",
            "accepted_share",
            "0.5",
        )
        assert made.body["indicators"]["children"][0]["name"] == "任务落实"
        scheme_id = made.id
    assert "一十" in evaluator.get(f"/schemes/{scheme_id}/edit").text
    kept = re.sub(r"<[^>]*>|\s", "", evaluator.get(f"/schemes/{scheme_id}").text)
    assert f"请核对：{chr(64 + place.column + 1)}{place.row}" in kept.replace("考核方案!", ""), (
        "after the page is left, too"
    )
    assert "分值“一十”不是数" in kept
    bare = {"name": "印发的方案", "file": (io.BytesIO("指标,分值,评分标准\n甲,100,每次扣1分".encode()), "b.csv")}
    answer = evaluator.post("/schemes/import", data=bare)
    assert "等次、不适用、否决等规则先按" in answer.text
    assert "优秀 90 分起（名额 30%）" in answer.text  # what the sheet does not say is said to be set for now
    empty = {"name": "别的", "file": (io.BytesIO("单位,内容\n市财政局,公开".encode()), "a.csv")}
    assert "没有找到考核表" in evaluator.post("/schemes/import", data=empty).text
    assert sign_in_as("lead").get("/schemes/import").status_code == 404
