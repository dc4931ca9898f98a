"""From base to total: bonus (加分) and its gate, penalty (扣分), the floor at zero, rounding, veto (一票否决)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from tracker.assessment.scoring.book import Award, Book, Scheme
from tracker.assessment.scoring.numbers import printed, rounded


@dataclass(frozen=True, slots=True)
class Extras:
    """What was awarded to one unit, before caps and gate."""

    bonus: Fraction
    penalty: Fraction
    vetoed: bool


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
    return Extras(
        _summed(book.bonuses.get(unit, ())), _summed(book.penalties.get(unit, ())), bool(book.vetoes.get(unit))
    )


def _summed(awards: Sequence[Award]) -> Fraction:
    return sum((Fraction(award.amount) for award in awards), Fraction(0))


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
    """`base` is None where nothing applies. Total = base + bonus − penalty, not below 0, rounded; a veto goes before."""
    places, mode = scheme.rounding.places, scheme.rounding.mode
    veto_total = vetoed_total(scheme)
    if base is None:
        return Closing(None, None, None, veto_total if extras.vetoed else None)
    rounded_base = rounded(base, places, mode)
    bonus = counted_bonus(scheme, extras.bonus, rounded_base)
    penalty = counted_penalty(scheme, extras.penalty)
    total: int | None = rounded(max(Fraction(0), base + bonus - penalty), places, mode)
    if extras.vetoed:
        total = veto_total
    return Closing(base, bonus, penalty, total, gate_shut=not gate_is_open(scheme, rounded_base))


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
