"""Saying which units an expression stands for; what is confirmed for good goes to the directory."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import delete, select

from tracker import clock
from tracker.accounts.roles import Viewer
from tracker.audit.service import record
from tracker.db import session
from tracker.drafts.models import Draft, UnitChoice
from tracker.drafts.queries.matching import Ground, bodies, certain, certain_mark, choices, ground
from tracker.drafts.resolve import EXPRESSION_LENGTH, Expression, expressions
from tracker.drafts.service.opening import open_draft, touch
from tracker.drafts.service.remembering import note_memory
from tracker.errors import Conflict, DomainError, NotFound
from tracker.units.collectives import members, proposed_kinds
from tracker.units.queries import names
from tracker.units.service import add_alias, confirm_collective, get_unit


def choose(
    draft_id: int, text: str, unit_ids: Sequence[int], *, note: str = "", remember: bool = False, by: Viewer | None,
    at: datetime,
) -> None:  # fmt: skip
    """Says that an expression stands for these units; none means nobody, which needs a reason (`note`).

    `remember` keeps it for the city: an alias of the one unit, or the meaning of the collective.
    """
    draft = open_draft(draft_id, by=by)
    base = ground(clock.day_of(at), draft_id=draft.id)
    one = expression_of(draft, text)
    if not unit_ids and not one.open and not note.strip():
        raise DomainError(_("请写明为什么不落实到任何单位。"), field="note")
    if any(number not in base.directory.entries for number in unit_ids):
        raise DomainError(_("所选单位已撤销或不存在，请重新选择。"), field="units")
    many = one.collective or one.open
    if len(unit_ids) > 1 and not many:
        raise DomainError(_("这个称谓只能对应一个单位。"), field="units")
    if remember and unit_ids:
        _remember(draft, one, list(unit_ids), base, by, at)
    how = "nobody" if not unit_ids else "members" if many else "alias" if remember else "picked"
    keep_choice(draft, text, unit_ids, how, note.strip(), by=by, at=at)


def expression_of(draft: Draft, text: str) -> Expression:
    one = expressions(bodies(draft.id)).get(text)
    if one is None:
        raise NotFound
    return one


def _remember(
    draft: Draft, one: Expression, unit_ids: list[int], base: Ground, by: Viewer | None, at: datetime
) -> None:  # fmt: skip
    if not one.collective and not one.open:
        alias = add_alias(get_unit(unit_ids[0]), one.text, by=by, at=at)
        note_memory("alias", alias.id, draft, learned=True, at=at)
    elif not one.open:
        held = confirm_collective(one.text, _rule(one.text, unit_ids, base), by=by, at=at)
        note_memory("collective", held.id, draft, learned=True, at=at)


def _rule(phrase: str, unit_ids: list[int], base: Ground) -> dict[str, Any]:
    """By the words where they mean just these units, so that later ones belong to it; else the units one by one."""
    root = next((unit.id for unit in base.tree if unit.parent_id is None), None)
    kinds = proposed_kinds(phrase)
    if root is not None and kinds:
        rule = {"below": root, "kinds": list(kinds)}
        shape = [(unit.id, unit.parent_id, unit.kind, unit.path) for unit in base.tree]
        if set(members(rule, shape)) == set(unit_ids):
            return rule
    return {"units": sorted(unit_ids)}


def keep_choice(
    draft: Draft, text: str, unit_ids: Sequence[int], how: str, note: str, *, by: Viewer | None, at: datetime
) -> None:
    held = session.scalar(
        select(UnitChoice).where(UnitChoice.draft_id == draft.id, UnitChoice.expression == text[:EXPRESSION_LENGTH])
    )
    before = list(held.unit_ids) if held else []
    if held is None:
        held = UnitChoice(draft_id=draft.id, expression=text[:EXPRESSION_LENGTH], unit_ids=[], how=how, at=at)
        session.add(held)
    held.unit_ids, held.how, held.note, held.at = list(unit_ids), how, note, at
    held.by_id = by.person_id if by else None
    touch(draft, at)
    named = names([*before, *unit_ids])
    record("匹配责任单位", by=by, at=at, subject=("draft", draft.id), unit_id=draft.unit_id,
           changes={"单位": ([named.get(number, "") for number in before], [named.get(number, "") for number in unit_ids])},
           detail={"称谓": text, **({"说明": note} if note else {})})  # fmt: skip


def carry_over(draft: Draft, earlier_id: int, *, by: Viewer, at: datetime) -> None:
    """What was said of the expressions of an earlier edition holds for another one, too, until it is said otherwise."""
    held = session.scalars(select(UnitChoice).where(UnitChoice.draft_id == earlier_id).order_by(UnitChoice.id)).all()
    session.add_all(
        UnitChoice(
            draft_id=draft.id, expression=one.expression, unit_ids=list(one.unit_ids), how=one.how, note=one.note,
            by_id=one.by_id, at=one.at,
        )
        for one in held
    )  # fmt: skip
    session.flush()
    if held:
        record("沿用单位匹配", by=by, at=at, subject=("draft", draft.id), unit_id=draft.unit_id,
               detail={"称谓": "、".join(one.expression for one in held)})  # fmt: skip


def forget_choice(draft_id: int, text: str, *, by: Viewer, at: datetime) -> None:
    """Takes a choice back: the expression is matched anew."""
    draft = open_draft(draft_id, by=by)
    held = session.scalar(
        select(UnitChoice).where(UnitChoice.draft_id == draft.id, UnitChoice.expression == text[:EXPRESSION_LENGTH])
    )
    if held is None:
        return
    named = names(held.unit_ids)
    session.execute(delete(UnitChoice).where(UnitChoice.id == held.id))
    touch(draft, at)
    record("撤销单位匹配", by=by, at=at, subject=("draft", draft.id), unit_id=draft.unit_id,
           changes={"单位": ([named.get(number, "") for number in held.unit_ids], [])}, detail={"称谓": text})  # fmt: skip


def accept_certain(draft_id: int, taken: Collection[str], *, seen: str, by: Viewer, at: datetime) -> int:
    """Takes the proposals for these expressions, each of which needs no look of its own, and remembers them; how many.

    `seen` is the mark of the list that the person saw: Conflict where other units are proposed by now.
    """
    draft = open_draft(draft_id, by=by)
    base = ground(clock.day_of(at), draft_id=draft.id)
    rows = certain(base.resolve(expressions(bodies(draft.id)).values(), choices(draft.id)))
    if certain_mark(rows) != seen:
        raise Conflict(_("建议已有变化，没有确认。请核对下面的最新清单后再确认。"))
    chosen = [row for row in rows if row.expression.text in taken]
    if not chosen:
        raise DomainError(_("请至少勾选一个称谓。"))
    for row in chosen:
        unit_ids = list(row.proposal)
        _remember(draft, row.expression, unit_ids, base, by, at)
        how = "members" if row.expression.collective else "alias"
        keep_choice(draft, row.expression.text, unit_ids, how, "", by=by, at=at)
    return len(chosen)


def apply_choices(draft: Draft, given: Mapping[str, Sequence[int] | None], *, by: Viewer | None, at: datetime) -> None:
    """Keeps choices by expression, as a command or the demonstration knows them; None and no ids mean nobody."""
    found = expressions(bodies(draft.id))
    for text, unit_ids in given.items():
        if text in found:
            one = found[text]
            how = "nobody" if not unit_ids else "members" if one.collective or one.open else "picked"
            keep_choice(draft, text, list(unit_ids or ()), how, "", by=by, at=at)
