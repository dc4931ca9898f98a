"""Registers the progress room with the application."""

from __future__ import annotations

from flask import Flask
from flask_babel import lazy_gettext as _l

from tracker import clock
from tracker.accounts.roles import Role, Viewer
from tracker.plans.beside import tell
from tracker.progress import (
    commands,
    jobs,
    labels,
    labels_kits,
    labels_lights,
    labels_milestones,
    labels_shared,
    queries,
    routes,
    rows,
)
from tracker.progress.queries.claims import count_claims
from tracker.progress.queries.figures_reported import figures_reported
from tracker.progress.queries.kits import count_kits
from tracker.progress.queries.milestones import steps_of
from tracker.progress.queries.passed_on import count_from_below, count_passed_on
from tracker.progress.queries.questions import count_questions
from tracker.progress.service.succession import hold, pass_on
from tracker.units.followers import follow
from tracker.web.navigation import Item, offer

LEAD = frozenset({Role.LEAD_OFFICE.value})
OWN_PAGES = frozenset({
    "progress.report", "progress.hand_in", "progress.obligation", "progress.propose_request", "progress.ask_for",
    "progress.passed", "progress.part", "progress.choose_files", "progress.reuse_files",
})  # fmt: skip
"""Pages that a unit reaches from its own tasks, although their address is that of the obligation."""

JOBS = (jobs.issue, jobs.revise, jobs.give_kits, jobs.receive_kits)


def register(app: Flask) -> None:
    labels.register(app)
    labels_shared.register(app)
    labels_lights.register(app)
    labels_kits.register(app)
    labels_milestones.register(app)
    rows.register(app)
    app.register_blueprint(routes.pages)
    app.cli.add_command(commands.progress)
    follow("progress", pass_on, hold)
    tell("progress/_beside_task.html", steps_of)
    tell("progress/_beside_figures.html", figures_reported)
    offer(
        app,
        Item("progress.assignments", _l("我的任务"), "clipboard-list", "work",
             frozenset({Role.REPORTER.value, Role.REVIEWER.value}), _mine,
             prefix=("/kits", "/passed"), claims=OWN_PAGES),
        Item("progress.from_below", _l("下级报送"), "subtask", "work",
             frozenset({Role.REPORTER.value, Role.REVIEWER.value}), _from_below),
        Item("progress.reviews", _l("本单位审核"), "checklist", "work", frozenset({Role.REVIEWER.value}), queries.count_reviews),
        Item("progress.checks", _l("核验"), "clipboard-check", "work", LEAD, queries.count_checks, prefix=("/phrases",)),
        Item("progress.hand_backs", _l("退回处理"), "arrow-back-up", "work", LEAD, queries.count_hand_backs),
        Item("progress.requests", _l("申请审批"), "gavel", "work", LEAD, queries.count_requests),
        Item("progress.questions", _l("询问与协调"), "messages", "work",
             frozenset({Role.REPORTER.value, Role.REVIEWER.value, Role.LEAD_OFFICE.value}), count_questions,
             prefix=("/questions",), claims=frozenset({"progress.propose_question", "progress.ask_question"})),
        Item("progress.unclaimed", _l("待认领任务"), "hand-stop", "work",
             frozenset({Role.REPORTER.value, Role.REVIEWER.value, Role.LEAD_OFFICE.value}), count_claims, prefix=("/claims",),
             claims=frozenset({"progress.propose_claim", "progress.claim_task"})),
        Item("progress.work", _l("进展台账"), "table", "plan",
             frozenset(role.value for role in routes.SEEING), prefix=("/obligations", "/assignments")),
        Item("progress.all_kits", _l("离线填报"), "file-spreadsheet", "plan", LEAD, _kits),
        Item("progress.review_chains", _l("审核层级"), "route", "place", frozenset({Role.ADMIN.value})),
        Item("progress.calendar", _l("工作日历"), "calendar", "place", frozenset({Role.ADMIN.value, Role.LEAD_OFFICE.value})),
    )  # fmt: skip


def _mine(viewer: Viewer) -> int:
    return (
        queries.count_mine(viewer, clock.today())
        + count_passed_on(viewer, clock.today())[1]
        + count_kits(viewer, Role.REPORTER)
    )


def _from_below(viewer: Viewer) -> int | None:
    return count_from_below(viewer, clock.today())


def _kits(viewer: Viewer) -> int:
    return count_kits(viewer, Role.LEAD_OFFICE)
