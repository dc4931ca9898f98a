"""Files that are sent: always as an attachment, the name as data (RFC 6266), in characters that a header may hold."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import quote

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

ZIP = "application/zip"

_UNSEEN = re.compile("[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]")


def bare_name(given: str | None) -> str:
    """The name of a file that somebody sent: data, never a path. Folders, control and direction signs are taken away."""
    words = _UNSEEN.sub("", unicodedata.normalize("NFC", given or ""))
    return re.split(r"[/\\]", words)[-1].strip()


def attachment(name: str, *, plain: str = "file") -> dict[str, str]:
    """Headers for a download named `name`; `plain` is what a reader that knows no `filename*` shows."""
    ascii_name = re.sub(r"[^A-Za-z0-9._-]", "_", plain)
    return {
        "Content-Disposition": f"attachment; filename=\"{ascii_name}\"; filename*=UTF-8''{quote(name, safe='')}",
        "X-Content-Type-Options": "nosniff",
    }


def kept_file(name: str, size: int) -> dict[str, str]:
    """Headers for a file that somebody sent us: an attachment that no browser runs, whatever it holds."""
    return {
        **attachment(name, plain=f"evidence.{name.rpartition('.')[2]}"),
        "Content-Length": str(size),
        "Content-Security-Policy": "default-src 'none'; sandbox",
    }
