"""What a scheme in use comes to today (试算), kept while the day's business goes on: whoever something happened to is
counted and reckoned anew, the others stand.

The audit record says what happened, and to whom. Where it names more than a day's business (a fact, a decision, a version
of a scheme, another plan or unit) all is made anew, and after a minute in any case: see `tracker.web.kept`. Runs never
look here: they count from the beginning.
"""

from __future__ import annotations

import threading
from datetime import date

from tracker.assessment.binding import counted_leaves
from tracker.assessment.frozen import counted_entries, ready_book
from tracker.assessment.queries.inputs import gathered
from tracker.assessment.queries.schemes import SchemeRow
from tracker.assessment.queries.tallies import stamped_group, successors, tally_of
from tracker.assessment.scoring.interim import Interim
from tracker.assessment.scoring.problems import FaultyBook
from tracker.assessment.scoring.results import UnitResult
from tracker.assessment.scoring.tree import Tree
from tracker.assessment.sources import OF_FINDINGS, OVERDUE_DAYS
from tracker.audit.queries import acts_since, last_number
from tracker.web.kept import settled


class KeptScores:
    """The results of all units of a plan as of today."""

    def __init__(self, scheme: SchemeRow, plan_id: int, today: date) -> None:
        self._scheme, self._plan_id, self._today = scheme, plan_id, today
        asked = {settings.get("from") for settings in scheme.sources.values()}
        self._asks_days, self._asks_findings = OVERDUE_DAYS in asked, bool(asked & OF_FINDINGS)
        self._turn = threading.Lock()
        self._begin()

    def _begin(self) -> None:
        # before anything is counted: what comes in meanwhile is counted again, and not lost
        self._number = last_number()
        self.frozen, _ = gathered(self._scheme, self._plan_id, self._today, self._today)
        self._groups = {unit.key: unit.group for unit in self.frozen.units}
        self._after = successors(self._plan_id)
        self._waived = {(one["unit"], one["indicator"]) for one in self.frozen.facts if one["kind"] == "not_applicable"}
        self._counting = counted_leaves(self.frozen.scheme, self.frozen.sources)
        self._scores: Interim | None = None
        if not self.frozen.missing:
            book = ready_book(self.frozen)
            leaves = Tree(book.scheme.indicators).leaves
            self._rules = {one.key: one.rule for one in leaves if one.rule is not None and one.key in self._counting}
            self._scores = Interim(book)

    @property
    def units(self) -> tuple[UnitResult, ...]:
        """In the order of `frozen.units`; none where facts are missing."""
        with self._turn:
            return tuple(self._scores or ())

    def catch_up(self) -> None:
        """Takes in what happened since, as far as it may happen on a day."""
        with self._turn:
            acts = acts_since(self._number)
            if not acts:
                return
            try:
                anew = not all(self._takes_in(kind, unit_id) for kind, unit_id in {act[1:] for act in acts})
            except FaultyBook:
                anew = True  # so that the problems of all units are told
            if anew:
                self._begin()
            else:
                self._number = acts[-1][0]

    def _takes_in(self, kind: str, unit_id: int | None) -> bool:
        """False where only counting everything tells what an act has changed."""
        if kind == "finding":
            return not self._asks_findings  # it may have been another unit's before
        if kind != "obligation":
            return True
        if unit_id is None:
            return False
        unit_id = self._after.get(unit_id, unit_id)
        unit = str(unit_id)
        if stamped_group(self._plan_id, unit_id) != self._groups.get(unit):
            return False  # its last task ended with its last report
        if self._scores is not None and unit in self._groups:
            before = (one for one, heir in self._after.items() if heir == unit_id)
            tally = tally_of(
                (unit_id, *before), self._plan_id, self._today, days_late=self._asks_days, findings=self._asks_findings
            )
            rules = {key: rule for key, rule in self._rules.items() if (unit, key) not in self._waived}
            self._scores.change(unit, counted_entries(rules, self._counting, tally))
        return True


def interim(scheme: SchemeRow, plan_id: int, today: date) -> KeptScores:
    """Of a version in use. Raises DomainError as `gathered` does, FaultyBook as the engine does."""
    kept = settled(("interim", scheme.id, plan_id, today), lambda: KeptScores(scheme, plan_id, today))
    kept.catch_up()
    return kept
