"""Urging units below to report what was passed down to them (催报下级)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from tracker.accounts.roles import Viewer
from tracker.audit.service import record
from tracker.clock import day_of
from tracker.db import session
from tracker.errors import NotFound
from tracker.progress.lights import IN_HAND
from tracker.progress.models import Passed, PassedUrge
from tracker.progress.queries.passing import part_of
from tracker.progress.service.acting import hold_obligation
from tracker.progress.states import PARTS_ARRIVED
from tracker.progress.workflow import REPORTER, REVIEWER


class Urged(NamedTuple):
    """How many reports were urged, how many had been today already, and how many are not owed any more."""

    done: int
    today: int
    over: int


def urge_below(chosen: Iterable[tuple[int, int]], *, by: Viewer, at: datetime) -> Urged:
    """Urges each (task passed down, report of the unit above) once a day. Raises NotFound for whoever is not of the unit
    that passed it down."""
    done = today = over = 0
    for passed_id, obligation_id in sorted(set(chosen)):
        passed, held = session.get(Passed, passed_id), hold_obligation(obligation_id, by)
        if passed is None or held.assignment.id != passed.assignment_id or not held.roles & {REPORTER, REVIEWER}:
            raise NotFound
        part = part_of(passed_id, obligation_id)
        asked = passed.stands and held.obligation.state in IN_HAND and held.assignment.state == "in_progress"
        if not asked or (part is not None and part.state in PARTS_ARRIVED):
            over += 1
            continue
        urge = session.get(PassedUrge, (passed_id, obligation_id))
        if urge is not None and day_of(urge.at) == day_of(at):
            today += 1
            continue
        if urge is None:
            urge = PassedUrge(passed_id=passed_id, obligation_id=obligation_id, times=0)
            session.add(urge)
        urge.times, urge.by_id, urge.at = urge.times + 1, by.person_id, at
        session.flush()
        record("催报下级", by=by, at=at, subject=("obligation", obligation_id), unit_id=passed.unit_id,
               detail={"次数": urge.times})  # fmt: skip
        done += 1
    return Urged(done, today, over)
