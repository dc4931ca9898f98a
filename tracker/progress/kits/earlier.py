"""What files of the same kit have brought before: a file that goes on from one of them, and one filled in beside it. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

Said = Mapping[int, Mapping[str, str]]
"""Report → what a file says there, by the key of its cells; only of cells that it changed."""


@dataclass(frozen=True, slots=True)
class Earlier:
    """Report → cells, by their keys."""

    settled: dict[int, dict[str, str]] = field(default_factory=dict)
    """Of files that this one goes on from: what it says now is a further change of that."""
    known: dict[int, dict[str, frozenset[str]]] = field(default_factory=dict)
    """Of files filled in beside this one, by somebody else: the same said once more is no change, anything else a second
    answer to what was given out."""


def earlier(theirs: Said, before: Iterable[Said]) -> Earlier:
    """`before`: what was dealt with of each file that came before, in that order."""
    found = Earlier()
    for said in before:
        goes_on = _goes_on(theirs, said)
        for report, texts in said.items():
            settled, known = found.settled.setdefault(report, {}), found.known.setdefault(report, {})
            for key, text in texts.items():
                known[key] = known.get(key, frozenset()) | {text}
                if goes_on:
                    settled[key] = text
                else:
                    settled.pop(key, None)
    return found


def _goes_on(theirs: Said, said: Said) -> bool:
    """Whether a file was made from another one: all that was filled in there is filled in here, some of it as it was."""
    pairs = [(theirs.get(report, {}).get(key), text) for report, texts in said.items() for key, text in texts.items()]
    return all(now is not None for now, _text in pairs) and any(now == text for now, text in pairs)
