"""Writing drafts: receiving a document, correcting what was read, settling findings, naming units, adopting."""

from __future__ import annotations

from tracker.drafts.service.adopting import (
    JOB_ADOPT,
    Adoption,
    Terms,
    adopt,
    facts_of,
    import_and_adopt,
    new_tasks,
    refuse_unready,
    start_adopting,
)
from tracker.drafts.service.arranging import merge_up, move, split
from tracker.drafts.service.bulk import JOB_MANY, Bulk, correct_many, start_correcting
from tracker.drafts.service.choosing import accept_certain, choose, forget_choice
from tracker.drafts.service.correcting import add_task, correct_field, correct_header, remove_task, restore_task
from tracker.drafts.service.creating import create_and_choose
from tracker.drafts.service.opening import open_draft
from tracker.drafts.service.presence import be_here
from tracker.drafts.service.receiving import (
    Document,
    discard,
    end_waiting,
    pasted_document,
    receive,
    receive_now,
    understood_at_once,
    understood_waiting,
)
from tracker.drafts.service.remembering import forget
from tracker.drafts.service.renewing import read_anew
from tracker.drafts.service.rereading import JOB_AGAIN, Reread, end_reading, start_lay_out, understood_again
from tracker.drafts.service.revising import close_revision, pair, revise, unpair
from tracker.drafts.service.settling import accept_finding, reopen_finding
from tracker.drafts.service.taking_in import Choices, take_in
from tracker.drafts.service.taking_later import JOB_TAKE, start_taking_in, taken_at, understood_returned
from tracker.drafts.service.undoing import JOB_UNDO, undo_act, undo_field, undo_last
from tracker.drafts.service.workbooks import ask_workbook, drop_workbook, receive_workbook

__all__ = [
    "JOB_ADOPT", "JOB_AGAIN", "JOB_MANY", "JOB_TAKE", "JOB_UNDO", "Adoption", "Bulk", "Choices", "Document", "Reread", "Terms",
    "accept_certain", "accept_finding", "add_task", "adopt", "ask_workbook", "be_here", "choose", "close_revision",
    "correct_field", "correct_header", "correct_many", "create_and_choose", "discard", "drop_workbook",
    "end_reading", "end_waiting", "facts_of", "forget", "forget_choice", "import_and_adopt", "merge_up", "move",
    "new_tasks", "open_draft", "pair", "pasted_document", "read_anew", "receive", "receive_now", "receive_workbook",
    "refuse_unready", "remove_task", "reopen_finding", "restore_task", "revise", "split", "start_adopting", "start_correcting",
    "start_lay_out", "start_taking_in", "take_in", "taken_at", "understood_again", "understood_at_once",
    "understood_returned", "understood_waiting", "undo_act", "undo_field", "undo_last", "unpair",
]  # fmt: skip
