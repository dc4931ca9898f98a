"""Exports: each report holds what its reader may see, large ones are written as a job, and text stays text."""

from __future__ import annotations

import io
import re

import openpyxl
import pytest
from sqlalchemy import text

from tests.support.scored import AS_OF, SCORED_AT, found_scored
from tracker.assessment.service.runs import run_scheme
from tracker.db import session
from tracker.outbox.models import Job
from tracker.plans.models import TaskText


def rows(data: bytes) -> list[list[object]]:
    sheet = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
    return [list(row) for row in sheet.iter_rows(values_only=True)]


def column(data: bytes, label: str) -> list[object]:
    table = rows(data)
    head = next(number for number, row in enumerate(table) if label in row)
    place = table[head].index(label)
    return [row[place] for row in table[head + 1 :] if row[place] is not None]


@pytest.mark.parametrize("name", ["ledger", "overdue", "breakdown"])
def test_a_small_report_is_answered_at_once(plan, sign_in_as, name):
    answer = sign_in_as("lead").get(f"/exports/{name}.xlsx?plan={plan.plan_id}")
    assert answer.status_code == 200
    assert answer.mimetype.endswith("spreadsheetml.sheet")
    assert "filename*=UTF-8''2026" in answer.headers["Content-Disposition"]
    assert answer.headers["Content-Security-Policy"]
    assert len(rows(answer.data)) > 3


def test_a_unit_gets_its_own_rows_only(plan, sign_in_as):
    def units(who):
        return set(column(sign_in_as(who).get("/exports/ledger.xlsx").data, "单位"))

    assert units("lead") == {"市财政局", "市交通运输局", "望川县", "临溪县"}
    assert units("reporter") == units("reviewer") == {"市财政局"}
    assert units("county_reporter") == {"望川县"}
    overdue = sign_in_as("other_reporter").get("/exports/overdue.xlsx").data
    assert set(column(overdue, "单位")) == {"市交通运输局"}
    tasks = column(sign_in_as("county_reporter").get(f"/exports/breakdown.xlsx?plan={plan.plan_id}").data, "任务")
    assert tasks == ["公开办事指南"]


def test_who_may_not_gets_nothing(plan, sign_in_as):
    reporter = sign_in_as("reporter")
    for address in ("/exports/scoresheet.xlsx?run=1", "/exports/deductions.xlsx?run=1", "/exports/nothing.xlsx",
                    "/exports/ledger.xlsx?plan=999"):  # fmt: skip
        assert reporter.get(address).status_code == 404, address
        path, _, query = address.replace(".xlsx", "").partition("?")
        assert reporter.post(path, data=dict([query.split("=")] if query else [])).status_code == 404, address
    for who in ("admin", "nobody"):
        assert sign_in_as(who).get("/exports/ledger.xlsx").status_code == 404
    assert sign_in_as("lead").get("/exports/breakdown.xlsx").status_code == 422


def test_text_that_looks_like_a_formula_stays_text(plan, writing, sign_in_as):
    with writing():
        session.get_one(TaskText, plan.tasks["压减审批时限"]).requirement = '=HYPERLINK("http://evil.example")'
    data = sign_in_as("lead").get(f"/exports/ledger.xlsx?plan={plan.plan_id}").data
    sheet = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value and "HYPERLINK" in str(cell.value)]
    assert cells
    assert {cell.data_type for cell in cells} == {"s"}


@pytest.fixture
def large(monkeypatch):
    monkeypatch.setattr("tracker.desk.service.WRITTEN_AT_ONCE", 3)


def test_a_large_report_is_written_by_a_job(plan, large, sign_in_as):
    lead = sign_in_as("lead")
    asked = lead.get(f"/exports/ledger.xlsx?plan={plan.plan_id}")
    assert "需要一会儿" in asked.text
    started = lead.post("/exports/ledger", data={"plan": plan.plan_id})
    assert started.status_code == 302
    page = lead.get(started.headers["Location"])
    assert "已完成" in page.text
    download = re.search(r'href="(/exports/files/\d+)"', page.text)
    assert download is not None
    data = lead.get(download.group(1)).data
    assert len(column(data, "单位")) == 10
    assert lead.get(f"{started.headers['Location']}/status", headers={"HX-Request": "true"}).status_code == 286
    assert "2026年营商环境任务分解表进展台账" in lead.get("/jobs").text
    for who in ("second_lead", "reporter"):
        for address in (started.headers["Location"], download.group(1)):
            assert sign_in_as(who).get(address).status_code == 404, (who, address)


