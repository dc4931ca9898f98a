"""Robots of groups (企业微信、钉钉) and webhooks: one JSON document by POST, to hosts that the settings name and to no other."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection, IncompleteRead
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import quote_plus, urlsplit
from urllib.request import (
    HTTPHandler,
    HTTPRedirectHandler,
    HTTPSHandler,
    OpenerDirector,
    ProxyHandler,
    Request,
    build_opener,
)

from tracker.reminders.channels.line import Line
from tracker.reminders.channels.outcome import Undelivered

PATIENCE = 10.0
"""Seconds for each piece of an answer."""
ALTOGETHER = 20.0
"""Seconds for the whole of it, however the pieces come."""
LONGEST = {"wecom": 2_048, "dingtalk": 20_000}
"""Bytes of a text that the robot takes."""
READ_AT_MOST = 10_000
UNHEARD = frozenset({502, 504})
"""What a gateway answers that heard nothing, or nothing whole, from whoever took the message behind it."""


@dataclass(frozen=True, slots=True)
class Message:
    key: str
    subject: str
    body: str


class _Straight(HTTPRedirectHandler):
    """Goes nowhere else than to the address that was allowed."""

    def redirect_request(self, *_args: Any, **_more: Any) -> None:
        return None


class _Plain(HTTPConnection):
    line: Line

    def connect(self) -> None:
        self.sock = self.line.reach(self.host, self.port, PATIENCE)


class _Secure(HTTPSConnection, _Plain):
    """The same, secret from its first byte."""


class _Through(HTTPHandler, HTTPSHandler):
    """Over a line that is cut when its time is over."""

    def __init__(self, line: Line) -> None:
        super().__init__()
        self._line = line

    def http_open(self, req: Request) -> HTTPResponse:
        return self.do_open(partial(self._over, _Plain), req)

    def https_open(self, req: Request) -> HTTPResponse:
        return self.do_open(partial(self._over, _Secure), req)

    def _over(self, kind: type[_Plain], /, host: str, **how: Any) -> HTTPConnection:
        made = kind(host, **how)
        made.line = self._line
        return made


def is_allowed(url: str, hosts: Collection[str]) -> bool:
    """Whether the settings let something be sent there: http(s), and a host that they name."""
    try:
        parts = urlsplit(url)
        return parts.scheme in {"http", "https"} and (parts.hostname or "") in hosts and not parts.username
    except ValueError:
        return False


def tell_robot(kind: str, url: str, secret: str, message: Message, *, hosts: Collection[str], at: datetime) -> None:
    """Raises Undelivered: `perhaps` where no whole answer came."""
    if not is_allowed(url, hosts):
        raise Undelivered("REMINDER_HOSTS")
    if kind == "webhook":
        _post(url, _webhook(message), {"Idempotency-Key": message.key, **_signature(_webhook(message), secret)},
              reads=False)  # fmt: skip
        return
    address = f"{url}&{_signed(secret, at)}" if kind == "dingtalk" and secret else url
    text = cut(f"{message.subject}\n{message.body}", LONGEST[kind])
    answer = _post(address, json.dumps({"msgtype": "text", "text": {"content": text}}).encode(), {})
    try:
        fault = json.loads(answer).get("errcode")
    except (ValueError, AttributeError):
        fault = answer[:100].decode("utf-8", "replace")
    if fault != 0:
        raise Undelivered(f"errcode {fault}")


def cut(text: str, size: int) -> str:
    """As many whole lines as fit into so many bytes; of a single line as many whole characters."""
    data = text.encode()
    if len(data) <= size:
        return text
    lines, _sep, _rest = data[: size - len("\n……".encode()) + 1].rpartition(b"\n")
    return lines.decode() + "\n……" if lines else data[: size - 3].decode("utf-8", "ignore") + "…"


def _webhook(message: Message) -> bytes:
    told = {"key": message.key, "title": message.subject, "text": message.body}
    return json.dumps(told, ensure_ascii=False).encode()


def _signature(data: bytes, secret: str) -> dict[str, str]:
    return {"X-Signature-SHA256": hmac.new(secret.encode(), data, hashlib.sha256).hexdigest()} if secret else {}


def _signed(secret: str, at: datetime) -> str:
    """As DingTalk asks for it (加签): HMAC-SHA256 of the moment in milliseconds and the secret."""
    stamp = int(at.timestamp() * 1000)
    mark = hmac.new(secret.encode(), f"{stamp}\n{secret}".encode(), hashlib.sha256).digest()
    return f"timestamp={stamp}&sign={quote_plus(base64.b64encode(mark))}"


def _post(url: str, data: bytes, headers: dict[str, str], *, reads: bool = True) -> bytes:
    """What was answered; nothing where `reads` is false, since that it was taken says enough."""
    asked = Request(url, data, {"Content-Type": "application/json; charset=utf-8", **headers}, method="POST")  # noqa: S310 the address was allowed
    with Line(ALTOGETHER) as line:
        try:
            with _opener(line).open(asked, timeout=PATIENCE) as answer:
                line.taken = not reads
                return _read(answer) if reads else b""
        except HTTPError as refused:
            refused.close()
            raise Undelivered(f"HTTP {refused.code}", perhaps=refused.code in UNHEARD) from refused
        except URLError as unreached:
            perhaps = isinstance(unreached.reason, TimeoutError)
            raise Undelivered(str(unreached.reason), perhaps=perhaps) from unreached
        except (OSError, HTTPException) as broken:
            raise Undelivered(str(broken), perhaps=True) from broken
    return b""  # it was taken, and the line broke while it was closed


def _read(answer: HTTPResponse) -> bytes:
    """The answer. Raises IncompleteRead where it broke off."""
    found = b""
    while len(found) < READ_AT_MOST and (piece := answer.read1(READ_AT_MOST)):
        found += piece
    promised = answer.headers.get("Content-Length", "")
    if promised.isdecimal() and len(found) < min(int(promised), READ_AT_MOST):
        raise IncompleteRead(found, int(promised) - len(found))
    return found


def _opener(line: Line) -> OpenerDirector:
    """Without the proxies of the environment: what is called is what the page says."""
    return build_opener(ProxyHandler({}), _Straight(), _Through(line))
