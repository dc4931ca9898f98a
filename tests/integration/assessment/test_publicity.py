"""A published run stands open for some workdays (公示), then is final: afterwards only another in its place, with a reason."""

from __future__ import annotations

import re
from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from tests.support.issued import at
from tests.support.scored import AS_OF, BODY, SCORED_AT, Scored, found_scored
from tracker import clock
from tracker.assessment.publicity import FINAL, OPEN, REPLACED
from tracker.assessment.queries.own_scores import own_scores
from tracker.assessment.queries.runs import run_row
from tracker.assessment.service.runs import publish, run_scheme, withdraw
from tracker.audit.models import AuditEntry
from tracker.db import session
from tracker.errors import Conflict, DomainError

LAST = date(2026, 7, 9)
"""Thursday, 2 July, and five workdays."""


def ran(scored: Scored, when=SCORED_AT) -> int:
    return run_scheme(scored.scheme, plan_id=scored.plan_id, as_of=AS_OF, by=scored.viewer("evaluator"), at=when).id


def published(scored: Scored, when=SCORED_AT, **terms: Any) -> int:
    run_id = ran(scored, when)
    publish(run_id, version=1, by=scored.viewer("second_evaluator"), at=when, **terms)
    return run_id


@pytest.fixture
def marked(scored, writing) -> Scored:
    with writing():
        scored.enter_all_marks()
    return scored


def test_it_stands_open_to_the_end_of_its_last_workday(marked, writing, reading):
    with writing():
        run_id = published(marked)
    with reading():
        row = run_row(run_id)
        assert row.public_until == LAST
        assert [row.stage(LAST + timedelta(days=days)) for days in (0, 1)] == [OPEN, FINAL]
        entry = session.scalars(select(AuditEntry.body).order_by(AuditEntry.seq.desc())).first()
        assert entry["detail"] == {"公示期至": "2026-07-09"}


@pytest.mark.parametrize("days", [0, 61])
def test_the_time_has_bounds(marked, writing, days):
    with writing(), pytest.raises(DomainError, match="1 至 60"):
        published(marked, days=days)


def test_it_is_withdrawn_while_it_is_open_and_its_units_see_why(marked, writing, reading):
    with writing():
        evaluator, run_id = marked.viewer("evaluator"), published(marked)
        with pytest.raises(DomainError, match="理由"):
            withdraw(run_id, reason=" ", version=2, by=evaluator, at=at(LAST))
        withdraw(run_id, reason="异议成立，重新核算", version=2, by=evaluator, at=at(LAST))
    with reading():
        (own,) = own_scores(marked.viewer("county_reporter"))
        assert (own.stage(LAST), own.reason) == ("withdrawn", "异议成立，重新核算")
    with writing(), pytest.raises(Conflict):
        withdraw(run_id, reason="再次", version=3, by=evaluator, at=at(LAST))


def test_it_is_withdrawn_by_nobody_once_it_is_final(marked, writing, reading):
    with writing():
        run_id = published(marked)
        with pytest.raises(DomainError, match="公示期已满"):
            withdraw(run_id, reason="漏算", version=2, by=marked.viewer("evaluator"), at=at(LAST + timedelta(days=1)))
    with reading():
        assert run_row(run_id).state == "published"


def test_another_takes_its_place_with_a_reason_only(marked, writing, reading):
    later = at(LAST + timedelta(days=5))
    with writing():
        first = published(marked)
        with pytest.raises(DomainError, match=f"第 {first} 次"):
            published(marked, later)
    with writing():
        second = published(marked, later, reason="补计漏算的加分")
    with writing():
        third = published(marked, later, reason="再次更正")
    with reading():
        rows = [run_row(number) for number in (first, second, third)]
        assert [row.stage(LAST) for row in rows] == [REPLACED, REPLACED, OPEN]
        assert [(row.replaces, row.replaced_by) for row in rows] == [(None, second), (first, third), (second, None)]
        assert rows[1].reason == "补计漏算的加分"
    with writing():
        withdraw(third, reason="理由不充分", version=2, by=marked.viewer("evaluator"), at=later)
    with reading():
        assert run_row(second).stage(LAST + timedelta(days=30)) == FINAL


