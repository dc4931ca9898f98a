"""Reasons for a return that are kept ready."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from tracker.accounts.roles import Role, Viewer
from tracker.db import session
from tracker.progress.models import ReasonPhrase
from tracker.units.queries import covers, root_id

BEGINNING = (
    _l("进展描述不具体，请补充数据、时间和责任人。"),
    _l("未附佐证材料，请补充后重报。"),
    _l("完成百分比与进展描述不符，请核实。"),
    _l("目标值完成情况未填写，请补充。"),
    _l("存在问题和下步措施过于笼统，请细化。"),
    _l("所报内容与本期任务要求不一致，请对照工作要求修改。"),
)
"""What is offered until the office keeps its own, and what its own begin with."""


@dataclass(frozen=True, slots=True)
class PhraseRow:
    id: int
    text: str
    retired: bool
    version: int


def keeps_phrases(viewer: Viewer) -> bool:
    """Whether the viewer keeps them: the lead office of the whole, for they are offered to all."""
    root = root_id()
    return root is not None and covers(viewer, root, Role.LEAD_OFFICE)


def phrases() -> list[PhraseRow]:
    """All of them in their order, those that are retired last."""
    statement = select(ReasonPhrase).order_by(ReasonPhrase.retired, ReasonPhrase.position, ReasonPhrase.id)
    return [PhraseRow(one.id, one.text, one.retired, one.version) for one in session.scalars(statement)]


def offered_phrases() -> list[str]:
    """What is offered where a report is sent back: the office's own reasons, or those to begin with."""
    kept = phrases()
    return [one.text for one in kept if not one.retired] if kept else [str(one) for one in BEGINNING]
