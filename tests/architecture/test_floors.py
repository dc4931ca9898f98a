"""What import-linter cannot see: who commits, what pure modules stand on, how large a file may grow."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import pytest

from tests.architecture.sources import ROOT, Source, called, imported, product

LARGEST = 350
COMMITTERS = {"tracker/db.py", "tracker/web/transactions.py"}
"""The one rule of transactions stands here, and everything else goes through it."""
EDGES = ("commands", "jobs", "worker", "context", "load")
"""Floors that begin a transaction of their own: there is no request around them (`context` is a job's, `load` the
demonstration's)."""

PURE = (
    "tracker.clock",
    "tracker.audit.chain",
    "tracker.units.collectives",
    "tracker.units.families",
    "tracker.units.matching",
    "tracker.assessment.scoring",
    "tracker.progress.chain",
    "tracker.progress.drawing",
    "tracker.progress.kits.merging",
    "tracker.progress.kits.refusals",
    "tracker.progress.workflow",
    "tracker.progress.calendar",
    "tracker.progress.lights",
    "tracker.progress.light_rules",
    "tracker.progress.states",
    "tracker.reminders.ics",
    "tracker.reminders.schedule",
    "tracker.reminders.states",
)
"""Rules named after their concept: the standard library and each other only, and today is an argument."""
PURE_LIBRARIES = {
    "numpy": "columns of whole numbers, for scoring a province at once",
    "rapidfuzz": "compares names",
}
"""These compute, and know neither pages nor tables."""
ENTRANCES = {"tracker.clock"}
"""Where the outer world's time comes in, once."""


def commits(source: Source) -> list[str]:
    if source.path in COMMITTERS:
        return []
    found = [
        f"{source.path}:{line} calls {name}" for name, line in called(source.tree) if name.endswith("session.commit")
    ]
    if not any(source.is_floor(edge) for edge in EDGES):
        found += [
            f"{source.path}:{line} opens a transaction of its own"
            for module, name, line in imported(source.tree)
            if (module, name) == ("tracker.db", "transaction")
        ]
    return found


def is_pure(source: Source) -> bool:
    return source.module in PURE or source.module.startswith(tuple(f"{name}." for name in PURE))


def foreign(source: Source) -> list[str]:
    """Imports of a pure module that are neither the standard library nor another pure module."""
    return [
        f"{source.path}:{line} imports {module}"
        for module, name, line in imported(source.tree)
        if module.split(".")[0] not in sys.stdlib_module_names | PURE_LIBRARIES.keys()
        and not is_pure(Source(f"{module}.{name}".replace(".", "/") + ".py", ""))
        and not is_pure(Source(module.replace(".", "/") + ".py", ""))
    ]


def asks_the_clock(source: Source) -> list[str]:
    return [
        f"{source.path}:{line} calls {name}"
        for name, line in called(source.tree)
        if name.split(".")[-2:] in (["date", "today"], ["datetime", "now"], ["datetime", "utcnow"], ["time", "time"])
    ]


def _over(rule: object, sources: Iterator[Source]) -> list[str]:
    assert callable(rule)
    return [fault for source in sources for fault in rule(source)]


def test_only_the_edge_commits():
    assert not _over(commits, iter(product()))


def test_nobody_imports_the_application():
    """It stands above all rooms; what a room needs of it comes by `current_app` or as an argument."""
    importers = [source.path for source in product() for module, _, _ in imported(source.tree) if module == "app"]
    assert importers == []


def test_pure_modules_stand_on_the_standard_library():
    assert not _over(foreign, (source for source in product() if is_pure(source)))


def test_today_is_an_argument():
    assert not _over(asks_the_clock, (source for source in product() if source.module not in ENTRANCES))


@pytest.mark.parametrize("name", PURE)
def test_every_pure_module_named_here_is_there(name):
    assert any(source.module == name for source in product())


def test_no_file_outgrows_its_room():
    """A file of about 300 lines becomes a package of the same name, cut by noun."""
    sizes = {source.path: source.text.count("\n") for source in product()}
    assert {path: lines for path, lines in sizes.items() if lines > LARGEST} == {}


def test_no_import_hides_in_a_function():
    """Ruff's PLC0415 holds the rule; nobody may switch it off in the product."""
    assert "PLC0415" not in (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert not [source.path for source in product() if "PLC0415" in source.text]


def test_the_rules_find_what_they_look_for():
    service = Source("tracker/plans/service.py", "from tracker.db import session, transaction\nsession.commit()\n")
    assert len(commits(service)) == 2
    assert len(commits(Source("tracker/plans/commands.py", service.text))) == 1
    pure = Source("tracker/progress/workflow.py", "import re\nimport flask\nfrom tracker.progress import lights\n")
    assert foreign(pure) == ["tracker/progress/workflow.py:2 imports flask"]
    assert asks_the_clock(Source("imports/a.py", "import datetime\ndatetime.date.today()\n"))
