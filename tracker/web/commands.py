"""Commands that speak the language of whoever runs them: Chinese, or English where the environment says so.

`COMMAND_LOCALE` decides, else `LC_ALL`, `LC_MESSAGES` or `LANG` where they name a language, else `DEFAULT_LOCALE`. What
is printed as JSON has the same names and numbers in every language. All of it is UTF-8, whatever the locale's encoding:
what a script reads is the same on every server.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from functools import cache
from io import TextIOWrapper
from typing import Any

import click
from babel.support import NullTranslations, Translations
from flask.cli import AppGroup
from flask_babel import gettext as _
from sqlalchemy import inspect
from sqlalchemy.exc import OperationalError, ProgrammingError

from tracker.config import ROOT
from tracker.db import db

CHINESE, ENGLISH = "zh_Hans_CN", "en"
VARIABLES = ("COMMAND_LOCALE", "LC_ALL", "LC_MESSAGES", "LANG", "DEFAULT_LOCALE")
NO_LANGUAGE = {"C", "POSIX"}


def N_(text: str) -> str:
    """Marks a text for the message catalogues; it is translated where it is shown."""
    return text


def command_locale(environment: Mapping[str, str] | None = None) -> str:
    """The language of commands; of several variables the first that is set decides, as everywhere."""
    given = os.environ if environment is None else environment
    named = (given.get(name, "") for name in VARIABLES)
    spoken = next((one for one in named if one and one.split(".")[0] not in NO_LANGUAGE), "")
    return ENGLISH if spoken.lower().startswith("en") else CHINESE


@cache
def _catalogue(locale: str) -> NullTranslations:
    return Translations.load(str(ROOT / "translations"), [locale]) if locale != CHINESE else NullTranslations()


def said(text: str) -> str:
    """A text in the language of commands, without an application: for `--help`."""
    return _catalogue(command_locale()).gettext(text) if text else text


@contextmanager
def _in_words(thing: Any, *names: str) -> Iterator[None]:
    """While help is written, the texts of a command or option are those of the language."""
    before = {name: getattr(thing, name, None) for name in names}
    try:
        for name, text in before.items():
            if isinstance(text, str):
                setattr(thing, name, said(text))
        yield
    finally:
        for name, text in before.items():
            setattr(thing, name, text)


def _print_utf8() -> None:
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8")


class _Speaking(click.Command):
    def make_context(self, *given: Any, **more: Any) -> click.Context:
        """Comes before help and complaints about what was typed are printed."""
        _print_utf8()
        return super().make_context(*given, **more)

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with ExitStack() as stack:
            stack.enter_context(_in_words(self, "help", "short_help"))
            for option in self.params:
                if isinstance(option, click.Option):
                    stack.enter_context(_in_words(option, "help"))
            super().format_help(ctx, formatter)

    def invoke(self, ctx: click.Context) -> Any:
        """Says in a line what to do where nobody has made the tables yet."""
        try:
            return super().invoke(ctx)
        except (OperationalError, ProgrammingError):
            if inspect(db.engine).get_table_names():
                raise
        click.echo(_("数据库里还没有表。请先运行 flask db upgrade。"), err=True)
        sys.exit(2)

    def get_short_help_str(self, limit: int = 45) -> str:
        with _in_words(self, "help", "short_help"):
            return super().get_short_help_str(limit)


class Command(_Speaking):
    """A command whose `help`, and that of its options, is Chinese source text marked with `N_`."""


class Group(_Speaking, AppGroup):
    """A group of such commands; each gets the application's context, unless it says otherwise."""

    command_class = Command
