"""What a person saw when they began to change it: the mark that a form carries, so that nothing is overwritten unseen."""

from __future__ import annotations

import hashlib
from typing import Any

from tracker.db import canonical_json


def seen_mark(value: Any) -> str:
    """A short mark of a JSON value: equal values, equal marks."""
    return hashlib.sha256(canonical_json(value).encode()).hexdigest()[:16]
