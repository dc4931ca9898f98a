"""`page-dashboard`: the dashboard of the whole city at 1,000,000 assignments under eight connections, against an empty
Flask page of the same server; and the desk, which the same person sees first."""

from __future__ import annotations

from pathlib import Path
from statistics import median
from typing import Any

from bench.city import build
from bench.harness import Measured, Row, within
from bench.load import by_turns, get, share
from bench.server import EMPTY, Person, serve

ASSIGNMENTS = 1_000_000
CONNECTIONS, SECONDS, ROUNDS = 8, 1.0, 9
P95_MS = 25
PAGES = {"dashboard": "/dashboard", "desk": "/"}


def measure(folder: Path) -> Measured:
    build(folder, ASSIGNMENTS)
    leader = Person(folder, "leader")
    requests = {"floor": get(EMPTY), **{name: get(path, leader.cookie) for name, path in PAGES.items()}}
    with serve(folder) as port:
        found = by_turns(port, requests, connections=CONNECTIONS, seconds=SECONDS, rounds=ROUNDS)
    detail: dict[str, Any] = {
        f"{name}_per_second": round(median(one.per_second for one in rounds), 1) for name, rounds in found.items()
    }
    p95 = {name: median(one.percentile(95) for one in found[name]) for name in PAGES}
    detail |= {f"{name}_p95_ms": round(value, 2) for name, value in p95.items()}
    detail |= {"n": sum(len(one.waits) for one in found["dashboard"]), "assignments": ASSIGNMENTS}
    faults = tuple(fault for name, value in p95.items() for fault in within(value, P95_MS, f"p95 of the {name} in ms"))
    ratio = min(share(found[name], found["floor"]) for name in PAGES)
    return Measured(ratio, detail | {"connections": CONNECTIONS}, faults)


ROW = Row(
    "page-dashboard", "an empty Flask page of the same server, in requests a second", 0.25, measure,
    at_least=True, served=True,
)  # fmt: skip
