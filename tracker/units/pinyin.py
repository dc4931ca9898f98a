"""Names in pinyin: to sort by, and to find by their first letters.

The dictionary of phrases takes a third of a second and 40 MB to read, so it is read when a name is first spelled: most
processes never spell one.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import Any


@cache
def _dictionary() -> Any:
    return import_module("tracker.units.spelling")


def spelled(name: str) -> str:
    """`caizhengju` for 财政局; what is no Chinese character is left out."""
    found: str = _dictionary().spelled(name)
    return found


def initials(name: str) -> str:
    """`czj` for 财政局."""
    found: str = _dictionary().initials(name)
    return found
