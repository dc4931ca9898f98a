"""People and their roles."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from tracker import clock
from tracker.accounts.access import viewer
from tracker.accounts.roles import Role, allow
from tracker.admin.forms.people import GrantForm, NewPersonForm, PeopleFilterForm, PersonForm
from tracker.admin.queries import people as queries
from tracker.admin.queries.units import unit_choices
from tracker.admin.routes.blueprint import Answer, carried_out, pages
from tracker.admin.service import people as service
from tracker.audit.queries import history


def _units() -> list[dict[str, str]]:
    return unit_choices(viewer(), day=clock.today())


@pages.get("/people")
@allow(Role.ADMIN)
def people() -> str:
    form = PeopleFilterForm(request.args).offer(_units())
    found = queries.people_page(viewer(), form.wanted(), today=clock.today(), cursor=request.args.get("cursor"))
    return render_template("admin/people.html", form=form, page=found)


@pages.get("/people/new")
@allow(Role.ADMIN)
def new_person() -> str:
    return render_template("admin/new_person.html", form=NewPersonForm().offer(_units()))


@pages.post("/people/new")
@allow(Role.ADMIN)
def add_person() -> Answer:
    form = NewPersonForm().offer(_units())
    if form.validate_on_submit():
        with form.guarded():
            number, password = service.add_person(
                username=form.username.data, name=form.name.data, office_phone=form.office_phone.data or "",
                role=Role(form.role.data), unit_id=form.unit.data, by=viewer(), at=clock.now(),
            )  # fmt: skip
        if not form.refused:
            return _show_once(number, password)
    return render_template("admin/new_person.html", form=form), form.status


def _show_once(person_id: int, password: str) -> str:
    """Not by a redirect: a password must not pass through a cookie or an address."""
    person = queries.person_row(person_id, viewer(), today=clock.today())
    return render_template("admin/password_once.html", person=person, password=password)


@pages.get("/people/<int:person_id>")
@allow(Role.ADMIN)
def person(person_id: int) -> str:
    return _person_page(person_id)


def _person_page(person_id: int, *, form: PersonForm | None = None, grant: GrantForm | None = None) -> str:
    today = clock.today()
    found = queries.person_row(person_id, viewer(), today=today)
    details: dict[str, Any] = {"name": found.name, "office_phone": found.office_phone, "version": found.version}
    return render_template(
        "admin/person.html", person=found, form=form or PersonForm(None, **details),
        grant=grant or GrantForm(None, prefix="grant-", since=today).offer(_units()),
        may_change=queries.may_change(found, viewer()), last=queries.last_sign_in(person_id),
        entries=history("person", person_id)[::-1][:20],
    )  # fmt: skip


@pages.post("/people/<int:person_id>")
@allow(Role.ADMIN)
def change_person(person_id: int) -> Answer:
    queries.person_row(person_id, viewer(), today=clock.today())
    form = PersonForm()
    if carried_out(form, lambda: service.change_person(
        person_id, name=form.name.data, office_phone=form.office_phone.data or "", version=form.seen(), by=viewer(),
        at=clock.now(),
    )):  # fmt: skip
        flash(_("人员信息已保存。"), "success")
        return _back(person_id)
    return _person_page(person_id, form=form), form.status


@pages.post("/people/<int:person_id>/roles")
@allow(Role.ADMIN)
def give_role(person_id: int) -> Answer:
    queries.person_row(person_id, viewer(), today=clock.today())
    form = GrantForm(prefix="grant-").offer(_units())
    if carried_out(form, lambda: service.give_role(
        person_id, Role(form.role.data), form.unit.data, since=form.since.data, by=viewer(), at=clock.now()
    )):  # fmt: skip
        flash(_("角色已授予。"), "success")
        return _back(person_id)
    return _person_page(person_id, grant=form), form.status


@pages.post("/people/<int:person_id>/roles/<int:grant_id>/withdraw")
@allow(Role.ADMIN)
def take_role(person_id: int, grant_id: int) -> Response:
    service.take_role(person_id, grant_id, by=viewer(), at=clock.now())
    flash(_("角色已收回，即刻生效。"), "success")
    return _back(person_id)


@pages.post("/people/<int:person_id>/password")
@allow(Role.ADMIN)
def reset_password(person_id: int) -> str:
    return _show_once(person_id, service.reset_password(person_id, by=viewer(), at=clock.now()))


@pages.post("/people/<int:person_id>/disable")
@allow(Role.ADMIN)
def disable(person_id: int) -> Response:
    service.set_active(person_id, active=False, by=viewer(), at=clock.now())
    flash(_("账号已停用，此人已被退出登录。"), "success")
    return _back(person_id)


@pages.post("/people/<int:person_id>/enable")
@allow(Role.ADMIN)
def enable(person_id: int) -> Response:
    service.set_active(person_id, active=True, by=viewer(), at=clock.now())
    flash(_("账号已启用。"), "success")
    return _back(person_id)


def _back(person_id: int) -> Response:
    return redirect(url_for("admin.person", person_id=person_id))
