"""What a control found."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    OK = "ok"
    NOTE = "note"
    """Worth knowing; nothing has to be done."""
    WARNING = "warning"
    """Works, but should be seen to."""
    FAULT = "fault"
    """Does not work, or data are at risk."""


@dataclass(frozen=True, slots=True)
class Finding:
    control: str
    """A name that programs can rely on."""
    state: State
    text: str
    advice: str = ""
    """What to do, where something is to be done."""
