"""Rows that are filled into a shape: what is put in is escaped, and nothing in the shape is taken for a place."""

from __future__ import annotations

from datetime import date
from html import escape

from hypothesis import given, strategies as st
from markupsafe import Markup

from tracker.web.parts import SLOT, filled

TEXT = st.text(st.characters(blacklist_characters="\x1f", blacklist_categories=("Cs",)))


@given(TEXT, TEXT, st.lists(st.tuples(TEXT, st.integers(), TEXT)))
def test_every_value_is_escaped(before, after, rows):
    shape = Markup("<td>") + before + Markup("</td>") + SLOT + SLOT + SLOT + after
    said = [
        f"<td>{_safe(before)}</td>{_safe(first)}{number}{_safe(last)}{_safe(after)}" for first, number, last in rows
    ]
    assert filled(shape, rows) == "".join(said)


def _safe(text: str) -> str:
    return escape(text).replace("&quot;", "&#34;").replace("&#x27;", "&#39;")


def test_markup_stays_and_other_values_are_written():
    assert filled(SLOT + Markup("|") + SLOT + "%s", [(Markup("<b>"), date(2026, 3, 2))]) == "<b>|2026-03-02%s"
