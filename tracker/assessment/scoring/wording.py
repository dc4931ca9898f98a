"""Sentences that are read in Chinese and can be said in another language later."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence


def N_(text: str) -> str:
    """Marks a text for the message catalogues; it is translated where it is shown."""
    return text


class Sentence(str):
    """A Chinese sentence that remembers its template and its named parts.

    It is a plain `str` wherever a `str` is wanted. A part may be a sentence itself.
    """

    __slots__ = ("parts", "template")

    template: str
    parts: Mapping[str, str]

    def __new__(cls, template: str, /, **parts: str) -> Sentence:
        sentence = super().__new__(cls, template % parts if parts else template)
        sentence.template = template
        sentence.parts = parts
        return sentence

    def translated(self, translate: Callable[[str], str]) -> str:
        """The sentence with its template, and those of its parts, passed through `translate` (gettext)."""
        template = translate(self.template)
        if not self.parts:
            return template
        return template % {name: translated(part, translate) for name, part in self.parts.items()}


def listed(parts: Sequence[str]) -> str:
    """The parts one after another, as the language sets them apart: 甲、乙、丙."""
    if not parts:
        return ""
    whole = parts[0]
    for part in parts[1:]:
        whole = Sentence(N_("%(before)s、%(next)s"), before=whole, next=part)
    return whole


def translated(text: str, translate: Callable[[str], str]) -> str:
    """A sentence translated; any other text as it is (names, numbers, formulas)."""
    return text.translated(translate) if isinstance(text, Sentence) else text
