"""What a run would rest on today: counted from the work, entered by people, and what is still missing."""

from __future__ import annotations

from datetime import date

from flask_babel import gettext as _

from tracker.assessment.frozen import Frozen
from tracker.assessment.notices import counts_on
from tracker.assessment.queries.facts import entered_facts, frozen_facts
from tracker.assessment.queries.panel import awaited_of, open_facts, panel
from tracker.assessment.queries.schemes import SchemeRow
from tracker.assessment.queries.tallies import Count, count_work
from tracker.assessment.sources import OF_FINDINGS, OVERDUE_DAYS
from tracker.errors import DomainError


def gathered(
    scheme: SchemeRow, plan_id: int, as_of: date, today: date, *, supposed: int | None = None
) -> tuple[Frozen, Count]:
    """The inputs of a scheme and a plan: the work as it stood on the day, what people entered as it stands now, because a
    half-year is marked after its end. A deduction that the unit may still answer, or whose answer nobody has decided on,
    is left out, but for the one that is `supposed` to be upheld. Six statements. Raises DomainError where there is no
    unit to score, or an invited evaluator has not marked yet: until then nobody learns what marks come to. Beside a
    `supposed` deduction marks that are not all in are left out instead."""
    asked = {settings.get("from") for settings in scheme.sources.values()}
    count = count_work(plan_id, as_of, days_late=OVERDUE_DAYS in asked, findings=bool(asked & OF_FINDINGS))
    if not count.units:
        raise DomainError(_("该计划还没有已下发的责任单位，无法评分。请先下发计划。"), field="plan")
    standing = entered_facts(scheme.series_id, plan_id)
    if supposed is None:
        _refuse_awaited(scheme, plan_id, today)
    else:
        standing = open_facts(standing, panel(scheme.series_id, plan_id, today))
    entered = [row for row in standing if row.id == supposed or counts_on(row.notice, today)]
    facts = frozen_facts(entered, scheme, frozenset(unit.key for unit in count.units)) if entered else []
    return Frozen(scheme.body, scheme.sources, count.units, tuple(facts)), count


def _refuse_awaited(scheme: SchemeRow, plan_id: int, today: date) -> None:
    awaited = awaited_of(scheme, plan_id, today)
    if not awaited:
        return
    invited = panel(scheme.series_id, plan_id, today).sitting
    said = _("、").join(_("%(name)s %(n)s 处", name=one.name, n=awaited[one.person_id])
                        for one in invited if one.person_id in awaited)  # fmt: skip
    raise DomainError(_("受邀评委的打分还没有到齐：%(text)s。缺席或回避的请在“评委”页注明理由。", text=said))
