"""Passwords: argon2id, in each process one at a time (it takes 19 MiB), and what a new one must be."""

from __future__ import annotations

import os
import secrets
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

MINIMUM_LENGTH = 10
MAXIMUM_LENGTH = 128

_hasher = PasswordHasher(memory_cost=19 * 1024, time_cost=2, parallelism=1)

TOO_COMMON = frozenset(
    line.strip() for line in (Path(__file__).parent / "common_passwords.txt").read_text(encoding="utf-8").splitlines()
)


@cache
def _hashing(process: int) -> ThreadPoolExecutor:
    """The one thread of a process that hashes. It keeps its memory from one hash to the next: to be given 19 MiB anew by the
    system costs half as much as the hash, and every thread that hashes would keep its own."""
    return ThreadPoolExecutor(1, f"passwords of {process}")


def hash_password(password: str) -> str:
    return _hashing(os.getpid()).submit(_hasher.hash, password).result()


def verify_password(stored: str, password: str) -> bool:
    try:
        return _hashing(os.getpid()).submit(_hasher.verify, stored, password).result()
    except (VerificationError, InvalidHashError):
        return False


NOBODY = _hasher.hash("nobody signs in with this")
"""Verified where there is no such account, so that the answer takes as long."""


ONE_TIME_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without letters and digits that look alike on paper: the password is read out or written down once."""


def one_time_password(username: str) -> str:
    """A random password of 14 signs, 59 bits, in groups; good for one sign-in, since it must be changed there."""
    while True:
        groups = ("".join(secrets.choice(ONE_TIME_LETTERS) for _ in range(4)) for _ in range(3))
        password = "-".join(groups)
        if fault_of(password, username if len(username) > 2 else "") is None:
            return password


def fault_of(password: str, username: str) -> str | None:
    """What is wrong with a new password: `short`, `long`, `common`, `name`, or None.

    Length counts, composition does not (OWASP ASVS 5.0, 6.2.1, 6.2.4, 6.2.5, 6.2.9).
    """
    lowered = password.lower()
    if len(password) < MINIMUM_LENGTH:
        return "short"
    if len(password) > MAXIMUM_LENGTH:
        return "long"
    if lowered in TOO_COMMON or len(set(lowered)) < 4:
        return "common"
    if username and username.lower() in lowered:
        return "name"
    return None
