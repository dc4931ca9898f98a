"""The digest (每日汇总) of one recipient: what is told, gravest first, and its words for a letter or a group."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date
from typing import NamedTuple

from flask_babel import gettext as _, lazy_gettext as _l

from tracker.reminders.schedule import REASONS, Reason

NAMED = 30
"""How many reports a digest names; of the others it says how many they are."""
SUBJECT = 200
"""Characters of a subject at most, as it is kept."""

REASON_LABELS = {
    "slip_late": _l("■ 督办单逾期未回执"), "slip": _l("■ 督办单待回执"),
    "urged": _l("▲ 上级催报"), "asked": _l("▲ 询问待答复"),
    "late": _l("■ 逾期"), "again": _l("■ 仍未报送"), "sent_back": _l("▼ 退办待重报"),
    "due": _l("▲ 今日到期"), "due_off": _l("▲ 休息日到期"), "near": _l("▲ 临期"),
}  # fmt: skip


class Item(NamedTuple):
    """A report, a supervision slip or a question that is mentioned, as it is kept and shown."""

    id: int
    number: str
    task: str
    """Of a slip its own number: 云督〔2026〕3号."""
    unit: str
    due_on: str
    """2026-03-20."""
    why: Reason
    passed_id: int = 0
    """Of a report that was passed down (转办下级), by which it is found beside the report of the unit above; else 0."""

    @property
    def is_slip(self) -> bool:
        return self.why.startswith("slip")

    @property
    def page(self) -> tuple[str, dict[str, int]]:
        """The endpoint of its own page, and what that is asked for."""
        if self.is_slip:
            return "reminders.slip", {"slip_id": self.id}
        if self.why == "asked":
            return "progress.question", {"question_id": self.id}
        if self.passed_id:
            return "progress.part", {"passed_id": self.passed_id, "obligation_id": self.id}
        return "progress.obligation", {"obligation_id": self.id}

    @property
    def what(self) -> tuple[str, int, int]:
        """Tells one thing that is mentioned from another."""
        return self.page[0], self.id, self.passed_id


class Digest(NamedTuple):
    counts: dict[str, int]
    """Reason → how many, the gravest first."""
    items: list[Item]


def digest(found: Sequence[Item]) -> Digest:
    ordered = sorted(found, key=lambda one: (REASONS.index(one.why), one.due_on, one.id, one.passed_id))
    counts = Counter(one.why for one in ordered)
    return Digest({why: counts[why] for why in REASONS if counts[why]}, ordered[:NAMED])


def subject(counts: dict[str, int], day: date) -> str:
    """【落实】2026-03-20 任务提醒：■ 逾期 2 项，▲ 临期 1 项. Of more than fits the gravest, and a sign that there is more."""
    said = _("【落实】%(day)s 任务提醒：%(counts)s", day=day.isoformat(), counts=counted(counts))
    return said if len(said) <= SUBJECT else f"{said[: SUBJECT - 1]}…"


def counted(counts: dict[str, int]) -> str:
    return _("，").join(
        _("%(why)s %(n)s 项", why=str(REASON_LABELS[why]), n=counts[why]) for why in REASONS if why in counts
    )


def body(made: Digest, site: str, address: Callable[[Item], str] | None = None) -> str:
    """Plain text below the subject, which says the counts. `site` is the address of this application, empty where it is not
    known; it comes first, since a group's robot takes so many bytes only and what is too long loses its end. `address` gives
    that of its own page, for a letter to one person: of a group's many each may open a few."""
    head = [_("登录查看和填报：%(address)s", address=site), ""] if site else []
    lines = [_line(one) + (f"\n　　{address(one)}" if site and address else "") for one in made.items]
    left = sum(made.counts.values()) - len(made.items)
    if left:
        lines.append(_("……另有 %(n)s 项", n=left))
    return "\n".join([*head, *lines, "", _("每天最多一份。")])


def _line(one: Item) -> str:
    name = f"{one.number} {one.task}".strip()
    return _(
        "%(why)s　%(day)s　%(unit)s：%(task)s",
        why=str(REASON_LABELS[one.why]),
        day=one.due_on,
        unit=one.unit,
        task=name,
    )
