"""Evidence files (佐证材料): what a file is, told by its content and never by its name. Nothing is unpacked or decoded.

Standard library only. A file is looked at by its first and last bytes, so that one of any size costs the same.
"""

from __future__ import annotations

import re
import struct
import unicodedata
from dataclasses import dataclass
from typing import BinaryIO

from tracker.web.downloads import bare_name

LARGEST = 50 << 20
"""Bytes of one file."""
MOST_FILES = 30
"""Files of one version of a return."""
LARGEST_PICTURE = 100_000_000
"""Pixels: more is a trap for whoever opens it."""
SHOWN = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})
"""Pictures that every browser shows, and turns as the camera was held."""
LARGEST_SHOWN = 8 << 20
"""Bytes up to which a picture is shown small beside its name: a page of reports is read on telephones, too."""
NAME_LENGTH = 200
HEAD, TAIL = 1 << 16, 1 << 20


@dataclass(frozen=True, slots=True)
class Kind:
    media_type: str
    extensions: tuple[str, ...]


def is_shown(media_type: str, size: int) -> bool:
    """Whether a file is shown as a small picture."""
    return media_type in SHOWN and size <= LARGEST_SHOWN


class RefusedFile(Exception):
    """`cause`: `empty`, `large`, `unknown`, `program`, `page`, `macro`, `locked`, `picture`; `virus` and `unscanned`, where
    a scanner is asked."""

    def __init__(self, cause: str) -> None:
        super().__init__(cause)
        self.cause = cause


PDF = Kind("application/pdf", (".pdf",))
ZIP = Kind("application/zip", (".zip",))
TEXT = Kind("text/plain", (".txt", ".csv", ".md", ".json", ".log"))
OFFICE = "application/vnd.openxmlformats-officedocument."
OLE = Kind("application/x-ole-storage", (".doc", ".xls", ".ppt", ".wps", ".et", ".dps"))

