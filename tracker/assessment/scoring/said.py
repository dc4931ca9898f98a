"""What to say of something in a book that is not what it ought to be: as it was written, and how to write it."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches
from functools import lru_cache

from tracker.assessment.scoring.json_text import BareNumber, JsonObject, NoNumber
from tracker.assessment.scoring.numbers import MOST_DIGITS, half_width, read_number
from tracker.assessment.scoring.wording import N_, Sentence, listed

_LONGEST = 20
"""So many characters of what was written are repeated."""
_FEW = 12
"""So many names are listed; more would hide what is wrong."""
_OTHER_SIGNS = str.maketrans({"％": "%", "，": ","})
_NOT_PLAIN = (
    ("%", N_("“%(said)s”不是数：去掉百分号，写作 %(plain)s")),
    (",", N_("“%(said)s”不是数：去掉千分位，写作 %(plain)s")),
    ("", N_("“%(said)s”不是数：去掉空格，写作 %(plain)s")),
)
"""A sign that people write and a book does without, and what to say of it; without any it was blanks."""


def no_number(raw: object) -> Sentence:
    """Why a value is no number, and how it would be one."""
    if raw is None or (isinstance(raw, str) and not raw.strip()):
        return Sentence(N_("没有填数"))
    said = as_written(raw)
    text = raw.translate(_OTHER_SIGNS) if isinstance(raw, str) else ""
    for sign, template in _NOT_PLAIN:
        bare = "".join(text.replace(sign, "").split()) if sign else "".join(text.split())
        if sign in text and read_number(bare) is not None:
            return Sentence(template, said=said, plain=as_written(half_width(bare)))
    digits = text.strip().lstrip("+-").replace(".", "", 1)
    if digits.isdigit():
        return Sentence(N_("“%(said)s”不是数：小数点前后最多各 %(most)s 位"), said=said, most=str(MOST_DIGITS))
    return Sentence(N_("“%(said)s”不是数：应为不带空格、千分位、百分号和指数的小数"), said=said)


def as_written(raw: object) -> str:
    """A value of the JSON as it stands there, the beginning of a long one."""
    if isinstance(raw, JsonObject | list):
        return "{…}" if isinstance(raw, JsonObject) else "[…]"
    text = raw.text if isinstance(raw, BareNumber | NoNumber) else str(raw)
    if isinstance(raw, bool):
        text = text.lower()
    text = text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


@lru_cache(maxsize=256)
def no_field(name: str, known: Sequence[str]) -> Sentence:
    """A field that there is none of: the one that may be meant, else which there are, where these are few."""
    near = get_close_matches(name, known, 1, 0.75) if len(name) <= _LONGEST else []
    if near:
        return Sentence(N_("没有这个字段，是不是 %(near)s？"), near=near[0])
    if len(known) > _FEW:
        return Sentence(N_("没有这个字段"))
    return Sentence(N_("没有这个字段，可用的有 %(names)s"), names=listed(known))
