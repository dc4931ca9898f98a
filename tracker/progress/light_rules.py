"""Rule sets of lights (亮灯规则) as data, and what they show of a report as of a day. Standard library and the calendar only.

How a report stands (`lights.standing`) is the same under every rule set but for what is near; a rule set says which light
shows it, who is told, and by which document. What places publish of their rules gives colours and seldom days: where it
gives none, the days here are ours.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from tracker.progress.calendar import ONE_DAY, Workdays
from tracker.progress.lights import LightKind, Standing, standing

Audience = Literal["reporter", "reviewer", "lead_office", "leader"]
"""Who is told: reporters and reviewers of the unit, the lead office of the plan, its leaders."""

Document = Literal["reminder", "urging", "supervision", "circular"]
"""提醒, 催办单, 督办单, 通报."""

UNIT: tuple[Audience, ...] = ("reporter", "reviewer")


@dataclass(frozen=True, slots=True)
class Step:
    """A light that a report takes on before its date, or that one which is overdue takes on after it."""

    light: LightKind
    document: Document
    tells: tuple[Audience, ...]
    after: int = 0
    """Days after the date from which it shows: 1 is the first day that is late. 0 for what is near: how many days before
    the date that is, the plan says."""
    workdays: bool = False
    """Whether its days are workdays (工作日)."""


@dataclass(frozen=True, slots=True)
class RuleSet:
    """A rule set. `late` are the lights of what is overdue, the mildest first; the first shows from the first day."""

    near: Step
    late: tuple[Step, ...]
    caught_up: LightKind = "done"
    """Of a report that was accepted and had come late: where it is not `done`, what was missed is never green again."""
    sent_back: Step | None = None
    """Of a report that has to be done again, before its date: where None, that of its standing."""

    @property
    def steps(self) -> tuple[Step, ...]:
        """The mildest first."""
        return (self.near, *([self.sent_back] if self.sent_back else []), *self.late)

    @property
    def warns(self) -> bool:
        """Whether it has the orange 警告 between its mildest and its gravest light, in place of a yellow one."""
        return any(step.light == "warned" for step in self.steps)

    @property
    def counts_workdays(self) -> bool:
        return any(step.workdays for step in self.steps)


GENERAL = "general"

RULE_SETS: Mapping[str, RuleSet] = {
    GENERAL: RuleSet(
        Step("near", "reminder", ("reporter",)),
        (Step("overdue", "urging", UNIT, 1),),
    ),
    # 宜昌: green on schedule, yellow near its date, red behind; the lead office follows up what is red
    "yichang": RuleSet(
        Step("near", "reminder", UNIT),
        (Step("overdue", "urging", (*UNIT, "lead_office"), 1),),
    ),
    # 瓯海: month by month; what was missed is red, and yellow once it was caught up, never green
    "ouhai": RuleSet(
        Step("near", "reminder", ("reporter",)),
        (Step("overdue", "circular", (*UNIT, "lead_office", "leader"), 1),),
        caught_up="caught_up",
    ),
    # 三明: blue 提醒, orange 警告, red, each graver one only where there is no good reason
    "sanming": RuleSet(
        Step("near", "reminder", ("reporter",)),
        (
            Step("reminded", "supervision", UNIT, 1),
            Step("warned", "supervision", (*UNIT, "lead_office"), 6, workdays=True),
            Step("overdue", "supervision", (*UNIT, "lead_office", "leader"), 11, workdays=True),
        ),
    ),
    # 宿迁: blue near its date, yellow behind schedule or of poor quality, red overdue
    "suqian": RuleSet(
        Step("soon", "supervision", UNIT, workdays=True),
        (Step("overdue", "supervision", (*UNIT, "lead_office"), 1),),
        sent_back=Step("behind", "supervision", UNIT),
    ),
}
"""Key, as plans keep it → rule set; the general one is the default."""


@dataclass(frozen=True, slots=True)
class Lights:
    """A plan's rule set as of a day, its days worked out: comparing dates is all that is left for each report."""

    rules: RuleSet
    today: date
    near_until: date
    """The last due date that is near."""
    late_from: tuple[date, ...]
    """For each light of what is overdue the last due date that shows it, or a graver one; the first is yesterday's."""

    def of(self, state: str, timing: str, due_on: date, excuse: str = "") -> LightKind:
        """The light of a report."""
        stands = standing(state, timing, due_on, today=self.today, near=self.near_until)
        if timing == "late" and stands not in {"none", "overdue"} and self.rules.caught_up != "done":
            return self.rules.caught_up
        step = self._step(stands, state, due_on, excuse)
        return stands if step is None else step.light

    def step(self, state: str, timing: str, due_on: date, excuse: str = "") -> Step | None:
        """What of the rule set a report has come to; None where nobody need be told of it. One whose lateness was excused
        (免责) stays at the mildest step of what is overdue."""
        stands = standing(state, timing, due_on, today=self.today, near=self.near_until)
        return self._step(stands, state, due_on, excuse)

    def _step(self, stands: Standing, state: str, due_on: date, excuse: str) -> Step | None:
        rules = self.rules
        if stands == "overdue":
            return rules.late[0 if excuse == "waived" else self.grade(due_on)]
        if state == "returned" and rules.sent_back is not None:
            return rules.sent_back
        return rules.near if stands == "near" else None

    def grade(self, due_on: date) -> int:
        """How many lights of what is overdue a date has passed, without the first."""
        return max(0, sum(due_on <= last for last in self.late_from) - 1)


def lights_on(rules: RuleSet, today: date, near_days: int, workdays: Workdays) -> Lights:
    """The rule set of a plan that calls `near_days` days near, as of a day."""
    ends = workdays if rules.near.workdays else None
    return Lights(
        rules,
        today,
        _days_ahead(today, near_days, ends),
        tuple(_days_ago(today, step.after, workdays if step.workdays else None) for step in rules.late),
    )


def _days_ahead(today: date, days: int, workdays: Workdays | None) -> date:
    """The last day up to which there are so many days left, or workdays where a calendar is given."""
    if workdays is None:
        return today + timedelta(days=days)
    return workdays.next_workday(workdays.add_workdays(today, days)) - ONE_DAY


def _days_ago(today: date, days: int, workdays: Workdays | None) -> date:
    """The last day since which so many days have begun, or workdays where a calendar is given; today counts."""
    if workdays is None:
        return today - timedelta(days=days)
    return workdays.add_workdays(today + ONE_DAY, -days) - ONE_DAY
