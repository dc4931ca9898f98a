"""One column for two parts: `牵头部门/参与部门` over `县卫健局/县医保局、县财政局`."""

from __future__ import annotations

from functools import lru_cache

from imports.document import Piece
from imports.draft import Role
from imports.phrases.chars import BLANKS, fold, squeeze
from imports.recognise.columns import UNIT_ROLES, column_of

_SIGN = "/"


def units_by_part(name: str, piece: Piece, role: Role) -> list[tuple[Piece, Role]]:
    """The bodies of a cell, each part with the role that the head names in its place; the whole cell with its column's role
    where it has not as many parts as the head."""
    roles, folded = _roles(name), fold(piece[1])
    if len(roles) < 2 or folded.count(_SIGN) != len(roles) - 1:
        return [(piece, role)]
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
