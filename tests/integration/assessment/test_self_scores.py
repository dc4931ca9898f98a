"""Self scoring (自评): where the scheme asks, with evidence, seen beside the mark, closed once checked, and never counted by itself."""

from __future__ import annotations

from copy import deepcopy
from decimal import Decimal
from io import BytesIO

import pytest
from sqlalchemy import func, select

from tests.support.scored import AS_OF, BODY, SCORED_AT, SOURCES, Scored, found_scored
from tracker.assessment.models import SelfScore
from tracker.assessment.queries.runs import frozen_inputs
from tracker.assessment.queries.self_scores import self_scores
from tracker.assessment.service.runs import run_scheme
from tracker.audit.models import AuditEntry
from tracker.db import session

OWN = "市财政局"


@pytest.fixture
def asking(place, writing) -> Scored:
    sources = deepcopy(SOURCES)
    sources["review"]["self"] = "1"
    with writing():
        return found_scored(place, BODY, sources)


def page(scored: Scored, unit: str = OWN) -> str:
    return f"/my-scores/self/{scored.scheme_id}/{scored.units[unit]}"


def said(client, scored: Scored, score: str, reason: str = "按要点逐项完成", file: bytes | None = None):
    data: dict[str, object] = {"slot": "review", "review-score": score, "review-reason": reason}
    if file is not None:
        data["review-evidence"] = (BytesIO(file), "自评佐证.txt")
    return client.post(page(scored), data=data, content_type="multipart/form-data")


def test_a_unit_scores_itself_and_the_evaluator_sees_it_beside_the_mark(asking, sign_in_as, reading):
    reporter, evaluator = sign_in_as("reporter"), sign_in_as("evaluator")
    assert page(asking) in reporter.get("/my-scores/self").text
    assert said(reporter, asking, "９.５", file="清单".encode()).status_code == 302
    assert said(reporter, asking, "9", "更正一处").status_code == 302
    with reading():
        row = self_scores(asking.scheme.series_id, asking.plan_id)[asking.units[OWN], "review"]
        assert (row.score, row.reason) == (Decimal(9), "更正一处")
        assert row.evidence_id is not None, "the file of the first time is kept"
        assert session.scalar(select(func.count(SelfScore.id))) == 2
        entry = session.scalars(
            select(AuditEntry).where(AuditEntry.action == "填报自评").order_by(AuditEntry.seq.desc())
        ).first()
        assert entry.body["changes"] == {"分值": ["9.5", "9"]}
    facts = f"/schemes/{asking.scheme_id}/facts/{asking.units[OWN]}"
    for address in (facts, f"/schemes/{asking.scheme_id}/marks?indicator=review"):
        assert "单位自评 9" in evaluator.get(address).text
    file = f"/my-scores/self/files/{row.id}"
    assert file in evaluator.get(facts).text
    assert (evaluator.get(file).data, reporter.get(file).data) == ("清单".encode(), "清单".encode())
    county = sign_in_as("county_reporter")
    assert [county.get(one).status_code for one in (file, page(asking))] == [404, 404]


@pytest.mark.parametrize(
    ("score", "reason", "fault"), [("", "有", "请填写数字"), ("10.1", "有", "0 至 10"), ("-1", "有", "0 至 10"), ("9", " ", "写明自评")]
)  # fmt: skip
def test_what_cannot_be_is_refused_and_kept_as_typed(asking, sign_in_as, reading, score, reason, fault):
    answer = said(sign_in_as("reporter"), asking, score, reason)
    assert answer.status_code == 422
    assert fault in answer.text
    assert f'value="{score}"' in answer.text
    with reading():
        assert not session.scalar(select(func.count(SelfScore.id)))


def test_it_is_closed_once_checked_and_counts_for_nothing_by_itself(asking, sign_in_as, writing, reading):
    reporter = sign_in_as("reporter")
    said(reporter, asking, "10")
    with writing():
        asking.enter_all_marks("8")
        by = asking.viewer("evaluator")
        run_id = run_scheme(asking.scheme, plan_id=asking.plan_id, as_of=AS_OF, by=by, at=SCORED_AT).id
    with reading():
        assert {fact["amount"] for fact in frozen_inputs(run_id).facts if fact["indicator"] == "review"} == {"8"}
    assert "考核组已核定，不能再改" in reporter.get(page(asking)).text
    answer = said(reporter, asking, "9")
    assert (answer.status_code, "已经核定" in answer.text) == (422, True)


def test_what_was_settled_before_a_unit_was_asked_is_not_waited_for(asking, sign_in_as, writing):
    reporter = sign_in_as("reporter")
    assert "0 / 1" in reporter.get("/my-scores/self").text
    with writing():
        asking.enter_all_marks("8")
    page = reporter.get("/my-scores/self").text
    assert "0 / 0" in page
    assert "考核组已先核定 1 项" in page


def test_only_where_the_scheme_asks(scored, sign_in_as):
    reporter = sign_in_as("reporter")
    assert "没有需要自评的指标" in reporter.get("/my-scores/self").text
    assert said(reporter, scored, "9").status_code == 404
