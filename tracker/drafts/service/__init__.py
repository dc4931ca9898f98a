"""Writing drafts: receiving a document, correcting what was read, settling findings, naming units, adopting."""

from __future__ import annotations

from tracker.drafts.service.adopting import Adoption, adopt, import_and_adopt
from tracker.drafts.service.choosing import accept_certain, choose, create_and_choose, forget_choice
from tracker.drafts.service.correcting import add_task, correct_field, correct_header, remove_task, restore_task
from tracker.drafts.service.receiving import discard, read_waiting, receive, receive_pasted
from tracker.drafts.service.settling import accept_finding, reopen_finding
from tracker.drafts.service.undoing import undo_field, undo_last

__all__ = [
    "Adoption", "accept_certain", "accept_finding", "add_task", "adopt", "choose", "correct_field", "correct_header",
    "create_and_choose", "discard", "forget_choice", "import_and_adopt", "read_waiting", "receive", "receive_pasted",
    "remove_task", "reopen_finding", "restore_task", "undo_field", "undo_last",
]  # fmt: skip
