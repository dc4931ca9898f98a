"""Passwords: argon2id, at most two at a time in a process (each takes 19 MiB), and what a new one must be."""

from __future__ import annotations

import threading

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

MINIMUM_LENGTH = 10
MAXIMUM_LENGTH = 128

_hasher = PasswordHasher(memory_cost=19 * 1024, time_cost=2, parallelism=1)
_turns = threading.BoundedSemaphore(2)

TOO_COMMON = frozenset(
    """1234567890 0123456789 password12 password123 qwertyuiop administrator iloveyou123 abc1234567 1q2w3e4r5t
    1234567891 987654321 9876543210 aaaaaaaaaa 1111111111 0000000000 6666666666 8888888888 woaini1314 woaini520
    a123456789 admin12345 admin123456 admin@1234 zxcvbnm123 qwerty12345 passw0rd123 password1234 1qaz2wsx3edc
    12345678910 123456789a 5201314520 1314520520 letmein1234 welcome1234""".split()
)


def hash_password(password: str) -> str:
    with _turns:
        return _hasher.hash(password)


def verify_password(stored: str, password: str) -> bool:
    try:
        with _turns:
            return _hasher.verify(stored, password)
    except (VerificationError, InvalidHashError):
        return False


NOBODY = hash_password("nobody signs in with this")
"""Verified where there is no such account, so that the answer takes as long."""


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
