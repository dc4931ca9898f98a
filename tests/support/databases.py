"""Which databases a test runs on: on both, unless it or its whole file says that SQLite is enough.

It is enough where nothing reaches the database, and where every statement that does is run on PostgreSQL by other tests.
In a file that says so, a test that asks something of its own, or is about several people at once, says `ON_BOTH`.
"""

from __future__ import annotations

import pytest

ALL = ("sqlite", "postgresql")
ON_BOTH = pytest.mark.databases(*ALL)
ON_SQLITE = pytest.mark.databases("sqlite")


def databases_of(item: pytest.Item) -> tuple[str, ...]:
    """What the test says itself goes before what its file says."""
    said = item.get_closest_marker("databases")
    return said.args if said else ALL
