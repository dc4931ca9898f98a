"""What a file is, told by its content; and the name it is shown by."""

from __future__ import annotations

import ast
import io
import struct
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from tests.shared import SHARED, needs_shared
from tracker.progress.evidence import LARGEST, PDF, TEXT, RefusedFile, shown_name, sniff


def kind_of(data: bytes) -> str:
    return sniff(io.BytesIO(data)).media_type


def package(*names: str) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as made:
        for name in names:
            made.writestr(name, "x")
    return target.getvalue()


HOSTILE = (
    "image_bomb_40000x40000.png", "exe_as_xlsx.xlsx", "svg_script.png", "html_as_pdf.pdf", "html_as_xls.xls",
    "encrypted.xlsx", "macro.xlsm", "empty.xlsx", "zip_slip.zip", "zip_nul_name.zip", "garbage.xlsx", "filenames.txt",
    "pdf_javascript.pdf", "formula_injection.csv",
)  # fmt: skip

PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + struct.pack(">II", 640, 480) + b"\x08\x02\0\0\0"


@pytest.mark.parametrize(
    ("data", "media_type"),
    [
        (b"%PDF-1.7\n%\xe2\xe3", "application/pdf"),
        (PNG, "image/png"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF\0" + b"\0" * 20, "image/jpeg"),
        (b"GIF89a" + struct.pack("<HH", 10, 10) + b"\0" * 10, "image/gif"),
        (b"RIFF\x10\0\0\0WEBPVP8 " + b"\0" * 20, "image/webp"),
        (b"\0\0\0\x18ftypmp42" + b"\0" * 10, "video/mp4"),
        (b"\0\0\0\x18ftypM4A " + b"\0" * 10, "audio/mp4"),
        (b"\0\0\0\x24ftypheic\0\0\0\0mif1heic" + b"\0" * 10, "image/heic"),
        (b"\0\0\0\x24ftypmif1\0\0\0\0mif1heic" + b"\0" * 10, "image/heic"),
        (
            package("[Content_Types].xml", "word/document.xml"),
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ),
        (
            package("[Content_Types].xml", "xl/workbook.xml"),
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ),
        (package("OFD.xml", "Doc_0/Document.xml"), "application/ofd"),
        (package("照片/1.jpg"), "application/zip"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "application/x-ole-storage"),
        ("序号,单位\n1,市财政局\n".encode(), "text/plain"),
        ("序号,单位\n1,市财政局\n".encode("gb18030"), "text/plain"),
        ("目标".encode("utf-16"), "text/plain"),
    ],
)
def test_kinds(data, media_type):
    assert kind_of(data) == media_type


@pytest.mark.parametrize(
    ("data", "cause"),
    [
        (b"", "empty"),
        (b"MZ\x90\0", "program"),
        (b"\x7fELF\x02", "program"),
        (b"#!/bin/sh\n", "program"),
        (b"<!DOCTYPE html><script>alert(1)</script>", "page"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'>", "page"),
        (b"<html>%PDF-1.4", "page"),
        (b"\x01\x02\x03\x80\xff" * 20, "unknown"),
        (package("[Content_Types].xml", "xl/workbook.xml", "xl/vbaProject.bin"), "macro"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 100 + "EncryptedPackage".encode("utf-16-le"), "locked"),
        (PNG.replace(struct.pack(">II", 640, 480), struct.pack(">II", 40_000, 40_000)), "picture"),
    ],
)
def test_refused(data, cause):
    with pytest.raises(RefusedFile) as refused:
        sniff(io.BytesIO(data))
    assert refused.value.cause == cause


def test_too_large_is_told_by_its_length(tmp_path):
    with (tmp_path / "large").open("w+b") as file:
        file.truncate(LARGEST + 1)
        with pytest.raises(RefusedFile, match="large"):
            sniff(file)


@pytest.mark.parametrize(
    ("given_name", "shown"),
    [
        ("证明 材料.pdf", "证明 材料.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\Users\\文件.docx", "文件.docx"),
        ("a\u202efdp.exe", "afdp.exe"),
        ("x\r\nSet-Cookie: a=b.pdf", "xSet-Cookie: a=b.pdf"),
        ("", "evidence.pdf"),
        (None, "evidence.pdf"),
        ("...", "evidence.pdf"),
        ("长" * 400 + ".pdf", "长" * 196 + ".pdf"),
    ],
)
def test_names_are_data(given_name, shown):
    assert shown_name(given_name, PDF) == shown


@given(st.text(max_size=300))
def test_a_shown_name_is_never_a_path_nor_a_header(name):
    shown = shown_name(name, TEXT)
    assert 0 < len(shown) <= 200
    assert not set(shown) & set("/\\\r\n\0")
    assert shown not in {".", ".."}
    assert not any("\u202a" <= one <= "\u202e" for one in shown)


@needs_shared
def test_hostile_files_and_names(tmp_path: Path):
    """Every file gets a kind or a cause, quickly and without being opened; pictures too large and programs are refused."""
    assert SHARED is not None
    script = SHARED / "hostile/make_hostile.py"
    subprocess.run([sys.executable, script, tmp_path, *HOSTILE], check=True, capture_output=True)
    causes: dict[str, str] = {}
    for path in sorted(tmp_path.iterdir()):
        with path.open("rb") as file:
            try:
                causes[path.name] = sniff(file).media_type
            except RefusedFile as refused:
                causes[path.name] = refused.cause
    assert causes["exe_as_xlsx.xlsx"] == "program"
    assert causes["image_bomb_40000x40000.png"] == "picture"
    assert causes["svg_script.png"] == "page"
    assert causes["html_as_pdf.pdf"] == "page"
    assert causes["html_as_xls.xls"] == "page"
    assert causes["encrypted.xlsx"] == "locked"
    assert causes["macro.xlsm"] == "macro"
    assert causes["empty.xlsx"] == "empty"
    assert causes["zip_slip.zip"] == "application/zip"
    names = tmp_path / "filenames.txt"
    for line in names.read_text("utf-8").splitlines() if names.exists() else ():
        if line.strip() and not line.startswith("#"):
            shown = shown_name(str(ast.literal_eval(line)), PDF)
            assert not set(shown) & set("/\\\r\n\0"), line
