"""Carrying out an act: bodies end and begin, and names, people, collectives and open work follow."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import or_, select

from tracker import clock
from tracker.accounts import service as accounts
from tracker.accounts.models import Grant, Person
from tracker.accounts.roles import Role, Viewer
from tracker.audit.service import record
from tracker.db import session
from tracker.errors import DomainError
from tracker.units import queries
from tracker.units.acts import Effects, NewBody, Terms
from tracker.units.followers import Passing, followed, hold
from tracker.units.matching import normal
from tracker.units.models import Collective, Unit, UnitAct, UnitActSide, UnitAlias, UnitPlace
from tracker.units.service.keeping import found_unit, get_unit, refuse_twin
from tracker.units.words import ACTED, act_told
from tracker.web.locale import in_chinese


class Carrying:
    """One act being carried out. `effects` tells afterwards what it did."""

    def __init__(self, act: UnitAct, terms: Terms, by: Viewer | None, at: datetime) -> None:
        self.act, self.terms, self.by, self.at = act, terms, by, at
        self.last = terms.on - timedelta(days=1)
        self.effects = Effects()
        self.before = [get_unit(number) for number in terms.before]
        self.after: list[Unit] = []
        self.heirs: dict[int, int] = {}
        self.branches: dict[int, tuple[int, int]] = {}
        self.above = queries.name_of(self.before[0].parent_id or 0) if terms.kind == "move" else ""
        """Below which unit one that is moved stood."""

    def carry_out(self) -> Effects:
        """Raises DomainError where something stands against it; the caller's transaction is then given up."""
        hold(queries.subtree([*self.terms.before, *([self.terms.into] if self.terms.into else [])]))
        meant = self._meant()  # on the day itself: an act before it on that day is none of this one's
        getattr(self, f"_{self.terms.kind}")()
        session.flush()
        self._grants()
        self._rules()
        self._sides()
        self._compare(meant)
        with in_chinese():  # records of the work tell it so
            words = act_told(self.terms, [one.name for one in self.before], self.named)
        self.effects.work = followed(Passing(self.act.id, words, self.heirs, self.branches), by=self.by, at=self.at)
        return self.effects

    @property
    def named(self) -> list[str]:
        """What the act led to, as its sentence names it."""
        if self.terms.kind == "plate":
            return [self.terms.plate]
        if self.terms.kind == "move":
            return [get_unit(self.terms.parent_id or 0).name]
        return [one.name for one in self.after if one not in self.before]

    def _rename(self) -> None:
        self._end(self.before[0])
        self._all_to(self._found(self.terms.bodies[0], self.before[0].sort_key))

    def _merge(self) -> None:
        for unit in self.before:
            self._end(unit)
        into = get_unit(self.terms.into) if self.terms.into else None
        if into is not None:
            self.after.append(into)
        self._all_to(into or self._found(self.terms.bodies[0], self.before[0].sort_key))

    def _split(self) -> None:
        if self.terms.stays:
            self.after.append(self.before[0])
        else:
            self._end(self.before[0])
        made = [self._found(body, self.before[0].sort_key) for body in self.terms.bodies]
        if not self.terms.stays:
            self._all_to(made[0])

    def _move(self) -> None:
        unit, above = self.before[0], get_unit(self.terms.parent_id or 0)
        if f"/{unit.id}/" in above.path:
            raise DomainError(_("不能划转到它自己的下级。"), field="parent")
        refuse_twin(unit.name, above.id, other_than=unit.id)
        self._place(unit, above)
        self.after.append(unit)

    def _plate(self) -> None:
        unit, name = self.before[0], self.terms.plate
        self.after.append(unit)
        held = session.scalar(
            select(UnitAlias).where(UnitAlias.unit_id == unit.id, UnitAlias.normal_name == normal(name))
        )
        if self.terms.taken_off:
            if held is None or held.kind != "plate" or held.valid_to is not None:
                raise DomainError(_("“%(unit)s”没有挂“%(plate)s”的牌子。", unit=unit.name, plate=name), field="plate")
            held.valid_to = self.last
        else:
            self._refuse_borne(name, unit)
            if held is None:
                held = UnitAlias(unit_id=unit.id, name=name, normal_name=normal(name))
                session.add(held)
            held.kind, held.valid_from, held.valid_to = "plate", self.terms.on, None
            held.confirmed_by, held.confirmed_at = (self.by.person_id if self.by else None), self.at
        self.effects.names.append(name)

    def _refuse_borne(self, name: str, unit: Unit) -> None:
        other = session.scalar(
            select(Unit.name)
            .join(UnitAlias, UnitAlias.unit_id == Unit.id)
            .where(UnitAlias.normal_name == normal(name), UnitAlias.unit_id != unit.id, UnitAlias.valid_to.is_(None))
            .limit(1)
        ) or session.scalar(
            queries.living(self.terms.on)
            .with_only_columns(Unit.name)
            .where(Unit.normal_name == normal(name), Unit.id != unit.id)
        )
        if other:
            raise DomainError(_("“%(name)s”已是“%(other)s”的名称。", name=name, other=other), field="plate")

    def _duplicate(self) -> None:
        twice, kept = self.before[0], get_unit(self.terms.into or 0)
        self._end(twice)
        self.after.append(kept)
        self._all_to(kept)
        held = set(session.scalars(select(UnitAlias.normal_name).where(UnitAlias.unit_id == kept.id)))
        aliases = session.scalars(select(UnitAlias).where(UnitAlias.unit_id == twice.id).order_by(UnitAlias.id)).all()
        names = [(twice.name, "alias"), (twice.short_name, "short"), *((one.name, one.kind) for one in aliases)]
        for one in aliases:
            session.delete(one)
        for name, kind in names:
            if name and normal(name) not in {*held, kept.normal_name, normal(kept.short_name)}:
                session.add(
                    UnitAlias(unit_id=kept.id, name=name, normal_name=normal(name), kind=kind, confirmed_at=self.at,
                              confirmed_by=self.by.person_id if self.by else None)
                )  # fmt: skip
                held.add(normal(name))
                self.effects.names.append(name)

    def _end(self, unit: Unit) -> None:
        if unit.parent_id is None:
            raise DomainError(_("最上级单位不能更名、合并或拆分。"), field="unit")
        if unit.valid_to is not None and unit.valid_to < self.terms.on:
            raise DomainError(_("“%(name)s”在这一天之前已经撤销。", name=unit.name), field="on")
        if unit.valid_from > self.last:
            raise DomainError(
                _("“%(name)s”到 %(day)s 才设立，生效日期要晚于这一天。", name=unit.name, day=unit.valid_from.isoformat()),
                field="on",
            )  # fmt: skip
        unit.valid_to = self.last
        self.effects.ended.append(unit.name)
        for alias in session.scalars(select(UnitAlias).where(UnitAlias.unit_id == unit.id).order_by(UnitAlias.id)):
            if self.terms.kind != "duplicate" and (alias.valid_to is None or alias.valid_to > self.last):
                alias.valid_to = self.last
                alias.valid_from = min(alias.valid_from, self.last) if alias.valid_from else None
                self.effects.names.append(alias.name)

    def _found(self, body: NewBody, sort_key: str) -> Unit:
        above = get_unit(body.parent_id)
        if any(f"/{one.id}/" in above.path for one in self.before):
            raise DomainError(_("上级单位不能是被撤并的单位或它的下级。"), field="parent")
        unit = found_unit(
            name=body.name, short_name=body.short_name, kind=body.kind, parent_id=body.parent_id, since=self.terms.on,
            sort_key=sort_key,
        )  # fmt: skip
        self.after.append(unit)
        self.effects.founded.append(unit.name)
        return unit

    def _all_to(self, heir: Unit) -> None:
        """What stood below the units that ended stands below their heir; what they owed is the heir's."""
        for unit in self.before:
            if unit.id == heir.id:
                raise DomainError(_("不能并入它自己。"), field="into")
            self.heirs[unit.id] = heir.id
            below = queries.living(self.terms.on).where(Unit.parent_id == unit.id).order_by(Unit.sort_key, Unit.id)
            for child in session.scalars(below).all():
                refuse_twin(child.name, heir.id, other_than=child.id)
                self._place(child, heir)

    def _place(self, unit: Unit, above: Unit) -> None:
        """Puts a unit with all below it elsewhere; where it stood is kept with the last day of that."""
        if unit.parent_id is None or unit.parent_id == above.id:
            raise DomainError(_("“%(name)s”已经在那里。", name=unit.name), field="parent")
        session.add(UnitPlace(unit_id=unit.id, parent_id=unit.parent_id, until=self.last, act_id=self.act.id))
        old = unit.path
        unit.parent_id = above.id
        for one in session.scalars(select(Unit).where(Unit.path.startswith(old)).order_by(Unit.id)).all():
            before, one.path = _branch(one.path), above.path + str(unit.id) + "/" + one.path[len(old) :]
            if before != _branch(one.path):
                self.branches[one.id] = (before, _branch(one.path))
        self.effects.moved.append(unit.name)

    def _grants(self) -> None:
        """Who holds a role for a unit that ended holds it for the heir, too; the old one goes on to show what was."""
        if not self.heirs:
            return
        statement = (
            select(Grant, Person)
            .join(Person, Person.id == Grant.person_id)
            .where(
                Grant.unit_id.in_(sorted(self.heirs)), Person.is_active,
                or_(Grant.valid_to.is_(None), Grant.valid_to >= max(self.terms.on, clock.day_of(self.at))),
            )
            .order_by(Person.name, Grant.id)
        )  # fmt: skip
        for held, person in session.execute(statement).tuples().all():
            role = Role(held.role)
            accounts.grant(
                person,
                role,
                self.heirs[held.unit_id],
                by=self.by,
                at=self.at,
                since=max(self.terms.on, held.valid_from),
            )
            if (person.name, held.role) not in self.effects.people:
                self.effects.people.append((person.name, held.role))

    def _rules(self) -> None:
        """Collectives that list a unit that ended list what came after it."""
        for one in session.scalars(select(Collective).order_by(Collective.id)):
            rule = dict(one.rule)
            if isinstance(rule.get("units"), list) and set(rule["units"]) & self.heirs.keys():
                kept = [number for number in rule["units"] if number not in self.heirs]
                rule["units"] = sorted({*kept, *(unit.id for unit in self.after)})
            if rule.get("below") in self.heirs:
                rule["below"] = self.heirs[rule["below"]]
            if rule != one.rule:
                one.rule = rule

    def _sides(self) -> None:
        for side, units in (("before", self.before), ("after", self.after)):
            for number in dict.fromkeys(unit.id for unit in units):
                heir = self.heirs.get(number) if side == "before" else None
                session.add(UnitActSide(act_id=self.act.id, side=side, unit_id=number, heir_id=heir))
        session.flush()

    def _meant(self) -> dict[str, list[str]]:
        """Names of whom each collective stands for on the day of the act."""
        units = queries.tree(self.terms.on)
        named = {unit.id: unit.name for unit in units}
        rules = queries.collective_rules()
        return {
            phrase: [named[number] for number in queries.expand(phrase, rules, units)[1]] for phrase in sorted(rules)
        }

    def _compare(self, before: dict[str, list[str]]) -> None:
        for phrase, now in self._meant().items():
            gone = [name for name in before[phrase] if name not in now]
            come = [name for name in now if name not in before[phrase]]
            if gone or come:
                self.effects.collectives.append((phrase, gone, come))


