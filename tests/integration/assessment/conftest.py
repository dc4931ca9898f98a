"""The place of assessment's tests: a plan with its returns, a scheme in use."""

from __future__ import annotations

import pytest

from tests.support.scored import Scored, found_scored


@pytest.fixture
def scored(place, standing) -> Scored:
    return standing.begin(found_scored, place)
