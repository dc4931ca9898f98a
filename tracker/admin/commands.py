"""The first administrator, who needs both a person and a unit to be one for."""

from __future__ import annotations

import sys

import click
from flask.cli import with_appcontext
from flask_babel import gettext as _

from tracker import clock
from tracker.accounts import service as accounts_service
from tracker.accounts.commands import asked_password
from tracker.accounts.roles import Role
from tracker.db import transaction
from tracker.errors import DomainError
from tracker.units import queries as units, service as units_service
from tracker.units.kinds import kind_of_whole
from tracker.web.commands import N_, Command


@click.command(
    "create-admin",
    cls=Command,
    help=N_("新建系统管理员，需要时连同最上级单位。密码取自 LUOSHI_PASSWORD 或询问。"),
)
@with_appcontext
@click.argument("username")
@click.option("--name", default="系统管理员", show_default=True, help=N_("页面上显示的姓名。"))
@click.option("--city", default="本市", show_default=True, help=N_("最上级单位的名称，还没有单位时用。"))
def create_admin(username: str, name: str, city: str) -> None:
    """Create an administrator (系统管理员). The password comes from LUOSHI_PASSWORD or is asked for."""
    at = clock.now()
    day = clock.day_of(at)
    try:
        with transaction():
            root = units.root_id()
            if root is None:
                root = units_service.create_unit(
                    name=city, kind=kind_of_whole(city), parent_id=None, by=None, at=at, since=day
                ).id
            person = accounts_service.create_person(
                username=username, name=name, password=asked_password(), by=None, at=at, must_change=False
            )
            accounts_service.grant(person, Role.ADMIN, root, by=None, at=at, since=day)
    except DomainError as error:
        click.echo(error.message, err=True)
        sys.exit(2)
    click.echo(_("已创建系统管理员“%(name)s”。", name=username))
