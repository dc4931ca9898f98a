"""The place of assessment's tests: a plan with its returns, a scheme in use."""

from __future__ import annotations

import pytest

from tests.support.scored import Scored, found_scored


@pytest.fixture
def scored(place, writing) -> Scored:
    with writing():
        return found_scored(place)
