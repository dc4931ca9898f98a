"""Spot checks (定期抽查): drawing one, entering what was found, concluding it, voiding it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from flask_babel import gettext as _
from sqlalchemy import func, select

from tracker import clock
from tracker.accounts.roles import Viewer
from tracker.audit.service import record
from tracker.db import session
from tracker.errors import Conflict, DomainError, NotFound
from tracker.plans.models import Plan
from tracker.progress.models import Obligation
from tracker.progress.workflow import Facts
from tracker.rectification.models import Finding, SpotCheck, SpotCheckItem
from tracker.rectification.queries.checks import digest_of, frame_of
from tracker.rectification.sampling import HEAVIEST, RISKS, draw
from tracker.rectification.service.acting import walk
from tracker.rectification.service.registering import Found, register
from tracker.rectification.states import RESULTS
from tracker.units.models import Unit

LARGEST_SAMPLE = 200


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be drawn, from what: see `SpotCheck`."""

    plan_id: int
    drawn_from: str
    since: date
    until: date
    seed: str
    size: int
    per_unit: int
    weights: Mapping[str, int]


def draw_check(wanted: Wanted, *, by: Viewer, at: datetime) -> SpotCheck:
    """Draws the sample and keeps what it was drawn from. Raises NotFound for a plan of another office, DomainError naming
    the field where there is nothing to draw from or the wish makes no sense."""
    state = walk("spot_check", "undrawn", "draw", Facts(roles=_roles(wanted.plan_id, by), actor=by.person_id))
    _check(wanted, clock.day_of(at))
    frame = frame_of(wanted.plan_id, wanted.drawn_from, wanted.since, wanted.until)
    if not frame:
        raise DomainError(_("这段时间内没有可抽查的事项，请调整范围。"), field="since")
    kept = [[one.id, one.unit_id, list(one.risks)] for one in frame]
    made = SpotCheck(
        plan_id=wanted.plan_id, drawn_from=wanted.drawn_from, since=wanted.since, until=wanted.until,
        seed=wanted.seed.strip(), size=wanted.size, per_unit=wanted.per_unit, weights=dict(wanted.weights), frame=kept,
        digest=digest_of(kept), state=state, drawn_by=by.person_id, drawn_at=at,
    )  # fmt: skip
    session.add(made)
    session.flush()
    chosen = draw(frame, seed=made.seed, size=made.size, per_unit=made.per_unit, weights=made.weights)
    session.add_all(
        SpotCheckItem(check_id=made.id, position=place, obligation_id=one.id, risks=list(one.risks))
        for place, one in enumerate(chosen, 1)
    )
    session.flush()
    record("抽取抽查样本", by=by, at=at, subject=("spot_check", made.id),
           detail={"种子": made.seed, "清单": len(kept), "清单摘要": made.digest, "抽取": len(chosen)})  # fmt: skip
    return made


def _check(wanted: Wanted, today: date) -> None:
    if wanted.until < wanted.since:
        raise DomainError(_("结束日期不能早于开始日期。"), field="until")
    if wanted.since > today:
        raise DomainError(_("开始日期还没有到。"), field="since")
    if not wanted.seed.strip():
        raise DomainError(_("请填写随机种子。"), field="seed")
    if not 1 <= wanted.size <= LARGEST_SAMPLE:
        raise DomainError(_("抽取数量为 1 至 %(n)s 项。", n=LARGEST_SAMPLE), field="size")
    if wanted.per_unit < 1:
        raise DomainError(_("每个单位至少抽 1 项。"), field="per_unit")
    if set(wanted.weights) != set(RISKS) or not all(0 <= one <= HEAVIEST for one in wanted.weights.values()):
        raise DomainError(_("风险权重为 0 至 %(n)s。", n=HEAVIEST))


def _roles(plan_id: int, by: Viewer) -> frozenset[str]:
    """Raises NotFound where there is no such plan, or the actor has no role for it."""
    path = session.scalar(
        select(Unit.path).join(Plan, Plan.owner_unit_id == Unit.id).where(Plan.id == plan_id, Plan.state != "adopted")
    )
    roles = frozenset(role.value for role, unit in by.grants if path is not None and f"/{unit}/" in path)
    if not roles:
        raise NotFound
    return roles


