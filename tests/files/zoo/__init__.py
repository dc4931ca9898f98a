"""Documents of invented cities in the shapes that governments print, each with what a careful official would read in it.

Every module but `shapes` (how a document is printed) and `wanted` (how it is judged) holds `CASES`.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from pkgutil import iter_modules

from tests.files.zoo.wanted import Case


def cases() -> Iterator[Case]:
    for module in iter_modules(__path__):
        if module.name not in {"shapes", "wanted"}:
            yield from import_module(f"{__name__}.{module.name}").CASES
