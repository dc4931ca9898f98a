"""A plan that runs and a second edition of its document, for tests of revising: through the same services as the pages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from tests.support.breakdown import workbook
from tests.support.issued import Issued, at, people, reported
from tests.support.place import AT, Place
from tracker.db import session
from tracker.drafts import service as drafts
from tracker.drafts.models import DraftTask
from tracker.plans.models import Plan, Task
from tracker.progress import service
from tracker.progress.queries.revising import revision

FIRST = (
    ("一、优化流程", "压减审批时限，办结率达到95%以上。", "市财政局", "市交通运输局", "每季度末月20日前"),
    ("", "公开办事指南，逐项列明办理条件。", "市财政局", "望川县、临溪县", "6月底前"),
    ("", "推行容缺受理，公布可容缺事项清单。", "市财政局", "", "10月底前"),
    ("二、畅通道路", "新改建农村公路120公里并建立养护制度。", "市交通运输局", "望川县", "年底前"),
    ("", "开展道路安全隐患排查整治。", "市交通运输局", "", "9月底前"),
)
SECOND = (
    ("一、优化流程", "设立企业服务专窗，实行首问负责。", "市财政局", "", "11月底前"),
    ("", "压减审批时限，当场办结率达到98%以上。", "市财政局", "市交通运输局", "每季度末月20日前"),
    ("", "公开办事指南，逐项列明办理条件。", "市财政局", "望川县", "6月底前"),
    ("", "推行容缺受理，公布可容缺事项清单。", "市财政局", "", "11月底前"),
    ("二、畅通道路", "新改建农村公路120公里并建立养护制度。", "市交通运输局", "望川县、临溪县", "年底前"),
)
"""One reworded with another target; one without 临溪县; one put off; one with 临溪县; one dropped; one new."""
GUIDE, LIMITS, CATALOGUE, ROADS, CHECKS, WINDOW = (
    "公开办事指南", "压减审批时限", "推行容缺受理", "新改建农村公路", "开展道路安全", "设立企业服务专窗",
)  # fmt: skip


@dataclass
class Revising(Issued):
    """An issued plan and the draft of its second edition."""

    draft_id: int = 0

    def task(self, words: str) -> int:
        found = session.scalar(select(Task.id).where(Task.plan_id == self.plan_id, Task.name.startswith(words)))
        assert found is not None, words
        return found

    def draft_task(self, words: str) -> int:
        rows = session.scalars(
            select(DraftTask).where(DraftTask.draft_id == self.draft_id).order_by(DraftTask.position)
        )
        return next(one.id for one in rows if one.body["requirement"].startswith(words))

    def seen(self, moment: datetime, **how: Any) -> str:
        by = self.viewer("lead")
        return revision(self.draft_id, by, today=moment.date(), **how).mark

    def adopt(self, moment: datetime, **wishes: Any) -> service.RevisionDone:
        mark = self.seen(moment, keep_due=wishes.get("keep_due", True))
        said = service.Wishes("市政府印发修订稿。", warnings_ok=True, unclaimed_ok=True, **wishes)
        return service.adopt_revision(self.draft_id, said, seen=mark, by=self.viewer("lead"), at=moment)

    def look_up(self) -> None:
        rows = session.execute(select(Task.name, Task.id).where(Task.plan_id == self.plan_id).order_by(Task.id))
        self.tasks = {row.name: row.id for row in rows}


def running(place: Place, *, moment: datetime = AT, issue: bool = True) -> Revising:
    """The first edition adopted and issued, with second people. Within a transaction."""
    people(place)
    by = place.viewer("lead")
    made = drafts.import_and_adopt(
        data=workbook(FIRST), file_name="分解表.xlsx", plan_name="重点任务", year=2026, unit_id=place.units["云岫市"], by=by,
        at=moment, choices={},
    )  # fmt: skip
    if issue:
        service.issue_plan(made.plan_id, by=by, at=moment)
    found = Revising(place, made.plan_id)
    found.look_up()
    return found


def reported_on(place: Place) -> Revising:
    """The first edition runs; its first quarter was reported by the finance bureau and accepted. Within a transaction."""
    found = running(place)
    first = found.obligations(next(name for name in found.tasks if name.startswith(LIMITS)), "市财政局")[0]
    return_id = reported(found, first.id, day=date(2026, 3, 18))
    service.accept(return_id, by=found.viewer("lead"), at=at(date(2026, 3, 19)))
    return found


def received(found: Revising, rows: Any = SECOND, *, moment: datetime = AT) -> Revising:
    """The second edition under review. Within a transaction."""
    by = found.viewer("lead")
    plan = session.get_one(Plan, found.plan_id)
    sent = drafts.Document(workbook(rows), "修订稿.xlsx", 2026)
    draft = drafts.receive_now(sent, unit_id=plan.owner_unit_id, by=by, at=moment)
    drafts.revise(draft, found.plan_id, by=by, at=moment)
    found.draft_id = draft.id
    return found
