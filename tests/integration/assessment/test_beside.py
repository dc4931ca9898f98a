"""A scheme tried beside its editor while it is edited (边改边试算)."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import func, select

from tests.integration.assessment.test_pages import fields_of
from tests.support.place import AT
from tests.support.scored import AS_OF, SCORED_AT
from tracker.assessment.models import Scheme
from tracker.assessment.queries.schemes import get_scheme
from tracker.assessment.service import schemes as service
from tracker.assessment.service.runs import run_scheme
from tracker.audit.models import AuditEntry
from tracker.db import session

HTMX = {"HX-Request": "true"}


@pytest.fixture
def draft_id(scored, writing) -> int:
    with writing():
        return service.new_version(
            get_scheme(scored.scheme_id), reason="加重逾期", by=scored.viewer("evaluator"), at=AT
        ).id


def row(page: str, unit: str) -> list[str]:
    """The cells of a unit's row."""
    found = page[page.index(f">{unit}</th>") :]
    return re.sub(r"<[^>]*>", " ", found[found.index("</th>") : found.index("</tr>")]).split()


def test_what_is_typed_is_tried_unsaved_beside_the_version_in_use(scored, draft_id, sign_in_as, reading):
    evaluator = sign_in_as("evaluator")
    edit = f"/schemes/{draft_id}/edit"
    sent = fields_of(evaluator.get(edit).text)
    sent["trial-as_of"] = str(AS_OF)
    late = next(name for name, value in sent.items() if name.startswith("each-") and value == "0.5").removeprefix(
        "each-"
    )

    def tried(headers=HTMX, **typed: str) -> str:
        return evaluator.post(f"{edit}/trial", data={**sent.to_dict(flat=False), **typed}, headers=headers).text

    before = tried()
    assert "还缺 6 处评分依据，暂按不适用估算" in before
    assert row(before, "石桥区")[:2] == ["47.04", "不合格"]
    with reading():
        entries = session.scalar(select(func.max(AuditEntry.seq)))
    page = tried(**{f"each-{late}": "2"})
    assert page.lstrip().startswith("<div")
    assert row(page, "石桥区")[:2] == ["43.70", "−3.34"]
    wrong = tried(**{f"points-{late}": "9"})
    assert "填好后才能试算" in wrong
    whole = tried({}, **{f"each-{late}": "2"})
    assert row(whole, "石桥区") == row(page, "石桥区")
    assert f'name="each-{late}" value="2"' in whole
    with reading():
        assert session.get_one(Scheme, draft_id).sources["late"]["each"] == "0.5"
        assert session.scalar(select(func.max(AuditEntry.seq))) == entries


def test_it_begins_with_the_day_of_the_last_run(scored, draft_id, sign_in_as, writing):
    with writing():
        scored.enter_all_marks()
        run_scheme(scored.scheme, plan_id=scored.plan_id, as_of=AS_OF, by=scored.viewer("evaluator"), at=SCORED_AT)
    evaluator, edit = sign_in_as("evaluator"), f"/schemes/{draft_id}/edit"
    page = evaluator.get(edit).text
    sent = fields_of(page)
    assert sent["trial-as_of"] == str(AS_OF)
    sent.update({"act": "stay:0"})
    sent["trial-as_of"] = "2026-06-01"
    moved = evaluator.post(edit, data=sent)
    assert fields_of(evaluator.get(moved.headers["Location"]).text)["trial-as_of"] == "2026-06-01"
