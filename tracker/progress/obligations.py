"""From deadline phrases (完成时限) to dated obligations (报送义务). Standard library and the calendar only; no clock.

A date of its own is one obligation. 每月5日前 is twelve, each on the month before; 每季度末月20日前 is four; a phrase without a
date (持续推进) is shown to go on by periodic proof, as the plan's policy says, and closed at the year's end; where the text
prints a rhythm of its own for reporting (长期坚持，每半年报送一次), that is the proof, and the closing stays. A span that counts
from the document (印发后30日内) ends on its day. Where a task says nothing of time and the plan has phases (实施阶段),
the task is reported on at the end of each phase. Dates that each name a step of their own are milestones (节点), see
`with_milestones`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from imports.phrases.deadlines.parts import AFTERWARDS
from tracker.progress.calendar import Workdays
from tracker.progress.feasts import feast_ends
from tracker.progress.instead import instead_of
from tracker.progress.printed import Phrase, reports_itself, rhythm_of, telling
from tracker.progress.rhythms import UNDATED, dates, day_of_month
from tracker.progress.single import single_days
from tracker.progress.spans import span_end

TEXT_LENGTH = 200
_Begun = tuple[date | None, date | None]
"""The day that spans count from, and the document's own date where it is known."""
PERIODIC = frozenset({"recurring", "ongoing"})


@dataclass(frozen=True, slots=True)
class Dated:
    """One dated obligation. `printed` is the date before it was rolled to a workday."""

    due: date
    kind: str
    text: str
    period: str
    printed: date
    is_step: bool = False
    """Whether its words name what is reached by then."""
    milestone: bool = False
    """Whether it is reported on as reached or not, and not by percent."""


def obligations(
    phrases: Sequence[Phrase], *, year: int, proof: str = "quarterly", roll: str = "none",
    workdays: Workdays | None = None, first: date | None = None, last: date | None = None,
    base: date | None = None, written: date | None = None, phases: Sequence[Phrase] = (),
) -> tuple[Dated, ...]:  # fmt: skip
    """The obligations of these phrases in a year, by due date, at most one a day.

    `first` and `last` cut by the due date as rolled; spans count from `base`, the document's date. `written`
    is that date where it is known for certain: a feast (国庆节前) is the first one after it. Without a phrase that
    has a date, a period or an open end: the plan's `phases`, and where it has none periodic proof.
    """
    calendar = workdays or Workdays()
    those = telling(phrases)
    if reports_itself(those):
        proof = "yearly"  # the document itself says how often: what goes on is closed, and not asked for twice
    found = _of_phrases(those, year, proof, (base, written), calendar)
    if not found:
        steps = [one for phase in phases for one in _of_phrase(phase, year, proof, (base, written), calendar)]
        found = [replace(one, is_step=True) for one in steps]
    if not found:
        words = next((phrase.words for phrase in phrases if phrase.words), "")
        found = list(_proof(Phrase(words, "ongoing"), year, proof))
    rolled = [
        Dated(calendar.roll(one.due, roll), one.kind, one.text[:TEXT_LENGTH], one.period, one.due, one.is_step)
        for one in found
    ]
    kept = [one for one in rolled if (first is None or one.due >= first) and (last is None or one.due <= last)]
    return tuple(_merged(kept))


def for_plan(
    phrases: Sequence[Phrase], *, year: int, proof: str, roll: str, workdays: Workdays, issued: date,
    base: date | None = None, phases: Sequence[Phrase] = (),
) -> tuple[Dated, ...]:  # fmt: skip
    """What a task owes when its plan is issued on a day.

    A task whose dates all lie after the year shows by periodic proof that it goes on. Periods that ended before the
    issue are not asked for; a printed date is, even where it has passed. A plan of a past year is asked for from the day
    of its document on.
    Spans count from `base`, the day of the document, or else from the issue.
    """
    found = obligations(
        phrases, year=year, proof=proof, roll=roll, workdays=workdays, base=base or issued, written=base, phases=phases
    )
    if found and all(one.printed.year > year for one in found):
        ongoing = Phrase(found[0].text, "ongoing")
        found = (*obligations([ongoing], year=year, proof=proof, roll=roll, workdays=workdays), *found)
    first = issued if issued.year <= year else base or date(year, 1, 1)
    return with_milestones([one for one in found if one.kind not in PERIODIC or one.due >= first])


