"""Reasons for a return that the office keeps: offered where a report is sent back, each change on record."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select

from tests.integration.progress.test_chain import fields_of
from tests.support.issued import reported
from tests.support.place import AT
from tracker.audit.models import AuditEntry
from tracker.db import session
from tracker.errors import Conflict, DomainError, NotFound
from tracker.progress.queries.phrases import offered_phrases, phrases
from tracker.progress.service import phrases as service

PAGE = "/phrases"


def test_what_is_kept_is_offered_where_a_report_is_sent_back(plan, writing, sign_in_as):
    with writing():
        version = reported(plan, plan.obligations("压减审批时限", "市财政局")[0].id)
    lead = sign_in_as("lead")
    assert lead.post(PAGE, data={"text": "  请写明\n时间节点。 "}).status_code == 302
    offered = re.findall(r'data-phrase="reason">([^<]+)<', lead.get(f"/checks/{version}").text)
    assert len(offered) == 7
    assert offered[-1] == "请写明 时间节点。"


def test_the_page_changes_orders_and_retires(plan, sign_in_as, reading):
    lead = sign_in_as("lead")
    assert "未附佐证材料" in lead.get(PAGE).text
    assert lead.post(PAGE, data={"begin": "1"}).status_code == 302
    assert lead.post(PAGE, data={"begin": "1"}).status_code == 302, "pressed twice"
    with reading():
        first, second, *rest = phrases()
        assert len(rest) == 4
    hidden = fields_of(lead.get(PAGE))
    changed = {f"phrase{first.id}-text": "请补数据。", f"phrase{first.id}-version": hidden[f"phrase{first.id}-version"]}
    assert lead.post(f"{PAGE}/{first.id}", data={**changed, "act": "change"}).status_code == 302
    assert lead.post(f"{PAGE}/{first.id}", data={"act": "down"}).status_code == 302
    with reading():
        assert offered_phrases()[:2] == [second.text, "请补数据。"]
    assert lead.post(f"{PAGE}/{second.id}", data={"act": "retire"}).status_code == 302
    with reading():
        assert second.text not in offered_phrases()
        assert phrases()[-1].text == second.text, "it stands last, to be taken up again"
    stale = lead.post(f"{PAGE}/{first.id}", data={**changed, "act": "change", f"phrase{first.id}-text": "我改的"})
    assert stale.status_code == 409
    assert "我改的" in stale.text
    twice = lead.post(PAGE, data={"text": second.text})
    assert twice.status_code == 422
    assert "停用状态" in twice.text
    assert lead.post(f"{PAGE}/{second.id}", data={"act": "restore"}).status_code == 302
    with reading():
        assert offered_phrases()[-1] == second.text
        acts = list(session.scalars(select(AuditEntry.action).order_by(AuditEntry.seq.desc()).limit(4)))
        assert acts == ["恢复常用理由", "停用常用理由", "调整常用理由次序", "更改常用理由"]
    assert lead.post(f"{PAGE}/{second.id}", data={"act": "dance"}).status_code == 400


def test_what_may_not_be_kept(plan, writing):
    with writing():
        lead = plan.viewer("lead")
        service.begin_phrases(by=lead, at=AT)
        first = phrases()[0]
        for words in (" ", "长" * 201, first.text):
            with pytest.raises(DomainError):
                service.add_phrase(words, by=lead, at=AT)
        with pytest.raises(NotFound):
            service.change_phrase(999, "甲", by=lead, at=AT)
        with pytest.raises(Conflict):
            service.change_phrase(first.id, "甲", seen=0, by=lead, at=AT)
        with pytest.raises(NotFound):
            service.retire_phrase(first.id, by=plan.viewer("reviewer"), at=AT)
        for n in range(24):
            service.add_phrase(f"理由 {n}", by=lead, at=AT)
        with pytest.raises(DomainError):
            service.add_phrase("多出来的一条", by=lead, at=AT)
        service.move_phrase(first.id, -1, by=lead, at=AT)
        assert offered_phrases()[0] == first.text, "what is first stays first"
