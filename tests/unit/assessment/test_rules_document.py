"""The document of the scoring rules knows every rule kind, by the name that evaluators read."""

from __future__ import annotations

import re
from pathlib import Path

from tracker.assessment.editing import PARAMETERS
from tracker.assessment.scoring.rules import KINDS
from tracker.assessment.words import KINDS as NAMES

DOCUMENT = (Path(__file__).resolve().parents[3] / "docs" / "scoring.md").read_text("utf-8")
SECTION = DOCUMENT.partition("## Rule kinds")[2].partition("\n## ")[0]
ROWS = [(found[1], found[2], found[3]) for found in re.finditer(r"^\| `(\w+)` ?(\S*) \|(.*)\|$", SECTION, re.MULTILINE)]


def test_each_kind_stands_there_once_with_its_name_and_once_with_an_example() -> None:
    assert [kind for kind, name, _ in ROWS if name] == list(KINDS)
    assert {kind: name for kind, name, _ in ROWS if name} == dict(NAMES)
    assert [kind for kind, name, _ in ROWS if not name] == list(KINDS)


def test_every_parameter_and_fact_field_is_told() -> None:
    for kind, name, said in ROWS:
        if name:
            for field in (*PARAMETERS[kind], *KINDS[kind].fact_fields):
                assert f"`{field}`" in said or field in said.split(), (kind, field)
