"""Values as the audit record keeps them: canonical JSON, the same whichever database gives them back. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any


def moment_text(at: datetime) -> str:
    """The moment as it is hashed: UTC to the microsecond, the same whichever database gave it back."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def plain(value: Any) -> Any:
    """A value as canonical JSON takes it: dates and decimals as text, never a float."""
    match value:
        case None | bool() | int() | str() if not isinstance(value, Enum):
            return value
        case Enum():
            return plain(value.value)
        case datetime():
            return moment_text(value)
        case Mapping():
            return {str(key): plain(item) for key, item in value.items()}
        case list() | tuple() | set() | frozenset():
            return [plain(item) for item in value]
        case Decimal():
            return format(value, "f")
    return value.isoformat() if isinstance(value, date) else str(value)
