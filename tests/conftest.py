"""What every test shares, the pure ones too: nothing here imports the application."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile(
    "luoshi",
    max_examples=40,
    deadline=None,  # the machine is shared: a slow moment says nothing of the rule
    derandomize=True,  # the same examples every time: a red run is red for whoever repeats it
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
settings.load_profile("luoshi")

ORDER = (
    "tests/browser/test_pages.py",  # makes the city for all browsers while another process is at the unit tests
    "tests/unit", "tests/architecture",
    "tests/browser/test_journey.py", "tests/browser",
    "tests/integration/progress/test_survival.py", "tests/integration/reminders/test_survival.py",
)  # fmt: skip
"""What is begun first, so that of two processes neither waits for the other, and what takes long does not come last."""


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    def place(item: pytest.Item) -> int:
        return next((place for place, path in enumerate(ORDER) if item.nodeid.startswith(path)), len(ORDER))

    items.sort(key=place)