def test_a_job_is_stopped_by_who_started_it(app, plan, large, sign_in_as, reading):
    app.config["JOBS_INLINE"] = False
    lead = sign_in_as("lead")
    started = lead.post("/exports/ledger", data={"plan": plan.plan_id}).headers["Location"]
    running = lead.get(f"{started}/status", headers={"HX-Request": "true"})
    assert running.status_code == 200
    assert "等待中" in running.text
    assert sign_in_as("reporter").post(f"{started}/cancel").status_code == 404
    assert lead.post(f"{started}/cancel").status_code == 302
    assert "已取消" in lead.get(started).text
    with reading():
        assert session.get_one(Job, int(started.rsplit("/", 1)[1])).state == "cancelled"


def test_a_page_left_open_shows_that_its_job_is_over(app, plan, large, sign_in_as):
    """When it ended, and nothing more to be stopped."""
    lead = sign_in_as("lead")
    app.config["JOBS_INLINE"] = False
    started = lead.post("/exports/ledger", data={"plan": plan.plan_id}).headers["Location"]
    page, hx = lead.get(started).text, {"HX-Request": "true"}
    assert "取消作业" in page
    assert "hx-swap-oob" not in lead.get(f"{started}/status", headers=hx).text, "a button that is pressed stays itself"
    assert "已完成 1 项作业" in app.test_cli_runner().invoke(args=["jobs", "once"]).output
    told = lead.get(f"{started}/status", headers=hx).text
    assert re.search(r"<dt>完成时间</dt><dd>20\d\d-", told)
    assert "取消作业" not in told
    swapped = re.findall(r'id="([^"]+)" hx-swap-oob="true"', told)
    assert swapped
    assert [one for one in swapped if f'id="{one}"' not in page] == []
    cancel = re.search(r'<div id="([^"]+)">\s*<form[^>]*/cancel"', page)
    assert cancel
    assert cancel[1] in swapped


def test_a_job_writes_with_the_rights_of_the_moment(app, plan, large, place, sign_in_as, writing):
    """Whoever has lost the role since gets nothing."""
    reporter = sign_in_as("reporter")
    app.config["JOBS_INLINE"] = False
    started = reporter.post("/exports/ledger").headers["Location"]
    with writing():
        session.execute(text("DELETE FROM role_grant WHERE person_id = :p"), {"p": place.people["reporter"]})
    assert "已完成 1 项作业" in app.test_cli_runner().invoke(args=["jobs", "once"]).output
    assert "作业没有完成" in reporter.get(started).text


def test_commands_name_and_write_reports(app, plan, tmp_path):
    runner = app.test_cli_runner()
    listed = runner.invoke(args=["reports", "list"])
    assert listed.exit_code == 0
    assert "scoresheet" in listed.output
    out = tmp_path / "台账.xlsx"
    made = runner.invoke(args=["reports", "export", "ledger", "--out", str(out), "--plan", "2026年营商环境任务分解表"])
    assert made.exit_code == 0, made.output
    assert len(column(out.read_bytes(), "单位")) == 10
    for arguments in (
        ["ledger", "--plan", "没有这个计划"],
        ["scoresheet"],
        ["breakdown"],
        ["scoresheet", "--run", "x"],
    ):
        refused = runner.invoke(args=["reports", "export", *arguments, "--out", str(tmp_path / "no.xlsx")])
        assert refused.exit_code == 2, arguments
        assert len(refused.output.strip().splitlines()) == 1


def test_scores_are_exported_as_they_were_run(place, writing, sign_in_as, app, tmp_path):
    with writing():
        scored = found_scored(place)
        scored.enter_all_marks()
        run = run_scheme(
            scored.scheme, plan_id=scored.plan_id, as_of=AS_OF, by=scored.viewer("evaluator"), at=SCORED_AT
        ).id
    evaluator = sign_in_as("evaluator")
    data = evaluator.get(f"/exports/scoresheet.xlsx?run={run}").data
    assert "望川县" in column(data, "单位")
    assert evaluator.get(f"/exports/deductions.xlsx?run={run}").status_code == 200
    assert sign_in_as("leader").get(f"/exports/scoresheet.xlsx?run={run}").status_code == 404  # not yet published
    out = tmp_path / "得分.xlsx"
    assert app.test_cli_runner().invoke(args=["reports", "export", "scoresheet", "--out", str(out)]).exit_code == 0
    assert column(out.read_bytes(), "单位") == column(data, "单位")


def test_the_page_offers_what_one_may_have(plan, sign_in_as):
    lead, reporter = sign_in_as("lead").get("/exports").text, sign_in_as("reporter").get("/exports").text
    assert "考核得分表" in lead
    assert "考核得分表" not in reporter
    assert "进展台账" in reporter
