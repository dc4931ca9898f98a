"""Every page stands under one item of the side bar, for everybody who may open it."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.architecture.access import ACCESS
from tracker.accounts.roles import PUBLIC, SIGNED_IN, Role
from tracker.web.navigation import Item, here

NO_PAGES = {
    "accounts.password", "reminders.choose", "desk.finding",  # reached from the top bar
    "assessment.fact_evidence", "assessment.scoresheet", "assessment.self_evidence", "desk.download", "desk.export", "drafts.original",
    "progress.evidence", "progress.returned_kit_file", "rectification.workbook", "reminders.slip_document",
    "dashboard.burden_workbook",  # files
    "admin.find_units", "plans.find_units", "progress.arrived_below",  # answers to a script
}  # fmt: skip
PLACES = [
    ("/tasks/1", Role.LEAD_OFFICE, "plans.index"),
    ("/tasks/1/correct", Role.LEAD_OFFICE, "plans.index"),
    ("/plans/1/issue", Role.LEAD_OFFICE, "plans.index"),
    ("/drafts/1", Role.LEAD_OFFICE, "drafts.index"),
    ("/drafts/1", Role.LEADER, "plans.index"),
    ("/assignments/1", Role.LEAD_OFFICE, "progress.work"),
    ("/assignments/1", Role.REPORTER, "progress.assignments"),
    ("/obligations/1", Role.LEADER, "progress.work"),
    ("/obligations/1", Role.REPORTER, "progress.assignments"),
    ("/obligations/1/report", Role.REPORTER, "progress.assignments"),
    ("/schemes/1/facts", Role.EVALUATOR, "assessment.facts_home"),
    ("/schemes/1/facts/1", Role.EVALUATOR, "assessment.facts_home"),
    ("/schemes/1/marks", Role.EVALUATOR, "assessment.facts_home"),
    ("/schemes/1/edit", Role.EVALUATOR, "assessment.schemes"),
    ("/schemes/1", Role.LEADER, "assessment.runs"),
    ("/runs/1/units/1", Role.EVALUATOR, "assessment.runs"),
    ("/runs/1/units/1", Role.REPORTER, "assessment.my_scores"),
    ("/units/1", Role.ADMIN, "admin.units"),
    ("/", Role.LEADER, "desk.index"),
]


def offered(application: Flask, role: str) -> list[Item]:
    return [item for item in application.extensions["navigation"] if role in item.roles]


@pytest.mark.parametrize(("path", "role", "endpoint"), PLACES)
def test_a_page_stands_under_the_item_that_leads_to_it(application: Flask, path: str, role: str, endpoint: str):
    with application.test_request_context(path):
        found = here(offered(application, role))
    assert found is not None
    assert found.endpoint == endpoint


def test_no_page_stands_nowhere(application: Flask):
    lost = []
    for rule in application.url_map.iter_rules():
        roles = ACCESS.get(rule.endpoint, {PUBLIC})
        if "GET" not in (rule.methods or ()) or rule.endpoint in NO_PAGES or roles == {PUBLIC}:
            continue
        values: dict[str, object] = dict.fromkeys(rule.arguments, "1")
        with application.test_request_context():
            path = application.url_map.bind("localhost").build(rule.endpoint, values)
        for role in Role if roles == {SIGNED_IN} else roles:
            with application.test_request_context(path):
                if here(offered(application, role)) is None:
                    lost.append((path, str(role)))
    assert lost == []
