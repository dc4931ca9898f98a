"""Where files are kept: by their SHA-256, under `STORAGE_DIR`; equal content is stored once. Names are never paths."""

from __future__ import annotations

import hashlib
import io
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

import fsspec
from flask import current_app

CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Stored:
    key: str
    sha256: str
    size: int


def is_key(text: str) -> bool:
    """Whether the text is a SHA-256 in hex."""
    return len(text) == 64 and all(character in "0123456789abcdef" for character in text)


def _place(key: str) -> tuple[fsspec.AbstractFileSystem, str]:
    if not is_key(key):
        raise ValueError("a storage key is a SHA-256 in hex")
    system, root = fsspec.core.url_to_fs(str(current_app.config["STORAGE_DIR"]))
    return system, f"{root}/{key[:2]}/{key}"


def save(stream: BinaryIO) -> Stored:
    """Keeps a stream's content; reads it once for its hash and once to store it."""
    sha, size = hashlib.sha256(), 0
    stream.seek(0)
    while chunk := stream.read(CHUNK):
        sha.update(chunk)
        size += len(chunk)
    key = sha.hexdigest()
    system, path = _place(key)
    if not system.exists(path):
        system.makedirs(path.rsplit("/", 1)[0], exist_ok=True)
        stream.seek(0)
        part = f"{path}.{secrets.token_hex(8)}.part"
        with system.open(part, "wb") as target:
            while chunk := stream.read(CHUNK):
                target.write(chunk)
        system.mv(part, path)
    return Stored(key, key, size)


def save_bytes(data: bytes) -> Stored:
    return save(io.BytesIO(data))


def load(key: str) -> bytes:
    """The whole content. Raises FileNotFoundError where it is not there."""
    system, path = _place(key)
    with system.open(path, "rb") as source:
        return bytes(source.read())


def stream(key: str) -> Iterator[bytes]:
    system, path = _place(key)
    with system.open(path, "rb") as source:
        while chunk := source.read(CHUNK):
            yield chunk


def keys() -> Iterator[str]:
    """The key of every file that is kept, in order."""
    system, root = fsspec.core.url_to_fs(str(current_app.config["STORAGE_DIR"]))
    names = (str(path).rpartition("/")[2] for path in (system.find(root) if system.exists(root) else ()))
    return iter(sorted(name for name in names if is_key(name)))
