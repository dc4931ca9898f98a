"""Whose it is: another unit's things are not there, whatever address or form somebody makes up."""

from __future__ import annotations

import io

import pytest
from sqlalchemy import select

from tests.support.issued import adopted, reported
from tests.support.place import AT
from tracker.db import session
from tracker.progress import service
from tracker.progress.models import Evidence, Obligation, Return


@pytest.fixture
def sent(plan, writing):
    """A return of the finance bureau at the lead office, with a file, and a draft of its next one."""
    with writing():
        first, second = plan.obligations("压减审批时限", "市财政局")[:2]
        service.sign(first.assignment_id, by=plan.viewer("reporter"), at=AT)
        service.attach(first.id, stream=io.BytesIO(b"%PDF-1"), name="a.pdf", by=plan.viewer("reporter"), at=AT)
        version = reported(plan, first.id)
        service.attach(second.id, stream=io.BytesIO(b"%PDF-2"), name="b.pdf", by=plan.viewer("reporter"), at=AT)
        own = reported(plan, plan.obligations("压减审批时限", "市财政局")[2].id, reviewer=None)
        files = list(session.scalars(select(Evidence.public_id).order_by(Evidence.id)))
        return {
            "obligation": first.id, "assignment": first.assignment_id, "version": version, "draft": second.id,
            "own": own, "files": files,
        }  # fmt: skip


def test_reading(sent, sign_in_as):
    pages = [
        f"/obligations/{sent['obligation']}",
        f"/assignments/{sent['assignment']}",
        f"/evidence/{sent['files'][0]}",
    ]
    for path in pages:
        for who in ("reporter", "reviewer", "lead", "leader", "evaluator"):
            assert sign_in_as(who).get(path).status_code == 200, (who, path)
        for who in ("other_reporter", "county_reporter", "admin", "nobody"):
            assert sign_in_as(who).get(path).status_code == 404, (who, path)


def test_a_draft_is_seen_inside_the_unit_only(sent, sign_in_as):
    draft_file = f"/evidence/{sent['files'][1]}"
    assert sign_in_as("reviewer").get(draft_file).status_code == 200
    for who in ("lead", "leader", "evaluator", "other_reporter"):
        assert sign_in_as(who).get(draft_file).status_code == 404, who
    assert "第 1 版" in sign_in_as("reporter").get(f"/obligations/{sent['draft']}").text
    assert "第 1 版" not in sign_in_as("leader").get(f"/obligations/{sent['draft']}").text
    assert "上传佐证材料" not in sign_in_as("leader").get(f"/assignments/{sent['assignment']}").text


POSTS = (
    ("/assignments/{assignment}/sign", {}),
    ("/assignments/{assignment}/hand-back", {"reason": "x"}),
    ("/obligations/{draft}/report", {"done": "x", "percent": "1"}),
    ("/obligations/{draft}/draft", {"done": "x"}),
    ("/obligations/{draft}/evidence", {"file": (b"%PDF-3", "c.pdf")}),
    ("/returns/{own}/recall", {}),
    ("/reviews/{own}", {"decision": "pass"}),
    ("/checks/{version}", {"decision": "pass"}),
)


@pytest.mark.parametrize(("path", "data"), POSTS)
def test_crafted_posts_of_others_do_nothing(sent, sign_in_as, reading, path, data):
    def body():
        return {
            name: (io.BytesIO(value[0]), value[1]) if isinstance(value, tuple) else value
            for name, value in data.items()
        }

    before = _states(reading)
    strangers = ["other_reporter", "other_reviewer", "county_reporter", "leader", "evaluator", "admin", "nobody"]
    if not path.startswith("/checks"):
        strangers.append("lead")
    for who in strangers:
        assert sign_in_as(who).post(path.format(**sent), data=body()).status_code == 404, who
    assert _states(reading) == before


def _states(reading):
    with reading():
        rows = session.execute(
            select(Obligation.id, Obligation.state, Obligation.percent).order_by(Obligation.id)
        ).all()
        return rows, session.execute(select(Return.id, Return.state, Return.version).order_by(Return.id)).all()


def test_nothing_is_skipped_by_a_crafted_post(sent, sign_in_as, reading):
    """A reviewer cannot check, a checker cannot check what is not approved, nobody decides twice: the same once more leads on
    and does nothing."""
    reviewer, lead = sign_in_as("reviewer"), sign_in_as("lead")
    assert reviewer.post(f"/checks/{sent['own']}", data={"decision": "pass"}).status_code == 404
    assert lead.post(f"/checks/{sent['own']}", data={"decision": "pass"}).status_code in {404, 409}
    before = _states(reading)
    assert reviewer.post(f"/reviews/{sent['version']}", data={"decision": "pass"}).status_code == 302
    otherwise = reviewer.post(f"/reviews/{sent['version']}", data={"decision": "back", "reason": "请补充数据。"})
    assert otherwise.status_code == 409
    assert _states(reading) == before
    assert sign_in_as("reporter").get(f"/obligations/{sent['obligation']}/report").status_code == 302


def test_the_ledger_names_no_chapter_of_what_is_not_the_viewers(plan, place, writing, sign_in_as):
    """The address asks for any plan; what its chapters are called is told to those who have a part in them."""
    with writing():
        waiting = adopted(place, year=2027)
    county, lead = sign_in_as("county_reporter"), sign_in_as("lead")
    assert "优化流程" not in county.get(f"/work?plan={plan.plan_id}").text
    assert "优化流程" in lead.get(f"/work?plan={plan.plan_id}").text
    for who in (county, sign_in_as("reporter"), lead):
        assert "优化流程" not in who.get(f"/work?plan={waiting.plan_id}").text
