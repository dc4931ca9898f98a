"""Registers the progress room with the application."""

from __future__ import annotations

from flask import Flask

from tracker.progress import models


def register(app: Flask) -> None:
    assert models
    del app
