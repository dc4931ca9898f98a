"""Why a file is not taken back as a kit, by name: the words stand in `tracker.progress.labels_kits`. Pure."""

from __future__ import annotations

from typing import Literal

Cause = Literal[
    "no-kit", "marked-workbook", "elsewhere", "altered", "old-template", "unknown", "other-unit", "columns-gone",
    "cells-changed", "twice", "several-tables", "nothing", "empty", "path", "too-large", "unreadable", "archive", "locked",
]  # fmt: skip


class Refused(Exception):
    """A file that is not taken back; `params` fill its words."""

    def __init__(self, cause: Cause, **params: str) -> None:
        super().__init__(cause)
        self.cause, self.params = cause, params
