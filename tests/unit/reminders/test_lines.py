"""A server that answers byte by byte, each in time: all of it together has to be, or the line is cut."""

from __future__ import annotations

import re
import socket
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from tests.support.trickle import Trickle
from tracker.reminders.channels import line, mail, robots
from tracker.reminders.channels.mail import letter, send_letter
from tracker.reminders.channels.outcome import Undelivered
from tracker.reminders.channels.robots import Message, tell_robot

AT = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
SAID = re.compile("对方 0.2 秒内没有答完")
MANY = 150
"""Bytes of an answer: three seconds of it, after which it would end well."""


@pytest.fixture
def server(monkeypatch) -> Iterator[Trickle]:
    monkeypatch.setattr(robots, "ALTOGETHER", 0.2)
    monkeypatch.setattr(mail, "ALTOGETHER", 0.2)
    with Trickle() as made:
        yield made


def call(server, kind="webhook", scheme="http"):
    message = Message("digest:2026-03-02:robot:1", "【落实】今天", "■ 逾期 1 项")
    url = f"{scheme}://127.0.0.1:{server.port}/send"
    tell_robot(kind, url, "", message, hosts=frozenset({"127.0.0.1"}), at=AT)


def write(server, security="none"):
    made = letter("digest:2026-03-02:person:7", "ma@example.cn", "提醒", "正文", sender="luoshi@duban.example", at=AT)
    settings = {
        "SMTP_HOST": "127.0.0.1",
        "SMTP_PORT": server.port,
        "SMTP_SECURITY": security,
        "SMTP_USER": "",
        "SMTP_PASSWORD": "",
    }
    send_letter(made, settings)


def was_cut(server, send, *, kind=""):
    with pytest.raises(Undelivered, match=SAID) as cut:
        send(server, kind) if kind else send(server)
    assert cut.value.perhaps, "nobody knows how far it came"
    assert 0 < server.given < MANY


@pytest.mark.parametrize("kind", ["webhook", "wecom"])
def test_heads_of_an_answer_that_come_byte_by_byte(server, kind):
    body = b'{"errcode": 0}'
    server.answers = [b"HTTP/1.1 200 OK\r\nX-Padding: " + b"x" * MANY + b"\r\n\r\n" + body]
    was_cut(server, call, kind=kind)


def test_an_answer_without_an_end_of_its_own(server):
    """Cut off it looks like one that ended: what was read of it says nothing."""
    server.answers = [b"HTTP/1.0 200 OK\r\n\r\n" + b" " * MANY + b'{"errcode": 0}']
    was_cut(server, call, kind="wecom")


@pytest.mark.parametrize("send", [lambda server: call(server, "webhook", "https"), lambda server: write(server, "tls")])
def test_a_secret_that_is_agreed_on_byte_by_byte(server, send):
    """The head of a record of sixteen thousand bytes, and then the record."""
    server.answers = [b"\x16\x03\x03\x40\x00\x02\x00\x3f\xfc\x03\x03" + b"\x00" * MANY]
    was_cut(server, send)


def test_a_mail_server_that_greets_byte_by_byte(server):
    server.greets, server.answers = True, [b"220 " + b"x" * MANY + b"\r\n", b"250 luoshi\r\n"]
    was_cut(server, write)


def test_a_mail_server_that_takes_a_letter_byte_by_byte(server):
    quick = [b"220 luoshi\r\n", b"250 luoshi\r\n", b"250 ok\r\n", b"250 ok\r\n", b"354 go on\r\n"]
    server.greets, server.slow, server.answers = (
        True,
        len(quick),
        [*quick, b"250-" + b"x" * MANY + b"\r\n250 taken\r\n"],
    )
    was_cut(server, write)


def test_a_letter_that_was_taken_is_delivered_however_the_farewell_goes(server):
    """Told otherwise it would be sent again."""
    quick = [b"220 luoshi\r\n", b"250 luoshi\r\n", b"250 ok\r\n", b"250 ok\r\n", b"354 go on\r\n", b"250 taken\r\n"]
    server.greets, server.slow, server.answers = True, len(quick), [*quick, b"221 " + b"x" * MANY + b"\r\n"]
    write(server)
    assert 0 < server.given < MANY


def test_a_host_is_reached_within_the_time_of_all(monkeypatch):
    """However many addresses it has: each is waited for, but none beyond the end."""
    waited = []

    class Silent(socket.socket):
        def connect(self, _address):
            waited.append(self.gettimeout())
            raise TimeoutError("timed out")

    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("192.0.2.1", 25))] * 3
    monkeypatch.setattr(line.socket, "getaddrinfo", lambda *_asked, **_more: found)
    monkeypatch.setattr(line.socket, "socket", Silent)
    moments = iter([100.0, 101.0, 108.0, 115.0])
    monkeypatch.setattr(line, "monotonic", lambda: next(moments))
    with line.Line(10.0) as made, pytest.raises(TimeoutError):
        made.reach("mail.duban.example", 25, 5.0)
    assert waited == [5.0, 2.0, 0.001]
