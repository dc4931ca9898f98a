"""Characters: folding that keeps every position, so that a pattern runs on one form and the slice is cut from the print."""

from __future__ import annotations

import re
from functools import lru_cache

from imports.phrases.traditional import SIMPLIFIED

_FOLDED = {
    "，": ",", "；": ";", "：": ":", "（": "(", "）": ")", "．": ".", "％": "%", "／": "/", "｜": "|", "│": "|", "┃": "|",
    "！": "!", "？": "?", "∶": ":", "︰": ":",
    "﹝": "〔", "﹞": "〕", "〖": "【", "〗": "】", "［": "[", "］": "]", "＝": "=", "＞": ">", "＜": "<", "＋": "+", "﹒": ".", "﹪": "%",
    "〇": "〇", "○": "〇", "Ｏ": "O", "﹙": "(", "﹚": ")", "﹕": ":", "﹔": ";", "﹐": ",",
    "‹": "<", "›": ">", "｛": "(", "｝": ")", "{": "(", "}": ")",
    "～": "~", "〜": "~", "－": "-", "–": "-", "−": "-", "‐": "-", "‑": "-",
    "\u3000": " ", "\xa0": " ", "\t": " ", "\u2002": " ", "\u2003": " ", "\u2009": " ", "\u202f": " ",
    "\u200b": " ", "\ufeff": " ", "\u200c": " ", "\u200d": " ", "\u2060": " ", "\r": "\n", "\x0b": "\n", "\x0c": "\n",
}  # fmt: skip
_FOLDED |= SIMPLIFIED
_FOLDED |= {chr(0xFF10 + digit): str(digit) for digit in range(10)}
_FOLDABLE = re.compile(f"[{re.escape(''.join(_FOLDED))}]")

_INVISIBLE = "\u200b\ufeff\u200c\u200d\u2060"
BLANKS = " \t\r\n\x0b\x0c\u3000\xa0\u2002\u2003\u2009\u202f" + _INVISIBLE
_BLANK_RUN = re.compile(rf"[\s{_INVISIBLE}]+")
_LINE_BREAK = re.compile(rf"[ \t\u3000\xa0{_INVISIBLE}]*[\r\n\x0b\x0c]+[ \t\u3000\xa0{_INVISIBLE}]*")

_DIGITS = {
    "零": 0,
    "〇": 0,
    "○": 0,
    "一": 1,
    "二": 2,
    "两": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
}
_SCALES = {"十": 10, "百": 100, "千": 1000}


REPEATED = 24
"""Texts up to this length stand in many cells of a column: what they were read as is remembered. Sentences are not."""


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """Full-width signs, digits and blanks as their plain forms, one character for one: positions stay the same."""
    for printed in set(_FOLDABLE.findall(text)):  # far fewer than the text has characters
        text = text.replace(printed, _FOLDED[printed])
    return text


def squeeze(text: str) -> str:
    """Without any white space at all: how headers and headings are compared."""
    return _BLANK_RUN.sub("", text)


def one_line(text: str) -> str:
    """Outer blanks stripped and lines joined without the break; between two Latin words a blank is kept."""
    stripped = text.strip(BLANKS)
    if "\n" not in stripped and "\r" not in stripped and "\x0b" not in stripped and "\x0c" not in stripped:
        return stripped
    return _LINE_BREAK.sub(_joint, stripped)


def _joint(found: re.Match[str]) -> str:
    before, after = found.string[found.start() - 1 : found.start()], found.string[found.end() : found.end() + 1]
    return " " if before.isascii() and before.isalnum() and after.isascii() and after.isalnum() else ""


def chinese_number(text: str) -> int | None:
    """`二十四` → 24, `二〇二六` → 2026, `12` → 12; None where the text is no whole number."""
    if text.isdecimal():
        return int(text)
    if not text or any(char not in _DIGITS and char not in _SCALES for char in text):
        return None
    if not any(char in _SCALES for char in text):
        return int("".join(str(_DIGITS[char]) for char in text))
    total, digit = 0, None
    for char in text:
        if char in _SCALES:
            total += (1 if digit is None else digit) * _SCALES[char]
            digit = None
        else:
            digit = _DIGITS[char]
    return total + (digit or 0)
