"""One column for two parts: `牵头部门/参与部门` over `县卫健局/县医保局、县财政局`."""

from __future__ import annotations

from functools import lru_cache

from imports.document import Piece
from imports.draft import Role
from imports.phrases.chars import BLANKS, fold, squeeze
from imports.recognise.columns import UNIT_ROLES, column_of

_SIGN = "/"


def units_by_part(name: str, piece: Piece, role: Role) -> list[tuple[Piece, Role]]:
    """The bodies of a cell, each part with the role that the head names in its place, those that are left over with the last
    one where the first leads; the whole cell with its column's role where it has fewer parts than the head."""
    roles, folded = _roles(name), fold(piece[1])
    more = folded.count(_SIGN) - (len(roles) - 1)
    if len(roles) < 2 or more < 0 or (more and roles[0] != "lead"):
        return [(piece, role)]
    roles += roles[-1:] * more
    units: list[tuple[Piece, Role]] = []
    start = 0
    for part, own in zip(folded.split(_SIGN), roles, strict=True):
        text = piece[1][start : start + len(part)].strip(BLANKS)
        start += len(part) + len(_SIGN)
        if text:
            units.append(((piece[0], text), own))
    return units


@lru_cache(maxsize=256)
def _roles(name: str) -> tuple[Role, ...]:
    columns = [column_of(part) for part in squeeze(fold(name)).split(_SIGN)]
    roles = tuple(UNIT_ROLES[column] for column in columns if column in UNIT_ROLES)
    return roles if len(set(roles)) == len(columns) else ()
