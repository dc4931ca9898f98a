"""What is wrong with a book, and where: every problem of it, not only the first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tracker.assessment.scoring.wording import Sentence


@dataclass(frozen=True, slots=True)
class BookProblem:
    """`path` leads to the place as a reader of the JSON would write it: `facts[3].mark`; empty for the book itself."""

    path: str
    message: Sentence


class FaultyBook(Exception):
    """The book cannot be scored; `problems` names every place, in the order of the book where it has one."""

    def __init__(self, problems: Iterable[BookProblem]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(f"{problem.path}: {problem.message}" for problem in self.problems))


class Problems:
    """Collects problems while a book is read; equal ones count once."""

    def __init__(self) -> None:
        self._found: dict[BookProblem, None] = {}

    def add(self, path: str, template: str, /, **parts: str) -> None:
        self._found.setdefault(BookProblem(path, Sentence(template, **parts)))

    def __bool__(self) -> bool:
        return bool(self._found)

    def raise_any(self) -> None:
        """Raises FaultyBook where anything was found."""
        if self._found:
            raise FaultyBook(self._found)
