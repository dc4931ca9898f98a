"""Words that several reports share, and how a report is given its language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, Protocol

LightKind = Literal[
    "on_time", "near", "soon", "behind", "reminded", "warned", "overdue", "done", "caught_up", "none"
]  # fmt: skip
"""As in `tracker.progress.lights`, which rooms below progress, that write workbooks too, must not import by way of these."""


class Translate(Protocol):
    """`flask_babel.gettext` fits. Reports name the parameter `_`, so that the message extractor finds their texts."""

    def __call__(self, message: str, /, **values: object) -> str: ...


def N_(message: str) -> str:
    """Marks a text for the message catalogues; it is translated where it is shown."""
    return message


def lapped(name: str, title: str) -> str:
    """A name and what it is, as one title: the words that end the one and begin the other stand once.

    重点任务 and 任务分解表 are 重点任务分解表; a name that says all of the title already is the title.
    """
    if title in name:
        return name
    shared = next((n for n in range(min(len(name), len(title)), 0, -1) if name.endswith(title[:n])), 0)
    return f"{name}{title[shared:]}"


def as_written(message: str, /, **values: object) -> str:
    """The Chinese source text itself: the `Translate` of tests and of commands without a language."""
    return message % values if values else message


LIGHTS: Mapping[LightKind, str] = {
    "on_time": N_("● 按期"),
    "near": N_("▲ 临期"),
    "soon": N_("▲ 临期"),
    "behind": N_("▼ 滞后"),
    "reminded": N_("▽ 提醒"),
    "warned": N_("◆ 警告"),
    "overdue": N_("■ 逾期"),
    "done": N_("✓ 已核"),
    "caught_up": N_("◐ 补报"),
    "none": "–",
}
"""Every light is a shape and a word; colour only repeats what they say (WCAG 2.2, 1.4.1)."""

ROLES: Mapping[str, str] = {
    "lead": N_("牵头"),
    "responsible": N_("责任"),
    "support": N_("配合"),
    "supervise": N_("督办"),
}
"""Roles of a unit in a task, by the keys of the import draft."""
