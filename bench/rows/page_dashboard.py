"""`page-dashboard`: the dashboard of the whole city at 1,000,000 assignments under eight connections, against an empty
Flask page of the same server; and the desk, which the same person sees first."""

from __future__ import annotations

from itertools import repeat
from pathlib import Path
from statistics import median
from typing import Any

from bench.city import build
from bench.harness import Measured, Row, within
from bench.load import Answered, drive, get, status_is
from bench.server import EMPTY, Person, serve

ASSIGNMENTS = 1_000_000
CONNECTIONS, SECONDS, ROUNDS = 8, 3.0, 3
P95_MS = 25
PAGES = {"dashboard": "/dashboard", "desk": "/"}


def loaded(port: int, request: bytes) -> Answered:
    answered = drive(port, [repeat(request)] * CONNECTIONS, SECONDS, status_is(200))
    if answered.errors:
        raise RuntimeError(f"{answered.errors} answers were none: {request[:80]!r}")
    return answered


def measure(folder: Path) -> Measured:
    build(folder, ASSIGNMENTS)
    leader = Person(folder, "leader")
    requests = {"floor": get(EMPTY), **{name: get(path, leader.cookie) for name, path in PAGES.items()}}
    found: dict[str, list[Answered]] = {name: [] for name in requests}
    with serve(folder) as port:
        for request in requests.values():
            loaded(port, request)
        for _ in range(ROUNDS):
            for name, request in requests.items():
                found[name].append(loaded(port, request))
    rates = {name: [one.per_second for one in rounds] for name, rounds in found.items()}
    detail: dict[str, Any] = {f"{name}_per_second": round(median(rate), 1) for name, rate in rates.items()}
    p95 = {name: median(one.percentile(95) for one in found[name]) for name in PAGES}
    detail |= {f"{name}_p95_ms": round(value, 2) for name, value in p95.items()}
    detail |= {"n": sum(len(one.waits) for one in found["dashboard"]), "assignments": ASSIGNMENTS}
    faults = tuple(fault for name, value in p95.items() for fault in within(value, P95_MS, f"p95 of the {name} in ms"))
    ratio = min(median(rate / base for rate, base in zip(rates[name], rates["floor"], strict=True)) for name in PAGES)
    return Measured(ratio, detail | {"connections": CONNECTIONS}, faults)


ROW = Row(
    "page-dashboard", "an empty Flask page of the same server, in requests a second", 0.25, measure, at_least=True
)
