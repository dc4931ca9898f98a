"""Why a file is not taken back as a kit, by name: the words stand in `tracker.progress.labels_kits`. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

Cause = Literal[
    "no-kit", "no-workbook", "marked-workbook", "elsewhere", "altered", "old-template", "unknown", "other-unit", "columns-gone",
    "cells-changed", "twice", "several-tables", "nothing", "empty", "path", "too-large", "unreadable", "archive", "locked",
]  # fmt: skip


class Refused(Exception):
    """A file that is not taken back; `params` fill its words."""

    def __init__(self, cause: Cause, **params: str) -> None:
        super().__init__(cause)
        self.cause, self.params = cause, params

    @property
    def refusal(self) -> Refusal:
        return Refusal(self.cause, self.params)


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a file was refused, without words: whoever reads it later reads it in the language of their page."""

    code: str
    """A `Cause`; where `unread`, a code of `imports.wording` that says why the file cannot be read."""
    params: Mapping[str, str] = field(default_factory=dict)
    unread: bool = False

    def kept(self) -> dict[str, Any]:
        return {**asdict(self), "params": dict(self.params)}


def refusal_of(kept: Mapping[str, Any] | str) -> Refusal | str:
    """What `Refusal.kept` gave; files refused before it was kept so have their words."""
    return kept if isinstance(kept, str) else Refusal(**kept)
