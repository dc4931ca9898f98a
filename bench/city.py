"""A city as large as wanted, written straight into the tables: units, one plan of 60 tasks, an assignment a unit and task.

The rows are those that adopting, issuing and a year of returns leave behind; making them by the services would take an
hour and measure something else.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

import flask_migrate
from flask import Flask
from sqlalchemy import Connection, Table, case, func, insert, select

from app import create_app
from bench import database
from bench.harness import ROOT
from tracker.accounts.models import Grant, Person
from tracker.accounts.passwords import hash_password
from tracker.accounts.roles import Role
from tracker.audit.service import record
from tracker.db import db, transaction
from tracker.plans.models import Assignment, AssignmentSource, Chapter, Plan, Task, TaskText
from tracker.progress.models import Obligation, ObligationSummary
from tracker.units.kinds import group_of
from tracker.units.models import Unit

TASKS, CHAPTERS, COUNTIES = 60, 6, 16
CHUNK = 20_000
FOUNDED = date(2020, 1, 1)
ISSUED = datetime(2026, 1, 15, 1, 0, tzinfo=UTC)
AS_OF = date(2026, 11, 20)
PASSWORD = "a pass phrase of the bench"  # noqa: S105 - of invented people in a folder that is thrown away
SECRET = "only for the bench, never for people"  # noqa: S105 - as above
REPORTERS = 16
STATES = (
    *(("accepted", "on_time", 100),) * 11,
    ("accepted", "late", 100),
    ("reported", "on_time", 80),
    ("reported", "late", 60),
    ("returned", "on_time", 50),
    *(("open", "none", 0),) * 5,
)
"""State, timing and percent of obligations, in the shares of a year that is nearly over."""


@dataclass(frozen=True)
class City:
    folder: Path
    units: int
    plan_id: int = 1


def application(folder: Path) -> Flask:
    """Of the folder's own SQLite file, unless the row is served from PostgreSQL."""
    return create_app({"INSTANCE_DIR": folder, "SECRET_KEY": SECRET, "DATABASE_URL": database.url_of(folder)})


