"""What is worked out once and kept for many requests: as long as the record of acts says that nothing has happened
since that could change it.

Every fact leaves an entry in the audit record in its own transaction, so the hash of the newest entry tells one state
of the data from another. Who asks is read anew for every request, together with that hash; rights are never kept. Where
the request writes, or nobody is known to ask, nothing is kept and all is read.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from flask import g, has_request_context
from sqlalchemy.pool import Pool

from tracker.db import db, is_writing

Made = TypeVar("Made")
MOST = 2_000
"""Values kept at most for one state of the data; then all are forgotten."""
MOST_TEXTS = 100
"""Texts of pages kept at most: one has a hundred thousand characters where a number has eight bytes."""
MOST_FRAMES = 300
"""Frames kept at most, each a quarter of such a text: one for each person who looks, and each kind of page.
Without them a page costs twice as much."""
LONGEST = 60
"""Seconds after which a value is made anew in any case: for what somebody changes in the database by hand."""

PATIENCE = 10.0
"""Seconds that a request waits for another that is making the same value, before it makes it by itself."""


@dataclass(slots=True)
class _Kept:
    """One value: made by whoever asks first, while the others wait for it and not each make it too."""

    making: threading.Lock = field(default_factory=threading.Lock)
    is_made: bool = False
    value: Any = None

    def get(self, make: Callable[[], Any]) -> Any:
        if self.is_made:
            return self.value
        held = self.making.acquire(timeout=PATIENCE)
        try:
            if not self.is_made:
                self.value, self.is_made = make(), True
            return self.value
        finally:
            if held:
                self.making.release()


_SETTLED, _NEWEST, _TEXTS, _FRAMES = "settled", "newest", "texts", "frames"
_MOST = {_SETTLED: MOST, _NEWEST: MOST, _TEXTS: MOST_TEXTS, _FRAMES: MOST_FRAMES}
_places: WeakKeyDictionary[Pool, dict[str, tuple[object, dict[Hashable, _Kept]]]] = WeakKeyDictionary()
"""For each pool of connections, so for each database, the last state and what was made of it."""


def say_state(newest: str | None, settled: str | None) -> None:
    """Says of the request what the record's newest entry is, and the newest of more than a day's business."""
    if newest and settled:
        epoch = int(time.monotonic() // LONGEST)
        latest = (newest, epoch)
        g.kept_states = {_NEWEST: latest, _TEXTS: latest, _FRAMES: latest, _SETTLED: (settled, epoch)}


def settled(key: Hashable, make: Callable[[], Made]) -> Made:
    """What `make` gives, kept while units, plans and schemes stay the same. It must not be changed afterwards."""
    return _kept(_SETTLED, key, make)


def newest(key: Hashable, make: Callable[[], Made]) -> Made:
    """What `make` gives, kept until the next act of anybody. It must not be changed afterwards."""
    return _kept(_NEWEST, key, make)


def newest_text(key: Hashable, make: Callable[[], Made]) -> Made:
    """A part of a page, kept until the next act of anybody."""
    return _kept(_TEXTS, key, make)


def newest_frame(key: Hashable, make: Callable[[], Made]) -> Made:
    """What stands around the parts of a page, kept until the next act of anybody."""
    return _kept(_FRAMES, key, make)


def _kept(kind: str, key: Hashable, make: Callable[[], Made]) -> Made:
    states = g.get("kept_states") if has_request_context() and not is_writing() else None
    if states is None:
        return make()
    found: Made = _values(kind, states[kind]).setdefault(key, _Kept()).get(make)
    return found


def _values(kind: str, state: object) -> dict[Hashable, _Kept]:
    place = _places.setdefault(db.engine.pool, {})
    known, values = place.get(kind, (None, {}))
    if known != state or len(values) >= _MOST[kind]:
        values = {}
        place[kind] = (state, values)
    return values
