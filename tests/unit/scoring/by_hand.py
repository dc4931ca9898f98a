"""Reckons again, as a reader with a pencil would, what the sentences of an explanation say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

_SAID = re.compile(r"((?:min|[0-9.…%×÷−+*()（）,^ ])+?)\s*([=≈])\s*(−?[0-9.]+%?)")
_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_WITH = str.maketrans({"×": "*", "÷": "/", "−": "-", "（": "(", "）": ")", "…": "", "^": "~"})


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
    plain = re.sub(r"([0-9.]+)%", r"(\1/100)", formula.strip().translate(_WITH))
    plain = _NUMBER.sub(lambda found: f"Fraction('{found[0]}')", plain).replace("~", "**")
    return eval(plain, {"Fraction": Fraction, "min": min})  # type: ignore[no-any-return]  # noqa: S307 - digits and signs only, by the pattern above
