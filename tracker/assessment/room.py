"""Registers the assessment room with the application."""

from __future__ import annotations

from flask import Flask

from tracker.assessment import models

TABLES = models.Base.metadata


def register(app: Flask) -> None:
    del app
