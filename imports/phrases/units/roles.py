"""Role phrases: at the end of a clause (`…分别牵头`), and in brackets beside one name (`市发改委(牵头)`)."""

from __future__ import annotations

import re

from imports.draft import Role
from imports.phrases.chars import fold
from imports.phrases.units import vocabulary as words

_IN_BRACKET = re.compile(r"[(\[【]([^()\[\]【】]{1,12})[)\]】]$")
_BRACKET_FIRST = re.compile(r"[(\[【]([^()\[\]【】]{2,6})[)\]】](?=\S{2})")
_SHORT: dict[str, Role] = {"主": "lead", "牵": "lead", "协": "support", "配": "support"}
_CALLED_FIRST = re.compile(r"(牵头|主办|主责|承办|协办|协同|配合)(?=[省市县区州旗镇乡各][\u4e00-\u9fff]{2})")
"""`主办区交通运输局,协办区财政局`: the part before the name, without any sign."""
_ITS_PART = re.compile(r"负责[\u4e00-\u9fff]{1,10}")


def tail_of(plain: str) -> tuple[Role | None, int]:
    """Role phrase at the end of a clause and its length."""
    if not words.TAIL_HINT.search(plain):
        return None, 0
    for role, pattern in words.TAILS:
        found = pattern.search(plain)
        if found and not (
            found.start() > 0 and plain[found.start() - 1 : found.start() + 2] in {"市督查", "府督查", "委督查"}
        ):
            return role, len(plain) - found.start()
    return None, 0


def role_beside(name: str, own: Role | None) -> tuple[Role | None, str]:
    """A role in brackets at either end of a name: `市发改委(牵头)`, `【配合】市财政局`."""
    folded = fold(name)
    called = _CALLED_FIRST.match(folded)
    if called and words.STRONG_END.search(folded):
        return _role_called(called.group(1)), name[called.end() :]
    behind, before = _IN_BRACKET.search(folded), _BRACKET_FIRST.match(folded)
    if behind:
        role = _role_called(behind.group(1))
        if role is not None:
            return role, name[: behind.start()]
    if before:
        role = _role_called(before.group(1))
        if role is not None:
            return role, name[before.end() :]
    return own, name


def _role_called(said: str) -> Role | None:
    if said in _SHORT:
        return _SHORT[said]
    if _ITS_PART.fullmatch(said):
        return "responsible"
    role, length = tail_of(said)
    if role is not None and length == len(said):
        return role
    label = words.LABEL.fullmatch(said + ":")
    if label is None or label["time"] or label["person"]:
        return None
    return next(role for index, (role, _) in enumerate(words.LABELS) if label[f"r{index}"])
