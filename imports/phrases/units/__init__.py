"""Unit lists (责任单位): splitting, roles, prefixes that carry over, second names, open tails, collectives."""

from imports.phrases.units.grammar import UnitReading, parse_units
from imports.phrases.units.likeness import looks_like_units
from imports.phrases.units.notes import Note, take_notes

__all__ = ["Note", "UnitReading", "looks_like_units", "parse_units", "take_notes"]
