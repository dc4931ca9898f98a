"""Registers the units room with the application."""

from __future__ import annotations

from flask import Flask


def register(app: Flask) -> None:
    """The tree's pages belong to the admin room; nothing is registered here yet but the models."""
    del app
