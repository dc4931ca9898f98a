"""How a row is measured: its cases in fresh processes, floor and ours by turns, the ratio taken inside a round.

Absolute times of a shared machine drift; what two processes cost that run one after the other stays in proportion.
"""

from __future__ import annotations

import json
import os
import re
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

ROOT = Path(__file__).resolve().parent.parent

STATUS = Path("/proc/self/status")

LONGEST = 300
"""Seconds that one case may take at most."""

Sample = dict[str, float]
"""What one run of a case gave: `seconds` at least; `peak_mb` is added by the harness."""
Case = Callable[[Path], Sample]
"""Runs once in a process of its own, on the folder that was prepared."""


@dataclass(frozen=True)
class Measured:
    ratio: float
    detail: dict[str, Any] = field(default_factory=dict)
    faults: tuple[str, ...] = ()
    """Limits besides the ratio that do not hold, each in words."""


@dataclass(frozen=True)
class Row:
    name: str
    floor: str
    """What the machine must do at least, in words."""
    target: float
    measure: Callable[[Path], Measured]
    """Gets an empty folder."""
    at_least: bool = False
    """The ratio is a share of the floor's throughput, to be reached; else a multiple of its cost, not to be passed."""
    served: bool = False
    """It asks a server, whose city may stand in PostgreSQL, too (see `bench.database`)."""

    def result(self, measured: Measured) -> dict[str, Any]:
        """The row as `bench/results.json` holds it."""
        holds = measured.ratio >= self.target if self.at_least else measured.ratio <= self.target
        faults = {"faults": list(measured.faults)} if measured.faults else {}
        return {
            "name": self.name,
            "ratio": round(measured.ratio, 3),
            "floor": self.floor,
            "target": self.target,
            "ok": holds and not measured.faults,
            "detail": measured.detail | faults,
        }

    def failed(self, error: str) -> dict[str, Any]:
        """The row where it could not be measured."""
        detail = {"error": error}
        return {"name": self.name, "ratio": None, "floor": self.floor, "target": self.target, "ok": False,
                "detail": detail}  # fmt: skip


def stopwatch(work: Callable[[], object], *, times: int = 1) -> Sample:
    """Seconds of processor time that a call takes: what others do on the machine meanwhile is not in it.

    `times` above one takes the least of so many calls: for a floor that is over in a moment.
    """
    seconds = []
    for _ in range(times):
        began = time.process_time()
        work()
        seconds.append(time.process_time() - began)
    return {"seconds": min(seconds)}


def peak_mb() -> float:
    """The most memory this process has held so far, in MB (10⁶ bytes).

    Where the kernel tells it of this program alone: what `getrusage` tells has in it what the process that began it held.
    """
    if STATUS.exists():
        found = re.search(r"^VmHWM:\s*(\d+) kB", STATUS.read_text("ascii", "replace"), re.MULTILINE)
        if found:
            return int(found.group(1)) * 1024 / 1e6
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6


def run_case(module: str, case: str, folder: Path) -> Sample:
    """Runs one case in a fresh process. Raises RuntimeError with what it printed where it fails, and
    subprocess.TimeoutExpired where it takes longer than any should."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.case", module, case, str(folder)],
        cwd=ROOT,
        env=os.environ | {"PYTHONHASHSEED": "0"},
        capture_output=True,
        text=True,
        check=False,
        timeout=LONGEST,
    )
    if done.returncode != 0:
        raise RuntimeError(f"{module} {case}: {done.stderr[-2000:]}")
    sample: Sample = json.loads(done.stdout.splitlines()[-1])
    return sample


def compare(module: str, folder: Path, *, rounds: int = 5) -> tuple[float, dict[str, Any]]:
    """Median over the rounds of ours ÷ floor, and both in figures. The one that goes first changes from round to round."""
    samples: dict[str, list[Sample]] = {"floor": [], "ours": []}
    for number in range(rounds):
        for case in ("floor", "ours") if number % 2 == 0 else ("ours", "floor"):
            samples[case].append(run_case(module, case, folder))
    ratios = [ours["seconds"] / floor["seconds"] for floor, ours in zip(samples["floor"], samples["ours"], strict=True)]
    detail = {
        "floor_seconds": round(median(sample["seconds"] for sample in samples["floor"]), 5),
        "seconds": round(median(sample["seconds"] for sample in samples["ours"]), 5),
        "ratio_least": round(min(ratios), 3),
        "ratio_most": round(max(ratios), 3),
        "peak_mb": round(max(sample["peak_mb"] for sample in samples["ours"]), 1),
        "n": rounds,
    }
    return median(ratios), detail | _further(samples["ours"])


def _further(samples: Sequence[Mapping[str, float]]) -> dict[str, float]:
    """What a case tells besides, at the median."""
    names = samples[0].keys() - {"seconds", "peak_mb"}
    return {name: round(median(sample[name] for sample in samples), 5) for name in sorted(names)}


def within(value: float, limit: float, said: str) -> tuple[str, ...]:
    """A fault where the limit is passed; `said` names what is limited."""
    return () if value <= limit else (f"{said}: {value:.2f}, at most {limit:g} wanted",)
