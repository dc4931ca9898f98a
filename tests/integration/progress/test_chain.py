"""The whole way of a return, through the pages that its people use."""

from __future__ import annotations

import io
import re

from sqlalchemy import select

from tests.support.issued import adopted, at, people
from tests.support.place import DAY
from tracker.audit.queries import verify_chain
from tracker.db import session
from tracker.plans.models import Assignment, Plan
from tracker.progress import queries
from tracker.progress.models import Obligation, Return, ReturnText


def fields_of(page):
    """Names and values of the hidden fields of a page's forms, the token apart."""
    hidden = re.findall(r'<input[^>]*type="hidden"[^>]*>', page.text)
    pairs = [(re.search(r'name="([^"]+)"', one), re.search(r'value="([^"]*)"', one)) for one in hidden]
    return {
        name.group(1): value.group(1) if value else ""
        for name, value in pairs
        if name and name.group(1) != "csrf_token"
    }


def test_from_issue_to_acceptance(app, place, writing, reading, sign_in_as, clock_stands):  # noqa: PLR0915 one story, told in order
    with writing():
        people(place)
        plan = adopted(place)
    lead, reporter, reviewer = sign_in_as("lead"), sign_in_as("reporter"), sign_in_as("reviewer")

    preview = lead.get(f"/plans/{plan.plan_id}/issue")
    assert preview.status_code == 200
    assert "市财政局" in preview.text
    assert "日常督办" in preview.text, "a task that nobody reports on is named"
    assert lead.post(f"/plans/{plan.plan_id}/issue", data=fields_of(preview)).status_code == 302

    with reading():
        found = session.get(Plan, plan.plan_id)
        assert found is not None
        assert found.state == "issued"
        mine = plan.assignment("压减审批时限", "市财政局").id
        due = [one.due_on.isoformat() for one in plan.obligations("压减审批时限", "市财政局")]
        assert due == ["2026-03-20", "2026-06-20", "2026-09-20", "2026-12-20"]
        assert plan.obligations("日常督办", "市财政局") == []
        first = plan.obligations("压减审批时限", "市财政局")[0].id
        target = queries.targets(plan.tasks["压减审批时限"])[0].id

    tasks = reporter.get("/assignments")
    assert "压减审批时限" in tasks.text
    chosen = re.findall(r'name="assignment" value="(\d+)"', tasks.text)
    assert len(chosen) == 2
    assert reporter.post("/assignments/sign", data={"assignment": chosen}).status_code == 302
    assert reporter.get("/assignments?tab=in_progress").status_code == 200

    form = reporter.get(f"/obligations/{first}/report")
    hidden = fields_of(form)
    typed = {
        **hidden,
        "done": "已压减 12 个事项。",
        "percent": "40",
        f"figure_{target}": "３２%",
        "problems": "",
        "next_step": "推进其余事项。",
    }
    draft = reporter.post(f"/obligations/{first}/draft", data=typed, headers={"X-Requested-With": "fetch"})
    assert draft.status_code == 200
    typed["version"] = str(draft.json["version"])
    attached = reporter.post(
        f"/obligations/{first}/evidence",
        data={"file": (io.BytesIO(b"%PDF-1.7 proof"), "证明 材料.pdf"), "editor": hidden["editor"]},
    )
    assert attached.status_code == 200
    assert reporter.post(f"/obligations/{first}/report", data=typed).status_code == 302

    queue = reviewer.get("/reviews")
    version = re.search(r"/reviews/(\d+)", queue.text).group(1)
    assert reporter.get(f"/reviews/{version}").status_code == 404
    page = reviewer.get(f"/reviews/{version}")
    assert "已压减 12 个事项。" in page.text
    assert reviewer.post(f"/reviews/{version}", data={**fields_of(page), "decision": "pass"}).status_code == 302

    queue = lead.get("/checks")
    assert f"/checks/{version}" in queue.text
    page = lead.get(f"/checks/{version}")
    no_reason = lead.post(f"/checks/{version}", data={**fields_of(page), "decision": "back"})
    assert no_reason.status_code == 422
    assert "请写明理由" in no_reason.text
    back = lead.post(f"/checks/{version}", data={**fields_of(page), "decision": "back", "reason": "请补充时间。"})
    assert back.status_code == 302

    form = reporter.get(f"/obligations/{first}/report")
    assert "请补充时间。" in form.text
    assert "已压减 12 个事项。" in form.text, "a new version begins as a copy"
    assert "证明 材料.pdf" in form.text
    typed = {**fields_of(form), "done": "3月已压减 12 个事项。", "percent": "100", f"figure_{target}": "35"}
    assert reporter.post(f"/obligations/{first}/report", data=typed).status_code == 302
    clock_stands.move_to(at(DAY.replace(day=25)))
    reviewer, lead, reporter = sign_in_as("reviewer"), sign_in_as("lead"), sign_in_as("reporter")
    second = re.search(r"/reviews/(\d+)", reviewer.get("/reviews").text).group(1)
    page = reviewer.get(f"/reviews/{second}")
    assert "<ins>3月</ins>" in page.text
    assert reviewer.post(f"/reviews/{second}", data={**fields_of(page), "decision": "pass"}).status_code == 302
    page = lead.get(f"/checks/{second}")
    done = lead.post(f"/checks/{second}", data={**fields_of(page), "decision": "pass", "close": "y"})
    assert done.status_code == 302

    with reading():
        obligations = plan.obligations("压减审批时限", "市财政局")
        assert [one.state for one in obligations] == ["accepted", "cancelled", "cancelled", "cancelled"]
        assert obligations[0].timing == "on_time", "set once, when the first version arrived"
        assert obligations[0].percent == 100
        assert session.get(Assignment, mine).state == "done"
        states = list(session.scalars(select(Return.state).order_by(Return.version_no)))
        assert states == ["returned", "accepted"]
        assert session.scalar(select(ReturnText.reason).order_by(ReturnText.return_id).limit(1)) == "请补充时间。"
        assert verify_chain().broken_at is None
        assert session.scalar(select(Obligation.id).where(Obligation.percent > 0).limit(1)) == first

    for path in (
        f"/obligations/{first}",
        f"/assignments/{mine}",
        "/work",
        f"/work?plan={plan.plan_id}&light=done",
        "/hand-backs",
        "/calendar",
    ):
        assert lead.get(path).status_code == 200, path
    page = reporter.get(f"/obligations/{first}")
    assert "第 1 版" in page.text
    assert "第 2 版" in page.text
    evidence = re.search(r"/evidence/(\w+)", page.text).group(0)
    got = reporter.get(evidence)
    assert got.data == b"%PDF-1.7 proof"
    assert got.headers["Content-Disposition"].startswith("attachment;")
    assert got.headers["X-Content-Type-Options"] == "nosniff"
    assert sign_in_as("other_reporter").get(evidence).status_code == 404
    assert sign_in_as("leader").get(evidence).status_code == 200
