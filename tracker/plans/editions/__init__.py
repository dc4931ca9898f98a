"""Two editions of a document, clause by clause. Pure: no Flask, no database."""

from __future__ import annotations

from tracker.plans.editions.compare import KINDS, Change, Comparison, compare
from tracker.plans.editions.item import Item
from tracker.plans.editions.pairing import Pins

__all__ = ["KINDS", "Change", "Comparison", "Item", "Pins", "compare"]
