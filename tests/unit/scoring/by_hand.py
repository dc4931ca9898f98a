"""Reckons again, as a reader with a pencil would, what the sentences of an explanation say."""

from __future__ import annotations

import ast
import operator
import re
from collections.abc import Callable, Iterator
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction

_SAID = re.compile(r"((?:min|[0-9.…%×÷−+*()（）,^ ])+?)\s*([=≈])\s*(−?[0-9.]+%?)")
_WITH = str.maketrans({"×": "*", "÷": "/", "−": "-", "（": "(", "）": ")", "…": ""})
_SIGNS: dict[type[ast.operator], Callable[..., Fraction | float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Pow: operator.pow,
}

MODES = {"四舍五入": ROUND_HALF_UP, "四舍六入五成双": ROUND_HALF_EVEN, "截尾": ROUND_DOWN}


def sums(text: str) -> Iterator[tuple[str, Fraction | float, Fraction, bool]]:
    """Each `20 − 5 × 2 = 10` in a sentence: as it stands, what it comes to, what is said, and whether it says so exactly."""
    for formula, sign, said in _SAID.findall(text):
        exact = sign == "=" and "…" not in formula
        yield f"{formula.strip()} {sign} {said}", _come_to(formula), Fraction(_come_to(said)), exact


def holds(come_to: Fraction | float, said: Fraction, *, exact: bool) -> bool:
    """Whether both are the same, as far as the sentence shows the digits."""
    if exact and isinstance(come_to, Fraction):
        return come_to == said
    return abs(float(come_to) - float(said)) <= 2e-4 * max(1.0, abs(float(said)))


_AWARDS = {"加分": 1, "扣分": -1}
_OF_KIND = re.compile(r"(−?[0-9.]+)(?:（最多计 ([0-9.]+)）)?(?:、|，合计|，按上限|$)")
_CONVERTED = re.compile(r"满分 ([0-9.]+) 折为 ([0-9.]+)：")


def total_of(text: str) -> tuple[Fraction, Fraction] | None:
    """(what the sentence of a root comes to, the total it says); None where it ends without one, or with a veto."""
    pieces = text.split("；")
    said = re.fullmatch(r"总分 ([0-9.]+)", pieces[-1])
    if said is None:
        return None
    so_far = Fraction(0)
    for piece in pieces[:-1]:
        word = piece[:2]
        if word in _AWARDS and " 不计：" not in piece:
            so_far += _AWARDS[word] * _awarded(piece)
        elif word not in _AWARDS:
            so_far = _step(piece, so_far)
    return so_far, Fraction(said[1])


def _awarded(piece: str) -> Fraction:
    """What is awarded: the terms once more, each kind held to its cap, all of them to theirs."""
    said, _, counted = piece.replace("按上限扣", "按上限计").partition("，按上限计 ")
    each = []
    for number, cap in _OF_KIND.findall(said):
        each.append(min(Fraction(number.replace("−", "-")), Fraction(cap) if cap else Fraction(10**40)))
    whole = sum(each[:-1], Fraction(0)) if "，合计" in said else each[0]
    assert "，合计" not in said or whole == each[-1], piece
    return min(whole, Fraction(counted)) if counted else whole


def _step(piece: str, so_far: Fraction) -> Fraction:
    converted = _CONVERTED.match(piece)
    if converted is not None:
        return so_far * Fraction(converted[2]) / Fraction(converted[1])
    if piece == "总分不低于 0":
        return max(so_far, Fraction(0))
    if piece.startswith("总分最多计 "):
        return min(so_far, Fraction(piece.split()[1]))
    rounds = re.fullmatch(r"(?:≈ ([0-9.]+)，)?(四舍五入|四舍六入五成双|截尾)到 ([0-9]+) 位小数(?:（只舍不入）)?", piece)
    if rounds is not None:
        if rounds[1]:
            assert abs(so_far - Fraction(rounds[1])) < Fraction(1, 100), piece
            so_far = Fraction(rounds[1])
        unit, mode = Decimal(1).scaleb(-int(rounds[3])), MODES[rounds[2]]
        with localcontext() as context:
            context.prec = 60
            return Fraction((Decimal(so_far.numerator) / Decimal(so_far.denominator)).quantize(unit, mode))
    return Fraction(re.findall(r"−?[0-9]+(?:[.][0-9]+)?", piece)[-1].replace("−", "-"))


def _come_to(formula: str) -> Fraction | float:
    plain = re.sub(r"([0-9.]+)%", r"(\1/100)", formula.strip().translate(_WITH)).replace("^", "**")
    return _worth(ast.parse(plain, mode="eval").body, plain)


def _worth(part: ast.expr, plain: str) -> Fraction | float:
    """What a part of a sum comes to: its digits as they stand, never by way of a binary fraction."""
    match part:
        case ast.Constant():
            return Fraction(plain[part.col_offset : part.end_col_offset])
        case ast.UnaryOp(ast.USub(), of):
            return -_worth(of, plain)
        case ast.BinOp(left, sign, right):
            return _SIGNS[type(sign)](_worth(left, plain), _worth(right, plain))
        case ast.Call(ast.Name("min"), values):
            return min(_worth(value, plain) for value in values)
    raise ValueError(plain)
