"""Signing in and out, one's own password, the language."""

from __future__ import annotations

from flask import Blueprint, current_app, flash, redirect, render_template, request, session as cookie, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from tracker import clock
from tracker.accounts import service
from tracker.accounts.access import SEEN, TOKEN, viewer
from tracker.accounts.forms import PasswordForm, SignInForm
from tracker.accounts.queries import get_person
from tracker.accounts.roles import PUBLIC, SIGNED_IN, allow
from tracker.errors import DomainError
from tracker.web.locale import COOKIE_KEY, LOCALES, asked_path, inner_path
from tracker.web.transactions import begin_writing, keep_changes, writes_late

pages = Blueprint("accounts", __name__)


@pages.get("/sign-in")
@allow(PUBLIC)
def sign_in() -> str:
    return render_template("accounts/sign_in.html", form=SignInForm(next=request.args.get("next", "")))


@pages.post("/sign-in")
@allow(PUBLIC)
@writes_late
def open_session() -> Response | tuple[str, int]:
    form = SignInForm()
    if form.validate_on_submit():
        token = _try(form)
        if token:
            language = cookie.get(COOKIE_KEY)
            cookie.clear()
            cookie[TOKEN], cookie[SEEN] = token, int(clock.now().timestamp())
            if language:
                cookie[COOKIE_KEY] = language
            return redirect(inner_path(form.next.data or "/"))
    return render_template("accounts/sign_in.html", form=form), form.status


def _try(form: SignInForm) -> str | None:
    """Not under a savepoint: the failure itself must be kept, for the lockout."""
    config, at = current_app.config, clock.now()
    lock = service.Lock(config["LOCK_AFTER_FAILURES"], config["LOCK_MINUTES"])
    name, password, address = form.username.data or "", form.password.data or "", request.remote_addr or ""
    try:
        checked = service.check_password(name, password, address=address, at=at, lock=lock)
        begin_writing()
        return service.sign_in(checked, at=at, hours=config["SESSION_HOURS"], lock=lock)
    except DomainError as error:
        keep_changes()
        form.add_error(error)
        return None


@pages.post("/sign-out")
@allow(SIGNED_IN)
def sign_out() -> Response:
    service.sign_out(cookie.get(TOKEN, ""), by=viewer(), at=clock.now())
    cookie.clear()
    flash(_("您已退出登录。"))
    return redirect(url_for("accounts.sign_in"))


@pages.get("/account/password")
@allow(SIGNED_IN)
def password() -> str:
    return render_template("accounts/password.html", form=PasswordForm())


@pages.post("/account/password")
@allow(SIGNED_IN)
def change_password() -> Response | tuple[str, int]:
    form = PasswordForm()
    if form.validate_on_submit():
        with form.guarded():
            person = get_person(viewer().person_id)
            service.change_password(
                person, old=form.old.data or "", new=form.new.data or "", by=viewer(), at=clock.now()
            )
        if not form.refused:
            cookie.clear()
            flash(_("密码已更改，请用新密码登录。"))
            return redirect(url_for("accounts.sign_in"))
    return render_template("accounts/password.html", form=form), form.status


@pages.post("/language/<locale>")
@allow(PUBLIC)
def set_language(locale: str) -> Response:
    if locale in LOCALES:
        cookie[COOKIE_KEY] = locale
        if TOKEN in cookie and viewer() is not None:
            service.choose_locale(viewer().person_id, locale)
    return redirect(asked_path())
