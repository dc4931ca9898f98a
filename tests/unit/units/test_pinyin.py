"""Spelling of names, and that nobody pays for it who spells none."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tracker.units.pinyin import initials, spelled


def test_names_are_spelled_as_they_are_read():
    assert spelled("重庆路街道(2)") == "chongqinglujiedao"
    assert initials("长安区财政局") == "caqczj"


def test_the_application_starts_without_the_dictionary():
    code = "import sys, app; sys.exit('pypinyin' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize(
    ("name", "begins"),
    [
        ("曾都区财政局", "zengdu"), ("单县", "shan"), ("解放区", "jie"), ("解州镇", "hai"), ("仇池镇", "qiu"), ("任丘市", "ren"),
        ("区直机关", "qu"), ("重庆市", "chong"), ("长沙市", "chang"), ("长子县", "zhangzi"), ("长岭县", "changling"),
        ("乐山市", "leshan"), ("乐清市", "yueqing"), ("乐亭县", "laoting"), ("行唐县", "xing"), ("闵行区", "minhang"),
        ("六安市", "luan"), ("朝阳市", "chaoyang"), ("台州市", "taizhou"), ("会计局", "kuaiji"),
        ("长阳县", "changyang"), ("市长热线", "shizhang"), ("都昌县", "duchang"),
        ("花都区", "huadu"), ("什邡市", "shifang"), ("洪洞县", "hongtong"), ("会稽区", "kuaiji"),
    ],
)  # fmt: skip
def test_places_are_spelled_as_they_call_themselves(name: str, begins: str):
    assert spelled(name).startswith(begins)
