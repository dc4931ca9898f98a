"""Numbers of the score sheet that follow from others of it, as formulas (公式): whoever opens it sees how each comes about,
and what it would be with other figures.

Each carries the number that the run came to. Where a spreadsheet, which reckons with fifteen digits, would not show the
printed number to its last digit, that number stands there by itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Literal

from reports.workbook import Formula, RowOf

Cell = Formula | Decimal


@dataclass(frozen=True, slots=True)
class Working:
    """How the number of a node follows from those below it: put together by weight, then × `whole` ÷ `counted`."""

    how: Literal["sum", "mean", "geometric", "min"]
    of: tuple[tuple[str, Fraction], ...]
    """Keys of the nodes that count for the unit, each with its weight (of no account in a sum or a minimum)."""
    whole: Fraction = Fraction(1)
    counted: Fraction = Fraction(1)


@dataclass(frozen=True, slots=True)
class Weighed:
    """A leaf that is put together of scores among the facts (多来源加权、分级汇总): points × weighted mean ÷ scale."""

    points: Fraction
    scale: Fraction
    parts: tuple[tuple[Fraction, tuple[int, ...]], ...]
    """Of each source or level that has any: its weight, and the rows of its scores in the table of facts."""


@dataclass(frozen=True, slots=True)
class Reckoned:
    """How one unit's numbers follow from one another. Exact; `exact`: nodes with a result, before it is rounded."""

    exact: Mapping[str, Fraction]
    workings: Mapping[str, Working]
    weighed: Mapping[str, Weighed]
    base: Fraction
    """The root's result as it goes on to the total: rounded where every level is."""
    bonus: Fraction
    penalty: Fraction
    conversion: tuple[Fraction, Fraction] | None = None
    """Full marks that the total is turned into, and those that it has before (折算)."""
    cap: Fraction | None = None
    """The most that a total can be."""


@dataclass(frozen=True, slots=True)
class Paper:
    """Where the numbers stand: `columns` has the letter of each node's column, the root first."""

    columns: Mapping[str, str]
    bonus: str
    penalty: str
    scores: RowOf
    """The first of the scores in the table of facts."""
    places: int
    stage: str
    """When results are rounded, by the keys of a scheme's book: `total`, `item` or `level`."""

    @property
    def root(self) -> str:
        return next(iter(self.columns))


def node_cells(reckoned: Reckoned, printed: Mapping[str, Decimal | None], paper: Paper) -> dict[str, Cell]:
    """The cells of the nodes that have a result."""
    cells: dict[str, Cell] = {}
    for key, shown in printed.items():
        exact, working, weighed = reckoned.exact.get(key), reckoned.workings.get(key), reckoned.weighed.get(key)
        if shown is None or exact is None:
            continue
        rounds = paper.stage == "level" or (paper.stage == "item" and working is None)
        if working is not None:
            cells[key] = _formula(_put_together(working, paper), exact, shown, paper, rounds=rounds)
        elif weighed is not None:
            text, cited = _of_scores(weighed, paper)
            cells[key] = _formula(text, exact, shown, paper, rounds=rounds, cited=cited)
        else:
            cells[key] = shown if rounds else number(exact, shown)
    return cells


def total_cell(reckoned: Reckoned, total: Decimal, paper: Paper) -> Cell:
    """Base + bonus − penalty, not below 0, converted, held to its cap, rounded."""
    text = f"MAX(0,{paper.columns[paper.root]}{{row}}+{paper.bonus}{{row}}-{paper.penalty}{{row}})"
    exact = max(Fraction(0), reckoned.base + reckoned.bonus - reckoned.penalty)
    if reckoned.conversion is not None:
        to, full = reckoned.conversion
        text, exact = f"{text}*{_figure(to)}/{_figure(full)}", exact * to / full
    if reckoned.cap is not None:
        text, exact = f"MIN({_figure(reckoned.cap)},{text})", min(reckoned.cap, exact)
    return _formula(text, exact, total, paper, rounds=True)


def number(exact: Fraction, shown: Decimal) -> Decimal:
    """A number as a cell holds it, with all the digits that it can; it is shown as it was printed."""
    held = Decimal(repr(float(exact)))
    return held if _as_shown(exact, shown) == shown else shown


def _formula(
    text: str, exact: Fraction, shown: Decimal, paper: Paper, *, rounds: bool, cited: tuple[RowOf, ...] = ()
) -> Cell:
    if _as_shown(exact, shown) != shown:
        return shown
    if rounds:
        return Formula(f"=ROUND({text},{paper.places})", shown, cited)
    return Formula(f"={text}", Decimal(repr(float(exact))), cited)


def _as_shown(exact: Fraction, shown: Decimal) -> Decimal:
    """What a spreadsheet shows of a number, with as many places as the printed one has."""
    return Decimal(f"{float(exact):.15g}").quantize(shown, ROUND_HALF_UP)


def _put_together(working: Working, paper: Paper) -> str:
    text = _aggregate(working.how, [(f"{paper.columns[key]}{{row}}", weight) for key, weight in working.of])
    if working.whole == working.counted:
        return text
    return f"({text})*{_figure(working.whole)}/{_figure(working.counted)}"


def _aggregate(how: str, terms: list[tuple[str, Fraction]]) -> str:
    names = [name for name, _weight in terms]
    if how == "sum":
        return "+".join(names)
    if how == "min":
        return f"MIN({','.join(names)})"
    if how == "mean":
        return _mean(terms)
    return f"EXP({_mean([(f'LN({name})', weight) for name, weight in terms])})"


def _of_scores(weighed: Weighed, paper: Paper) -> tuple[str, tuple[RowOf, ...]]:
    """The formula and the cells that it cites, `{0}`, `{1}` … in their order."""
    cited = [paper.scores._replace(row=row) for _weight, rows in weighed.parts for row in rows]
    places = iter(f"{{{at}}}" for at in range(len(cited)))
    terms = [(_mean([(next(places), Fraction(1)) for _row in rows]), weight) for weight, rows in weighed.parts]
    return f"{_figure(weighed.points)}*{_mean(terms)}/{_figure(weighed.scale)}", tuple(cited)


def _mean(terms: list[tuple[str, Fraction]]) -> str:
    if len(terms) == 1:
        return terms[0][0]
    if len({weight for _name, weight in terms}) == 1:
        return f"AVERAGE({','.join(name for name, _weight in terms)})"
    weights = [_figure(weight) for _name, weight in terms]
    products = [f"{name}*{weight}" for (name, _weight), weight in zip(terms, weights, strict=True)]
    return f"({'+'.join(products)})/({'+'.join(weights)})"


def _figure(value: Fraction) -> str:
    """A number of the scheme inside a formula: a decimal where it ends, else a quotient."""
    decimal = Decimal(value.numerator) / Decimal(value.denominator)
    if Fraction(decimal) == value:
        return format(decimal, "f")
    return f"({value.numerator}/{value.denominator})"
