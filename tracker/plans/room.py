"""Registers the plans room with the application."""

from __future__ import annotations

from flask import Flask

from tracker.plans import models


def register(app: Flask) -> None:
    assert models
    del app
