"""Every hostile file of the reference collection bounces off the readers as its manifest asks."""

from __future__ import annotations

import csv
import importlib.util
import re
import time
from types import ModuleType

import pytest

from imports.document import Document
from imports.problems import UnreadableDocument
from imports.readers import read_document
from tests.shared import SHARED, needs_shared

SECONDS = 20

pytestmark = needs_shared


def rows() -> list[dict[str, str]]:
    if SHARED is None:
        return []
    with (SHARED / "hostile" / "manifest.csv").open(encoding="utf-8", newline="") as source:
        return list(csv.DictReader(source))


@pytest.fixture(scope="module")
def maker() -> ModuleType:
    assert SHARED is not None
    spec = importlib.util.spec_from_file_location("make_hostile", SHARED / "hostile" / "make_hostile.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def solid(document: Document) -> str:
    cells = [cell for table in document.tables() for row in table.grid for cell in row]
    said = [f"{problem.message} {value}" for problem in document.problems for value in problem.params.values()]
    return re.sub(r"\s", "", "".join([*(item.text for item in document.paragraphs()), *cells, *said]))


def answer(data: bytes, name: str) -> tuple[Document | None, str]:
    """The document, or None where it was refused, with all that was said of it."""
    try:
        document = read_document(data, name)
    except UnreadableDocument as error:
        return None, str(error)
    return document, " ".join(f"{problem.code} {problem.message} {problem.hint}" for problem in document.problems)


@pytest.mark.parametrize("row", rows(), ids=lambda row: row["file"])
def test_hostile_file(row: dict[str, str], maker: ModuleType) -> None:
    name, allowed = row["file"], row["response"].split(" or ")
    data = maker.CASES[name]()
    begin = time.process_time()
    document, said = answer(data, name)
    assert time.process_time() - begin < SECONDS
    named = bool(row["names"]) and re.search(row["names"], said, re.IGNORECASE) is not None
    if document is None:
        assert "reject" in allowed, said
        assert named, said
        return
    assert "read" in allowed or ("warn" in allowed and named), said
    text = solid(document)
    assert "root:x:" not in text
    kept = {
        "formula_injection.csv": maker.INJECTIONS,
        "numbers_hostile.csv": maker.NUMBERS,
        "formula_injection.xlsx": [item for item in maker.INJECTIONS if item.isprintable()],
    }.get(name, [])
    assert [item for item in kept if re.sub(r"\s", "", item) not in text] == []
