"""What every test shares, the pure ones too: nothing here imports the application."""

from __future__ import annotations

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
