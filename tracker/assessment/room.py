"""Registers the assessment room with the application."""

from __future__ import annotations

from flask import Flask
from flask_babel import lazy_gettext as _l

from tracker.accounts.roles import Role
from tracker.assessment import commands, jobs, labels
from tracker.assessment.queries.invitations import waiting_invitations
from tracker.assessment.queries.notices import waiting_notices
from tracker.assessment.queries.sheet_rows import fact_words
from tracker.assessment.routes import pages
from tracker.assessment.routes.blueprint import READERS, SCORED
from tracker.web.navigation import Item, offer

JOBS = (jobs.run, jobs.scoresheet, jobs.study)
"""Found by the outbox once they are imported."""


def register(app: Flask) -> None:
    app.register_blueprint(pages)
    app.cli.add_command(commands.assess)
    labels.register(app)
    app.jinja_env.filters["fact_words"] = fact_words
    evaluators, readers = frozenset({Role.EVALUATOR}), frozenset(map(Role, READERS))
    offer(
        app,
        Item("assessment.schemes", _l("考核方案"), "list-tree", "score", evaluators),
        Item(
            "assessment.facts_home",
            _l("评分依据"),
            "writing",
            "score",
            evaluators,
            badge=waiting_invitations,
            claims=frozenset(
                {
                    "assessment.facts",
                    "assessment.facts_of_unit",
                    "assessment.enter_fact",
                    "assessment.marks",
                    "assessment.panel",
                    "assessment.awaited",
                    "assessment.invite",
                    "assessment.excuse",
                    "assessment.take_back_recusal",
                    "assessment.enter_marks",
                    "assessment.fill_marks",
                }
            ),
        ),
        Item("assessment.runs", _l("考核结果"), "podium", "score", readers, prefix="/schemes"),
        Item(
            "assessment.notices",
            _l("扣分告知"),
            "message",
            "score",
            evaluators | frozenset(map(Role, SCORED)),
            badge=waiting_notices,
            prefix="/notices",
        ),
        Item("assessment.my_scores", _l("我的得分"), "medal", "score", frozenset(map(Role, SCORED)), prefix="/runs"),
    )
