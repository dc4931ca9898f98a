"""Writing drafts: receiving a document, correcting what was read, settling findings, naming units, adopting."""

from __future__ import annotations

from tracker.drafts.service.adopting import Adoption, adopt, import_and_adopt
from tracker.drafts.service.arranging import merge_up, move, split
from tracker.drafts.service.bulk import Bulk, correct_many
from tracker.drafts.service.choosing import accept_certain, choose, forget_choice
from tracker.drafts.service.correcting import add_task, correct_field, correct_header, remove_task, restore_task
from tracker.drafts.service.creating import create_and_choose
from tracker.drafts.service.presence import be_here
from tracker.drafts.service.receiving import discard, read_waiting, receive, receive_pasted
from tracker.drafts.service.rereading import Reread, lay_out
from tracker.drafts.service.settling import accept_finding, reopen_finding
from tracker.drafts.service.undoing import undo_field, undo_last

__all__ = [
    "Adoption", "Bulk", "Reread", "accept_certain", "accept_finding", "add_task", "adopt", "be_here", "choose", "correct_field",
    "correct_header", "correct_many", "create_and_choose", "discard", "forget_choice", "import_and_adopt", "lay_out", "merge_up",
    "move", "read_waiting", "receive", "receive_pasted", "remove_task", "reopen_finding", "restore_task", "split",
    "undo_field", "undo_last",
]  # fmt: skip
