"""`page-list`: fifty rows of the filtered ledger at 1,000,000 assignments, the first page and the 2,000th, against an
empty Flask page of the same server."""

from __future__ import annotations

import sqlite3
from itertools import repeat
from pathlib import Path
from statistics import median
from typing import Any

from bench.city import build
from bench.harness import Measured, Row
from bench.load import Answered, drive, get, status_is
from bench.server import EMPTY, Person, serve
from tracker.web.paging import PAGE_SIZE, encode

ASSIGNMENTS = 1_000_000
DEEP = 2_000
"""The page that must cost what the first one does."""
DEEP_SHARE = 0.8
CONNECTIONS, SECONDS, ROUNDS = 8, 3.0, 3
LIST = "/work?plan=1&state=accepted"
ROW_BEFORE = """
    SELECT due_on, id FROM obligation WHERE plan_id = 1 AND state = 'accepted'
    ORDER BY due_on, id LIMIT 1 OFFSET ?
"""


def deep_page(folder: Path) -> str:
    """The address that a person who paged on for so long would have reached."""
    connection = sqlite3.connect(folder / "luoshi.db")
    due_on, number = connection.execute(ROW_BEFORE, ((DEEP - 1) * PAGE_SIZE - 1,)).fetchone()
    connection.close()
    return f"{LIST}&cursor={encode((due_on, number))}"


def loaded(port: int, request: bytes) -> Answered:
    answered = drive(port, [repeat(request)] * CONNECTIONS, SECONDS, status_is(200))
    if answered.errors:
        raise RuntimeError(f"{answered.errors} answers were none: {request[:80]!r}")
    return answered


def measure(folder: Path) -> Measured:
    build(folder, ASSIGNMENTS)
    lead = Person(folder, "lead")
    requests = {
        "floor": get(EMPTY),
        "first": get(LIST, lead.cookie),
        "deep": get(deep_page(folder), lead.cookie),
    }
    found: dict[str, list[Answered]] = {name: [] for name in requests}
    with serve(folder) as port:
        for request in requests.values():
            loaded(port, request)  # the first of everything is not what people wait for all day
        for _ in range(ROUNDS):
            for name, request in requests.items():
                found[name].append(loaded(port, request))
    rates = {name: [answered.per_second for answered in rounds] for name, rounds in found.items()}
    first, deep = _ratio(rates["first"], rates["floor"]), _ratio(rates["deep"], rates["first"])
    detail: dict[str, Any] = {f"{name}_per_second": round(median(rate), 1) for name, rate in rates.items()}
    detail |= {f"p{share}_ms": round(median(one.percentile(share) for one in found["first"]), 2) for share in (50, 95)}
    detail |= {"deep_of_first": round(deep, 3), "n": sum(len(one.waits) for one in found["first"])}
    detail |= {"assignments": ASSIGNMENTS, "deep_page": DEEP, "connections": CONNECTIONS}
    faults = () if deep >= DEEP_SHARE else (f"page {DEEP}: {deep:.2f} of the first, {DEEP_SHARE} wanted",)
    return Measured(first, detail, faults)


def _ratio(rates: list[float], of: list[float]) -> float:
    return median(rate / base for rate, base in zip(rates, of, strict=True))


ROW = Row("page-list", "an empty Flask page of the same server, in requests a second", 0.20, measure, at_least=True)
