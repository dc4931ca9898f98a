"""Passwords: what a new one must be, and what is handed out."""

from __future__ import annotations

import os
import signal
import threading
from concurrent.futures import ThreadPoolExecutor

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


def test_a_process_hashes_one_password_at_a_time():
    """Each that hashes keeps 19 MiB: of eight people who sign in at once one at a time, in one thread."""
    stored = hash_password("春江潮水连海平海上明月")
    with ThreadPoolExecutor(8) as people:
        assert all(people.map(lambda _: verify_password(stored, "春江潮水连海平海上明月"), range(8)))
    hashing = [thread for thread in threading.enumerate() if thread.name.startswith("passwords")]
    assert len(hashing) == 1


def test_a_process_that_another_begot_hashes_by_itself():
    """The server loads the program once and splits then: threads stay behind."""
    stored = hash_password("春江潮水连海平海上明月")
    child = os.fork()
    if not child:
        signal.alarm(20)  # it would wait for ever for the thread of the other
        os._exit(0 if verify_password(stored, "春江潮水连海平海上明月") else 1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
