"""Reasons for a return (退办理由) that the lead office keeps ready."""

from __future__ import annotations

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from tracker.db import Base

LONGEST_PHRASE = 200
BEGINNING = (
    "进展描述不具体，请补充数据、时间和责任人。",
    "未附佐证材料，请补充后重报。",
    "完成百分比与进展描述不符，请核实。",
    "目标值完成情况未填写，请补充。",
    "存在问题和下步措施过于笼统，请细化。",
    "所报内容与本期任务要求不一致，请对照工作要求修改。",
)
"""What is offered until the office keeps its own, and what its own begin with."""


class ReasonPhrase(Base):
    """A reason that is offered where a report is sent back; one that is retired (停用) is offered no more."""

    __tablename__ = "reason_phrase"

    id: Mapped[int] = mapped_column(primary_key=True)
    position: Mapped[int]
    text: Mapped[str] = mapped_column(String(LONGEST_PHRASE))
    retired: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(default=1)
    __mapper_args__ = {"version_id_col": version}
