"""Spelling of names, and that nobody pays for it who spells none."""

from __future__ import annotations

import subprocess
import sys

from tracker.units.pinyin import initials, spelled


def test_names_are_spelled_as_they_are_read():
    assert spelled("重庆路街道(2)") == "chongqinglujiedao"
    assert initials("长安区财政局") == "caqczj"


def test_the_application_starts_without_the_dictionary():
    code = "import sys, app; sys.exit('pypinyin' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
