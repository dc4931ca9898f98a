"""Marks on a person's own workbook (批注工作簿): put beside what is there, and taken off again without a trace."""

from reports.markup.marking import can_be_marked, mark_workbook, seal_workbook
from reports.markup.model import CHECKLIST_COLUMNS, SEAL, Anchor, Book, Item, Level, Place, Words
from reports.markup.unmarking import checklist_of, unmark_workbook

__all__ = [
    "CHECKLIST_COLUMNS", "SEAL", "Anchor", "Book", "Item", "Level", "Place", "Words", "can_be_marked", "checklist_of",
    "mark_workbook", "seal_workbook", "unmark_workbook",
]  # fmt: skip
