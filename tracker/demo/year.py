"""A year of work in the invented city: who signs when, who reports in time, what is sent back. The same every time.

Every act goes through the services that the pages use, in the order of its moment, so that the audit record reads like
a real year. How reliable a unit is follows from its name.
"""

from __future__ import annotations

import io
import itertools
import random
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from tracker.accounts.roles import Viewer
from tracker.db import session
from tracker.demo.diary import Act, Diary, moment
from tracker.demo.habits import habit_of
from tracker.demo.world import World
from tracker.plans.models import Assignment, Task, TaskTarget
from tracker.progress.content import Content
from tracker.progress.milestones import Said
from tracker.progress.models import Obligation
from tracker.progress.service import assigning, drafting, evidence, granting, requesting, reviewing

NAMED = ("云岫市教育局", "白石县")
"""Units of the people who try the product, as the city calls them."""
DONE = (
    "围绕“{task}”，已制定工作清单并明确专人负责，本期任务按计划推进。",
    "完成“{task}”阶段性工作，相关信息已在门户网站专栏公开，并抽查了更新情况。",
    "牵头召开部门会商会，梳理“{task}”存在的堵点，整改事项已逐项销号。",
    "“{task}”本期指标已达到时序进度，形成的做法在全市作了交流。",
)
PROBLEMS = ("", "", "", "部分数据需要上级部门共享，建议牵头办公室协调。", "专职人员不足，下一步将调剂力量。")
NEXT = ("按月调度，确保按期完成。", "巩固成效，完善长效机制。", "对照标准目录逐项核对，补齐短板。")
REASONS = (
    "完成情况过于笼统，请补充具体数据和佐证材料。",
    "佐证材料与填报内容不一致，请核对后重报。",
    "请说明与上期相比的进展。",
)
NOT_OURS = (
    "该事项不在本单位职责范围内，建议由市政府办公室承办。",
    "按“三定”规定，此项业务已划转，本单位不再具有相应职能。",
    "本单位只负责其中的数据提供，牵头部门宜由市政府办公室明确。",
    "与本单位已承担的另一项任务内容重复，建议合并办理。",
    "该事项涉及多个部门，本单位难以单独完成，请重新确定牵头单位。",
    "本单位没有下属服务窗口，无法开展此项工作。",
)
"""Why units hand work back."""
MISSED = 0.2
"""Share of milestones that are not reached by their date."""
MORE_TIME, CLOSING, EXCUSE = 0.05, 0.12, 0.1
"""Shares of last reports for which more time is asked, of finished tasks for which closing is, of late reports that ask
to be excused."""


