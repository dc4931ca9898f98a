"""What was found wrong in the invented city and what became of it: findings at each turn of their way, two spot checks."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import partial

from tracker.accounts.roles import Viewer
from tracker.clock import CHINA, day_of
from tracker.demo.diary import Diary
from tracker.demo.world import World
from tracker.demo.year import NAMED
from tracker.rectification import service
from tracker.rectification.queries import check_view, frame_of
from tracker.rectification.sampling import WEIGHTS

A_STEP = timedelta(days=3)
"""From one act on a finding to the next."""
SCHOOLS, COUNTY = NAMED


@dataclass(frozen=True, slots=True)
class Case:
    """A finding: registered so many days ago, to be put right within so many; `steps` of its way have been gone."""

    unit: str
    title: str
    text: str
    ago: int
    within: int
    steps: int
    source: str = "leader"
    by: str = "qiantou"


CASES = (
    Case(
        SCHOOLS, "校园开放日安排没有提前公开", "家长反映开放日前两天才看到通知，栏目里没有全年安排。", 60, 25, 6, source="other"
    ),
    Case(SCHOOLS, "栏目负责人信息没有更新", "负责人已调整，栏目仍登载原负责人和电话。", 14, 20, 3),
    Case(SCHOOLS, "意见征集没有公布采纳情况", "征集结束已满三十个工作日，未见采纳情况说明。", 8, 12, 2),
    Case(COUNTY, "两个乡镇的便民电话无人接听", "工作日上午连续三次拨打均无人接听。", 32, 15, 2),
    Case(COUNTY, "政务公开专区长期上锁", "走访时专区未开放，现场没有咨询人员。", 3, 15, 1),
    Case("云岫市统计局", "统计公报没有配图解读", "只有文字版，没有按要求同步发布解读。", 2, 20, 0, source="other", by="kaohe"),
)  # fmt: skip


class Rectifying:
    """Puts into the diary what is found, put right and verified, of one plan."""

    def __init__(self, world: World, diary: Diary, plan_id: int, today: date) -> None:
        self.world, self.diary, self.plan_id, self.today = world, diary, plan_id, today

    def begin(self) -> None:
        for case in CASES:
            self.diary.put(self._at(case.ago), partial(self._register, case))
        self.diary.put(self._at(35), partial(self._check, self.world.named["heyan"], 1))
        self.diary.put(self._at(4), partial(self._check, self.world.named["kaohe"], 3))

    def _at(self, days_ago: int) -> datetime:
        return datetime.combine(self.today - timedelta(days=days_ago), time(9, 0), CHINA)

    def _register(self, case: Case, at: datetime) -> None:
        found = service.Found(
            case.source, case.title, case.text, self.world.unit(case.unit), day_of(at) + timedelta(days=case.within),
            self.plan_id,
        )  # fmt: skip
        made = service.register(found, assign_now=case.steps > 0, by=self.world.named[case.by], at=at)
        self._go_on(case, made.id, 1, at)

    def _go_on(self, case: Case, finding: int, step: int, at: datetime) -> None:
        if step < case.steps:
            self.diary.put(at + A_STEP, partial(self._step, case, finding, step))

    def _step(self, case: Case, finding: int, step: int, at: datetime) -> None:
        """Its measure, its report, sent back, its report again, struck off."""
        unit = self.world.unit(case.unit)
        reporter, verifier = self.world.reporters[unit], self.world.named["heyan"]
        if step == 1:
            due = day_of(at) + timedelta(days=case.within) - A_STEP
            measure = service.Measure("列出清单逐项更正，明确专人每周检查。", "办公室负责人", due)
            service.plan_measure(finding, measure, by=reporter, at=at)
        elif step in {2, 4}:
            self._report(finding, unit, at, again=step == 4)
        elif step == 3:
            service.send_back(finding, reason="只更正了本级栏目，所属单位的没有更正。", by=verifier, at=at)
        else:
            service.close(finding, opinion="抽看属实，同意销号。", by=verifier, at=at)
        self._go_on(case, finding, step + 1, at)

    def _report(self, finding: int, unit: int, at: datetime, *, again: bool) -> None:
        by = self.world.reporters[unit]
        done = "所属单位的栏目也已更正。" if again else "已更正本级栏目，并安排专人每周检查。"
        service.save_report(finding, done=done, by=by, at=at)
        for phase, name in (
            (("after", "整改后页面.txt"),) if again else (("before", "整改前页面.txt"), ("after", "整改后页面.txt"))
        ):
            file = io.BytesIO(f"{name}\n{done}\n".encode())
            service.attach(finding, phase=phase, stream=file, name=name, by=by, at=at)
        service.hand_in(finding, by=by, at=at)
        service.approve(finding, by=self.world.reviewers[unit], at=at + timedelta(minutes=50))

    def _check(self, by: Viewer, every: int, at: datetime) -> None:
        """Draws from a quarter's reports, and enters every so manieth result; the first of a whole check is a finding."""
        day = day_of(at)
        since = day - timedelta(days=91)
        if not frame_of(self.plan_id, "reports", since, day):
            return
        seed = day.strftime("%Y%m%d")
        made = service.draw_check(
            service.Wanted(self.plan_id, "reports", since, day, seed, 6, 1, WEIGHTS), by=by, at=at
        )  # fmt: skip
        places = check_view(made.id, by).items
        moment = at + timedelta(hours=30)
        for item in places[::every]:
            seen = service.Seen(day_of(moment), "查看台账和现场，与报送相符。")
            if every == 1 and item is places[0]:
                due = day_of(moment) + timedelta(days=15)
                seen = service.Seen(day_of(moment), "台账只登记到上月。", "工作台账更新不及时", due)
            self.diary.put(moment, partial(self._enter, item.id, seen, by))
        if every == 1:
            self.diary.put(moment + timedelta(hours=2), partial(self._conclude, made.id, by))

    def _enter(self, item: int, seen: service.Seen, by: Viewer, at: datetime) -> None:
        service.enter_result(item, seen, by=by, at=at)

    def _conclude(self, check: int, by: Viewer, at: datetime) -> None:
        service.conclude(check, note="总体属实，个别台账更新不及时，已转整改。", by=by, at=at)
