"""The shape of one wording: how a problem is said, in Chinese source text."""

from __future__ import annotations

from typing import Literal, NamedTuple

Severity = Literal["error", "warning", "note"]


class Wording(NamedTuple):
    """`message` and `hint` with `{name}` places. An error blocks adopting, a warning asks, a note informs."""

    severity: Severity
    message: str
    hint: str
    """What to do next, in the person's words."""


def N_(text: str) -> str:
    """Marks a text for the message catalogues; it is translated where it is shown."""
    return text
