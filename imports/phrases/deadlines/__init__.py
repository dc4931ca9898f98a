"""Deadlines (完成时限): what running text, time cells and time notes say of when, and how often."""

from imports.phrases.deadlines.cells import parse_time_cell, time_clause
from imports.phrases.deadlines.grammar import parse_deadlines
from imports.phrases.deadlines.leftover import unread_times
from imports.phrases.deadlines.lines import in_one_line

__all__ = ["in_one_line", "parse_deadlines", "parse_time_cell", "time_clause", "unread_times"]
