"""Response headers, and what is refused before a request is read."""

from __future__ import annotations

import time
from typing import Any

from flask import Flask, Request, Response, request
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface
from itsdangerous import URLSafeTimedSerializer

POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; "
    "connect-src 'self'; object-src 'none'; base-uri 'self'; frame-ancestors 'self'; form-action 'self'"
)
A_YEAR = 31_536_000
A_MINUTE = 60
"""Seconds for which a cookie that was checked is believed: so much older at most than its age allows."""
MOST = 2_000
"""Cookies that are remembered; then all are checked anew."""
PLAIN = (str, int, float)


class Cookies(SecureCookieSessionInterface):
    """Flask's own signed cookie; its signer is made once for a key, not twice a request, and what it has signed is checked
    once a minute: whoever goes from page to page sends the same cookie."""

    def __init__(self) -> None:
        self.signers: dict[tuple[Any, ...], URLSafeTimedSerializer | None] = {}
        self.checked: dict[tuple[str, URLSafeTimedSerializer, int], dict[str, Any]] = {}
        """What cookies hold that were checked in a minute. Plain values alone: nobody's change to them reaches another."""

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        signer, text = self.get_signing_serializer(app), request.cookies.get(self.get_cookie_name(app))
        if signer is None or not text:
            return super().open_session(app, request)
        key = (text, signer, int(time.monotonic() // A_MINUTE))
        content = self.checked.get(key)
        if content is None:
            session = super().open_session(app, request)
            if not session or not all(isinstance(value, PLAIN) for value in session.values()):
                return session
            if len(self.checked) >= MOST:
                self.checked.clear()
            content = self.checked[key] = dict(session)
        return self.session_class(content)

    def get_signing_serializer(self, app: Flask) -> URLSafeTimedSerializer | None:
        key = (app.secret_key, *(app.config.get("SECRET_KEY_FALLBACKS") or ()))
        if key not in self.signers:
            self.signers[key] = super().get_signing_serializer(app)
        return self.signers[key]


def register(app: Flask) -> None:
    app.session_interface = Cookies()
    app.after_request(_headers)


_ALWAYS = (
    ("Content-Security-Policy", POLICY),
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "same-origin"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Permissions-Policy", "camera=(), microphone=(), geolocation=()"),
)
_UNKEPT = (*_ALWAYS, ("Cache-Control", "no-store"))
_SECURE = ("Strict-Transport-Security", f"max-age={A_YEAR}")


def _headers(response: Response) -> Response:
    """Adds what the view has not set itself. Asked by one look at the names: a header that is missing costs an error."""
    is_static = request.endpoint == "static"
    set_already = {name.lower() for name, _ in response.headers}
    for name, value in _ALWAYS if is_static else _UNKEPT:
        if name.lower() not in set_already:
            response.headers.add(name, value)
    if is_static and request.args.get("v"):
        response.headers["Cache-Control"] = f"public, max-age={A_YEAR}, immutable"
    if request.is_secure and _SECURE[0].lower() not in set_already:
        response.headers.add(*_SECURE)
    return response