def build(folder: Path, assignments: int) -> City:
    """Makes the database in an empty folder."""
    units = max(COUNTIES + REPORTERS, assignments // TASKS)
    database.begin_anew()
    app = application(folder)
    with app.app_context():
        flask_migrate.upgrade(directory=str(ROOT / "migrations"))
        with db.engine.begin() as connection:
            _organisation(connection, units)
            _plan(connection)
            _put(connection, Assignment, _assignments(units))
            _put(connection, AssignmentSource, _sources(units * TASKS))
            _put(connection, Obligation, _obligations(units))
            _summary(connection)
            database.count_on(connection, db.metadata.sorted_tables)
        with transaction():
            record("下发计划", by=None, at=ISSUED, subject=("plan", 1))
        with db.engine.connect() as connection:
            connection.exec_driver_sql("ANALYZE")
            connection.commit()
        db.engine.dispose()
    return City(folder, units)


def _put(connection: Connection, model: type[Any], rows: Iterable[dict[str, Any]]) -> None:
    table: Table = model.__table__
    remaining = iter(rows)
    while chunk := list(islice(remaining, CHUNK)):
        connection.execute(insert(table), chunk)


def kind_of(unit: int) -> str:
    """Unit 1 is the city, the next are counties, the others their towns and offices."""
    if unit == 1:
        return "city"
    return "county" if unit <= COUNTIES + 1 else ("town" if unit % 2 else "office")


def _organisation(connection: Connection, units: int) -> None:
    def row(unit: int) -> dict[str, Any]:
        parent = None if unit == 1 else 1 if unit <= COUNTIES + 1 else 2 + unit % COUNTIES
        name = "云岫市" if unit == 1 else f"第{unit}单位"
        path = "/1/" if unit == 1 else f"/1/{unit}/" if parent == 1 else f"/1/{parent}/{unit}/"
        return {
            "id": unit,
            "parent_id": parent,
            "name": name,
            "normal_name": name,
            "short_name": "",
            "kind": kind_of(unit),
            "sort_key": f"{unit:06d}",
            "initials": "",
            "path": path,
            "valid_from": FOUNDED,
        }

    def person(number: int, username: str, role: Role, unit: int) -> None:
        _put(
            connection,
            Person,
            [
                {
                    "id": number,
                    "username": username,
                    "name": username,
                    "password_hash": hashed,
                    "password_set_at": ISSUED,
                    "created_at": ISSUED,
                }
            ],
        )
        held = {"id": number, "person_id": number, "role": role, "unit_id": unit, "valid_from": FOUNDED}
        _put(connection, Grant, [held])

    _put(connection, Unit, (row(unit) for unit in range(1, units + 2)))
    hashed = hash_password(PASSWORD)
    person(1, "lead", Role.LEAD_OFFICE, 1)
    person(2, "evaluator", Role.EVALUATOR, 1)
    person(3, "leader", Role.LEADER, 1)
    for number in range(REPORTERS):
        person(10 + number, f"reporter{number}", Role.REPORTER, reporting_unit(number))
        person(50 + number, f"reviewer{number}", Role.REVIEWER, reporting_unit(number))


def reporting_unit(number: int) -> int:
    """The county of one of the reporters and reviewers: they answer for it and everything below it."""
    return 2 + number


def _plan(connection: Connection) -> None:
    plan = {
        "id": 1,
        "name": "2026年重点任务",
        "year": 2026,
        "owner_unit_id": 1,
        "state": "issued",
        "policy": {"proof": "quarterly", "roll": "none", "near_days": 7},
        "adopted_at": ISSUED,
        "issued_at": ISSUED,
    }
    _put(connection, Plan, [plan])
    titles = ("优化服务", "基础设施", "民生保障", "生态治理", "安全生产", "改革创新")
    _put(
        connection,
        Chapter,
        ({"id": n, "plan_id": 1, "position": n, "title": f"第{n}部分 {title}"} for n, title in enumerate(titles, 1)),
    )
    _put(
        connection,
        Task,
        (
            {
                "id": task,
                "plan_id": 1,
                "chapter_id": chapter_of(task),
                "position": task,
                "number": str(task),
                "name": f"重点任务第{task}项：完成年度建设和服务目标",
            }
            for task in range(1, TASKS + 1)
        ),
    )
    _put(
        connection,
        TaskText,
        (
            {
                "task_id": task,
                "path": [f"第{chapter_of(task)}部分", f"任务{task}"],
                "requirement": "按照年度安排推进各项工作，按季度报送进展，年底前全面完成。" * 4,
                "deadlines": [],
                "locator": f"Sheet1!C{task + 3}",
                "sources": {},
            }
            for task in range(1, TASKS + 1)
        ),
    )


def chapter_of(task: int) -> int:
    return (task - 1) // (TASKS // CHAPTERS) + 1


def _pairs(units: int) -> Iterator[tuple[int, int, int]]:
    """Assignment, task and unit, in the order of adopting: task by task."""
    pairs = ((task, unit) for task in range(1, TASKS + 1) for unit in range(2, units + 2))
    return ((number, task, unit) for number, (task, unit) in enumerate(pairs, 1))


def _assignments(units: int) -> Iterator[dict[str, Any]]:
    for number, task, unit in _pairs(units):
        state, _, percent = STATES[(unit * 7 + task * 3) % len(STATES)]
        yield {
            "id": number,
            "plan_id": 1,
            "task_id": task,
            "chapter_id": chapter_of(task),
            "unit_id": unit,
            "unit_group": group_of(kind_of(unit)),
            "role": "responsible",
            "state": "done" if state == "accepted" else "in_progress",
            "percent": percent,
        }


def _sources(assignments: int) -> Iterator[dict[str, Any]]:
    for number in range(1, assignments + 1):
        yield {"assignment_id": number, "expression": "各有关单位", "collective": True, "locator": "Sheet1!D7"}


def _obligations(units: int) -> Iterator[dict[str, Any]]:
    for number, task, unit in _pairs(units):
        state, timing, percent = STATES[(unit * 7 + task * 3) % len(STATES)]
        due = date(2026, 1 + task % 12, 5 + task % 20)
        sent = datetime(due.year, due.month, due.day, 2, 0, tzinfo=UTC) + timedelta(days=2 if timing == "late" else -1)
        yield {
            "id": number,
            "assignment_id": number,
            "plan_id": 1,
            "task_id": task,
            "chapter_id": chapter_of(task),
            "unit_id": unit,
            "unit_group": group_of(kind_of(unit)),
            "due_on": due,
            "original_due_on": due,
            "kind": "date",
            "text": "按季度报送进展",
            "state": state,
            "timing": timing,
            "percent": percent,
            "submitted_at": None if timing == "none" else sent,
            "accepted_at": sent if state == "accepted" else None,
        }


def _summary(connection: Connection) -> None:
    """Counts as the progress room keeps them in every transaction."""
    branch = case((Unit.parent_id == 1, Unit.id), else_=Unit.parent_id)
    keys = {
        "plan_id": Obligation.plan_id,
        "branch_id": branch,
        "unit_group": Obligation.unit_group,
        "chapter_id": Obligation.chapter_id,
        "due_on": Obligation.due_on,
        "state": Obligation.state,
        "timing": Obligation.timing,
    }
    counted = (
        select(*keys.values(), func.count(), func.sum(Obligation.percent))
        .join(Unit, Unit.id == Obligation.unit_id)
        .group_by(*keys.values())
    )
    connection.execute(insert(ObligationSummary).from_select([*keys, "n", "percent_sum"], counted))
