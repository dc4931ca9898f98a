"""`flask demo load`: the invented city, from an empty database to a year of work, through the real importer and services."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path

from sqlalchemy import select

from tracker.accounts.roles import Viewer
from tracker.assessment.models import Scheme
from tracker.assessment.queries.schemes import scheme_row
from tracker.assessment.service import facts, runs, schemes
from tracker.clock import CHINA
from tracker.db import session, transaction
from tracker.demo.schemes import FULL_YEAR, HALF_YEAR, SOURCES
from tracker.demo.world import World, load_world
from tracker.demo.year import Diary, LooseEnds, Year
from tracker.drafts.service.adopting import import_and_adopt
from tracker.plans.models import Assignment, Plan
from tracker.plans.policy import Policy
from tracker.plans.states import LIVE
from tracker.progress.service.calendar import seed_calendar
from tracker.progress.service.issuing import issue_plan
from tracker.units.models import Unit

DOCUMENTS = Path(__file__).parent / "documents"
PRINTED_YEAR = 2026
OTHERS_OPEN = {"等有关部门、单位": None, "等有关部门": None, "等有关部门单位": None}


@dataclass(frozen=True, slots=True)
class Printed:
    """A document of the city, the plan it becomes, the day it goes out, and its policy."""

    file: str
    plan: str
    month: int
    day: int
    policy: Policy


PLANS = (
    Printed("open-government.txt", "{year}年政务公开重点任务", 1, 16, Policy(proof="half_yearly", near_days=10)),
    Printed("livelihood.xlsx", "{year}年民生实事项目", 1, 22, Policy(proof="half_yearly", near_days=10)),
    Printed(
        "business-environment.docx", "{year}年优化营商环境重点任务", 2, 3, Policy(proof="half_yearly", near_days=10)
    ),
)


def load_demo(*, today: date, password: str, scale: int = 1) -> World:
    """Loads everything, relative to `today`, in one transaction. The database must be empty. `scale` times as many
    counties take part, with all that they report."""
    with transaction():
        year = today.year
        start = at_nine(date(year, 1, 4))
        world = load_world(password=password, at=start, since=date(year - 1, 1, 1), scale=scale)
        seed_calendar(at=start)
        names = {row.id: row.name for row in session.execute(select(Unit.id, Unit.name))}
        diary = Diary(until=datetime.combine(today, time(18, 0), CHINA))
        played = Year(world, diary, (world.named["qiantou"], world.named["heyan"]), names)
        plan_ids = [_plan(printed, world, played, year) for printed in PLANS]
        _assess(world, diary, plan_ids[0], year)
        diary.live()
        LooseEnds(world, today).leave(at_nine(today) - timedelta(days=1))
    return world


def at_nine(day: date) -> datetime:
    return datetime.combine(day, time(9, 0), CHINA)


def _plan(printed: Printed, world: World, played: Year, year: int) -> int:
    office = world.named["qiantou"]
    issued_on = date(year, printed.month, printed.day)
    data = of_year((DOCUMENTS / printed.file).read_bytes(), year)
    adopted = import_and_adopt(
        data=data, file_name=printed.file, plan_name=printed.plan.format(year=year), year=year, unit_id=world.root,
        by=office, at=at_nine(issued_on - timedelta(days=1)), choices=_choices(world), policy=printed.policy,
    )  # fmt: skip
    issue_plan(adopted.plan_id, by=office, at=at_nine(issued_on))
    played.play(adopted.plan_id, issued_on, handing_back=printed is PLANS[-1], leaving=printed is PLANS[1])
    return adopted.plan_id


def _choices(world: World) -> dict[str, list[int] | None]:
    """What the directory leaves to the lead office: unfinished lists name nobody further."""
    law = [world.units["云岫市应急管理局"], world.units["云岫市生态环境局"], world.units["云岫市市场监督管理局"]]
    return {**OTHERS_OPEN, "市直有关部门": law}


def of_year(data: bytes, year: int) -> bytes:
    """The document with the year it speaks of: in the text itself, or in every XML part of a workbook or Word file."""
    old, new = str(PRINTED_YEAR).encode(), str(year).encode()
    if not zipfile.is_zipfile(io.BytesIO(data)):
        return data.replace(old, new)
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        for entry in source.infolist():
            part = source.read(entry)
            is_text = entry.filename.endswith(("document.xml", "sharedStrings.xml")) or "/worksheets/" in entry.filename
            made.writestr(entry, part.replace(old, new) if is_text else part)
    return target.getvalue()


def _assess(world: World, diary: Diary, plan_id: int, year: int) -> None:
    """One finished assessment (half a year, published) and one that is open."""
    half, second = world.named["kaohe"], world.named["kaohe-fuhe"]
    diary.put(at_nine(date(year, 6, 20)), lambda at: _adopt_scheme(HALF_YEAR, plan_id, half, at))
    diary.put(at_nine(date(year, 7, 6)), lambda at: _mark(HALF_YEAR["name"], plan_id, (half, second), at, every=1))
    diary.put(
        at_nine(date(year, 7, 10)), lambda at: _run(HALF_YEAR["name"], plan_id, date(year, 6, 30), half, second, at)
    )
    diary.put(at_nine(date(year, 10, 12)), lambda at: _adopt_scheme(FULL_YEAR, plan_id, half, at))
    diary.put(at_nine(date(year, 11, 3)), lambda at: _mark(FULL_YEAR["name"], plan_id, (half,), at, every=2))


def _adopt_scheme(body: dict[str, object], plan_id: int, by: Viewer, at: datetime) -> None:
    name = str(body["name"])
    made = schemes.create_scheme(name=name, body=dict(body), sources=SOURCES, plan_id=plan_id, by=by, at=at)
    schemes.adopt_scheme(made, version=made.version, by=by, at=at + timedelta(hours=2))


def _scheme_id(name: str) -> int:
    return session.scalars(select(Scheme.id).where(Scheme.name == name)).one()


def _mark(name: str, plan_id: int, evaluators: tuple[Viewer, ...], at: datetime, *, every: int) -> None:
    """Marks of each evaluator for every unit (or every second one), a few deductions, a bonus."""
    scheme = scheme_row(_scheme_id(name))
    statement = (
        select(Assignment.unit_id, Unit.sort_key)
        .join(Unit, Unit.id == Assignment.unit_id)
        .where(Assignment.plan_id == plan_id, Assignment.state.in_(LIVE))
        .distinct()
        .order_by(Unit.sort_key, Assignment.unit_id)
    )
    for place, unit_id in enumerate(row.unit_id for row in session.execute(statement).all()):
        if place % every:
            continue
        for number, evaluator in enumerate(evaluators):
            mark = Decimal(13 + (place * 3 + number * 2) % 7) + Decimal("0.5") * (place % 3 % 2)
            facts.enter_fact(
                scheme, plan_id=plan_id, unit_id=unit_id, kind="mark", indicator="substance", amount=mark,
                by=evaluator, at=at,
            )  # fmt: skip
        if place % 9 == 4:
            facts.enter_fact(
                scheme, plan_id=plan_id, unit_id=unit_id, kind="deduction", indicator="discipline",
                amount=Decimal(1), times=1 + place % 2, reason="专栏抽查发现信息更新不及时。", by=evaluators[0], at=at,
            )  # fmt: skip
        if place % 17 == 3:
            facts.enter_fact(
                scheme, plan_id=plan_id, unit_id=unit_id, kind="bonus", indicator=None, amount=Decimal(2),
                reason="经验做法被省级简报刊发。", by=evaluators[0], at=at,
            )  # fmt: skip


def _run(name: str, plan_id: int, as_of: date, by: Viewer, checker: Viewer, at: datetime) -> None:
    run = runs.run_scheme(scheme_row(_scheme_id(name)), plan_id=plan_id, as_of=as_of, by=by, at=at)
    runs.publish(run.id, version=run.version, by=checker, at=at + timedelta(days=1))


def is_empty() -> bool:
    return session.scalar(select(Plan.id).limit(1)) is None and session.scalar(select(Unit.id).limit(1)) is None
