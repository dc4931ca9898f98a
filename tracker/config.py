"""Settings: each named once, with its default and its meaning; read from the environment at the start."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
SECRET_FILE = "secret_key"  # noqa: S105 the name of a file


@dataclass(frozen=True, slots=True)
class Setting:
    name: str
    default: str
    meaning: str
    read: Callable[[str], Any] = str


def _flag(text: str) -> bool:
    return text.strip().lower() in {"1", "true", "yes", "on"}


def _names(text: str) -> frozenset[str]:
    return frozenset(name.strip().lower() for name in text.split(",") if name.strip())


def hours_of_day(text: str) -> tuple[int, int]:
    """`8-18` as the hour that begins and the one that ends; nothing as no hour at all. Raises ValueError."""
    if not text.strip():
        return 0, 0
    first, _, last = text.partition("-")
    begins, ends = int(first), int(last)
    if not 0 <= begins < ends <= 24:
        raise ValueError(f"hours such as 8-18 are wanted: {text}")
    return begins, ends


SETTINGS: tuple[Setting, ...] = (
    Setting("INSTANCE_DIR", str(ROOT / "instance"), "Folder of everything the application itself keeps.", Path),
    Setting("DATABASE_URL", "", "Database; empty means the SQLite file `luoshi.db` in `INSTANCE_DIR`."),
    Setting(
        "SECRET_KEY", "", "Signs cookies and forms; empty means a key made on the first run and kept with mode 0600."
    ),
    Setting("STORAGE_DIR", "", "Folder of evidence and uploads; empty means `files` in `INSTANCE_DIR`."),
    Setting(
        "VIRUS_SCANNER", "", "A clamd that looks at files of evidence: `host:port` or its socket; empty asks none."
    ),
    Setting("MAX_UPLOAD_MB", "64", "Largest request in MB; a larger one is refused before it is read.", int),
    Setting("SESSION_IDLE_MINUTES", "30", "Minutes without a request after which a person signs in again.", int),
    Setting("SESSION_HOURS", "12", "Hours after which a person signs in again in any case.", int),
    Setting(
        "LOCK_AFTER_FAILURES", "5", "Failed sign-ins of one account from one address before it is locked there.", int
    ),
    Setting("LOCK_MINUTES", "15", "Minutes that such a lock lasts.", int),
    Setting("SECURE_COOKIES", "0", "1 where the site is served by HTTPS: cookies are then sent by HTTPS only.", _flag),
    Setting("PROXIES", "0", "Number of reverse proxies in front whose forwarded headers are trusted.", int),
    Setting("DEFAULT_LOCALE", "zh_Hans_CN", "Language for people who have not chosen one: `zh_Hans_CN` or `en`."),
    Setting(
        "COMMAND_LOCALE",
        "",
        "Language of commands: `zh_Hans_CN` or `en`; empty means that of the environment (`LANG`). They print UTF-8 in each.",
    ),
    Setting("SITE_URL", "", "Address of this site, for links in what is sent out: `https://duban.example`."),
    Setting(
        "REMINDER_HOURS",
        "8-18",
        "Hours of the day, in China, between which reminders are made and sent; empty makes none by itself.",
        hours_of_day,
    ),
    Setting(
        "REMINDER_HOSTS",
        "",
        "Hosts that robots and webhooks may be told at, with commas between; empty calls none.",
        _names,
    ),
    Setting("SMTP_HOST", "", "Mail server; empty sends no e-mail."),
    Setting("SMTP_PORT", "25", "Its port.", int),
    Setting("SMTP_SECURITY", "none", "How the line to it is kept secret: `none`, `starttls` or `tls`."),
    Setting("SMTP_USER", "", "Account at the mail server; empty where it asks for none."),
    Setting("SMTP_PASSWORD", "", "Password of that account."),
    Setting("MAIL_FROM", "luoshi@localhost", "Sender of e-mails."),
    Setting("JOBS_INLINE", "0", "1 runs long work within the request: for tests and single commands.", _flag),
)


def load_settings(overrides: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Every setting by name: given > environment > default. Writes nothing: a command that only reads leaves no trace.

    Where no secret key was kept yet, one for this process alone is used; `keep_place` keeps one.
    """
    given = dict(overrides or {})
    values: dict[str, Any] = {}
    for setting in SETTINGS:
        value = given.pop(setting.name, None)
        if value is None:
            value = os.environ.get(setting.name, setting.default)
        values[setting.name] = setting.read(value) if isinstance(value, str) else value
    instance: Path = values["INSTANCE_DIR"]
    if not values["DATABASE_URL"]:
        values["DATABASE_URL"] = f"sqlite:///{instance / 'luoshi.db'}"
    if not values["STORAGE_DIR"]:
        values["STORAGE_DIR"] = str(instance / "files")
    if not values["SECRET_KEY"]:
        kept = instance / SECRET_FILE
        values["SECRET_KEY"] = kept.read_text(encoding="ascii").strip() if kept.is_file() else secrets.token_hex(32)
    return values | given


def is_given(name: str) -> bool:
    """Whether the environment says this setting itself."""
    return bool(os.environ.get(name))


def keep_place(instance: Path | None = None) -> None:
    """Makes the instance folder and, once, its secret key of 256 bits, readable by the owner alone.

    Called by whoever serves or migrates, before the application is made: all processes then share the key.
    """
    folder = instance or Path(os.environ.get("INSTANCE_DIR", str(ROOT / "instance")))
    folder.mkdir(parents=True, exist_ok=True)
    try:
        handle = os.open(folder / SECRET_FILE, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(secrets.token_hex(32))


def database_url(url: str) -> str:
    """The URL in the form the drivers need: a bare `postgresql://` means psycopg 3 here."""
    for prefix in ("postgresql://", "postgres://"):
        if url.startswith(prefix):
            return "postgresql+psycopg://" + url.removeprefix(prefix)
    return url
