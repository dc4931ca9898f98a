"""Every message of the source has its English, with the places that the Chinese has."""

from __future__ import annotations

import subprocess
import sys

from babel.messages.pofile import read_po

from tests.architecture.sources import ROOT

ENGLISH = ROOT / "translations/en/LC_MESSAGES/messages.po"


def test_no_english_ends_the_attribute_it_stands_in():
    """What is translated is markup as it stands: a straight quotation mark would end `aria-label="…"`; “ and ” do not."""
    with ENGLISH.open("rb") as file:
        assert [one.id for one in read_po(file) if one.id and '"' in "".join(one.string)] == []


def test_english_is_complete():
    checked = subprocess.run(
        [sys.executable, "tools/messages.py", "check"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert checked.returncode == 0, f"run `make translations`, then translate:\n{checked.stdout}{checked.stderr}"
