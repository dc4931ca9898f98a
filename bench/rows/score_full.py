"""`score-full`: a scheme run over 100,000 assignments (totals, ranks, grades and explanations stored), against the bare
SQL aggregate of the same rows by unit and chapter."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

from bench.city import AS_OF, application as application_of, build
from bench.harness import Measured, Row, Sample, compare, stopwatch
from tracker import clock
from tracker.accounts.queries import by_username, viewer_for
from tracker.assessment.models import Scheme
from tracker.assessment.queries.schemes import scheme_row
from tracker.assessment.service.runs import run_scheme
from tracker.db import session, transaction

ASSIGNMENTS = 100_000
BODY: dict[str, Any] = {
    "rounding": {"places": 2},
    "grades": [
        {"name": "优秀", "min": "90", "quota_percent": 30},
        {"name": "良好", "min": "80"},
        {"name": "合格", "min": "60"},
        {"name": "不合格", "min": "0"},
    ],
    "indicators": {
        "key": "total",
        "name": "总分",
        "points": "100",
        "children": [
            {
                "key": "work",
                "name": "任务落实",
                "points": "80",
                "children": [
                    {"key": "done", "name": "完成率", "points": "50", "rule": {"kind": "ratio"}},
                    {"key": "time", "name": "按时率", "points": "30", "rule": {"kind": "ratio"}},
                ],
            },
            {
                "key": "order",
                "name": "报送纪律",
                "points": "20",
                "children": [
                    {"key": "late", "name": "逾期扣分", "points": "10", "rule": {"kind": "deduction"}},
                    {"key": "back", "name": "退办扣分", "points": "5", "rule": {"kind": "deduction"}},
                    {"key": "clean", "name": "全部按时", "points": "5", "rule": {"kind": "all_or_nothing"}},
                ],
            },
        ],
    },
}
SOURCES = {
    "done": {"from": "accepted_share"},
    "time": {"from": "on_time_share"},
    "late": {"from": "overdue_each", "each": "0.5"},
    "back": {"from": "sent_back_each", "each": "0.5"},
    "clean": {"from": "all_on_time"},
}
AGGREGATE = """
    SELECT unit_id, chapter_id, count(*), sum(state = 'accepted'), sum(timing = 'on_time'), sum(percent)
    FROM obligation WHERE plan_id = 1 AND due_on <= ? GROUP BY unit_id, chapter_id
"""


def floor(folder: Path) -> Sample:
    connection = sqlite3.connect(folder / "luoshi.db")
    sample = stopwatch(lambda: connection.execute(AGGREGATE, (AS_OF.isoformat(),)).fetchall(), times=3)
    connection.close()
    return sample


def ours(folder: Path) -> Sample:
    app = application_of(folder)
    rows: list[int] = []
    with app.app_context():
        person = by_username("evaluator")
        assert person is not None
        viewer = viewer_for(person.id, today=AS_OF)
        scheme = scheme_row(1)

        def work() -> None:
            with transaction():
                run = run_scheme(scheme, plan_id=1, as_of=AS_OF, by=viewer, at=clock.now())
                rows.append(run.rows_read)

        sample = stopwatch(work)
    return sample | {"rows_read": rows[0]}


def put_scheme(folder: Path) -> None:
    """The scheme in use, as number 1."""
    with application_of(folder).app_context(), transaction():
        now = clock.now()
        session.add(
            Scheme(
                id=1,
                series_id=1,
                name="年度考核",
                plan_id=1,
                state="in_use",
                body=BODY | {"name": "年度考核"},
                sources=SOURCES,
                created_by=2,
                created_at=now,
            )
        )


def measure(folder: Path) -> Measured:
    city = build(folder, ASSIGNMENTS)
    put_scheme(folder)
    ratio, detail = compare(__name__, folder, rounds=3)
    return Measured(ratio, detail | {"assignments": ASSIGNMENTS, "units": city.units})


ROW = Row("score-full", "the bare SQL aggregate by unit and chapter", 2.5, measure)
