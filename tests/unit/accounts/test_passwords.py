"""Passwords: what a new one must be, and what is handed out."""

from __future__ import annotations

import pytest
from hypothesis import given, settings, strategies as st

from tracker.accounts.passwords import fault_of, hash_password, one_time_password, verify_password


@pytest.mark.parametrize(
    ("password", "fault"),
    [
        ("九个字的密码不够长", "short"),
        ("云" * 64 + "岫" * 65, "long"),
        ("aaaaaaaaaaaa", "common"),
        ("abababababab", "common"),
        ("1234567890", "common"),
        ("mazhiyuan-2026", "name"),
        ("MaZhiYuan-2026", "name"),
        ("春江潮水连海平海上明月", None),
        ("a phrase that is easy to keep", None),
    ],
)
def test_what_a_new_password_must_be(password: str, fault: str | None):
    assert fault_of(password, "mazhiyuan") == fault


@given(st.sampled_from(["reporter", "ma", "a", "云岫"]))
@settings(max_examples=20)
def test_a_password_that_is_handed_out_is_good_and_new(username: str):
    first, second = one_time_password(username), one_time_password(username)
    assert first != second
    assert fault_of(first, username if len(username) > 2 else "") is None
    assert not set(first) & set("il1o0")


def test_only_the_password_itself_fits():
    stored = hash_password("春江潮水连海平海上明月")
    assert stored.startswith("$argon2id$")
    assert verify_password(stored, "春江潮水连海平海上明月")
    assert not verify_password(stored, "春江潮水连海平海上明日")
    assert not verify_password("not a hash", "春江潮水连海平海上明月")
