"""What leaves the application: letters, signed calls, and to whom nothing is ever sent."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from email import message_from_bytes
from email.policy import default
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from tracker.reminders.channels import robots
from tracker.reminders.channels.mail import letter
from tracker.reminders.channels.outcome import Undelivered
from tracker.reminders.channels.robots import LONGEST, Message, cut, is_allowed, tell_robot

AT = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
HOSTS = frozenset({"127.0.0.1", "qyapi.weixin.qq.com"})
MESSAGE = Message("digest:2026-03-02:robot:1", "【落实】今天", "■ 逾期 1 项")


def test_a_second_copy_of_a_letter_is_known_by_its_id():
    made = [letter("digest:2026-03-02:person:7", "ma@example.cn", "【落实】提醒", "正文", sender="落实 <luoshi@duban.example>", at=AT)
            for _ in range(2)]  # fmt: skip
    other = letter(
        "digest:2026-03-03:person:7", "ma@example.cn", "【落实】提醒", "正文", sender="luoshi@duban.example", at=AT
    )
    assert made[0]["Message-ID"] == made[1]["Message-ID"] != other["Message-ID"]
    assert made[0]["Message-ID"].endswith("@duban.example>")
    assert "=?utf-8?" in made[0].as_string()
    assert made[0].get_content().strip() == "正文"


@pytest.mark.parametrize("lines", [1, 3, 40])
def test_a_letter_is_written_so_that_every_mail_server_passes_it_on(lines):
    """Of seven bits and short lines: one that does not offer 8BITMIME may garble or refuse the others (RFC 6152)."""
    body = "\n".join("■ 逾期　2026-11-30　市教育局：4 技能培训" for _line in range(lines))
    made = letter("digest:1", "ma@example.cn", "【落实】提醒", body, sender="落实 <luoshi@duban.example>", at=AT)
    written = made.as_bytes()
    assert written.isascii()
    assert max(map(len, written.splitlines())) <= 78
    assert message_from_bytes(written, policy=default).get_content() == f"{body}\n"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=1", True),
        ("http://127.0.0.1:8080/hook", True),
        ("https://qyapi.weixin.qq.com.evil.example/x", False),
        ("https://qyapi.weixin.qq.com@evil.example/x", False),
        ("https://user@qyapi.weixin.qq.com/x", False),
        ("ftp://127.0.0.1/x", False),
        ("file:///etc/passwd", False),
        ("https://[broken/x", False),
        ("", False),
    ],
)
def test_only_hosts_that_were_named_are_called(url, expected):
    assert is_allowed(url, HOSTS) is expected
    if not expected:
        with pytest.raises(Undelivered, match="REMINDER_HOSTS") as refused:
            tell_robot("webhook", url, "", MESSAGE, hosts=HOSTS, at=AT)
        assert not refused.value.perhaps


def test_a_long_text_is_cut_between_characters():
    text = cut("督" * 1000, LONGEST["wecom"])
    assert len(text.encode()) <= LONGEST["wecom"]
    assert text.endswith("督…")
    assert cut("督办", 6) == "督办"


def test_a_long_digest_ends_with_a_whole_line():
    lines = [f"■ 逾期　2026-03-20　市财政局：任务{number}" for number in range(100)]
    found = cut("\n".join(lines), LONGEST["wecom"]).split("\n")
    assert len("\n".join(found).encode()) <= LONGEST["wecom"]
    assert found[-1] == "……"
    assert found[:-1] == lines[: len(found) - 1]
    assert len(found) > 30


class _Robot(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.seen.append((self.path, dict(self.headers), json.loads(body)))
        status, answer = self.server.answers.pop(0)
        self.send_response(status)
        if status == 302:
            self.send_header("Location", "/elsewhere")
        if self.server.promised:
            self.send_header("Content-Length", str(self.server.promised))
        self.end_headers()
        self.server.given = 0
        try:
            for byte in answer:
                self.wfile.write(bytes([byte]))
                self.server.given += 1
                self.server.stop.wait(self.server.pause)
        except OSError:
            pass
        self.server.gone.set()

    def log_message(self, *_args: object) -> None:
        """Says nothing."""


@pytest.fixture
def robot() -> Iterator[HTTPServer]:
    """A server that answers what is put in `answers`, and keeps what was posted in `seen`. It may say that an answer is
    longer (`promised`), or give it byte by byte (`pause`, seconds)."""
    server = HTTPServer(("127.0.0.1", 0), _Robot)
    server.seen, server.answers, server.promised, server.pause, server.given = [], [], 0, 0.0, 0
    server.stop, server.gone = threading.Event(), threading.Event()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server
    server.stop.set()
    server.shutdown()
    thread.join()
    server.server_close()


def url(robot: HTTPServer) -> str:
    return f"http://127.0.0.1:{robot.server_port}/send?access_token=1"


def test_dingtalk_is_signed_as_it_asks(robot):
    robot.answers.append((200, b'{"errcode": 0}'))
    tell_robot("dingtalk", url(robot), "SECabc", MESSAGE, hosts=HOSTS, at=AT)
    ((path, _headers, body),) = robot.seen
    assert body == {"msgtype": "text", "text": {"content": "【落实】今天\n■ 逾期 1 项"}}
    assert path.startswith("/send?access_token=1&timestamp=1772413200000&sign=")
    # HMAC-SHA256 of "1772413200000\nSECabc", worked out by openssl
    assert path.endswith("sign=Q9Fyfxo2OHGX0DG6%2BwFpYkbF1Q9QvgwC7n%2FOVQCqMnE%3D")


def test_a_webhook_is_told_the_key_and_the_signature(robot):
    robot.answers.append((204, b""))
    tell_robot("webhook", url(robot), "secret", MESSAGE, hosts=HOSTS, at=AT)
    ((_path, headers, body),) = robot.seen
    assert headers["Idempotency-Key"] == MESSAGE.key == body["key"]
    assert len(headers["X-Signature-Sha256"]) == 64


@pytest.mark.parametrize(
    ("status", "answer", "fault"),
    [(200, b'{"errcode": 93000, "errmsg": "invalid"}', "errcode 93000"), (200, b"<html>", "errcode <html>"),
     (500, b"", "HTTP 500"), (302, b"", "HTTP 302")],
)  # fmt: skip
def test_what_is_refused_says_so_and_no_other_address_is_tried(robot, status, answer, fault):
    robot.answers.append((status, answer))
    with pytest.raises(Undelivered) as refused:
        tell_robot("wecom", url(robot), "", MESSAGE, hosts=HOSTS, at=AT)
    assert (refused.value.fault, refused.value.perhaps) == (fault, False)
    assert len(robot.seen) == 1


@pytest.mark.parametrize("kind", ["wecom", "dingtalk"])
def test_an_answer_that_broke_off_leaves_open_whether_it_arrived(robot, kind):
    """The robot took the message and the line broke within its answer: told again, the group would read it twice."""
    robot.answers.append((200, b'{"errcode"'))
    robot.promised = 27
    with pytest.raises(Undelivered) as broken:
        tell_robot(kind, url(robot), "", MESSAGE, hosts=HOSTS, at=AT)
    assert broken.value.perhaps


@pytest.mark.parametrize("status", [502, 504])
def test_a_gateway_that_heard_nothing_from_behind_leaves_it_open(robot, status):
    robot.answers.append((status, b"<html>"))
    with pytest.raises(Undelivered) as refused:
        tell_robot("wecom", url(robot), "", MESSAGE, hosts=HOSTS, at=AT)
    assert (refused.value.fault, refused.value.perhaps) == (f"HTTP {status}", True)


def test_a_webhook_that_took_it_need_not_end_its_answer(robot):
    robot.answers.append((200, b"{"))
    robot.promised = 1_000
    tell_robot("webhook", url(robot), "", MESSAGE, hosts=HOSTS, at=AT)
    assert len(robot.seen) == 1


def test_an_answer_that_never_ends_is_not_waited_for(robot, monkeypatch):
    """It comes byte by byte, so that each is in time: all of it together has to be."""
    monkeypatch.setattr(robots, "ALTOGETHER", 0.2)
    robot.answers.append((200, b" " * 100))
    robot.pause = 0.05
    with pytest.raises(Undelivered) as broken:
        tell_robot("wecom", url(robot), "", MESSAGE, hosts=HOSTS, at=AT)
    assert broken.value.perhaps
    robot.gone.wait(10)
    assert robot.given < 100


def test_nobody_there_is_certain():
    with pytest.raises(Undelivered) as refused:
        tell_robot("wecom", "http://127.0.0.1:9/send", "", MESSAGE, hosts=HOSTS, at=AT)
    assert not refused.value.perhaps
