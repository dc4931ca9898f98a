"""Every message of the source has its English, with the places that the Chinese has."""

from __future__ import annotations

import subprocess
import sys

from tests.architecture.sources import ROOT


def test_english_is_complete():
    checked = subprocess.run(
        [sys.executable, "tools/messages.py", "check"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert checked.returncode == 0, f"run `make translations`, then translate:\n{checked.stdout}{checked.stderr}"
