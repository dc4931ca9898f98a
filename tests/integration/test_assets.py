"""Static files as browsers get them: compressed, under a name that changes with them, kept for ever."""

from __future__ import annotations

import gzip

import pytest

from tests.support.databases import ON_SQLITE
from tracker.web.assets import STATIC, fingerprint

pytestmark = ON_SQLITE
NAME = "css/luoshi.css"


def test_a_text_comes_compressed_and_stays(client):
    address = f"/static/{NAME}?v={fingerprint(NAME)}"
    packed = client.get(address, headers={"Accept-Encoding": "gzip, br"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert packed.headers["Vary"] == "Accept-Encoding"
    assert packed.headers["Content-Type"].startswith("text/css")
    assert "immutable" in packed.headers["Cache-Control"]
    assert gzip.decompress(packed.data) == (STATIC / NAME).read_bytes()
    again = client.get(address, headers={"Accept-Encoding": "gzip", "If-None-Match": packed.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_who_cannot_unpack_gets_it_as_it_is(client):
    for accepted in ("", "identity", "gzip;q=0"):
        plain = client.get(f"/static/{NAME}", headers={"Accept-Encoding": accepted})
        assert "Content-Encoding" not in plain.headers
        assert plain.data == (STATIC / NAME).read_bytes()
        assert "immutable" not in plain.headers["Cache-Control"]
        plain.close()


@pytest.mark.parametrize("name", ["../app.py", "css/../../app.py", "css/none.css", "%2e%2e/app.py", "etc/passwd"])
def test_nothing_else_is_sent(client, name):
    assert client.get(f"/static/{name}", headers={"Accept-Encoding": "gzip"}).status_code == 404
