"""Whether evaluators agree (评委一致性), by the marks that they gave: leniency, spread, ICC(2,1), ICC(2,k), Krippendorff's α.

All of it is exact: variances and their quotients are fractions; only a spread is a root. It tells whom to ask for reasons and
changes no mark. Pure.

Sources: P. E. Shrout & J. L. Fleiss, Intraclass correlations, Psychological Bulletin 86 (1979) 420–428; K. Krippendorff,
Computing Krippendorff's alpha-reliability (2011), interval metric.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

LEAST_PANEL = Fraction(3, 4)
"""ICC(2,k) below this: evaluators disagree, ask for reasons."""
LEAST_ALPHA = Fraction(67, 100)
"""Krippendorff's α below this: likewise."""

Marks = Mapping[str, Mapping[str, Fraction]]
"""Unit → evaluator → mark; an absent evaluator is not there."""


@dataclass(frozen=True, slots=True)
class Evaluator:
    """`leniency`: by how many points the marks lie above those of everybody on the same units, on average; None where they
    marked no unit that another marked too. `spread`: the standard deviation of their marks."""

    key: str
    marks: int
    mean: Fraction
    leniency: Fraction | None
    spread: Decimal


@dataclass(frozen=True, slots=True)
class Agreement:
    """`single` and `panel`: ICC(2,1) and ICC(2,k), only where every evaluator marked every unit; None where they cannot be
    reckoned. `alpha` bears gaps; None where no two marks differ, or no unit has two."""

    units: int
    evaluators: tuple[Evaluator, ...]
    single: Fraction | None
    panel: Fraction | None
    alpha: Fraction | None

    @property
    def doubtful(self) -> bool:
        """Whether reasons are to be asked for."""
        return (self.panel is not None and self.panel < LEAST_PANEL) or (
            self.alpha is not None and self.alpha < LEAST_ALPHA
        )


def agreement(marks: Marks) -> Agreement:
    """Of one indicator. Evaluators in the order in which they first come up."""
    units = [given for given in marks.values() if given]
    keys = list(dict.fromkeys(key for given in units for key in given))
    single, panel = _intraclass(units, keys)
    return Agreement(len(units), tuple(_evaluator(key, units) for key in keys), single, panel, alpha(units))


def _evaluator(key: str, units: Sequence[Mapping[str, Fraction]]) -> Evaluator:
    own = [given[key] for given in units if key in given]
    shared = [given for given in units if key in given and len(given) > 1]
    above = [given[key] - _mean(list(given.values())) for given in shared]
    return Evaluator(key, len(own), _mean(own), _mean(above) if above else None, _deviation(own))


def _mean(numbers: Sequence[Fraction]) -> Fraction:
    return sum(numbers, Fraction(0)) / len(numbers)


def _squares(numbers: Sequence[Fraction]) -> Fraction:
    """The sum of the squared distances from their mean."""
    mean = _mean(numbers)
    return sum(((number - mean) ** 2 for number in numbers), Fraction(0))


def _deviation(numbers: Sequence[Fraction]) -> Decimal:
    if len(numbers) < 2:
        return Decimal(0)
    variance = _squares(numbers) / (len(numbers) - 1)
    return (Decimal(variance.numerator) / Decimal(variance.denominator)).sqrt()


def _intraclass(
    units: Sequence[Mapping[str, Fraction]], keys: Sequence[str]
) -> tuple[Fraction | None, Fraction | None]:
    """Two-way random effects: one mark, and the mean of all (Shrout & Fleiss 1979, cases 2,1 and 2,k)."""
    n, k = len(units), len(keys)
    if n < 2 or k < 2 or any(len(given) < k for given in units):
        return None, None
    rows = [_mean(list(given.values())) for given in units]
    columns = [_mean([given[key] for given in units]) for key in keys]
    whole = _squares([mark for given in units for mark in given.values()])
    between, judges = k * _squares(rows), n * _squares(columns)
    bms, jms = between / (n - 1), judges / (k - 1)
    ems = (whole - between - judges) / ((n - 1) * (k - 1))
    single, panel = bms + (k - 1) * ems + Fraction(k, n) * (jms - ems), bms + (jms - ems) / n
    return (bms - ems) / single if single else None, (bms - ems) / panel if panel else None


def alpha(units: Sequence[Mapping[str, Fraction]]) -> Fraction | None:
    """1 − observed ÷ expected disagreement, by squared distance, over the units that two or more evaluators marked."""
    paired = [list(given.values()) for given in units if len(given) > 1]
    pooled = [mark for marks in paired for mark in marks]
    if not pooled:
        return None
    observed = sum((_apart(marks) / (len(marks) - 1) for marks in paired), Fraction(0))
    expected = _apart(pooled) / (len(pooled) - 1)
    return 1 - observed / expected if expected else None


def _apart(marks: Sequence[Fraction]) -> Fraction:
    """Twice the squared distances of all pairs: n times the squares around the mean, twice."""
    return 2 * len(marks) * _squares(marks)
