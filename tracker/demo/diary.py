"""What happens in the invented city, in the order of its moments."""

from __future__ import annotations

import heapq
import itertools
import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time

from tracker.clock import CHINA
from tracker.db import session

HOURS_OF_WORK = (9, 17)
Act = Callable[[datetime], None]


@dataclass(slots=True)
class Diary:
    """Acts by their moment; an act may put down further ones. Nothing after `until` is done."""

    until: datetime
    _acts: list[tuple[datetime, int, Act]] = field(default_factory=list)
    _number: Iterable[int] = field(default_factory=itertools.count)

    def put(self, at: datetime, act: Act) -> None:
        if at <= self.until:
            heapq.heappush(self._acts, (at, next(iter(self._number)), act))

    def live(self) -> int:
        """Does all acts in order; returns how many."""
        done = 0
        while self._acts:
            at, _, act = heapq.heappop(self._acts)
            act(at)
            done += 1
            if done % 200 == 0:
                session.expire_all()
        return done


def moment(day: date, dice: random.Random) -> datetime:
    """Some minute of the working day."""
    return datetime.combine(day, time(dice.randint(*HOURS_OF_WORK), dice.randint(0, 59)), CHINA)
