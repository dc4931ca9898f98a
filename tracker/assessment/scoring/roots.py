"""The weighted geometric mean: exact where it is a fraction, else right to many more digits than are ever printed."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Context, Decimal
from fractions import Fraction
from math import gcd, lcm

_DIGITS = 60
_CONTEXT = Context(prec=_DIGITS + 30, Emax=999_999_999, Emin=-999_999_999)
_MOST_BITS = 60_000
"""Products up to this size are written out, to see whether the root is a fraction."""


def geometric_mean(results: Sequence[Fraction], weights: Sequence[Fraction]) -> Fraction:
    """The product of result ** (weight ÷ all weights). All results and weights must be above 0."""
    if len(set(results)) == 1:
        return results[0]
    exponents, degree = _whole_exponents(weights)
    terms = sorted(zip(results, exponents, strict=True))  # whatever their order, the same way to the result
    root = _by_logarithms(terms, degree)
    size = sum(
        exponent * (result.numerator.bit_length() + result.denominator.bit_length()) for result, exponent in terms
    )
    if size <= _MOST_BITS:
        product = Fraction(1)
        for result, exponent in terms:
            product *= result**exponent
        candidate = Fraction(root).limit_denominator(10 ** (_DIGITS // 3))
        if candidate**degree == product:
            return candidate
    return Fraction(Context(prec=_DIGITS).plus(root))  # the digits dropped leave no trace of the way


def _whole_exponents(weights: Sequence[Fraction]) -> tuple[list[int], int]:
    """The weights as the least whole numbers in the same proportion, and their sum."""
    common = lcm(*(weight.denominator for weight in weights))
    whole = [weight.numerator * (common // weight.denominator) for weight in weights]
    divisor = gcd(*whole)
    exponents = [number // divisor for number in whole]
    return exponents, sum(exponents)


def _by_logarithms(terms: Sequence[tuple[Fraction, int]], degree: int) -> Decimal:
    total = Decimal(0)
    for result, exponent in terms:
        quotient = _CONTEXT.divide(Decimal(result.numerator), Decimal(result.denominator))
        total = _CONTEXT.add(total, _CONTEXT.multiply(_CONTEXT.ln(quotient), Decimal(exponent)))
    return _CONTEXT.exp(_CONTEXT.divide(total, Decimal(degree)))
