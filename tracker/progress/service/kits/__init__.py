"""Offline return kits (离线填报包): given out, taken back, merged into drafts. Nothing of them is ever handed in by itself."""

from __future__ import annotations

from tracker.progress.apart import Sent
from tracker.progress.queries.kits import Made
from tracker.progress.service.kits.giving import (
    AT_ONCE,
    JOB_GIVE,
    archive_name,
    give,
    prepare,
    prepare_all,
    start_giving,
    wanted_of,
    write_archive,
)
from tracker.progress.service.kits.receiving import (
    JOB_RECEIVE,
    Looked,
    keep,
    look,
    opened_files,
    receive_waiting,
    start_receiving,
)
from tracker.progress.service.kits.taking import Choices, TakenIn, drop_kit, take_kit

__all__ = [
    "AT_ONCE", "JOB_GIVE", "JOB_RECEIVE", "Choices", "Looked", "Made", "Sent", "TakenIn", "archive_name", "drop_kit", "give",
    "keep", "look", "opened_files", "prepare", "prepare_all", "receive_waiting", "start_giving", "start_receiving", "take_kit",
    "wanted_of", "write_archive",
]  # fmt: skip
