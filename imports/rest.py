"""Python's collector of cycles kept at rest while a document is read."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collector_at_rest() -> Iterator[None]:
    """Reading makes many small objects and no cycles: walking them again and again costs a third of the time.

    Freezing and thawing puts what was made among the old objects at once; else the next allocation would walk it all.
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            if not gc.get_freeze_count():
                gc.freeze()
                gc.unfreeze()
            gc.enable()
