"""Settings and the secret key."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from pathlib import Path

from flask import current_app
from flask_babel import gettext as _

from tracker.config import SECRET_FILE, is_given
from tracker.upkeep.doctor.finding import Finding, State
from tracker.web.locale import LOCALES

SHORTEST_KEY = 32


def settings() -> Iterator[Finding]:
    config = current_app.config
    faults = [
        _("%(name)s 必须大于 0", name=name)
        for name in ("MAX_UPLOAD_MB", "SESSION_IDLE_MINUTES", "SESSION_HOURS", "LOCK_AFTER_FAILURES", "LOCK_MINUTES")
        if config[name] <= 0
    ]
    if config["DEFAULT_LOCALE"] not in LOCALES:
        faults.append(_("DEFAULT_LOCALE 只能是 %(choices)s", choices=" / ".join(LOCALES)))
    if faults:
        yield Finding("settings", State.FAULT, _("；").join(faults), _("按 docs/settings.md 改正后重启。"))
    elif config["PROXIES"] and not config["SECURE_COOKIES"]:
        yield Finding(
            "settings", State.WARNING, _("前面有反向代理，但会话 Cookie 未限 HTTPS。"),
            _("站点用 HTTPS 时设 SECURE_COOKIES=1。"),
        )  # fmt: skip
    else:
        yield Finding("settings", State.OK, _("设置有效。"))


def secret_key() -> Iterator[Finding]:
    kept: Path = current_app.config["INSTANCE_DIR"] / SECRET_FILE
    if is_given("SECRET_KEY"):
        if len(current_app.config["SECRET_KEY"]) < SHORTEST_KEY:
            yield Finding(
                "secret-key", State.WARNING, _("环境变量 SECRET_KEY 太短，容易被猜到。"),
                _("换成至少 %(n)s 个字符的随机串；更换后所有人要重新登录。", n=SHORTEST_KEY),
            )  # fmt: skip
        else:
            yield Finding("secret-key", State.OK, _("密钥来自环境变量。"))
    elif not kept.is_file():
        yield Finding(
            "secret-key", State.WARNING, _("还没有保存的密钥。"), _("首次启动服务或运行 flask db upgrade 时会生成。")
        )
    elif stat.S_IMODE(kept.stat().st_mode) & 0o077:
        yield Finding(
            "secret-key", State.FAULT, _("密钥文件 %(file)s 别人也能读。", file=str(kept)),
            _("运行 chmod 600；如果机器上有其他用户，请换一个密钥。"),
        )  # fmt: skip
    else:
        yield Finding("secret-key", State.OK, _("密钥文件只有本用户可读。"))
