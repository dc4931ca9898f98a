"""Findings at each turn of their way, and a spot check, for tests of who may open what."""

from __future__ import annotations

import io
from datetime import timedelta

from tests.support.issued import Issued
from tests.support.place import AT, DAY
from tracker.progress.service import Wish
from tracker.rectification import queries, service
from tracker.rectification.sampling import WEIGHTS


def found(made: Issued, unit: str) -> dict[str, object]:
    """Ids by the parameters of the room's addresses: findings of a unit, and a check of what was accepted of it."""
    lead, reporter, due = made.viewer("lead"), made.viewer("reporter"), DAY + timedelta(days=15)
    wanted = service.Found("leader", "栏目没有更新", "最近一条发布于六月。", made.place.units[unit], due, made.plan_id)
    ids = [service.register(wanted, assign_now=turn > 0, by=lead, at=AT).id for turn in range(5)]
    registered, assigned, in_hand, reviewed, reported = ids
    for one in (in_hand, reviewed, reported):
        service.plan_measure(one, service.Measure("明确专人更新。", "主任", due), by=reporter, at=AT)
    for one in (reviewed, reported):
        service.save_report(one, done="已更新。", by=reporter, at=AT)
        for phase in ("before", "after"):
            service.attach(one, phase=phase, stream=io.BytesIO(b"%PDF-1"), name=f"{phase}.pdf", by=reporter, at=AT)
        service.hand_in(one, by=reporter, at=AT)
    wish = Wish("延误。", until=due + timedelta(days=5))
    asked = service.ask_for("extension", reviewed, wish, by=made.viewer("reviewer"), at=AT)
    service.approve(reported, by=made.viewer("reviewer"), at=AT)
    terms = service.Wanted(made.plan_id, "reports", DAY, DAY, "抽签7号", 5, 5, WEIGHTS)
    check = service.draw_check(terms, by=lead, at=AT).id
    shown = queries.finding_view(reported, lead, today=DAY)
    by_step = {
        registered: ("propose_assigning", "assign", "propose_dropping", "drop"),
        assigned: ("propose_measure", "plan_measure", "propose_handing_back", "hand_back"),
        in_hand: ("propose_report", "report", "propose_request", "ask_for"),
        reviewed: (
            "propose_reviewing",
            "review",
            "decide_on",
            "decide_request",
            "take_back_request",
        ),
    }
    return {
        "rectification:finding_id": reported, "rectification:public_id": shown.rounds[0].files[0].public_id,
        "rectification:request_id": asked.id, "rectification:kind": "waiver",
        "check_id": check, "item_id": queries.check_view(check, lead).items[0].id,
        **{f"rectification.{step}:finding_id": one for one, steps in by_step.items() for step in steps},
    }  # fmt: skip
