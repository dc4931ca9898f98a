"""Reckons again, as a reader with a pencil would, what the sentences of an explanation say."""

from __future__ import annotations

import ast
import operator
import re
from collections.abc import Callable, Iterator
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
