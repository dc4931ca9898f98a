"""The application without a database: its routes, roles and commands."""

from __future__ import annotations

import pytest
from flask import Flask

from app import create_app


@pytest.fixture(scope="session")
def application(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    folder = tmp_path_factory.mktemp("instance")
    return create_app({"TESTING": True, "INSTANCE_DIR": folder, "SECRET_KEY": "only for tests, never for people"})