def _hold(check_id: int, by: Viewer, seen: int | None = None) -> tuple[SpotCheck, frozenset[str]]:
    check = session.get(SpotCheck, check_id, with_for_update=True, populate_existing=True)
    if check is None:
        raise NotFound
    roles = _roles(check.plan_id, by)
    if seen is not None and seen != check.version:
        raise Conflict(_("这次抽查在您查看之后有改动，请核对最新内容后再办理。"))
    return check, roles


@dataclass(frozen=True, slots=True)
class Seen:
    """What was seen at a place. With a `title` it is a finding (发现问题), to be put right by `due_on`."""

    checked_on: date
    note: str = ""
    title: str = ""
    due_on: date | None = None


def enter_result(item_id: int, seen: Seen, *, by: Viewer, at: datetime, version: int | None = None) -> SpotCheckItem:
    """Types back what was found at a place; a finding goes to the rectification ledger, and the lead office hands it to
    its unit at once. Raises Conflict where the place has changed, or what is taken back was registered already."""
    item = session.get(SpotCheckItem, item_id)
    if item is None:
        raise NotFound
    check, roles = _hold(item.check_id, by)
    session.refresh(item)
    if version is not None and version != item.version:
        raise Conflict(_("这一项的结果已由他人录入，请核对最新内容。"))
    check.state = walk("spot_check", check.state, "enter", Facts(roles=roles, actor=by.person_id))
    if seen.checked_on > clock.day_of(at):
        raise DomainError(_("抽查日期还没有到。"), field="checked_on")
    result = "found" if seen.title.strip() else "clean"
    if result == "clean" and _findings(item_id):
        raise Conflict(_("这一项已登记为整改问题：误登记的，请到整改台账撤销。"))
    item.result, item.note, item.checked_on = result, seen.note.strip(), seen.checked_on
    item.entered_by, item.entered_at = by.person_id, at
    session.flush()
    record("录入抽查结果", by=by, at=at, subject=("spot_check", check.id),
           detail={"序号": item.position, "结果": RESULTS[result], "说明": item.note})  # fmt: skip
    if result == "found":
        _register(item, seen, by, at)
    return item


def _findings(item_id: int) -> int:
    statement = select(func.count(Finding.id)).where(Finding.item_id == item_id, Finding.state != "dropped")
    return session.scalar(statement) or 0


def _register(item: SpotCheckItem, seen: Seen, by: Viewer, at: datetime) -> None:
    obligation = session.get(Obligation, item.obligation_id)
    assert obligation is not None, "the database holds the reference"
    if seen.due_on is None:
        raise DomainError(_("请填写整改时限。"), field="due_on")
    found = Found(
        "spot_check", seen.title, seen.note, obligation.unit_id, seen.due_on, obligation_id=obligation.id, item_id=item.id
    )  # fmt: skip
    register(found, assign_now=True, by=by, at=at)


def conclude(check_id: int, *, note: str, by: Viewer, at: datetime, seen: int | None = None) -> SpotCheck:
    """Every place has its result: the check is over, its findings go on in the ledger."""
    check, roles = _hold(check_id, by, seen)
    left = select(func.count()).where(SpotCheckItem.check_id == check_id, SpotCheckItem.result == "")
    facts = Facts(roles=roles, actor=by.person_id, entered=not session.scalar(left))
    _end(check, walk("spot_check", check.state, "conclude", facts), note, by, at)
    record("办结抽查", by=by, at=at, subject=("spot_check", check_id), detail={"说明": check.note})
    return check


def void(check_id: int, *, reason: str, by: Viewer, at: datetime, seen: int | None = None) -> SpotCheck:
    """It does not count: why stays on record, and so do findings that were registered from it."""
    check, roles = _hold(check_id, by, seen)
    facts = Facts(roles=roles, actor=by.person_id, reason=reason)
    _end(check, walk("spot_check", check.state, "void", facts), reason, by, at)
    record("作废抽查", by=by, at=at, subject=("spot_check", check_id), detail={"理由": check.note})
    return check


def _end(check: SpotCheck, state: str, note: str, by: Viewer, at: datetime) -> None:
    check.state, check.note, check.ended_by, check.ended_at = state, note.strip(), by.person_id, at
    session.flush()
