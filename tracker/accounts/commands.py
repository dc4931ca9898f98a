"""`flask accounts`: passwords that were lost. The first administrator is made by `tracker.admin.commands`."""

from __future__ import annotations

import os
import sys

import click
from flask.cli import AppGroup

from tracker import clock
from tracker.accounts import service
from tracker.accounts.queries import by_username
from tracker.db import transaction
from tracker.errors import DomainError

accounts = AppGroup("accounts", help="People (用户): the first administrator, lost passwords.")

PASSWORD_VARIABLE = "LUOSHI_PASSWORD"  # noqa: S105 the name of a variable, not a password


def asked_password() -> str:
    """From the environment, else asked for twice; never an argument, which everyone on the machine could read."""
    given = os.environ.get(PASSWORD_VARIABLE)
    if given:
        return given
    return str(click.prompt("密码", hide_input=True, confirmation_prompt="再输一次"))


@accounts.command("set-password")
@click.argument("username")
def set_password(username: str) -> None:
    """Set a person's password; they are asked to change it at their next sign-in."""
    person = by_username(username)
    if person is None:
        click.echo(f"没有用户名为“{username}”的人员。", err=True)
        sys.exit(2)
    try:
        with transaction():
            found = by_username(username)
            assert found is not None
            service.set_password(found, asked_password(), by=None, at=clock.now(), must_change=True)
    except DomainError as error:
        click.echo(error.message, err=True)
        sys.exit(2)
    click.echo(f"已为“{username}”设置密码。")
