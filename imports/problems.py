"""What reading a document has to say: problems with their place, and the error of a document that cannot be read.

Wording lives in `imports/wording/`, once, by code; a problem carries only its code, its places and its parameters, so
that a page can say it in either language and equal problems can fold into one line with many places.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from imports.wording import CATALOGUE
from imports.wording.wording import Severity, Wording


@dataclass(frozen=True, slots=True)
class Problem:
    code: str
    locators: tuple[str, ...] = ()
    params: Mapping[str, str] = field(default_factory=dict)
    follows_from: str | None = None
    """Code of the problem that this one only follows from: hidden behind it where both stand at one place."""

    @property
    def severity(self) -> Severity:
        return wording_of(self.code).severity

    @property
    def message(self) -> str:
        return wording_of(self.code).message.format_map(self.params)

    @property
    def hint(self) -> str:
        return wording_of(self.code).hint.format_map(self.params)

    def as_json(self) -> dict[str, object]:
        return {
            "severity": self.severity,
            "code": self.code,
            "locators": list(self.locators),
            "message": self.message,
            "hint": self.hint,
        }


class UnreadableDocument(Exception):
    """The document cannot be read at all. `str(error)` is one line that names the cause and the remedy."""

    def __init__(self, code: str, **params: str) -> None:
        self.problem = Problem(code, params=params)
        super().__init__(f"{self.problem.message}{self.problem.hint}")


def wording_of(code: str) -> Wording:
    """Raises KeyError for a code that no catalogue words: a fault of the program, never of a document."""
    return CATALOGUE[code]
