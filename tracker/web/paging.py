"""Pages of a list by keyset: a page begins after the last key of the one before, so the thousandth costs no more."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

Row = TypeVar("Row")
PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """Rows of one page, and the cursors that lead on and back (None at an end).

    `total` is None where it was not counted, or counted only as far as `more_than`.
    """

    rows: Sequence[Row]
    next: str | None
    previous: str | None
    total: int | None = None
    more_than: int | None = None


def encode(key: Sequence[Any], *, backwards: bool = False) -> str:
    """A cursor for an address: the key values of a row, opaque but not secret."""
    text = json.dumps([int(backwards), *key], ensure_ascii=False, separators=(",", ":"), default=str)
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def decode(cursor: str, width: int) -> tuple[bool, list[Any]] | None:
    """(backwards, key values), or None where the cursor is not one of `width` values: then the list starts anew."""
    try:
        values = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except ValueError:
        return None
    if not isinstance(values, list) or len(values) != width + 1:
        return None
    return bool(values[0]), values[1:]


def page_of(
    rows: Sequence[Row],
    key: Callable[[Row], Sequence[Any]],
    *,
    size: int,
    came_from: str | None,
    backwards: bool,
    total: int | None = None,
    more_than: int | None = None,
) -> Page[Row]:
    """Cuts a page from `size + 1` fetched rows: the one too many only tells that there is more.

    `came_from` is the cursor of the request (None on the first page); backwards rows arrive in reverse order.
    """
    more, kept = len(rows) > size, list(rows[:size])
    if backwards:
        kept.reverse()
    if not kept:
        return Page([], None, None, total, more_than)
    after = encode(key(kept[-1])) if (more or backwards) else None
    before = encode(key(kept[0]), backwards=True) if (came_from and not backwards) or (backwards and more) else None
    return Page(kept, after, before, total, more_than)


def page_at(rows: Sequence[Row], cursor: str | None, size: int) -> Page[Row]:
    """A page of rows that are all at hand, by their places."""
    backwards, key = decode(cursor, 1) or (False, []) if cursor else (False, [])
    at = int(key[0]) if key else -1
    start = max(0, at - size) if backwards else at + 1
    shown = rows[start : at if backwards else start + size]
    onward = encode([start + len(shown) - 1]) if start + len(shown) < len(rows) else None
    return Page(shown, onward, encode([start], backwards=True) if start else None, len(rows))
