"""Read model of the deductions (扣分明细) of a run, from what was frozen: every point that was taken, and for what."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import Any

from flask_babel import gettext as _

from reports.deductions import DeductionRow, Deductions
from reports.source import Source
from tracker.assessment.engines import places_of
from tracker.assessment.frozen import ready_book
from tracker.assessment.labels import FACT_KINDS, FORMULAS, source_label
from tracker.assessment.links import path_of
from tracker.assessment.queries.explanation import Traced, traced
from tracker.assessment.queries.runs import UnitScoreRow, run_row
from tracker.assessment.queries.sheet_rows import AT_A_TIME, Model
from tracker.assessment.records import TO_DO_AGAIN, Record, concerns, records_of
from tracker.assessment.scoring.award_kinds import award_kinds
from tracker.assessment.scoring.evaluation import Reckoner
from tracker.assessment.scoring.numbers import read_number
from tracker.assessment.scoring.rules import KINDS, Stake
from tracker.assessment.scoring.rules.account import AccountRule
from tracker.assessment.scoring.rules.costs import CostsRule
from tracker.assessment.sources import ENTERED
from tracker.web.locale import day as day_text

TAKING = frozenset(
    kind for kind, rule in KINDS.items() if kind == "deduction" or issubclass(rule, CostsRule | AccountRule)
)
"""The rule kinds that take points away for what is found."""


@dataclass(frozen=True, slots=True)
class _Taken:
    """One deduction before it is held to what the leaf has left."""

    each: Decimal
    times: int
    cost: Decimal
    reason: str
    evidence: str = ""
    evidence_path: str | None = None
    found: Traced | None = None
    reply: str = ""
    decision: str = ""


def deductions(run_id: int, base_url: str = "") -> Deductions:
    """Every deduction that a run counted: entered ones with their reason, counted ones return by return, each with the
    place of the document that asked for it; points as far as the leaf had any left. Raises NotFound."""
    model = Model(run_row(run_id), base_url)
    rows = list(_rows(model))
    return Deductions(
        scheme=model.run.scheme_name,
        version=_("第%(n)s版", n=model.run.scheme_version),
        as_of=model.run.as_of,
        rows=rows,
        places=places_of(model.frozen.scheme),
        count=len(rows),
    )


def _rows(model: Model) -> Iterator[DeductionRow]:
    taking = [node for node, _depth in model.tree if (node.get("rule") or {}).get("kind") in TAKING]
    worth = _Worth(model)
    for start in range(0, len(model.scores), AT_A_TIME):
        batch = model.scores[start : start + AT_A_TIME]
        read = {unit.unit_id: _concerned(model, taking, unit) for unit in batch}
        known = {_key(one.record): one for one in traced([record for records in read.values() for record in records])}
        for unit in batch:
            for leaf in taking:
                taken = list(_taken(model, leaf, unit, read[unit.unit_id], known))
                if leaf["rule"]["kind"] != "deduction":
                    taken = worth.weighed(leaf["key"], unit.unit_id, taken)
                yield from _held(model, leaf, unit, taken, worth.of(leaf["key"], unit.unit_id))
            yield from _penalties(model, unit)


def _concerned(model: Model, leaves: list[Mapping[str, Any]], unit: UnitScoreRow) -> list[Record]:
    """The records that any deduction counted, and those of the duties that entered facts are about."""
    counted = {model.frozen.sources.get(leaf["key"], {}).get("from", ENTERED) for leaf in leaves} - {ENTERED}
    about = {
        fact["obligation"]
        for leaf in leaves
        for fact in model.by_place.get((str(unit.unit_id), leaf["key"]), ())
        if fact["obligation"]
    }
    return [
        record
        for record in records_of(model.records[unit.unit_id])
        if record.obligation_id in about or any(concerns(source, record) for source in counted)
    ]


def _key(record: Record) -> tuple[int, int, int | None]:
    return record.obligation_id, record.finding_id, record.return_id


def _taken(
    model: Model, leaf: Mapping[str, Any], unit: UnitScoreRow, read: list[Record],
    known: Mapping[tuple[int, int, int | None], Traced],
) -> Iterator[_Taken]:  # fmt: skip
    """A unit's deductions in one leaf, in the order in which they take effect: counted ones by due date, then entered
    ones as they were entered."""
    settings = model.frozen.sources.get(leaf["key"], {})
    facts = model.by_place.get((str(unit.unit_id), leaf["key"]), ())
    if any(fact["kind"] == "not_applicable" for fact in facts):
        return
    source = settings.get("from", ENTERED)
    if source != ENTERED:
        for record in read:
            if concerns(source, record):
                yield _counted(Decimal(str(settings["each"])), record, known.get(_key(record)))
    for fact in facts:
        path = path_of("assessment.fact_evidence", fact_id=fact["id"]) if fact["evidence"] else None
        figures = fact.get("figures") or {}
        each = read_number(figures.get("each", fact["amount"] or "0")) or Decimal(0)
        times = int(read_number(figures.get("count", str(fact["times"] or 1))) or 1)
        yield _Taken(
            each, times, each * times, fact["reason"], _("佐证") if path else "", path,
            known.get((fact["obligation"], 0, None)), fact.get("reply", ""), _decided(fact),
        )  # fmt: skip


def _penalties(model: Model, unit: UnitScoreRow) -> Iterator[DeductionRow]:
    """What was taken off the unit as a whole, as far as the caps of its kind and of all penalties let it go."""
    facts = [fact for fact in model.by_place.get((str(unit.unit_id), None), ()) if fact["kind"] == "penalty"]
    settings = model.frozen.scheme.get("penalty") or {}
    cap = settings.get("cap")
    left = Decimal("Infinity") if cap is None else read_number(str(cap)) or Decimal(0)
    of_kinds = {kind.name: _decimal(kind.cap) for kind in award_kinds(str(settings.get("kinds") or "")) or ()}
    for fact in facts:
        amount, kind = Decimal(fact["amount"]), (fact.get("figures") or {}).get("kind", "")
        points = min(left, amount, of_kinds.get(kind, left))
        left -= points
        if kind in of_kinds:
            of_kinds[kind] -= points
        path = path_of("assessment.fact_evidence", fact_id=fact["id"]) if fact["evidence"] else None
        if points > 0:
            yield DeductionRow(
                unit.name, unit.group, str(FACT_KINDS["penalty"]), _("从总分中扣减"), amount, 1, points, fact["reason"],
                _("佐证") if path else "", model.address(path), fact.get("reply", ""), _decided(fact),
            )  # fmt: skip


def _decided(fact: Mapping[str, Any]) -> str:
    """`维持扣分：更新晚于期限`; what was cancelled is in no run."""
    if fact.get("decision") != "upheld":
        return ""
    return _("维持扣分：%(reason)s", reason=fact.get("decision_reason", ""))


def _counted(each: Decimal, record: Record, found: Traced | None) -> _Taken:
    if record.finding_id:
        said = _("整改退回再改") if record.mark == TO_DO_AGAIN else _("未按时整改")
        reason = _("%(said)s，应于 %(day)s 前整改", said=said, day=day_text(record.due_on))
    elif record.days is not None:
        reason = _("逾期 %(n)s 个工作日，应于 %(day)s 报送", n=record.days, day=day_text(record.due_on))
    elif record.return_id is None:
        said = _("逾期未报送") if record.mark == "N" else _("逾期报送")
        reason = _("%(said)s，应于 %(day)s 报送", said=said, day=day_text(record.due_on))
    else:
        reason = _sent_back(record, found)
    times = record.days or 1
    return _Taken(each, times, each * times, reason, found.task if found else "", found.href if found else None, found)


def _sent_back(record: Record, found: Traced | None) -> str:
    reason = _("退办，应于 %(day)s 报送", day=day_text(record.due_on))
    if found is None or found.returned is None:
        return reason
    version = _("%(reason)s（第%(n)s版）", reason=reason, n=found.returned.version_no)
    return _("%(version)s：%(why)s", version=version, why=found.returned.reason) if found.returned.reason else version


def _held(
    model: Model, leaf: Mapping[str, Any], unit: UnitScoreRow, taken: list[_Taken], left: Decimal
) -> Iterator[DeductionRow]:
    settings = model.frozen.sources.get(leaf["key"], {})
    rule = source_label(settings) if settings.get("from") != ENTERED else str(FORMULAS[leaf["rule"]["kind"]])
    for one in taken:
        points = min(left, one.cost)
        left -= points
        if points > 0:
            yield DeductionRow(
                unit.name, unit.group, model.names[leaf["key"]], rule, one.each, one.times, points, one.reason,
                one.evidence, model.address(one.evidence_path), one.reply, one.decision, source=_source(model, one.found),
            )  # fmt: skip


def _source(model: Model, found: Traced | None) -> Source | None:
    return model.source(found) if found is not None else None


class _Worth:
    """What a leaf is worth to a unit, and what each of its facts cost."""

    def __init__(self, model: Model) -> None:
        self._points = {node["key"]: Decimal(str(node["points"])) for node, _ in model.tree if "points" in node}
        self._spread = model.frozen.scheme.get("not_applicable") == "spread"
        self._frozen = model.frozen

    @cached_property
    def _reckoner(self) -> Reckoner:
        return Reckoner(ready_book(self._frozen))

    def of(self, leaf: str, unit_id: int) -> Decimal:
        """The points there are to lose: as printed, or as spreading (平均分摊) made them."""
        return _decimal(self._stake(leaf, unit_id).points) if self._spread else self._points[leaf]

    def _stake(self, leaf: str, unit_id: int) -> Stake:
        plan = self._reckoner.reckon(self._reckoner.book.position[str(unit_id)]).plan
        return plan.steps[self._reckoner.tree.by_key[leaf].at].stake

    def weighed(self, leaf: str, unit_id: int, taken: list[_Taken]) -> list[_Taken]:
        """The facts of a leaf, each with what it cost beside those before it: roles, matters and limits have their say."""
        rule, stake = self._reckoner.tree.by_key[leaf].rule, self._stake(leaf, unit_id)
        entry: tuple[Any, ...] = self._reckoner.book.evidence[leaf][self._reckoner.book.position[str(unit_id)]] or ()
        assert isinstance(rule, CostsRule | AccountRule)
        costs = [
            rule.taken(stake, entry, count) if isinstance(rule, AccountRule) else rule.cost(entry[:count])
            for count in range(len(entry) + 1)
        ]
        found = []
        for one, before, after in zip(taken, costs, costs[1:], strict=False):
            cost = _decimal(after - before)
            found.append(replace(one, cost=cost) if one.each else replace(one, each=cost / one.times, cost=cost))
        return found


def _decimal(points: Fraction) -> Decimal:
    return Decimal(points.numerator) / Decimal(points.denominator)
