"""Registers the assessment room with the application."""

from __future__ import annotations

from flask import Flask


def register(app: Flask) -> None:
    del app
