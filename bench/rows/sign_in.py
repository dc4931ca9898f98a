"""`sign-in`: nine o'clock. Eight people at a time sign in, against the bare check of as many password hashes by as many
processes; and how much memory the server takes more for it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, wait
from itertools import repeat
from pathlib import Path
from statistics import median
from urllib.parse import urlencode

from argon2 import PasswordHasher

from bench.city import PASSWORD, REPORTERS, build
from bench.harness import Measured, Row, within
from bench.load import drive, post, status_is
from bench.server import Person, memory_mb, serve
from tracker.accounts.passwords import hash_password

SMALL = 2_000
WORKERS, CLIENTS, SECONDS, ROUNDS = 2, 8, 4.0, 3
MORE_MB = 80


def verified(stored: str, seconds: float) -> float:
    """Hashes checked a second by one process that does nothing else."""
    hasher, count, began = PasswordHasher(), 0, time.perf_counter()
    while time.perf_counter() - began < seconds:
        hasher.verify(stored, PASSWORD)
        count += 1
    return count / (time.perf_counter() - began)


def bare(stored: str) -> float:
    """Two processes, as the server has."""
    with ProcessPoolExecutor(WORKERS) as pool:
        rates = [pool.submit(verified, stored, SECONDS) for _ in range(WORKERS)]
        wait(rates)
    return sum(rate.result() for rate in rates)


def arrivals(people: list[Person], first: int) -> Iterator[bytes]:
    """One after the other with a name and a password, each with the cookie and the token of a page just opened."""
    for number in repeat(first):
        body = urlencode({"username": f"reporter{number % REPORTERS}", "password": PASSWORD}).encode()
        yield post("/sign-in", body, people[number % REPORTERS].cookie, people[number % REPORTERS].token)


def measure(folder: Path) -> Measured:
    build(folder, SMALL)
    people = [Person(folder, f"reporter{number}") for number in range(REPORTERS)]
    stored = hash_password(PASSWORD)
    ratios, rates, floors = [], [], []
    with serve(folder, workers=WORKERS) as port:
        drive(port, [arrivals(people, 0)], 0.5, status_is(302))
        before = most = memory_mb()
        errors, waits = 0, []
        for _ in range(ROUNDS):
            floor = bare(stored)
            ours = drive(port, [arrivals(people, number) for number in range(CLIENTS)], SECONDS, status_is(302))
            most = max(most, memory_mb())
            errors += ours.errors
            waits += [ours.percentile(95)]
            floors.append(floor)
            rates.append(ours.per_second)
            ratios.append(ours.per_second / floor)
    detail = {
        "floor_per_second": round(median(floors), 1),
        "per_second": round(median(rates), 1),
        "p95_ms": round(median(waits), 2),
        "more_mb": round(most - before, 1),
        "clients": CLIENTS,
        "errors": errors,
    }
    faults = within(errors, 0, "errors") + within(most - before, MORE_MB, "more memory in MB")
    return Measured(median(ratios), detail, faults)


ROW = Row(
    "sign-in", "the bare check of a password's hash, by as many processes", 0.8, measure, at_least=True, served=True
)
