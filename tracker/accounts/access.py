"""Who asks, and whether the page is theirs to open. A page is closed unless it says otherwise, and then it is not there."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, cast

from flask import Flask, abort, current_app, flash, g, redirect, request, session as cookie, url_for
from flask_babel import gettext as _
from sqlalchemy import Connection, event
from sqlalchemy.orm import Session, SessionTransaction
from werkzeug.wrappers import Response

from tracker import clock, prepared
from tracker.accounts.queries import viewer_of_token
from tracker.accounts.roles import PUBLIC, SIGNED_IN, Viewer
from tracker.db import say_writing
from tracker.errors import Conflict
from tracker.prepared import Beyond, Turn
from tracker.web.kept import say_state
from tracker.web.locale import COOKIE_KEY, asked_by_script, page_asked_from
from tracker.web.transactions import begin, is_acting

TOKEN, SEEN = "token", "seen"
RENEWED_AFTER = 20
"""Seconds for which the time of the last request is let stand: so much earlier, at most, a session counts as idle."""
OPEN_WITH_OLD_PASSWORD = frozenset(
    {"accounts.password", "accounts.change_password", "accounts.sign_out", "accounts.set_language"}
)


def viewer() -> Viewer:
    """The person who asks. Only on pages that are not public; elsewhere AttributeError."""
    return cast("Viewer", g.viewer)


def register(app: Flask) -> None:
    app.before_request(_identify)
    app.before_request(_guard)
    app.before_request(begin)
    app.after_request(_renew)


def _identify() -> None:
    g.viewer = None
    if request.endpoint == "static":
        return  # and the cookie is not even looked at, so that caches need not keep a file for each
    token, seen = cookie.get(TOKEN), cookie.get(SEEN)
    if not token or not isinstance(seen, (int, float)):
        return
    at = clock.now()
    if at.timestamp() - seen > current_app.config["SESSION_IDLE_MINUTES"] * 60:
        g.went_idle = True
        return
    found = viewer_of_token(token, at=at, today=clock.day_of(at))
    if found is not None:
        g.viewer = found.viewer
        say_state(found.newest, found.settled)
        if found.locale and COOKIE_KEY not in cookie:
            cookie[COOKIE_KEY] = found.locale


def _guard() -> Response | None:
    if request.endpoint is None or request.endpoint == "static":
        return None
    allowed: frozenset[str] = getattr(current_app.view_functions[request.endpoint], "allowed_roles", frozenset())
    if PUBLIC in allowed:
        return None
    if g.viewer is None:
        return _to_sign_in()
    if not (allowed & g.viewer.roles) and allowed != frozenset({SIGNED_IN}):
        abort(404)
    if g.viewer.must_change_password and request.endpoint not in OPEN_WITH_OLD_PASSWORD:
        flash(_("请先设置自己的密码。"))
        return redirect(url_for("accounts.password"))
    return None


@event.listens_for(Session, "after_begin")
def _ask_again(_session: Session, transaction: SessionTransaction, connection: Connection) -> None:
    """Rights were read before the turn to write came. What was taken from the person while they waited is not theirs."""
    if transaction.nested or not is_acting() or g.viewer is None:
        return
    at = clock.now()
    found = viewer_of_token(cookie[TOKEN], at=at, today=clock.day_of(at), on=connection)
    if found is not None and found.viewer == g.viewer:
        return
    g.viewer, g.keep_changes = found and found.viewer, False
    answer = _guard()
    if answer is not None:
        say_writing(False)  # an answer that is no error is not to be committed
        abort(answer)
    raise Conflict(_("您的角色或账号刚刚有变更，这次操作没有保存。请刷新页面后再试。"))


@contextmanager
def turn() -> Iterator[Turn]:
    """A turn to write beside the session (see `tracker.prepared`) in which the person of this request acts. Raises Beyond
    where what is theirs has changed since it was read: whoever acts in the session's transaction is told."""
    with prepared.turn() as taken:
        at = clock.now()
        found = viewer_of_token(cookie[TOKEN], at=at, today=clock.day_of(at), on=taken)
        if found is None or found.viewer != g.viewer:
            raise Beyond
        yield taken


def _to_sign_in() -> Response:
    if g.get("went_idle"):
        flash(_("您有一段时间没有操作，为安全起见请重新登录。正在填写的内容已保存在本机，登录后可继续。"))
    back = request.full_path.rstrip("?") if request.method == "GET" else page_asked_from()
    if asked_by_script():
        abort(401)
    return redirect(url_for("accounts.sign_in", next=back if back.startswith("/") and back != "/" else None))


def _renew(response: Any) -> Any:
    if g.get("viewer") is not None and request.endpoint != "static":
        now = int(clock.now().timestamp())
        if now - cookie.get(SEEN, 0) >= RENEWED_AFTER:
            cookie[SEEN] = now
    return response
