"""What a run would rest on today: counted from the work, entered by people, and what is still missing."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask_babel import gettext as _

from tracker.assessment.frozen import Frozen
from tracker.assessment.notices import counts_on
from tracker.assessment.queries.facts import entered_facts, frozen_facts
from tracker.assessment.queries.panel import Panel, awaited_of, open_facts, panel
from tracker.assessment.queries.schemes import SchemeRow
from tracker.assessment.queries.tallies import Count, count_work
from tracker.assessment.sources import OF_FINDINGS, OVERDUE_DAYS
from tracker.errors import DomainError


def gathered(
    scheme: SchemeRow, plan_id: int, as_of: date, today: date, *, supposed: int | None = None
) -> tuple[Frozen, Count]:
    """The inputs of a scheme and a plan: the work as it stood on the day, what people entered as it stands now, because a
    half-year is marked after its end. A deduction that the unit may still answer, or whose answer nobody has decided on,
    is left out, but for the one that is `supposed` to be upheld. Six statements, and a few more where evaluators are
    invited. Raises DomainError where there is no unit to score, or an invited evaluator has not marked yet: until then
    nobody learns what marks come to. Beside a `supposed` deduction marks that are not all in are left out instead."""
    asked = {settings.get("from") for settings in scheme.sources.values()}
    count = count_work(plan_id, as_of, days_late=OVERDUE_DAYS in asked, findings=bool(asked & OF_FINDINGS))
    if not count.units:
        raise DomainError(_("该计划还没有已下发的责任单位，无法评分。请先下发计划。"), field="plan")
    standing = entered_facts(scheme.series_id, plan_id)
    invited = panel(scheme.series_id, plan_id, today)
    if supposed is None:
        _refuse_awaited(scheme, plan_id, invited, today)
    else:
        standing = open_facts(standing, invited)
    entered = [row for row in standing if row.id == supposed or counts_on(row.notice, today)]
    units = frozenset(unit.key for unit in count.units)
    facts = frozen_facts(entered, scheme, units) if entered else []
    return Frozen(scheme.body, scheme.sources, count.units, tuple(facts), _frozen_recusals(invited, units)), count


def _frozen_recusals(invited: Panel, units: frozenset[str]) -> tuple[dict[str, Any], ...]:
    return tuple(
        {"unit": str(one.unit_id), "by": seat.person_id, "by_name": seat.name, "reason": one.reason}
        for seat, one in invited.recused
        if str(one.unit_id) in units
    )


def _refuse_awaited(scheme: SchemeRow, plan_id: int, invited: Panel, today: date) -> None:
    awaited = awaited_of(scheme, plan_id, today) if invited.sitting else {}
    if not awaited:
        return
    said = _("、").join(_("%(name)s %(n)s 处", name=one.name, n=awaited[one.person_id])
                        for one in invited.sitting if one.person_id in awaited)  # fmt: skip
    raise DomainError(_("受邀评委的打分还没有到齐：%(text)s。缺席或回避的请在“评委”页注明理由。", text=said))
