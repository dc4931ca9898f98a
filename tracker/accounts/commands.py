"""`flask accounts`: passwords that were lost. The first administrator is made by `tracker.admin.commands`."""

from __future__ import annotations

import os
import sys

import click
from flask_babel import gettext as _

from tracker import clock
from tracker.accounts import service
from tracker.accounts.queries import by_username
from tracker.db import transaction
from tracker.errors import DomainError
from tracker.web.commands import N_, Group

accounts = Group("accounts", help=N_("人员：第一位管理员，忘记的密码。"))

PASSWORD_VARIABLE = "LUOSHI_PASSWORD"  # noqa: S105 the name of a variable, not a password


def asked_password() -> str:
    """From the environment, else asked for twice; never an argument, which everyone on the machine could read."""
    given = os.environ.get(PASSWORD_VARIABLE)
    if given:
        return given
    return str(click.prompt(_("密码"), hide_input=True, confirmation_prompt=_("再输一次")))


@accounts.command("set-password", help=N_("为一个人设置密码，下次登录时须更改。密码取自 LUOSHI_PASSWORD，没有则询问。"))
@click.argument("username")
def set_password(username: str) -> None:
    """Set a person's password; they are asked to change it at their next sign-in."""
    person = by_username(username)
    if person is None:
        click.echo(_("没有用户名为“%(name)s”的人员。", name=username), err=True)
        sys.exit(2)
    try:
        with transaction():
            found = by_username(username)
            assert found is not None
            service.set_password(found, asked_password(), by=None, at=clock.now(), must_change=True)
    except DomainError as error:
        click.echo(error.message, err=True)
        sys.exit(2)
    click.echo(_("已为“%(name)s”设置密码。", name=username))
