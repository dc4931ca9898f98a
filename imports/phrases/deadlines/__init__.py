"""Deadlines (完成时限): what running text, time cells and time notes say of when, and how often."""

from imports.phrases.deadlines.grammar import parse_deadlines, parse_time_cell, time_clause

__all__ = ["parse_deadlines", "parse_time_cell", "time_clause"]