_PICTURES = (
    (b"\x89PNG\r\n\x1a\n", Kind("image/png", (".png",))),
    (b"\xff\xd8\xff", Kind("image/jpeg", (".jpg", ".jpeg"))),
    (b"GIF87a", Kind("image/gif", (".gif",))),
    (b"GIF89a", Kind("image/gif", (".gif",))),
)
_OTHERS = (
    (b"Rar!\x1a\x07", Kind("application/vnd.rar", (".rar",))),
    (b"7z\xbc\xaf\x27\x1c", Kind("application/x-7z-compressed", (".7z",))),
    (b"ID3", Kind("audio/mpeg", (".mp3",))),
    (b"\x1aE\xdf\xa3", Kind("video/webm", (".webm", ".mkv"))),
)
_HEIC = Kind("image/heic", (".heic", ".heif"))
_BRANDS = {
    b"qt  ": Kind("video/quicktime", (".mov",)),
    b"M4A ": Kind("audio/mp4", (".m4a",)),
    **dict.fromkeys((b"heic", b"heix", b"heim", b"heis", b"hevc", b"mif1", b"msf1"), _HEIC),
}
"""Of files that begin with `ftyp` (ISO 14496-12, 23008-12): what their first brand says; telephones take pictures in HEIC."""
_PROGRAMS = (b"MZ", b"\x7fELF", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe", b"\xfe\xed\xfa\xce", b"#!")
_PAGE = re.compile(
    rb"<(?:!doctype|html|head|body|script|svg|iframe|\?xml|\?php|\?mso|table|meta|form)[\s>!?]", re.IGNORECASE
)
_OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED, _VBA = "EncryptedPackage".encode("utf-16-le"), "_VBA_PROJECT".encode("utf-16-le")


def sniff(stream: BinaryIO) -> Kind:
    """What a file is. Raises RefusedFile for what may not be kept."""
    size = stream.seek(0, 2)
    if not size:
        raise RefusedFile("empty")
    if size > LARGEST:
        raise RefusedFile("large")
    stream.seek(0)
    head = stream.read(HEAD)
    stream.seek(max(0, size - TAIL))
    tail = stream.read(TAIL)
    stream.seek(0)
    return _kind(head, tail)


def _kind(head: bytes, tail: bytes) -> Kind:
    if head.startswith(_PROGRAMS):
        raise RefusedFile("program")
    if b"%PDF-" in head[:1024] and not _PAGE.search(head[:1024]):
        return PDF
    picture = _picture(head)
    if picture is not None:
        return picture
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _package(head, tail)
    if head.startswith(_OLE_MAGIC):
        return _ole(head, tail)
    for magic, kind in _OTHERS:
        if head.startswith(magic):
            return kind
    return _media(head) or _text(head)


def _picture(head: bytes) -> Kind | None:
    for magic, kind in _PICTURES:
        if head.startswith(magic):
            _refuse_huge(_extent(kind.media_type, head))
            return kind
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return Kind("image/webp", (".webp",))
    if head[:2] == b"BM" and len(head) > 30 and b"\0" in head[:32]:
        width, height = struct.unpack_from("<ii", head, 18)
        _refuse_huge((abs(width), abs(height)))
        return Kind("image/bmp", (".bmp",))
    return None


def _refuse_huge(extent: tuple[int, int]) -> None:
    if extent[0] * extent[1] > LARGEST_PICTURE:
        raise RefusedFile("picture")


def _extent(media_type: str, head: bytes) -> tuple[int, int]:
    """Width and height as the head declares them; (0, 0) where it does not."""
    if media_type == "image/png" and len(head) >= 24:
        return struct.unpack_from(">II", head, 16)
    if media_type == "image/gif" and len(head) >= 10:
        return struct.unpack_from("<HH", head, 6)
    return _jpeg_extent(head) if media_type == "image/jpeg" else (0, 0)


def _jpeg_extent(head: bytes) -> tuple[int, int]:
    at = 2
    while at + 9 < len(head) and head[at] == 0xFF:
        marker = head[at + 1]
        if 0xC0 <= marker <= 0xCF and marker not in {0xC4, 0xC8, 0xCC}:
            height, width = struct.unpack_from(">HH", head, at + 5)
            return width, height
        at += 2 + int(struct.unpack_from(">H", head, at + 2)[0])
    return 0, 0


def _package(head: bytes, tail: bytes) -> Kind:
    """A ZIP, or a document that is one: told by the names in its directory, which are only looked for, never used."""
    names = tail + head
    if b"vbaProject.bin" in names:
        raise RefusedFile("macro")
    if b"[Content_Types].xml" in names:
        for folder, kind in (
            (b"word/", Kind(OFFICE + "wordprocessingml.document", (".docx",))),
            (b"xl/", Kind(OFFICE + "spreadsheetml.sheet", (".xlsx",))),
            (b"ppt/", Kind(OFFICE + "presentationml.presentation", (".pptx",))),
        ):
            if folder in names:
                return kind
    if b"OFD.xml" in names:
        return Kind("application/ofd", (".ofd",))
    opened = head[30:120]
    if b"mimetypeapplication/vnd.oasis.opendocument" in opened:
        return Kind("application/vnd.oasis.opendocument.text", (".odt", ".ods", ".odp"))
    return ZIP


def _ole(head: bytes, tail: bytes) -> Kind:
    if _ENCRYPTED in head or _ENCRYPTED in tail:
        raise RefusedFile("locked")
    if _VBA in head or _VBA in tail:
        raise RefusedFile("macro")
    return OLE


def _media(head: bytes) -> Kind | None:
    if head[4:8] == b"ftyp":
        return _BRANDS.get(head[8:12], Kind("video/mp4", (".mp4",)))
    if head[:4] == b"RIFF" and head[8:12] in {b"AVI ", b"WAVE"}:
        return Kind("video/x-msvideo", (".avi",)) if head[8:12] == b"AVI " else Kind("audio/wav", (".wav",))
    return None


def _text(head: bytes) -> Kind:
    if _PAGE.search(head):
        raise RefusedFile("page")
    for encoding in ("utf-8-sig", "gb18030", "utf-16"):
        if encoding == "utf-16" and head[:2] not in {b"\xff\xfe", b"\xfe\xff"}:
            continue
        try:
            words = head[: len(head) - 4 if len(head) == HEAD else None].decode(encoding)
        except UnicodeDecodeError as error:
            if error.start < len(head) - 4 or len(head) < HEAD:
                continue
            words = head[: error.start].decode(encoding)
        if not any(unicodedata.category(one) == "Cc" and one not in "\t\r\n\f" for one in words):
            return TEXT
    raise RefusedFile("unknown")


def shown_name(given: str | None, kind: Kind) -> str:
    """The name a file is shown by: data, never a path. Folders, control and direction signs are taken away.

    A name without an ending gets that of its kind; one that is too long is cut before its ending.
    """
    words = bare_name(given).strip(".").strip()
    stem, dot, ending = words.rpartition(".")
    if not dot or not stem or len(ending) > 8:
        stem, ending = words, kind.extensions[0][1:]
    return f"{(stem or 'evidence')[: NAME_LENGTH - len(ending) - 1]}.{ending}"
