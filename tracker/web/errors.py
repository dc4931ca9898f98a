"""Error pages: plain words and a number to quote; never a traceback."""

from __future__ import annotations

import secrets
import sys
from typing import Any

import structlog
from flask import Flask, Response, flash, g, redirect, render_template, request, session as cookie, url_for
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DataError, IntegrityError, OperationalError, TimeoutError as PoolTimeout
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException

from tracker.db import session
from tracker.errors import DomainError
from tracker.turns import Unsure
from tracker.web.locale import asked_by_script, page_asked_from

_OF_A_BUTTON = {"csrf_token", "version", "next"}
"""What a form sends that is a button alone."""
_NOTHING_TYPED = "nothing_typed"
"""Sent by a form that says more than a button and holds nothing that somebody typed: ticks, and what a page chose."""

log = structlog.get_logger()


def register(app: Flask) -> None:
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.StackInfoRenderer(),
            structlog.processors.TimeStamper(fmt="%Y-%m-%d %H:%M:%S", utc=False),
            # without the values of variables: a cookie or a password would stand among them, and pages of rows
            structlog.dev.ConsoleRenderer(
                colors=sys.stdout.isatty(), exception_formatter=structlog.dev.plain_traceback
            ),
        ]
    )
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(DomainError, _refused)
    app.register_error_handler(OperationalError, _unavailable)
    app.register_error_handler(PoolTimeout, _unavailable)
    app.register_error_handler(DataError, _unstorable)
    app.register_error_handler(StaleDataError, _overtaken)
    app.register_error_handler(IntegrityError, _overtaken)
    app.register_error_handler(Exception, _broken)


def _wording(status: int) -> tuple[str, str]:
    wordings = {
        400: (_("请求无法识别"), _("页面可能已过期。请返回上一页刷新后重试，填写的内容请先复制保存。")),
        404: (_("没有找到"), _("地址可能有误，或者您没有查看它的权限。请从左侧菜单进入，或联系牵头办公室。")),
        405: (_("不能这样访问"), _("请从页面上的按钮进入。")),
        409: (_("内容已被他人更改"), _("请刷新页面查看最新内容后再操作。")),
        413: (_("上传的内容过大"), _("请压缩或拆分文件后再上传。")),
        422: (_("无法办理"), _("请按提示更正后重试。")),
        429: (_("操作过于频繁"), _("请稍候再试。")),
        500: (_("系统出错了"), _("请返回上一页，先复制保存您填写的内容，再重试；仍不行请把下面的编号告诉管理员。")),
        503: (_("系统暂时繁忙"), _("您的内容没有保存。请稍候几秒再试一次。")),
    }
    return wordings.get(status, (_("请求未能完成"), _("请返回上一页重试。")))


def is_failing() -> bool:
    """Whether the page being made tells of a fault of ours: then nothing on it may ask the database."""
    return bool(g.get("failing"))


Way = tuple[str, str]
"""An address to go on from an error, and what its button says."""


def page(
    status: int, text: str = "", *, wording: tuple[str, str] | None = None, way: Way | None = None
) -> tuple[str | Response, int]:
    title, what_next = wording or _wording(status)
    number = secrets.token_hex(4)
    if status >= 500:
        g.failing = True
        log.error("error page", number=number, status=status, path=request.path)
    if request.headers.get("HX-Request") == "true":
        return _part(status, text or f"{title}{_('：')}{what_next}")
    return render_template(
        "errors/error.html", title=title, text=text, what_next=what_next, number=number, status=status, way=way
    ), status


def _part(status: int, text: str) -> tuple[Response, int]:
    """For a part of a page: the words alone, which its script shows as a message."""
    return Response(text, mimetype="text/plain"), status


def _http(error: HTTPException) -> Any:
    if error.code is None or error.code < 400:
        return error
    cause = getattr(error, "original_exception", None)  # what was raised after the view: at the commit
    if isinstance(cause, OperationalError):
        return _unavailable(cause)
    if isinstance(cause, Unsure):
        return _unsure(cause)
    if isinstance(cause, StaleDataError | IntegrityError):
        return _overtaken(cause)
    if isinstance(cause, DataError):
        return _unstorable(cause)
    if cause is not None:
        return _broken(cause)
    if not session.is_active:  # it was raised while rows were written: a page could read nothing after that
        session.rollback()
    if isinstance(error, CSRFError):
        return _expired()
    return page(error.code)


def _expired() -> Any:
    """A form whose token is not the session's: it has ended, or somebody has signed in anew since the page was opened."""
    back = page_asked_from()
    if "csrf_token" in cookie:
        what_next = _("页面可能已过期，这次提交没有保存；已自动保存的内容还在。请重新打开（刷新）页面后重试。")
        return page(400, wording=(_("页面已过期"), what_next), way=(back, _("重新打开页面")))
    what_next = _("您的登录已结束，这次提交没有保存；已自动保存的内容还在，重新登录后可继续填写。")
    inside = back not in ("/", url_for("accounts.sign_in"))
    way = (url_for("accounts.sign_in", next=back if inside else None), _("重新登录"))
    return page(400, wording=(_("登录已失效"), what_next), way=way)


def _refused(error: DomainError) -> Any:
    """Whoever pressed a button of a page stays on that page and reads there why it could not be; it shows by then how
    things stand. Where something was typed, the page of the error keeps it (see `unsent.js`)."""
    session.rollback()
    named, sent = page_asked_from(), set(request.form)
    pressed = request.method == "POST" and (sent <= _OF_A_BUTTON or _NOTHING_TYPED in sent)
    if pressed and error.status in {409, 422} and named != "/" and not asked_by_script():
        flash(error.message, "danger")
        return redirect(named, 303)
    return page(error.status, error.message)


def _unavailable(error: OperationalError | PoolTimeout) -> Any:
    session.rollback()
    log.error("database unavailable", reason=str(getattr(error, "orig", error)), path=request.path)
    return page(503)


def _unsure(error: Unsure) -> Any:
    """It was committed, and the disk did not confirm it: neither kept nor lost may be said."""
    log.error("disk refuses", reason=str(error), path=request.path)
    what_next = _(
        "系统已经记下，但磁盘没有确认写入，断电后可能丢失。请先打开原页面或列表，看内容在不在，再决定是否重做；并请管理员检查磁盘。"
    )
    return page(500, wording=(_("不确定是否已保存"), what_next), way=(page_asked_from(), _("打开原页面查看")))


def _overtaken(error: StaleDataError | IntegrityError) -> Any:
    """Two people wrote the same thing at once, and this one was second."""
    session.rollback()
    log.warning("overtaken", reason=str(getattr(error, "orig", error)), path=request.path)
    return page(409)


def _unstorable(error: DataError) -> Any:
    """Something no database column holds, such as a character of number 0: no page of ours sends it."""
    session.rollback()
    log.warning("unstorable", reason=str(getattr(error, "orig", error)), path=request.path)
    return page(400)


def _broken(error: BaseException) -> Any:
    session.rollback()
    log.error("unhandled error", path=request.path, exc_info=error)
    return page(500)
