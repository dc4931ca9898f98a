"""Letters (电子邮件) by SMTP."""

from __future__ import annotations

import hashlib
import smtplib
import socket
import ssl
from collections.abc import Mapping
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime
from typing import Any

from tracker.reminders.channels.line import Line
from tracker.reminders.channels.outcome import Undelivered

PATIENCE = 20.0
"""Seconds for each answer of the server."""
ALTOGETHER = 60.0
"""Seconds for the whole of it, however its answers come."""


class _Plain(smtplib.SMTP):
    """Over a line that is cut when its time is over."""

    def __init__(self, line: Line, host: str, port: int) -> None:
        self._line = line
        super().__init__(host, port, timeout=PATIENCE)

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        return self._line.reach(host, port, timeout)


class _Secure(smtplib.SMTP_SSL, _Plain):
    """The same, secret from its first byte."""

    def __init__(self, line: Line, host: str, port: int) -> None:
        self._line = line
        smtplib.SMTP_SSL.__init__(self, host, port, timeout=PATIENCE, context=ssl.create_default_context())


def letter(key: str, to: str, subject: str, body: str, *, sender: str, at: datetime) -> EmailMessage:
    """The letter, of seven bits whatever its language. Its Message-ID follows from the key alone, so that a second copy is
    known for one."""
    made = EmailMessage()
    made["From"], made["To"], made["Subject"], made["Date"] = sender, to, subject, format_datetime(at)
    made["Message-ID"] = f"<{hashlib.sha256(key.encode()).hexdigest()[:40]}@{sender.rpartition('@')[2].rstrip('>')}>"
    made["Auto-Submitted"] = "auto-generated"
    made.set_content(body, cte="base64")
    return made


def send_letter(made: EmailMessage, settings: Mapping[str, Any]) -> None:
    """Hands the letter to the configured server. Raises Undelivered; where the line broke, it perhaps went out."""
    if not settings["SMTP_HOST"]:
        raise Undelivered("SMTP_HOST")
    with Line(ALTOGETHER) as line:
        try:
            with _connected(settings, line) as server:
                server.send_message(made)
                line.taken = True
        except (smtplib.SMTPRecipientsRefused, smtplib.SMTPSenderRefused, smtplib.SMTPDataError) as refused:
            raise Undelivered(str(refused)) from refused
        except (smtplib.SMTPException, OSError) as broken:
            raise Undelivered(str(broken), perhaps=True) from broken


def _connected(settings: Mapping[str, Any], line: Line) -> smtplib.SMTP:
    made = _Secure if settings["SMTP_SECURITY"] == "tls" else _Plain
    server = made(line, settings["SMTP_HOST"], settings["SMTP_PORT"])
    if settings["SMTP_SECURITY"] == "starttls":
        server.starttls(context=ssl.create_default_context())
    if settings["SMTP_USER"]:
        server.login(settings["SMTP_USER"], settings["SMTP_PASSWORD"])
    return server
