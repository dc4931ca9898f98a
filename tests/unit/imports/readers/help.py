"""Short ways to what a test asks of a read document."""

from __future__ import annotations

import re

import pytest

from imports.document import Document, Table
from imports.problems import UnreadableDocument
from imports.readers import read_document


def read(data: bytes | str, name: str) -> Document:
    return read_document(data.encode() if isinstance(data, str) else data, name)


def table_of(document: Document) -> Table:
    """The only table."""
    (table,) = document.tables()
    return table


def texts(document: Document) -> list[str]:
    return [paragraph.text for paragraph in document.paragraphs()]


def codes(document: Document) -> list[str]:
    return [problem.code for problem in document.problems]


def places(document: Document, code: str) -> tuple[str, ...]:
    """All places at which a problem of this code stands."""
    return tuple(place for problem in document.problems if problem.code == code for place in problem.locators)


def refusal(data: bytes | str, name: str) -> str:
    """The code with which a document is refused; its text must be one line that goes on behind the cause."""
    with pytest.raises(UnreadableDocument) as caught:
        read(data, name)
    problem = caught.value.problem
    assert "\n" not in str(caught.value)
    assert problem.severity == "error"
    assert problem.message
    assert problem.hint
    return problem.code


def solid(text: str) -> str:
    """The characters that are not white space."""
    return re.sub(r"\s", "", text)


def everything(document: Document) -> str:
    """All texts of a document, problems included, without white space."""
    cells = [cell for table in document.tables() for row in table.grid for cell in row]
    said = [value for problem in document.problems for value in problem.params.values()]
    return solid("".join([*texts(document), *cells, *said]))
