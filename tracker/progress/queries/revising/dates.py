"""What tasks owe by the edition in force and by the new one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import Any

from sqlalchemy import select

from tracker import clock
from tracker.db import session
from tracker.drafts.models import Draft
from tracker.plans.models import Plan, TaskText
from tracker.plans.policy import read_policy
from tracker.progress.obligations import Dated, for_plan
from tracker.progress.printed import Phrase, read_phases, read_phrases
from tracker.progress.queries.calendar import workdays
from tracker.progress.queries.issuing import words_around


class Dates:
    """What tasks owe by the edition in force and by the new one."""

    def __init__(self, plan: Plan, draft: Draft, today: date) -> None:
        policy = read_policy(plan.policy)
        self._for_plan = partial(for_plan, year=plan.year, proof=policy.proof, roll=policy.roll, workdays=workdays())
        self._today = today
        self._issued = clock.day_of(plan.issued_at) if plan.issued_at else today
        self._base = plan.document_issued_on
        self._new_base = date.fromisoformat(draft.header["issued_on"]) if draft.header["issued_on"] else None
        before = session.scalar(select(Draft.milestones).where(Draft.id == plan.draft_id)) if plan.draft_id else ()
        self._phases, self._new_phases = read_phases(before or ()), read_phases(draft.milestones or ())
        self._known: dict[tuple[object, ...], tuple[Dated, ...]] = {}

    def before(self, text: TaskText) -> tuple[Dated, ...]:
        phrases = _phrases(text.deadlines, text.requirement, text.sources)
        return self._of(phrases, self._issued, self._base, self._phases)

    def after(self, body: Mapping[str, Any], *, same: bool) -> tuple[Dated, ...]:
        """`same`: the words of time are those of the edition in force; then spans go on counting from its date."""
        phrases = _phrases(body["deadlines"], body["requirement"], body.get("source", {}))
        return self._of(phrases, self._issued, self._base if same else self._new_base or self._base, self._new_phases)

    def fresh(self, body: Mapping[str, Any]) -> tuple[Dated, ...]:
        """What a unit owes that gets the task now: of dates that have passed only where there is no other."""
        phrases = _phrases(body["deadlines"], body["requirement"], body.get("source", {}))
        found = self._of(phrases, self._today, self._new_base or self._base, self._new_phases)
        return tuple(one for one in found if one.due >= self._today) or found

    def _of(
        self, phrases: tuple[Phrase, ...], issued: date, base: date | None, phases: tuple[Phrase, ...]
    ) -> tuple[Dated, ...]:  # fmt: skip
        key = (phrases, issued, base, phases)
        if key not in self._known:
            self._known[key] = self._for_plan(phrases, issued=issued, base=base, phases=phases)
        return self._known[key]


def _phrases(deadlines: Any, requirement: str, sources: Mapping[str, Any]) -> tuple[Phrase, ...]:
    return read_phrases(deadlines, words_around(deadlines, requirement, sources))
