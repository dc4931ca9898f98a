"""The first administrator, who needs both a person and a unit to be one for."""

from __future__ import annotations

import sys

import click
from flask.cli import with_appcontext

from tracker import clock
from tracker.accounts import service as accounts_service
from tracker.accounts.commands import asked_password
from tracker.accounts.roles import Role
from tracker.db import transaction
from tracker.errors import DomainError
from tracker.units import queries as units, service as units_service


@click.command("create-admin")
@with_appcontext
@click.argument("username")
@click.option("--name", default="系统管理员", show_default=True, help="The person's name as pages show it.")
@click.option("--city", default="本市", show_default=True, help="Name of the root unit, where there is no unit yet.")
def create_admin(username: str, name: str, city: str) -> None:
    """Create an administrator (系统管理员). The password comes from LUOSHI_PASSWORD or is asked for."""
    at = clock.now()
    day = clock.day_of(at)
    try:
        with transaction():
            root = units.root_id()
            if root is None:
                root = units_service.create_unit(name=city, kind="city", parent_id=None, by=None, at=at, since=day).id
            person = accounts_service.create_person(
                username=username, name=name, password=asked_password(), by=None, at=at, must_change=False
            )
            accounts_service.grant(person, Role.ADMIN, root, by=None, at=at, since=day)
    except DomainError as error:
        click.echo(error.message, err=True)
        sys.exit(2)
    click.echo(f"已创建系统管理员“{username}”。")