class Year:
    """Plays the year of one plan."""

    def __init__(self, world: World, diary: Diary, checkers: tuple[Viewer, Viewer], names: dict[int, str]) -> None:
        self.world, self.diary, self.checkers, self.names = world, diary, checkers, names
        self.learners = {world.unit(name) for name in NAMED}
        self.not_ours = itertools.cycle(NOT_OURS)

    def play(self, plan_id: int, issued_on: date, *, handing_back: bool, leaving: bool) -> None:
        """Puts down what follows from issuing: signing, then each report."""
        assignments = session.execute(
            select(Assignment.id, Assignment.unit_id, Assignment.state).where(Assignment.plan_id == plan_id)
        ).all()
        by_unit: dict[int, list[int]] = {}
        for row in sorted(assignments):
            by_unit.setdefault(row.unit_id, []).append(row.id)
        signed: dict[int, date] = {}
        for unit_id, held in sorted(by_unit.items()):
            numbers = list(held)
            dice = self._dice(plan_id, self.names[unit_id])
            day = issued_on + timedelta(days=dice.randint(1, 6))
            if handing_back and dice.random() < 0.08:
                self.diary.put(moment(day, dice), self._handing_back(unit_id, numbers.pop()))
            if (handing_back and dice.random() < 0.05) or (leaving and unit_id in self.learners):
                numbers.pop()  # one is left lying, unsigned: whoever tries the product has something to sign for
            signed |= dict.fromkeys(numbers, day)
            if numbers:
                self.diary.put(moment(day, dice), self._signing(unit_id, numbers))
        self._reports(plan_id, signed)

    def _handing_back(self, unit_id: int, number: int) -> Act:
        who = self.world.reporters[unit_id]

        def act(at: datetime) -> None:
            assigning.hand_back(
                number, reason=self.world.place.told(next(self.not_ours)),
                proposed_unit_id=self.world.unit("云岫市人民政府办公室"), by=who, at=at,
            )  # fmt: skip

        return act

    def _dice(self, *key: object) -> random.Random:
        return random.Random("/".join(map(str, key)))  # noqa: S311 a repeatable year, not secrecy

    def _signing(self, unit_id: int, numbers: list[int]) -> Act:
        who = self.world.reporters[unit_id]

        def act(at: datetime) -> None:
            assigning.sign_many(numbers, by=who, at=at)

        return act

    def _reports(self, plan_id: int, signed: dict[int, date]) -> None:
        rows = session.execute(
            select(
                Obligation.id,
                Obligation.unit_id,
                Obligation.due_on,
                Obligation.task_id,
                Task.name,
                Obligation.assignment_id,
                Obligation.milestone,
            )
            .join(Task, Task.id == Obligation.task_id)
            .where(Obligation.plan_id == plan_id)
            .order_by(Obligation.due_on, Obligation.id)
        ).all()
        targets = self._targets(plan_id)
        steps: dict[tuple[int, int], list[int]] = {}
        for row in rows:
            steps.setdefault((row.unit_id, row.task_id), []).append(row.id)
        for row in rows:
            if row.assignment_id in signed:
                way = steps[(row.unit_id, row.task_id)]
                self._report(row, way, targets.get(row.task_id, ()), signed[row.assignment_id])

    def _targets(self, plan_id: int) -> dict[int, list[tuple[int, Decimal]]]:
        found: dict[int, list[tuple[int, Decimal]]] = {}
        statement = (
            select(TaskTarget.task_id, TaskTarget.id, TaskTarget.value)
            .join(Task, Task.id == TaskTarget.task_id)
            .where(Task.plan_id == plan_id)
            .order_by(TaskTarget.id)
        )
        for task_id, number, value in session.execute(statement):
            found.setdefault(task_id, []).append((number, value))
        return found

    def _report(self, row: Any, way: Sequence[int], targets: Iterable[tuple[int, Decimal]], signed: date) -> None:
        """`way` are the reports of the unit's task, by date."""
        at, of = way.index(row.id) + 1, len(way)
        number, unit_id, due_on, task = row.id, row.unit_id, row.due_on, row.name
        dice, habit = self._dice(number, self.names[unit_id], due_on), habit_of(self.names[unit_id])
        if dice.random() < habit.silent:
            return
        late = dice.random() < habit.late
        day = due_on + timedelta(days=dice.randint(1, 9)) if late else due_on - timedelta(days=dice.randint(1, 8))
        day = max(day, signed + timedelta(days=1))
        share, lag = at / of, max(0, min(12, 100 // of - 1))  # less than a step: no report falls behind the one before
        percent = min(100, max(5, round(share * 100) - (dice.randint(0, lag) if at < of else 0)))
        content = Content(
            done=self.world.place.told(dice.choice(DONE)).format(task=task), problems=dice.choice(PROBLEMS), next_step=dice.choice(NEXT),
            percent=percent, figures={key: _towards(value, percent) for key, value in targets},
        )  # fmt: skip
        if row.milestone:
            content = self._of_milestone(row, way[:at], content)
        sloppy = dice.random() < habit.sloppy
        more = self._dice("more time", number, self.names[unit_id])
        if at == of and more.random() < MORE_TIME and due_on - timedelta(days=6) > signed:
            self._more_time(number, unit_id, due_on, more)
            day = due_on + timedelta(days=more.randint(4, 12))
        self.diary.put(moment(day, dice), self._hand_in(number, unit_id, content, dice, sloppy=sloppy))

    def _of_milestone(self, row: Any, due: Sequence[int], content: Content) -> Content:
        """Whoever has not reached a milestone by its date has reached it by that of the next one."""
        said: dict[int, Said | None] = dict.fromkeys(due, Said(reached=True))
        dice = self._dice("milestone", row.id, self.names[row.unit_id])
        if dice.random() >= MISSED:
            return replace(content, milestones=said)
        said[row.id] = Said(reached=False, expected_on=row.due_on + timedelta(days=dice.randint(40, 75)))
        return replace(content, milestones=said, problems=content.problems or "用地手续办理慢于预期，工期顺延。")

    def _more_time(self, number: int, unit_id: int, due_on: date, dice: random.Random) -> None:
        """Five days before the date the unit's reviewer asks for more time; two days later the lead office agrees, seldom not."""
        who, checker = self.world.reviewers[unit_id], self.checkers[number % 2]
        until, granted = due_on + timedelta(days=14), dice.random() < 0.8

        def ask(at: datetime) -> None:
            wish = granting.Wish("涉及多个部门的数据还在核对，需要推迟。", "已完成大部分工作。", until=until)
            asked = requesting.ask_for("extension", number, wish, by=who, at=at)
            self.diary.put(at + timedelta(days=2), lambda later: decide(asked.id, later))

        def decide(asked: int, at: datetime) -> None:
            if granted:
                requesting.grant_request(asked, until=until, note="请按新的期限报送。", by=checker, at=at)
            else:
                requesting.refuse_request(
                    asked, reason=self.world.place.told("该项有全市统一要求，不宜推迟。"), by=checker, at=at
                )

        self.diary.put(moment(due_on - timedelta(days=5), dice), ask)

    def _hand_in(self, number: int, unit_id: int, content: Content, dice: random.Random, *, sloppy: bool) -> Act:
        who, reviewer = self.world.reporters[unit_id], self.world.reviewers[unit_id]

        def act(at: datetime) -> None:
            typed = timedelta(minutes=self._dice("typing", number, at).randint(4, 38))
            version = drafting.save_draft(
                number, replace(content, opened=at - typed), version=0, editor="", by=who, at=at
            )
            if dice.random() < 0.08:
                _attach(number, content, who, at)
            if dice.random() < 0.02:
                return  # it stays a draft
            drafting.hand_in(number, by=who, at=at)
            self.diary.put(
                at + timedelta(hours=dice.randint(1, 6)),
                self._approve(version.id, number, reviewer, content, dice, sloppy=sloppy),
            )

        return act

    def _approve(
        self, version: int, number: int, reviewer: Viewer, content: Content, dice: random.Random, *, sloppy: bool
    ) -> Act:
        def act(at: datetime) -> None:
            reviewing.approve(version, by=reviewer, at=at)
            self._excuse(number, reviewer, at)
            self.diary.put(
                at + timedelta(days=dice.randint(1, 4)), self._check(version, number, content, dice, sloppy=sloppy)
            )

        return act

    def _excuse(self, number: int, who: Viewer, arrived_at: datetime) -> None:
        """Some units say what made a report late; the lead office looks into it three days later."""
        dice, checker = self._dice("excuse", number), self.checkers[(number + 1) % 2]
        if not _is_late(number) or dice.random() >= EXCUSE:
            return

        def ask(at: datetime) -> None:
            if not _is_late(number):  # more time was granted meanwhile, or it was excused when it came the first time
                return
            wish = granting.Wish("上级业务系统升级停机，数据未能按期取得，恢复后当日即报。")
            asked = requesting.ask_for("waiver", number, wish, by=who, at=at)
            self.diary.put(at + timedelta(days=3), lambda later: decide(asked.id, later))

        def decide(asked: int, at: datetime) -> None:
            if dice.random() < 0.6:
                requesting.grant_request(asked, note="情况属实。", by=checker, at=at)
            else:
                requesting.refuse_request(asked, reason="停机之前已有足够时间准备，不属于正当理由。", by=checker, at=at)

        self.diary.put(arrived_at + timedelta(days=1), ask)

    def _check(self, version: int, number: int, content: Content, dice: random.Random, *, sloppy: bool) -> Act:
        checker = self.checkers[number % 2]

        def act(at: datetime) -> None:
            if not sloppy:
                accepted = reviewing.accept(version, by=checker, at=at, close=False)
                if accepted.percent == 100:
                    self._closing(number, at)
                return
            reviewing.send_back(version, reason=dice.choice(REASONS), by=checker, at=at)
            better = replace(content, done=content.done + "已按退办意见补充数据：专栏更新12条，抽查3次。")
            unit_id = session.scalars(select(Obligation.unit_id).where(Obligation.id == number)).one()
            self.diary.put(at + timedelta(days=dice.randint(1, 5)), self._again(number, unit_id, better, dice))

        return act

    def _closing(self, number: int, accepted_at: datetime) -> None:
        """Some units ask to close what is done; another of the lead office than the one who accepted it decides."""
        dice, checker = self._dice("closing", number), self.checkers[(number + 1) % 2]
        if dice.random() >= CLOSING:
            return
        row = session.execute(select(Obligation.assignment_id, Obligation.unit_id).where(Obligation.id == number)).one()
        who = self.world.reporters[row.unit_id]

        def ask(at: datetime) -> None:
            if (
                session.scalars(select(Assignment.state).where(Assignment.id == row.assignment_id)).one()
                != "in_progress"
            ):
                return
            wish = granting.Wish("任务已全部完成，相关材料已归档。")
            asked = requesting.ask_for("closing", row.assignment_id, wish, by=who, at=at)
            self.diary.put(at + timedelta(days=dice.randint(3, 6)), lambda later: decide(asked.id, later))

        def decide(asked: int, at: datetime) -> None:
            if dice.random() < 0.2:
                requesting.refuse_request(asked, reason="还缺完成情况的佐证，请补充后再申请。", by=checker, at=at)
            else:
                requesting.grant_request(asked, note="同意办结。", by=checker, at=at)

        self.diary.put(accepted_at + timedelta(days=2), ask)

    def _again(self, number: int, unit_id: int, content: Content, dice: random.Random) -> Act:
        return self._hand_in(number, unit_id, content, dice, sloppy=False)


def _is_late(number: int) -> bool:
    """And not excused."""
    found = select(Obligation.timing, Obligation.excuse).where(Obligation.id == number)
    return tuple(session.execute(found).one()) == ("late", "")


def _towards(value: Decimal, percent: int) -> Decimal:
    """A figure on its way to the target."""
    reached = value * percent / 100
    return reached.quantize(Decimal("0.1")) if reached != reached.to_integral_value() else reached.to_integral_value()


def _attach(number: int, content: Content, who: Viewer, at: datetime) -> None:
    text = f"佐证材料（演示）\n{content.done}\n{content.next_step}\n"
    evidence.attach(number, stream=io.BytesIO(text.encode()), name="工作进展佐证.txt", by=who, at=at)
