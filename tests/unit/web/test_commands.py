"""Commands print UTF-8 whatever the locale, so that others can read what they print."""

from __future__ import annotations

import click
from click.testing import CliRunner

from tracker.web.commands import Group

speaking = Group("speaking", help="说话。")


@speaking.command("say", with_appcontext=False)
def say() -> None:
    click.echo("得分 92.5")
    click.echo("无此项", err=True)


def test_what_is_printed_is_utf8_where_the_locale_is_another() -> None:
    runner = CliRunner(charset="gbk")
    done = runner.invoke(speaking, ["say"])
    assert (done.exit_code, done.stdout_bytes.decode(), done.stderr_bytes.decode()) == (0, "得分 92.5\n", "无此项\n")
    assert "说话。" in runner.invoke(speaking, ["--help"]).stdout_bytes.decode()