def with_milestones(found: Sequence[Dated]) -> tuple[Dated, ...]:
    """All that a task owes, as milestones (节点) where it comes in steps: several dates of its own, of which the document
    says what is reached by them, or the phases (实施阶段) of the plan.

    All of a task or none. A return is compared with the one before it, so that one task has one measure: where it is also
    reported on period by period, or its dates say how much of the same work is done (6月底前完成60%), the measure is the
    percent. A single date is no step on the way: until it has come, how far the work is remains a matter of degree.
    """
    dated = [one for one in found if one.kind not in PERIODIC and one.kind != "closing"]
    steps = len(dated) == len(found) > 1 and any(one.is_step for one in dated)
    return tuple(replace(one, milestone=steps) for one in found)


def _merged(found: list[Dated]) -> Iterator[Dated]:
    """By due date; what falls on one day is one obligation with the words of both, a date of its own first."""
    by_day: dict[date, list[Dated]] = {}
    for one in found:
        by_day.setdefault(one.due, []).append(one)
    for due in sorted(by_day):
        group = sorted(by_day[due], key=lambda one: one.kind in PERIODIC)
        words = "；".join(dict.fromkeys(one.text for one in group if one.text))
        period = next((one.period for one in group if one.period), "")
        step = any(one.is_step for one in group)
        yield Dated(due, group[0].kind, words[:TEXT_LENGTH], period, group[0].printed, step)


def _of_phrases(
    phrases: Sequence[Phrase], year: int, proof: str, begun: _Begun, workdays: Workdays
) -> list[Dated]:  # fmt: skip
    """Of all in printed order: what comes again afterwards (6月底前完成，之后每季度报送) begins after the date before it."""
    found: list[Dated] = []
    latest: date | None = None
    for phrase in phrases:
        of_it = _of_phrase(phrase, year, proof, begun, workdays)
        begins = latest if AFTERWARDS.match(phrase.text) else None
        found += [one for one in of_it if begins is None or one.due > begins]
        latest = phrase.date or latest
    for phrase in phrases:
        taken = instead_of(phrase, [(one.due, one.period) for one in found if one.kind == "recurring"])
        found = [one for one in found if one.kind != "recurring" or one.due not in taken]
    return found


def _of_phrase(phrase: Phrase, year: int, proof: str, begun: _Begun, workdays: Workdays) -> Iterator[Dated]:
    if phrase.date is not None:
        yield Dated(phrase.date, phrase.kind, phrase.words, "", phrase.date, phrase.is_step)
    elif phrase.kind == "recurring":
        yield from _recurring(phrase, year, proof, workdays)
    elif phrase.kind == "ongoing":
        yield from _proof(phrase, year, proof)
    elif phrase.kind == "phase":
        for day in _days_of_phase(phrase, year, *begun, workdays):
            yield Dated(day, "phase", phrase.words, "", day, phrase.is_step)


def _days_of_phase(
    phrase: Phrase, year: int, base: date | None, written: date | None, workdays: Workdays
) -> tuple[date, ...]:  # fmt: skip
    end = span_end(phrase.text, base, workdays) if phrase.anchored and base else None
    if end:
        return (end,)
    named = feast_ends(phrase.text, year, workdays, written)
    return tuple(one.last for one in named) or single_days(phrase.text, year, workdays)


def _recurring(phrase: Phrase, year: int, proof: str, workdays: Workdays) -> Iterator[Dated]:
    name, _, at = rhythm_of(phrase).partition(":")
    if name in UNDATED:
        yield from _proof(phrase, year, proof)
        return
    for due, period in dates(name, at, phrase.text, year, workdays):
        yield Dated(due, "recurring", phrase.words, period, due)


def _proof(phrase: Phrase, year: int, proof: str) -> Iterator[Dated]:
    """Proof at the end of each period, and the closing at the year's end, which stands for the last one."""
    ends = {
        "monthly": [(month, f"{year}-{month:02d}") for month in range(1, 12)],
        "quarterly": [(3, f"{year}-Q1"), (6, f"{year}-Q2"), (9, f"{year}-Q3")],
        "half_yearly": [(6, f"{year}-H1")],
        "yearly": [],
    }
    for month, period in ends[proof]:
        due = day_of_month(year, month, None)
        yield Dated(due, "ongoing", phrase.words, period, due)
    yield Dated(date(year, 12, 31), "closing", phrase.words, str(year), date(year, 12, 31))
