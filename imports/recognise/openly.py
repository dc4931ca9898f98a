"""Units that a text names itself, at its beginning: `由市财政局负责,…`, `市财政局牵头,市审计局配合,…`, `市财政局按照职责,…`."""

from __future__ import annotations

import re
from itertools import takewhile

from imports.phrases.chars import fold
from imports.phrases.units import looks_like_units, parse_units
from imports.phrases.units.vocabulary import LEVEL

_TOLD = re.compile("由|牵头|按照?(?:各自)?职[责能]")
_RESOLVED = re.compile(r"\s*(?:会议|经研究)[^,;。:]{0,6}[,:]")
_BY_WHOM = re.compile(r"\s*(由[^,;。:()]{3,60}?(?:负责|牵头|落实|承办|统筹协调))(?=[,;。])")
_LED = re.compile(r"\s*([^,;。:()]{3,60}?牵头(?:负责)?)(?=,)")
_BY_DUTY = re.compile(r"\s*([^,;。:()]{3,60}?按照?(?:各自)?(?:职责|职能)(?:分工)?)(?=,)")
_CLAUSE = re.compile(r"[,;]([^,;。:]{2,60})(?=[,;。])")
_ROLE_END = re.compile(r"(?:负责|牵头|落实|承办|配合|协助|参与|协办)$")


def named_openly(text: str) -> str:
    """The clauses that name the units; '' where there are none. Without 由 a body of its own name leads and another one
    supports."""
    if not _TOLD.search(text):
        return ""
    folded = fold(text)
    resolved = _RESOLVED.match(folded)
    start = resolved.end() if resolved else 0
    duty = _BY_DUTY.match(folded, start)
    if duty is not None and _names_its_own(duty.group(1)):
        return text[start : duty.end(1)]
    found = _BY_WHOM.match(folded, start)
    first = found or _LED.match(folded, start)
    if first is None:
        return ""
    clauses = _CLAUSE.finditer(folded, first.end())
    named = list(takewhile(lambda one: _ROLE_END.search(one.group(1)) and looks_like_units(one.group(1)), clauses))
    if found is None and (not named or named[0].start() != first.end() or not _names_its_own(first.group(1))):
        return ""
    return text[start : [first, *named][-1].end(1)]


def _names_its_own(clause: str) -> bool:
    """Does it list bodies by name (`市财政局牵头`), not in general as `政府牵头,部门配合` does?"""
    return looks_like_units(clause) and any(
        LEVEL.match(unit.text) for unit in parse_units(clause).units if not unit.collective
    )
