"""`submit-night`: sixteen people hand in returns as fast as they are answered, against a POST that does nothing."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import repeat
from pathlib import Path
from statistics import median
from urllib.parse import urlencode

from bench.city import REPORTERS, build, reporting_unit
from bench.database import is_postgres, rows_of
from bench.harness import Measured, Row, within
from bench.load import Answered, drive, post, status_is
from bench.server import EMPTY, NOTHING, Person, serve

ASSIGNMENTS = 100_000
SECONDS, ROUNDS = 5.0, 2
P99_MS = 40
BODY = {
    "done": "按照年度安排推进，已完成本期全部工作，累计办理一千二百件，群众满意。",
    "percent": "80",
    "problems": "",
    "next_step": "继续按计划推进。",
}
OPEN = """
    SELECT o.id FROM obligation o JOIN unit u ON u.id = o.unit_id JOIN assignment a ON a.id = o.assignment_id
    WHERE u.path LIKE :path AND o.state = 'open' AND a.state = 'in_progress' ORDER BY o.id
"""
IN_FRONT = "SELECT count(*) FROM progress_return WHERE state = 'own_review'"


class Reporter:
    """One of the sixteen: a county's reporter with everything that the county still owes."""

    def __init__(self, folder: Path, number: int) -> None:
        self.person = Person(folder, f"reporter{number}")
        self.owed = iter([row[0] for row in rows_of(folder, OPEN, path=f"/1/{reporting_unit(number)}/%")])

    def returns(self) -> Iterator[bytes]:
        """Every return once, for as long as any is owed."""
        body = urlencode(BODY).encode()
        for obligation in self.owed:
            yield post(f"/obligations/{obligation}/report", body, self.person.cookie, self.person.token)


def measure(folder: Path) -> Measured:
    build(folder, ASSIGNMENTS)
    reporters = [Reporter(folder, number) for number in range(REPORTERS)]
    body = urlencode(BODY).encode()
    nothing = post(EMPTY, body)
    own_nothing: list[Iterator[bytes]] = [
        repeat(post(NOTHING, body, one.person.cookie, one.person.token)) for one in reporters
    ]
    floors: list[Answered] = []
    ours: list[Answered] = []
    with serve(folder) as port:
        drive(port, [reporter.returns() for reporter in reporters], 1.0, status_is(302))
        before = in_front(folder)
        for _ in range(ROUNDS):
            floors.append(drive(port, [repeat(nothing)] * REPORTERS, SECONDS, status_is(200)))
            ours.append(drive(port, [reporter.returns() for reporter in reporters], SECONDS, status_is(302)))
        own = drive(port, own_nothing, SECONDS, status_is(200))
    submitted, errors = sum(len(one.waits) for one in ours), sum(one.errors for one in ours)
    waits = Answered(sum(one.seconds for one in ours), [wait for one in ours for wait in one.waits])
    detail = {
        "floor_per_second": round(median(one.per_second for one in floors), 1),
        "own_nothing_per_second": round(own.per_second, 1),
        "per_second": round(waits.per_second, 1),
        **{f"p{share}_ms": round(waits.percentile(share), 2) for share in (50, 95, 99)},
        "n": submitted,
        "errors": errors,
        "clients": REPORTERS,
        "seconds": SECONDS * ROUNDS,
    }
    faults = within(errors, 0, "errors") + within(waits.percentile(99), P99_MS, "p99 in ms")
    faults += within(abs(in_front(folder) - before - submitted), 0, "returns acknowledged and not found")
    ratio = median(one.per_second / floor.per_second for one, floor in zip(ours, floors, strict=True))
    return Measured(ratio, detail, faults)


def in_front(folder: Path) -> int:
    """How many returns lie before their unit's reviewer."""
    ((found,),) = rows_of(folder, IN_FRONT)
    return int(found)


ROW = Row(
    "submit-night", "a POST that does nothing, in requests a second", 0.30 if is_postgres() else 0.40, measure,
    at_least=True, served=True,
)  # fmt: skip
