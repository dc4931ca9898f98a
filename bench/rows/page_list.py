"""`page-list`: fifty rows of the filtered ledger at 1,000,000 assignments, the first page and the 2,000th, against an
empty Flask page of the same server."""

from __future__ import annotations

from pathlib import Path
from statistics import median
from typing import Any

from bench.city import build
from bench.database import rows_of
from bench.harness import Measured, Row
from bench.load import by_turns, get, share
from bench.server import EMPTY, Person, serve
from tracker.web.paging import PAGE_SIZE, encode

ASSIGNMENTS = 1_000_000
DEEP = 2_000
"""The page that must cost what the first one does."""
DEEP_SHARE = 0.8
CONNECTIONS, SECONDS, ROUNDS = 8, 1.0, 9
LIST = "/work?plan=1&state=accepted"
ROW_BEFORE = """
    SELECT due_on, id FROM obligation WHERE plan_id = 1 AND state = 'accepted'
    ORDER BY due_on, id LIMIT 1 OFFSET :skipped
"""


def deep_page(folder: Path) -> str:
    """The address that a person who paged on for so long would have reached."""
    ((due_on, number),) = rows_of(folder, ROW_BEFORE, skipped=(DEEP - 1) * PAGE_SIZE - 1)
    return f"{LIST}&cursor={encode((str(due_on), number))}"


def measure(folder: Path) -> Measured:
    build(folder, ASSIGNMENTS)
    lead = Person(folder, "lead")
    requests = {
        "floor": get(EMPTY),
        "first": get(LIST, lead.cookie),
        "deep": get(deep_page(folder), lead.cookie),
    }
    with serve(folder) as port:
        found = by_turns(port, requests, connections=CONNECTIONS, seconds=SECONDS, rounds=ROUNDS)
    first, deep = share(found["first"], found["floor"]), share(found["deep"], found["first"])
    detail: dict[str, Any] = {
        f"{name}_per_second": round(median(one.per_second for one in rounds), 1) for name, rounds in found.items()
    }
    detail |= {f"p{of}_ms": round(median(one.percentile(of) for one in found["first"]), 2) for of in (50, 95)}
    detail |= {"deep_of_first": round(deep, 3), "n": sum(len(one.waits) for one in found["first"])}
    detail |= {"assignments": ASSIGNMENTS, "deep_page": DEEP, "connections": CONNECTIONS}
    faults = () if deep >= DEEP_SHARE else (f"page {DEEP}: {deep:.2f} of the first, {DEEP_SHARE} wanted",)
    return Measured(first, detail, faults)


ROW = Row(
    "page-list",
    "an empty Flask page of the same server, in requests a second",
    0.20,
    measure,
    at_least=True,
    served=True,
)