def test_a_run_as_of_another_day_stands_beside_it(marked, writing, reading):
    with writing():
        first = published(marked)
        other = run_scheme(
            marked.scheme, plan_id=marked.plan_id, as_of=AS_OF - timedelta(days=1), by=marked.viewer("evaluator"),
            at=SCORED_AT,
        )  # fmt: skip
        publish(other.id, version=1, by=marked.viewer("second_evaluator"), at=SCORED_AT)
    with reading():
        assert run_row(first).replaced_by is None


def test_who_publishes_another_in_its_place_sees_first_what_changes(marked, writing, sign_in_as):
    with writing():
        first = published(marked, clock.now())
        second = ran(marked, clock.now())
    page = sign_in_as("second_evaluator")
    link = f"/runs/{second}/against?with={first}"
    assert f'href="{link}"' in page.get(f"/runs/{second}/publish").text
    assert page.get(link).status_code == 200


def test_the_pages(marked, writing, sign_in_as):
    second, county = sign_in_as("second_evaluator"), sign_in_as("county_reporter")
    now = clock.now()
    with writing():
        run_id = ran(marked, now)
    here = f"/runs/{run_id}/publish"
    assert 'value="5"' in second.get(here).text
    assert second.post(here, data={"version": "1", "days": "99"}).status_code == 422
    assert second.post(here, data={"version": "1", "days": "7"}).status_code == 302
    assert second.get(here).status_code == 404
    assert "公示中" in second.get(f"/runs/{run_id}").text
    assert f"/runs/{run_id}/withdraw" in second.get(f"/runs/{run_id}").text
    mine = f"/runs/{run_id}/units/{marked.units['望川县']}"
    assert "期满结果即定" in county.get(mine).text
    with writing():
        next_id = ran(marked, now)
    there = f"/runs/{next_id}/publish"
    assert f"第 {run_id} 次" in second.get(there).text
    assert second.post(there, data={"version": "1", "days": "5"}).status_code == 422
    assert second.post(there, data={"version": "1", "days": "5", "reason": "更正加分"}).status_code == 302
    assert f"/runs/{next_id}" in second.get(f"/runs/{run_id}").text
    assert "这次结果已被更正" in county.get(mine).text
    assert "更正加分" in county.get("/my-scores").text
    sheet = load_workbook(BytesIO(second.get(f"/runs/{next_id}/scoresheet.xlsx").data)).worksheets[0]
    said = " ".join(str(row[0].value) for row in sheet.iter_rows(max_row=8))
    head = run_head(second.get(f"/runs/{next_id}").text)
    assert f"审计链头：{head}" in said
    assert "更正加分" in said
    withdrawn = second.post(f"/runs/{next_id}/withdraw", data={"version": "2", "reason": "尚需核实"})
    assert withdrawn.status_code == 302
    assert "尚需核实" in county.get("/my-scores").text
    assert county.get(f"/runs/{next_id}/units/{marked.units['望川县']}").status_code == 404


def run_head(page: str) -> str:
    return page.split('公布时审计链头</dt><dd class="hash">')[1][:64]


def test_who_publishes_is_told_of_a_tie_across_a_quota_line(place, writing, sign_in_as):
    half = [{"name": "优秀", "min": "60", "quota_percent": "50"}, {"name": "其他", "min": "0"}]
    with writing():
        scored = found_scored(place, body=BODY | {"grades": half})
        scored.enter_all_marks()
        run_id = run_scheme(
            scored.scheme, plan_id=scored.plan_id, as_of=AS_OF, by=scored.viewer("evaluator"), at=SCORED_AT
        ).id
    told = "县区：“优秀”名额 2 个，总分 91.83 的 2 个单位同分，占第 2 至第 3 个，跨过名额线，按方案都降一等："
    for path in (f"/runs/{run_id}", f"/runs/{run_id}/publish"):
        page = sign_in_as("second_evaluator").get(path).text
        note = page[(start := page.index("同分跨过名额线")) : page.index("</ul>", start)]
        said = re.sub(r"<[^>]*>|\s", "", note)
        assert said == "同分跨过名额线" + told.replace(" ", "") + "临溪县、青禾县"
        assert f"/runs/{run_id}/units/{scored.units['青禾县']}" in note
