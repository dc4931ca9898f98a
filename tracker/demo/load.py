"""`flask demo load`: the invented city or province, from an empty database to a year of work, through the real importer and services."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path

from sqlalchemy import select

from tracker.accounts.roles import Viewer
from tracker.assessment.entry import Entry
from tracker.assessment.models import Scheme
from tracker.assessment.queries.schemes import scheme_row
from tracker.assessment.service import facts, notices, runs, schemes
from tracker.clock import CHINA, day_of
from tracker.db import session, transaction
from tracker.demo.diary import Diary
from tracker.demo.loose_ends import LooseEnds
from tracker.demo.place import Place
from tracker.demo.rectifying import Rectifying
from tracker.demo.schemes import SOURCES, scheme
from tracker.demo.setting import BUSINESS, LIVELIHOOD, Finished, Issue, Setting, setting_of
from tracker.demo.shared_work import SharedWork
from tracker.demo.world import World, load_world
from tracker.demo.year import NAMED, Year
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


POLICY = Policy(proof="half_yearly", near_days=10)


def load_demo(place: Place, *, today: date, now: datetime, password: str, scale: int = 1) -> World:
    """Loads everything, relative to `today`, in one transaction. The database must be empty. `scale` times as many
    governments one level down take part, with all that they report. `now`: where it falls on `today`, nothing is later
    than it."""
    with transaction():
        setting = setting_of(today)
        start = at_nine(setting.begins)
        since = date(setting.begins.year - 1, 1, 1)
        world = load_world(place, password=password, at=start, since=since, scale=scale)
        seed_calendar(at=start)
        names = {row.id: row.name for row in session.execute(select(Unit.id, Unit.name))}
        diary = Diary(until=last_moment(today, now))
        played = Year(world, diary, (world.named["qiantou"], world.named["heyan"]), names)
        plans = {issue: _plan(issue, world, played) for issue in setting.issues}
        _assess(world, diary, plans[setting.assessed], setting)
        Rectifying(world, diary, plans[setting.assessed], today).begin()
        diary.live()
        shared = SharedWork(world, at_nine(today) - timedelta(hours=18))
        shared.begin()
        LooseEnds(world, today).leave(at_nine(today) - timedelta(days=1))
        shared.leave()
    return world


def last_moment(today: date, now: datetime) -> datetime:
    """Until when the city has worked: the evening of `today`, or now where that is still to come."""
    evening = datetime.combine(today, time(18, 0), CHINA)
    return min(evening, now) if day_of(now) == today else evening


def at_nine(day: date) -> datetime:
    return datetime.combine(day, time(9, 0), CHINA)


def _plan(issue: Issue, world: World, played: Year) -> int:
    office, printed = world.named["qiantou"], issue.printed
    data = retold(
        (DOCUMENTS / printed.file).read_bytes(),
        lambda text: world.place.told(text).replace(str(PRINTED_YEAR), str(issue.year)),
    )
    adopted = import_and_adopt(
        data=data, file_name=printed.file, plan_name=issue.name, year=issue.year, unit_id=world.root, by=office,
        at=at_nine(issue.on - timedelta(days=1)), choices=_choices(world), policy=POLICY,
    )  # fmt: skip
    issue_plan(adopted.plan_id, by=office, at=at_nine(issue.on))
    played.play(adopted.plan_id, issue.on, handing_back=printed is BUSINESS, leaving=printed is LIVELIHOOD)
    return adopted.plan_id


def _choices(world: World) -> dict[str, list[int] | None]:
    """What the directory leaves to the lead office: unfinished lists name nobody further."""
    law = [world.unit(name) for name in ("云岫市应急管理局", "云岫市生态环境局", "云岫市市场监督管理局")]
    return {**OTHERS_OPEN, world.place.told("市直有关部门"): law}


def retold(data: bytes, told: Callable[[str], str]) -> bytes:
    """The document told anew: the text itself, or every part of a workbook or Word file that holds text."""
    if not zipfile.is_zipfile(io.BytesIO(data)):
        return told(data.decode()).encode()
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        for entry in source.infolist():
            part = source.read(entry)
            is_text = entry.filename.endswith(("document.xml", "sharedStrings.xml")) or "/worksheets/" in entry.filename
            made.writestr(entry, told(_spelt(part.decode())).encode() if is_text else part)
    return target.getvalue()


def _spelt(text: str) -> str:
    """XML in which Chinese stands as itself, and not by number (&#24066;)."""
    return re.sub(r"&#(\d{4,});", lambda found: chr(int(found.group(1))), text)


def _assess(world: World, diary: Diary, plan_id: int, setting: Setting) -> None:
    """One finished assessment, its results published, and one that is under way."""
    one, other = world.named["kaohe"], world.named["kaohe-fuhe"]
    done, open_ = setting.finished, setting.under_way
    diary.put(at_nine(done.adopted_on), lambda at: _adopt_scheme(done.name, plan_id, one, at))
    diary.put(at_nine(done.marked_on), lambda at: _mark(done.name, plan_id, (one, other), at, every=1))
    diary.put(at_nine(done.scored_on), lambda at: _run(done, plan_id, one, other, at))
    diary.put(at_nine(open_.adopted_on), lambda at: _adopt_scheme(open_.name, plan_id, one, at))
    diary.put(at_nine(open_.marked_on), lambda at: _mark(open_.name, plan_id, (one,), at, every=2))
    diary.put(at_nine(open_.told_on), lambda at: _tell(open_.name, plan_id, world, at))


def _adopt_scheme(name: str, plan_id: int, by: Viewer, at: datetime) -> None:
    made = schemes.create_scheme(name=name, body=scheme(name), sources=SOURCES, plan_id=plan_id, by=by, at=at)
    schemes.adopt_scheme(made, version=made.version, by=by, at=at + timedelta(hours=2))


def _scheme_id(name: str) -> int:
    return session.scalars(select(Scheme.id).where(Scheme.name == name)).one()


def _mark(name: str, plan_id: int, evaluators: tuple[Viewer, ...], at: datetime, *, every: int) -> None:
    """Marks of each evaluator for every unit (or every second one), a few deductions, a bonus."""
    marked = scheme_row(_scheme_id(name))
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
            given = Entry(kind="mark", indicator="substance", amount=mark)
            facts.enter_fact(marked, given, plan_id=plan_id, unit_id=unit_id, by=evaluator, at=at)
        if place % 9 == 4:
            given = Entry(
                kind="deduction", indicator="discipline", amount=Decimal(1), times=1 + place % 2,
                reason="专栏抽查发现信息更新不及时。",
            )  # fmt: skip
            facts.enter_fact(marked, given, plan_id=plan_id, unit_id=unit_id, by=evaluators[0], at=at)
        if place % 17 == 3:
            given = Entry(kind="bonus", amount=Decimal(2), reason="经验做法被省级简报刊发。")
            facts.enter_fact(marked, given, plan_id=plan_id, unit_id=unit_id, by=evaluators[0], at=at)


def _tell(name: str, plan_id: int, world: World, at: datetime) -> None:
    """Two deductions that do not count yet: one waits for the unit's answer, to the other the unit objects."""
    told = scheme_row(_scheme_id(name))
    given = Entry(
        kind="deduction", indicator="discipline", amount=Decimal("0.5"), times=2,
        reason="抽查两个专栏，最近一个月没有更新。", notice_days=5,
    )  # fmt: skip
    for unit_name in NAMED:
        unit_id = world.unit(unit_name)
        fact = facts.enter_fact(told, given, plan_id=plan_id, unit_id=unit_id, by=world.named["kaohe"], at=at)
        if unit_name == NAMED[-1]:
            notices.reply(
                fact.id, agrees=False, text="专栏当月没有应当更新的内容，已在栏目首页说明，请复核。", version=1,
                by=world.reporters[unit_id], at=at + timedelta(hours=5),
            )  # fmt: skip


def _run(done: Finished, plan_id: int, by: Viewer, checker: Viewer, at: datetime) -> None:
    run = runs.run_scheme(scheme_row(_scheme_id(done.name)), plan_id=plan_id, as_of=done.as_of, by=by, at=at)
    runs.publish(run.id, version=run.version, by=checker, at=at_nine(done.published_on))


def is_empty() -> bool:
    return session.scalar(select(Plan.id).limit(1)) is None and session.scalar(select(Unit.id).limit(1)) is None
