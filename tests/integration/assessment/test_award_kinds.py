"""Kinds of bonus and penalty with caps of their own, and a total on other full marks, as people meet them."""

from __future__ import annotations

import re
from copy import deepcopy

from tests.integration.assessment.test_pages import fields_of
from tests.integration.assessment.test_scheme_editor import begun, control, saved
from tests.support.databases import ON_SQLITE
from tests.support.scored import AS_OF, AT, BODY, SCORED_AT, SOURCES
from tracker.assessment.models import Scheme
from tracker.assessment.queries.runs import unit_score
from tracker.assessment.queries.schemes import get_scheme, scheme_row
from tracker.assessment.service import schemes as schemes_service
from tracker.assessment.service.runs import run_scheme
from tracker.db import session

pytestmark = ON_SQLITE

HELD = {
    "bonus": {"cap": "20", "kinds": "表彰奖励 5、改革创新 8"}, "penalty": {"kinds": "通报 3"}, "total": {"full": "120"},
}  # fmt: skip


def held(scored, writing) -> int:
    """A version in use with kinds of awards, and out of 120."""
    body = deepcopy(BODY) | HELD
    with writing():
        by = scored.viewer("evaluator")
        made = schemes_service.new_version(get_scheme(scored.scheme_id), reason="加分分类", by=by, at=AT)
        schemes_service.save_scheme(
            made, version=made.version, body=body, sources=SOURCES, plan_id=scored.plan_id, by=by, at=AT
        )
        schemes_service.adopt_scheme(made, version=made.version, by=by, at=AT)
        scored.enter_all_marks()
        return int(made.id)


def test_kinds_and_full_marks_are_typed_kept_and_marked_where_they_cannot_be(scored, sign_in_as, reading):
    evaluator = sign_in_as("evaluator")
    edit = begun(evaluator)
    page = saved(
        evaluator, edit, bonus_kinds="表彰奖励", penalty_kinds="通报 0", total_full="", total_as="100", total_cap="－1"
    )
    for name, label, said in (
        ("bonus_kinds", "加分分类上限", "请按“类别 上限”逐项填写"),
        ("penalty_kinds", "减分分类上限", "请按“类别 上限”逐项填写"),
        ("total_full", "总分满分（折算前）", "缺少此项"),
        ("total_cap", "总分最多", "必须大于 0"),
    ):
        assert f'<a href="#{name}">{label}</a>：{said}' in page
        assert 'aria-invalid="true"' in control(page, name)
    saved(
        evaluator,
        edit,
        bonus_kinds="表彰奖励 5分、改革创新 8",
        penalty_kinds="",
        total_full="１２０",
        total_as="",
        total_cap="100",
    )
    with reading():
        body = session.get_one(Scheme, int(edit.split("/")[2])).body
    assert body["bonus"]["kinds"] == "表彰奖励 5分、改革创新 8"
    assert body["total"] == {"full": "120", "cap": "100"}
    shown = evaluator.get(edit.removesuffix("/edit")).text
    assert "各类最多：表彰奖励 5分、改革创新 8" in shown
    assert "满分 120 折为 100、最多 100 分" in shown


def test_an_award_is_entered_with_its_kind_held_to_its_cap_and_explained(scored, sign_in_as, writing):
    scheme_id, unit = held(scored, writing), scored.units["市财政局"]
    evaluator, page = sign_in_as("evaluator"), f"/schemes/{scheme_id}/facts/{scored.units['市财政局']}"
    sent = {"slot": "bonus", "bonus-amount": "4", "bonus-reason": "省级表彰"}
    refused = evaluator.post(page, data=sent)
    assert refused.status_code == 422
    assert "请选择类别：各类有自己的上限。" in refused.text
    assert 'value="4"' in refused.text
    assert "方案里没有这个类别" in evaluator.post(page, data=sent | {"bonus-award_kind": "通报"}).text
    for amount, kind in (("4", "表彰奖励"), ("3", "表彰奖励"), ("1.5", "-")):
        typed = {"bonus-amount": amount, "bonus-award_kind": kind}
        assert evaluator.post(page, data=sent | typed).status_code == 302
    sent = {"slot": "penalty", "penalty-amount": "4", "penalty-reason": "通报", "penalty-award_kind": "通报"}
    assert evaluator.post(page, data=sent).status_code == 302
    told = evaluator.get(page).text
    assert "加 4 分（表彰奖励）" in told
    assert "减 4 分（通报）" in told
    assert "类别" not in re.search(r'id="slot-veto".*?</form>', told, re.DOTALL)[0]
    with writing():
        by = scored.viewer("evaluator")
        run = run_scheme(scheme_row(scheme_id), plan_id=scored.plan_id, as_of=AS_OF, by=by, at=SCORED_AT)
        found = unit_score(run.id, unit)
        assert (found.bonus, found.penalty) == ("6.50", "3.00")
        run_id = run.id
    explained = evaluator.get(f"/runs/{run_id}/units/{unit}").text
    assert "加分 表彰奖励 4 + 3 = 7（最多计 5）、1.5，合计 5 + 1.5 = 6.5" in explained
    assert "扣分 通报 4（最多计 3）" in explained
    assert "满分 120 折为 100：" in explained
    assert "加 3 分（表彰奖励）" in explained


def test_a_scheme_without_kinds_asks_for_none(scored, sign_in_as):
    evaluator, page = sign_in_as("evaluator"), f"/schemes/{scored.scheme_id}/facts/{scored.units['市财政局']}"
    assert "bonus-award_kind" not in evaluator.get(page).text
    sent = {"slot": "bonus", "bonus-amount": "4", "bonus-reason": "省级表彰"}
    assert evaluator.post(page, data=sent).status_code == 302


def test_marks_are_hidden_from_a_unit_where_the_scheme_lists_none(scored, sign_in_as, reading):
    evaluator = sign_in_as("evaluator")
    edit = begun(evaluator)
    sent = fields_of(evaluator.get(edit).text)
    place = next(
        name.removeprefix("kind-") for name, kind in sent.items() if name.startswith("kind-") and kind == "marks"
    )
    assert f'name="listed-{place}"' in evaluator.get(edit).text
    for listed, kept in (("no", "no"), ("yes", None)):
        sent = fields_of(evaluator.get(edit).text)
        sent[f"listed-{place}"] = listed
        sent["act"] = "stay:0"
        assert evaluator.post(edit, data=sent).status_code == 302
        with reading():
            body = str(session.get_one(Scheme, int(edit.split("/")[2])).body)
        assert ("'listed': 'no'" in body) is (kept == "no")
        assert "'listed': 'yes'" not in body
