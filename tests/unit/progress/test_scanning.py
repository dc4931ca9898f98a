"""What a virus scanner says of a file, over a line of its own."""

from __future__ import annotations

import io
import socketserver
import struct
import threading
from collections.abc import Iterator

import pytest

from tracker.progress.scanning import PIECE, Unscanned, virus_in


class Clamd(socketserver.StreamRequestHandler):
    """Speaks as clamd does: a command, pieces with their length, an empty one, then the verdict."""

    def handle(self) -> None:
        assert self.rfile.read(10) == b"zINSTREAM\0"
        content = b""
        while size := struct.unpack(">I", self.rfile.read(4))[0]:
            content += self.rfile.read(size)
        verdict = (
            b"Eicar FOUND" if b"virus" in content else b"OK" if content else b"INSTREAM size limit exceeded. ERROR"
        )
        self.wfile.write(b"stream: " + verdict + b"\0")


@pytest.fixture
def scanner() -> Iterator[str]:
    with socketserver.TCPServer(("127.0.0.1", 0), Clamd) as server:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield f"127.0.0.1:{server.server_address[1]}"
        server.shutdown()


@pytest.mark.parametrize(("content", "found"), [(b"clean" * PIECE, ""), (bytes(PIECE) + b"virus", "Eicar")])
def test_what_is_found_is_named(scanner, content, found):
    stream = io.BytesIO(content)
    stream.seek(3)
    assert (virus_in(stream, scanner), stream.tell()) == (found, 0)


def test_who_cannot_say_is_not_taken_for_clean(scanner):
    with pytest.raises(Unscanned, match="size limit"):
        virus_in(io.BytesIO(), scanner)
    with pytest.raises(Unscanned):
        virus_in(io.BytesIO(b"x"), "/nowhere/clamd.ctl")
