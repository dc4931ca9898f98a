"""Pages that a browser saved as one file (.mht): the page is read, whatever the name, and its pictures are left alone."""

from __future__ import annotations

import binascii
from collections.abc import Callable

import pytest

from tests.unit.imports.readers.help import codes, read, refusal, texts

SAVED = """From: <Saved by Blink>
Subject: =?utf-8?Q?=E6=B8=85=E5=8D=95?=
MIME-Version: 1.0
Content-Type: multipart/related; type="text/html"; boundary="----Boundary--abc"

------Boundary--abc
Content-Type: {type}
Content-Transfer-Encoding: {encoding}
Content-Location: http://www.example.gov.cn/list.html

{body}
------Boundary--abc
Content-Type: image/png
Content-Transfer-Encoding: base64

iVBORw0KGgo=
------Boundary--abc--
"""
ARTICLE = "<html><body><p>一、新建公厕12座。</p></body></html>"


@pytest.mark.parametrize(
    ("charset", "encoding", "encode"),
    [("utf-8", "quoted-printable", binascii.b2a_qp), ("gb18030", "base64", binascii.b2a_base64)],
)
@pytest.mark.parametrize("name", ["list.mht", "list.html"])
def test_the_page_is_read(name: str, charset: str, encoding: str, encode: Callable[[bytes], bytes]) -> None:
    body = encode(ARTICLE.encode(charset)).decode("ascii")
    document = read(SAVED.format(type=f'text/html; charset="{charset}"', encoding=encoding, body=body), name)
    assert texts(document) == ["一、新建公厕12座。"]
    assert codes(document) == []


@pytest.mark.parametrize(("kind", "code"), [("image/gif", "kind-web-archive"), ("text/html", "damaged")])
def test_one_without_a_sound_page_is_refused(kind: str, code: str) -> None:
    assert refusal(SAVED.format(type=kind, encoding="base64", body="a"), "list.mht") == code
