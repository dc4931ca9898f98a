"""Where a leaf's facts come from (评分来源): counted from the work itself, or entered by people. Pure.

A source turns what was counted of one unit into facts in the form of the trial-score contract. Whoever reads a score
can recount: each source is one sentence, and the records behind it are kept with the run.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

MOST_AT_ONCE = 100
"""Occurrences that one deduction fact may state (the contract's range): more are stated in several."""


def N_(text: str) -> str:
    """Marks a text for the message catalogues; it is translated where it is shown."""
    return text


@dataclass(frozen=True, slots=True)
class Tally:
    """What was counted of one unit as of a day, over the returns that were due by then (截至当日应报送的报送义务).

    `due` is 0 for a unit of which nothing was asked yet (无应办事项): nothing counted from the work applies to it then.
    `due` = `on_time` + `late` + those not submitted at all; `overdue` = `late` + not submitted; `sent_back` counts the
    times the lead office returned a report (退办), `sent_again` those of them that were not the first of their return
    (退回未改). `overdue_days`: workdays (工作日) by which all of them together were or are late; it is counted where a
    scheme asks for it.

    `findings` are the findings (问题) that were to be put right by then, `rectified` those of them reported as right in time
    and not sent back, `to_do_again` the times that a rectification was sent back (退回再改).
    """

    due: int = 0
    accepted: int = 0
    on_time: int = 0
    sent_back: int = 0
    sent_again: int = 0
    overdue_days: int = 0
    findings: int = 0
    rectified: int = 0
    to_do_again: int = 0

    @property
    def overdue(self) -> int:
        return self.due - self.on_time


Fact = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Source:
    """One way to count. `rules` are the rule kinds it can feed; `parameters` the settings it needs, with their names."""

    key: str
    name: str
    sentence: str
    rules: tuple[str, ...]
    count: Callable[[Tally, Mapping[str, Any]], list[Fact]]
    parameters: tuple[tuple[str, str], ...] = ()


def _share(actual: int, target: int) -> list[Fact]:
    return [{"actual": str(actual), "target": str(target)}] if target else [{"not_applicable": True}]


def _each(times: int, tally: Tally, settings: Mapping[str, Any]) -> list[Fact]:
    """Where nothing was due nothing could be late or sent back: full points for that would be points for nothing."""
    return list(_in_parts(times, str(settings["each"]))) if tally.due else [{"not_applicable": True}]


def _each_finding(times: int, tally: Tally, settings: Mapping[str, Any]) -> list[Fact]:
    """A unit that had something to do, and in which nothing was found, has its full points."""
    return list(_in_parts(times, str(settings["each"]))) if tally.due or tally.findings else [{"not_applicable": True}]


def _in_parts(times: int, each: str) -> Iterator[Fact]:
    while times > 0:
        yield {"each": each, "count": min(times, MOST_AT_ONCE)}
        times -= MOST_AT_ONCE


OVERDUE_DAYS = "overdue_days_each"
EACH = (("each", N_("每次扣分")),)

SOURCES: dict[str, Source] = {
    source.key: source
    for source in (
        Source(
            "accepted_share", N_("完成率"), N_("截至当日应报送且已核验通过的项数 ÷ 应报送项数"), ("ratio",),
            lambda tally, _: _share(tally.accepted, tally.due),
        ),
        Source(
            "on_time_share", N_("按时率"), N_("截至当日按时报送的项数 ÷ 应报送项数"), ("ratio",),
            lambda tally, _: _share(tally.on_time, tally.due),
        ),
        Source(
            "overdue_each", N_("逾期扣分"), N_("截至当日逾期报送或逾期未报送的项数 × 每次扣分"), ("deduction",),
            lambda tally, settings: _each(tally.overdue, tally, settings), EACH,
        ),
        Source(
            OVERDUE_DAYS, N_("逾期按日扣分"), N_("截至当日各项报送逾期的工作日数 × 每次扣分"), ("deduction",),
            lambda tally, settings: _each(tally.overdue_days, tally, settings), EACH,
        ),
        Source(
            "sent_back_each", N_("退办扣分"), N_("截至当日被退办的次数 × 每次扣分"), ("deduction",),
            lambda tally, settings: _each(tally.sent_back, tally, settings), EACH,
        ),
        Source(
            "sent_again_each", N_("退回未改再扣"), N_("截至当日同一报送再次被退回的次数 × 每次扣分"), ("deduction",),
            lambda tally, settings: _each(tally.sent_again, tally, settings), EACH,
        ),
        Source(
            "all_on_time", N_("全部按时"), N_("截至当日没有一项逾期即得满分"), ("all_or_nothing",),
            lambda tally, _: [{"met": tally.overdue == 0}] if tally.due else [{"not_applicable": True}],
        ),
        Source(
            "rectified_share", N_("整改按时率"), N_("截至当日到期且按时整改的问题 ÷ 到期的问题"), ("ratio",),
            lambda tally, _: _share(tally.rectified, tally.findings),
        ),
        Source(
            "unrectified_each", N_("整改逾期扣分"), N_("截至当日到期而未按时整改的问题数 × 每次扣分"), ("deduction",),
            lambda tally, settings: _each_finding(tally.findings - tally.rectified, tally, settings), EACH,
        ),
        Source(
            "to_do_again_each", N_("整改退回扣分"), N_("截至当日整改被退回再改的次数 × 每次扣分"), ("deduction",),
            lambda tally, settings: _each_finding(tally.to_do_again, tally, settings), EACH,
        ),
    )
}  # fmt: skip

OF_FINDINGS = frozenset({"rectified_share", "unrectified_each", "to_do_again_each"})
"""Sources that count findings: they are read where a scheme asks for them."""

ENTERED = "entered"
"""The source of leaves whose facts people enter: marks, deductions with a reason, measured values."""


def counted(settings: Mapping[str, Any], tally: Tally) -> list[Fact]:
    """The facts of one unit and leaf by the leaf's source. Raises KeyError for a source that there is not."""
    return SOURCES[settings["from"]].count(tally, settings)
