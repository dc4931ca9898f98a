"""Registers the admin room with the application."""

from __future__ import annotations

from flask import Flask
from flask_babel import lazy_gettext as _l

from tracker.accounts.commands import accounts
from tracker.accounts.roles import ROLE_NAMES, Role
from tracker.admin import commands, jobs, routes
from tracker.admin.words import actor_name, audit_part, audit_word
from tracker.units.words import ACT_NAMES, ALIAS_NAMES, KIND_NAMES, STATE_NAMES
from tracker.web.labels import offer_labels
from tracker.web.navigation import Item, offer

JOBS = (jobs.verify,)


def register(app: Flask) -> None:
    app.register_blueprint(routes.pages)
    offer_labels(
        app,
        unit_kind=KIND_NAMES,
        act_name=ACT_NAMES,
        act_state=STATE_NAMES,
        alias_kind=ALIAS_NAMES,
    )
    app.jinja_env.filters.update(
        audit_word=audit_word,
        audit_part=audit_part,
        actor=actor_name,
    )
    app.jinja_env.globals["role_names"] = ROLE_NAMES
    if commands.create_admin.name not in accounts.commands:
        accounts.add_command(commands.create_admin)
    admin, office = frozenset({Role.ADMIN}), frozenset({Role.ADMIN, Role.LEAD_OFFICE})
    offer(
        app,
        Item("admin.people", _l("人员与角色"), "users", "place", admin),
        Item("admin.units", _l("组织机构"), "hierarchy", "place", admin),
        Item("admin.collectives", _l("集合称谓"), "users-group", "place", admin),
        Item("admin.audit", _l("审计记录"), "shield-check", "place", office),
    )
