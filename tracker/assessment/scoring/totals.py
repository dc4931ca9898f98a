"""From base to total: bonus (加分) and its gate, penalty (扣分), the floor at zero, conversion to other full marks (折算), the
most that a total can be, rounding, veto (一票否决)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from tracker.assessment.scoring.book import Award, AwardKind, Book, Scheme
from tracker.assessment.scoring.numbers import printed, rounded


@dataclass(frozen=True, slots=True)
class Extras:
    """What was awarded to one unit, each kind held to its own cap, before the caps of all and the gate."""

    bonus: Fraction
    penalty: Fraction
    vetoed: bool
    """Whether a veto sets the total, or leaves none."""


@dataclass(frozen=True, slots=True)
class Closing:
    """`bonus` and `penalty` as they counted. `total` in whole units of the last printed place; None where there is none.

    `gate_shut`: the base is not above the gate, so that no bonus counts.
    """

    base: Fraction | None
    bonus: Fraction | None
    penalty: Fraction | None
    total: int | None
    gate_shut: bool = False


def extras_of(book: Book, unit: str) -> Extras:
    scheme = book.scheme
    return Extras(
        _counted(book.bonuses.get(unit, ()), scheme.bonus_kinds),
        _counted(book.penalties.get(unit, ()), scheme.penalty_kinds),
        bool(book.vetoes.get(unit)) and not scheme.veto_bars,
    )


@dataclass(frozen=True, slots=True)
class Awarded:
    """The awards of one kind. `kind` is None for those of no kind, which have no cap of their own."""

    kind: AwardKind | None
    awards: tuple[Award, ...]

    @property
    def given(self) -> Fraction:
        return sum((Fraction(award.amount) for award in self.awards), Fraction(0))

    @property
    def counted(self) -> Fraction:
        return self.given if self.kind is None else min(self.given, self.kind.cap)


def by_kind(awards: Sequence[Award], kinds: Sequence[AwardKind]) -> Iterator[Awarded]:
    """Awards by the kinds of the scheme, in its order, then those of none."""
    for kind in (*kinds, None):
        name = "" if kind is None else kind.name
        mine = tuple(award for award in awards if award.kind == name)
        if mine:
            yield Awarded(kind, mine)


def _counted(awards: Sequence[Award], kinds: Sequence[AwardKind]) -> Fraction:
    return sum((one.counted for one in by_kind(awards, kinds)), Fraction(0))


def gate_is_open(scheme: Scheme, base: int) -> bool:
    """Whether a rounded base (in whole units of the last place) is above the gate of the bonus."""
    return scheme.bonus_gate is None or Fraction(base, 10**scheme.rounding.places) > Fraction(scheme.bonus_gate)


def counted_bonus(scheme: Scheme, bonus: Fraction, base: int) -> Fraction:
    """The bonus that counts for a rounded base."""
    if not gate_is_open(scheme, base):
        return Fraction(0)
    return bonus if scheme.bonus_cap is None else min(bonus, Fraction(scheme.bonus_cap))


def counted_penalty(scheme: Scheme, penalty: Fraction) -> Fraction:
    return penalty if scheme.penalty_cap is None else min(penalty, Fraction(scheme.penalty_cap))


def close(scheme: Scheme, base: Fraction | None, extras: Extras) -> Closing:
    """`base` is None where nothing applies. Total = base + bonus − penalty, not below 0, converted, not above its cap,
    rounded; a veto goes before."""
    places, mode = scheme.rounding.places, scheme.rounding.mode
    veto_total = vetoed_total(scheme)
    if base is None:
        return Closing(None, None, None, veto_total if extras.vetoed else None)
    rounded_base = rounded(base, places, mode)
    bonus = counted_bonus(scheme, extras.bonus, rounded_base)
    penalty = counted_penalty(scheme, extras.penalty)
    total: int | None = rounded(held(scheme, max(Fraction(0), base + bonus - penalty)), places, mode)
    if extras.vetoed:
        total = veto_total
    return Closing(base, bonus, penalty, total, gate_shut=not gate_is_open(scheme, rounded_base))


def conversion(scheme: Scheme) -> Fraction:
    """What a total is multiplied by, so that it stands on the full marks that are wanted."""
    return Fraction(1) if scheme.total_full is None else Fraction(scheme.total_as) / Fraction(scheme.total_full)


def held(scheme: Scheme, points: Fraction) -> Fraction:
    """Base, bonus and penalty together, converted and held to the cap of the total."""
    converted = points * conversion(scheme)
    return converted if scheme.total_cap is None else min(converted, Fraction(scheme.total_cap))


def in_larger(scheme: Scheme, total: int | None) -> str | None:
    """What a total (in whole units of the last place) counts for in a larger assessment, printed; None where there is
    none."""
    if scheme.larger is None or total is None:
        return None
    places, mode = scheme.rounding.places, scheme.rounding.mode
    return printed(rounded(Fraction(total, 10**places) * Fraction(scheme.larger) / 100, places, mode), places)


def vetoed_total(scheme: Scheme) -> int | None:
    """The fixed total of a vetoed unit, rounded like any total; None where a veto fails it."""
    if scheme.veto_score is None:
        return None
    return rounded(Fraction(scheme.veto_score), scheme.rounding.places, scheme.rounding.mode)
