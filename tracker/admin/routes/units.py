"""The organisation tree, names and aliases."""

from __future__ import annotations

from typing import Any

from flask import flash, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from tracker import clock
from tracker.accounts.access import viewer
from tracker.accounts.roles import Role, allow
from tracker.admin.forms.units import AliasForm, EndUnitForm, NewUnitForm, PlaceForm, UnitFilterForm, UnitNameForm
from tracker.admin.queries import units as queries
from tracker.admin.queries.people import people_of_unit
from tracker.admin.routes.blueprint import Answer, carried_out, pages
from tracker.admin.service import units as service
from tracker.audit.queries import history
from tracker.drafts.queries import joinable
from tracker.units.words import ACT_NAMES, KIND_NAMES
from tracker.web.numbers import whole_number


@pages.get("/units")
@allow(Role.ADMIN)
def units() -> str:
    form, who = UnitFilterForm(request.args), viewer()
    day, text = form.day.data or clock.today(), (form.q.data or "").strip()
    kinds = (form.kind.data,) if form.kind.data in KIND_NAMES else ()
    found = queries.found_units(who, text, day=day, kinds=kinds) if text else None
    below, cursor = request.args.get("below", type=whole_number), request.args.get("cursor")
    tree = None if found is not None else queries.unit_tree(who, day=day, below=below, kinds=kinds, cursor=cursor)
    return render_template("admin/units.html", form=form, day=day, found=found, tree=tree, most=queries.FOUND)


@pages.get("/units/search.json")
@allow(Role.ADMIN)
def find_units() -> Response:
    return jsonify(queries.unit_choices(viewer(), day=clock.today(), text=request.args.get("q", ""), limit=50))


@pages.get("/units/new")
@allow(Role.ADMIN)
def new_unit() -> str:
    given: dict[str, Any] = {"parent": request.args.get("parent", type=whole_number), "since": clock.today()}
    return render_template("admin/new_unit.html", form=_offered(NewUnitForm(None, **given)))


def _offered(form: NewUnitForm) -> NewUnitForm:
    return form.offer(queries.unit_choices(viewer(), day=clock.today()))


@pages.post("/units/new")
@allow(Role.ADMIN)
def add_unit() -> Answer:
    form = _offered(NewUnitForm())
    if form.validate_on_submit():
        with form.guarded():
            number = service.add_unit(
                name=form.name.data, short_name=form.short_name.data or "", kind=form.kind.data,
                parent_id=form.parent.data, since=form.since.data, by=viewer(), at=clock.now(),
            )  # fmt: skip
        if not form.refused:
            flash(_("单位已新增。"), "success")
            _tell_joined(form)
            return redirect(url_for("admin.unit", unit_id=number))
    return render_template("admin/new_unit.html", form=form), form.status


def _tell_joined(form: NewUnitForm) -> None:
    """Names the confirmed collectives whose rule takes the new unit in."""
    found = joinable(None, form.kind.data, form.parent.data or 0, day=clock.today())
    phrases = "、".join(f"“{one.phrase}”" for one in found if one.by_itself)
    if phrases:
        flash(
            _("按已确认的规则，%(phrases)s今后也包括这个单位；不应包括的，请到“集合称谓”更改。", phrases=phrases),
            "info",
        )


@pages.get("/units/<int:unit_id>")
@allow(Role.ADMIN)
def unit(unit_id: int) -> str:
    return _unit_page(unit_id)


def _unit_page(unit_id: int, **forms: Any) -> str:
    today = clock.today()
    found = queries.unit_page(unit_id, viewer(), day=today)
    names: dict[str, Any] = {"name": found.unit.name, "short_name": found.unit.short_name}
    shown: dict[str, Any] = {
        "names": UnitNameForm(None, **names),
        "ending": EndUnitForm(None, prefix="end-", valid_to=found.unit.valid_to or today),
        "alias": AliasForm(None, prefix="alias-"),
        "placing": PlaceForm(None, prefix="place-", place=found.place),
    }
    return render_template(
        "admin/unit.html", page=found, act_kinds=tuple(ACT_NAMES), whole=queries.keeps_all(viewer()),
        people=people_of_unit(unit_id, today=today), today=today,
        entries=history("unit", unit_id)[::-1][:20], **(shown | forms),
    )  # fmt: skip


@pages.post("/units/<int:unit_id>")
@allow(Role.ADMIN)
def correct_unit(unit_id: int) -> Answer:
    form = UnitNameForm()
    if carried_out(form, lambda: service.correct_name(
        unit_id, name=form.name.data, short_name=form.short_name.data or "", by=viewer(), at=clock.now()
    )):  # fmt: skip
        flash(_("单位名称已更正。"), "success")
        return _back(unit_id)
    return _unit_page(unit_id, names=form), form.status


@pages.post("/units/<int:unit_id>/place")
@allow(Role.ADMIN)
def place_unit(unit_id: int) -> Answer:
    form = PlaceForm(prefix="place-")
    step = {"up": -1, "down": 1}.get(request.form.get("step", ""), 0)
    if carried_out(form, lambda: service.put_at(unit_id, form.place.data + step, by=viewer(), at=clock.now())):
        flash(_("次序已调整。"), "success")
        return redirect(url_for("admin.unit", unit_id=unit_id, _anchor="order"))
    return _unit_page(unit_id, placing=form), form.status


@pages.post("/units/<int:unit_id>/end")
@allow(Role.ADMIN)
def end_unit(unit_id: int) -> Answer:
    form = EndUnitForm(prefix="end-")
    if carried_out(form, lambda: service.end_unit(unit_id, last_day=form.valid_to.data, by=viewer(), at=clock.now())):
        flash(_("单位已设定撤销日期。"), "success")
        return _back(unit_id)
    return _unit_page(unit_id, ending=form), form.status


@pages.post("/units/<int:unit_id>/aliases")
@allow(Role.ADMIN)
def add_alias(unit_id: int) -> Answer:
    form = AliasForm(prefix="alias-")
    given = {"kind": form.kind.data, "since": form.since.data, "until": form.until.data}
    if carried_out(form, lambda: service.add_alias(unit_id, form.alias.data, **given, by=viewer(), at=clock.now())):
        flash(_("别名已添加，今后导入时会按它匹配。"), "success")
        return _back(unit_id)
    return _unit_page(unit_id, alias=form), form.status


@pages.post("/units/<int:unit_id>/aliases/<int:alias_id>/take-back")
@allow(Role.ADMIN)
def take_back_alias(unit_id: int, alias_id: int) -> Response:
    service.take_back_alias(unit_id, alias_id, by=viewer(), at=clock.now())
    flash(_("别名已撤回；已经入库的任务不受影响。"), "success")
    return _back(unit_id)


def _back(unit_id: int) -> Response:
    return redirect(url_for("admin.unit", unit_id=unit_id))
