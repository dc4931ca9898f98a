"""Registers the drafts room with the application."""

from __future__ import annotations

from flask import Flask

from tracker.drafts import models


def register(app: Flask) -> None:
    assert models
    del app
