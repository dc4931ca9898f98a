"""Each code that a reader uses is worded, each wording is used, and its places are filled."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

import imports.readers
from imports.wording.reading import READING

SOURCES = "\n".join(path.read_text("utf-8") for path in Path(next(iter(imports.readers.__path__))).rglob("*.py"))
LITERALS = set(re.findall(r'"([a-z]+(?:-[a-z0-9]+)+|damaged|encrypted|macro|undecodable)"', SOURCES))

OF_THE_REVIEW = {"marked-workbook"}
"""Refused before any reader looks at the file."""


def test_every_wording_is_used() -> None:
    assert set(READING) - OF_THE_REVIEW <= LITERALS


def test_every_code_is_worded() -> None:
    used = set(re.findall(r'(?:UnreadableDocument|Problem)\(\s*"([a-z-]+)"', SOURCES))
    used |= set(re.findall(r'_note\("([a-z-]+)"', SOURCES))
    assert used
    assert used <= set(READING)


def test_messages_say_what_to_do_and_hints_take_no_places() -> None:
    for wording in READING.values():
        assert wording.message.endswith(("。", "”", "}"))
        assert wording.hint
        assert not [name for _, name, _, _ in Formatter().parse(wording.hint) if name]