def carry_out(act: UnitAct, terms: Terms, *, by: Viewer | None, at: datetime) -> Effects:
    """Carries an act out and records it: one entry for the act. Raises DomainError."""
    carrying = Carrying(act, terms, by, at)
    effects = carrying.carry_out()
    act.state, act.done_at, act.effects = "done", at, effects.plain()
    session.flush()
    record(
        ACTED[terms.kind], by=by, at=at, subject=("unit_act", act.id), unit_id=carrying.after[0].id,
        changes=_told(carrying),
        detail={"单位": [one.name for one in carrying.before], "生效日期": terms.on, "文号": terms.document,
                "理由": terms.reason, **effects.work,
                "随转人员": len(effects.people), "集合称谓": len(effects.collectives)},
    )  # fmt: skip
    return effects


def _told(carrying: Carrying) -> dict[str, tuple[Any, Any]]:
    """What the act changed, as its entry tells it."""
    if carrying.terms.kind == "move":
        return {"上级": (carrying.above, carrying.named)}
    if carrying.terms.kind == "plate":
        plate = carrying.terms.plate
        return {"别名": (plate, "") if carrying.terms.taken_off else ("", plate)}
    return {"单位": ([one.name for one in carrying.before], [one.name for one in carrying.after])}


def _branch(path: str) -> int:
    """The unit directly below the root that a path leads through; the root is its own."""
    return int(path.strip("/").split("/")[:2][-1])
