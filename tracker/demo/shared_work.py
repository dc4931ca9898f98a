"""Work that units of the invented city share on the day that it is loaded for: what reached whom, who was asked for what."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import exists, select

from tracker.clock import day_of
from tracker.db import session
from tracker.demo.world import World
from tracker.demo.year import NAMED
from tracker.plans.models import Assignment
from tracker.progress.content import Content
from tracker.progress.joining import leading, partners
from tracker.progress.lights import IN_HAND
from tracker.progress.milestones import Said
from tracker.progress.models import Obligation, Passed, Return
from tracker.progress.queries.claims import ownerless
from tracker.progress.queries.partners import roles_in
from tracker.progress.service.claims import claim
from tracker.progress.service.drafting import hand_in, save_draft
from tracker.progress.service.passing import MOST_DAYS, pass_down, report_part
from tracker.progress.service.questions import Ask, ask, say
from tracker.progress.service.reviewing import approve

LEADING, SUPPORTING = NAMED
OFFERING = "云岫市城市管理局"
OFFICES = ("白石县发展和改革局", "白石县住房和城乡建设局")


class SharedWork:
    """A report that waits to be taken over, and questions on their way: one unit urged, one asked for more, one before the
    lead office, one from its check; a task offered for, one passed down."""

    def __init__(self, world: World, at: datetime) -> None:
        self.world, self.at, self.wanted = world, at, day_of(at) + timedelta(days=4)

    def begin(self) -> None:
        """The unit of whoever tries the product has begun a report; one that supports it has sent its own."""
        mine = {self._beside(pair): pair for pair in reversed(self._pairs()) if pair[0] == self.world.unit(LEADING)}
        for number, pair in mine.items():
            if number is None:
                continue
            lead = self.world.reporters[pair[0]]
            save_draft(
                number,
                Content("已印发工作方案，召开部门会商会。", percent=60),
                version=0,
                editor="",
                by=lead,
                at=self.at,
            )
            self._report(pair[1])
            return

    def _beside(self, pair: tuple[int, int]) -> int | None:
        """The leading unit's own report for the date, where nothing of it is written yet."""
        lead, about = pair
        theirs = session.get_one(Obligation, about)
        return session.scalar(
            select(Obligation.id)
            .where(
                Obligation.task_id == theirs.task_id, Obligation.unit_id == lead, Obligation.state == "open",
                Obligation.original_due_on == theirs.original_due_on,
                ~exists().where(Return.obligation_id == Obligation.id),
            )
        )  # fmt: skip

    def _report(self, about: int) -> None:
        unit = self._unit_of(about)
        who, reviewer = self.world.reporters[unit], self.world.reviewers[unit]
        content = Content("已落实配套资金，完成选址和设计。", "两处用地手续仍在办理。", "年底前全部开工。", percent=60)
        version = hand_in(about, content=content, by=who, at=self.at)
        approve(version.id, by=reviewer, at=self.at)

    def leave(self) -> None:
        """Who was asked for what."""
        pairs = self._pairs()
        mine = [pair for pair in pairs if pair[0] == self.world.unit(LEADING)]
        if mine:
            self._ask(mine[0], "urge", "请于本周内报送配合情况，以便汇总上报。")
        if len(mine) > 1:
            self._dispute(mine[-1])
        theirs = [pair for pair in pairs if self._unit_of(pair[1]) == self.world.unit(SUPPORTING)]
        if theirs:
            self._ask(theirs[0], "supplement", "请按乡镇补充完成数量和存在的困难。")
        self._check()
        self._offer()
        self._pass_down()

    def _pairs(self) -> list[tuple[int, int]]:
        """(leading unit, report of a unit that supports it and still owes it), the earliest due first."""
        rows = session.execute(
            select(Obligation.id, Obligation.task_id, Obligation.assignment_id)
            .join(Assignment, Assignment.id == Obligation.assignment_id)
            .where(Obligation.state.in_(IN_HAND), Assignment.role != "lead", Assignment.state == "in_progress")
            .order_by(Obligation.due_on, Obligation.id)
        ).all()
        found, seen = [], dict[int, dict[int, str]]()
        for row in rows:
            roles = seen.setdefault(row.task_id, roles_in(row.task_id))
            if row.assignment_id in partners(roles):
                lead = session.get_one(Assignment, min(leading(roles)))
                found.append((lead.unit_id, row.id))
        return found

    def _unit_of(self, obligation_id: int) -> int:
        return session.get_one(Obligation, obligation_id).unit_id

    def _ask(self, pair: tuple[int, int], kind: str, text: str) -> int:
        lead, about = pair
        return ask(about, Ask(kind, text, self.wanted), by=self.world.reporters[lead], at=self.at).id

    def _dispute(self, pair: tuple[int, int]) -> None:
        """What the unit was asked for it takes to be another's: the lead office is to decide."""
        asked = self._ask(pair, "supplement", "请补充本单位承担部分的投入和完成数量。")
        who = self.world.reviewers[self._unit_of(pair[1])]
        reason = "该项数据由牵头单位统一采集，本单位没有来源，请协调。"
        say(asked, "dispute", reason, by=who, at=self.at + timedelta(hours=1))

    def _check(self) -> None:
        about = session.scalar(
            select(Return.obligation_id)
            .join(Obligation, Obligation.id == Return.obligation_id)
            .where(Return.state == "to_check", Obligation.unit_id.in_([self.world.unit(name) for name in NAMED]))
            .order_by(Return.id.desc())
            .limit(1)
        )
        if about is not None:
            office = self.world.named["qiantou"]
            ask(about, Ask("check", "完成百分比按什么口径计算？请说明。", self.wanted), by=office, at=self.at)

    def _offer(self) -> None:
        """One unit offers to take what nobody has; others may still."""
        unit = self.world.unit(OFFERING)
        who = self.world.reporters[unit]
        for task in ownerless(who)[:1]:
            claim(task.id, unit, "驿站多设在公园和广场，由本单位管护，可一并建设和运行。", by=who, at=self.at)

    def _pass_down(self) -> None:
        """The county gives the task whose report is due next to two of its offices, which are to report by the day on which
        the place is first looked at: one has, the other is told by the first reminders."""
        county = self.world.unit(SUPPORTING)
        about = session.scalars(
            select(Obligation)
            .join(Assignment, Assignment.id == Obligation.assignment_id)
            .where(Obligation.unit_id == county, Obligation.state == "open", Obligation.due_on >= day_of(self.at),
                   Assignment.state == "in_progress", ~exists().where(Return.obligation_id == Obligation.id))
            .order_by(Obligation.due_on, Obligation.id)
            .limit(1)
        ).first()  # fmt: skip
        if about is None:
            return
        who, offices = self.world.reporters[county], [self.world.unit(name) for name in OFFICES]
        earlier = min(max((about.due_on - day_of(self.at)).days - 1, 0), MOST_DAYS)
        pass_down(about.assignment_id, offices, "报送本单位承担部分的完成数量和困难。", earlier, by=who, at=self.at)
        given = session.scalars(
            select(Passed.id).where(Passed.assignment_id == about.assignment_id, Passed.unit_id == offices[0])
        ).one()
        reached = {about.id: Said(reached=True)} if about.milestone else {}
        content = Content("已完成两个乡镇的改造。", "施工力量不足。", percent=60, milestones=reached)
        report_part(given, about.id, content, version=0, editor="", by=who, at=self.at)
