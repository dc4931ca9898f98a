"""What is recorded can be said in English: acts and names of fields are in the catalogue."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from babel.messages.pofile import read_po

from tests.architecture.sources import ROOT, floor

CATALOGUE = ROOT / "translations/en/LC_MESSAGES/messages.po"


def _recorded() -> Iterator[tuple[str, str]]:
    """(place, word) of every act and every field that a call of `record` spells out."""
    for source in floor("service"):
        for node in ast.walk(source.tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "record":
                place = f"{source.path}:{node.lineno}"
                yield from ((place, word) for word in _said(node))


def _said(call: ast.Call) -> Iterator[str]:
    if call.args:
        choices = [call.args[0].body, call.args[0].orelse] if isinstance(call.args[0], ast.IfExp) else [call.args[0]]
        yield from (one.value for one in choices if isinstance(one, ast.Constant))
    for keyword in call.keywords:
        if keyword.arg in {"changes", "detail"} and isinstance(keyword.value, ast.Dict):
            yield from (key.value for key in keyword.value.keys if isinstance(key, ast.Constant))


def test_every_recorded_word_has_its_english():
    with CATALOGUE.open("rb") as file:
        english = read_po(file)
    said = list(_recorded())
    assert len(said) > 60
    without = sorted(
        {f"{place}: {word}" for place, word in said if not (english.get(word) and english.get(word).string)}
    )
    assert not without, "add them to tracker/audit/words.py and translate them:\n" + "\n".join(without)
