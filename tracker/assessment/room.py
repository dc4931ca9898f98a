"""Registers the assessment room with the application."""

from __future__ import annotations

from flask import Flask

from tracker.assessment import models


def register(app: Flask) -> None:
    del app, models
