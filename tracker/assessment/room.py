"""Registers the assessment room with the application."""

from __future__ import annotations

from flask import Flask

from tracker.assessment.service import facts, runs, schemes

WRITES = (facts, runs, schemes)


def register(app: Flask) -> None:
    del app
