"""The editor of schemes: what is wrong is said at its field by the name that stands there, and numbers are kept plain."""

from __future__ import annotations

import re

from tests.integration.assessment.test_pages import fields_of
from tests.support.databases import ON_SQLITE
from tracker.assessment.models import Scheme
from tracker.db import session

pytestmark = ON_SQLITE


def begun(client) -> str:
    """The editor of a new draft."""
    made = client.post("/schemes", data={"name": "部门考核", "starter": "department_openness", "plan": ""})
    return made.headers["Location"]


def saved(client, edit: str, **typed: str) -> str:
    """The editor once this was typed and checked."""
    sent = fields_of(client.get(edit).text)
    for name, text in typed.items():
        sent[name.replace("__", "-")] = text
    sent["act"] = "stay:0"
    assert client.post(edit, data=sent).status_code == 302
    return client.get(edit).text


def control(html: str, name: str) -> str:
    """The tag of the field of that id."""
    found = re.search(rf'<(?:input|select)[^>]* id="{name}"[^>]*>', html)
    assert found is not None, name
    return found[0]


def test_a_setting_that_cannot_be_is_named_as_its_field_and_marked_there(scored, sign_in_as):
    evaluator = sign_in_as("evaluator")
    page = saved(
        evaluator, begun(evaluator), places="99", bonus_cap="－5", bonus_gate="高", penalty_cap="-1", quota_pool="1",
        larger="0", veto_mode="fixed", veto_score="",
    )  # fmt: skip
    for name, label, said in (
        ("places", "保留小数", "不能大于 12"),
        ("bonus_cap", "加分上限", "不能小于 0"),
        ("bonus_gate", "加分门槛", "“高”不是数"),
        ("penalty_cap", "减分上限", "不能小于 0"),
        ("veto_score", "否决后的固定分", "缺少此项"),
        ("quota_pool", "小组合并名额", "不能小于 2"),
        ("larger", "占综合考核的比例", "必须大于 0"),
    ):
        assert f'<a href="#{name}">{label}</a>：{said}' in page
        assert 'aria-invalid="true"' in control(page, name)
    assert "比值上限：" not in page, "that is the name of a rule's parameter"
    assert "请更正以下内容后重新提交" not in page, "the draft was kept: nothing is to be sent again"


def test_a_grade_that_cannot_be_is_named_by_its_row_and_column(scored, sign_in_as):
    evaluator = sign_in_as("evaluator")
    edit = begun(evaluator)
    sent = fields_of(evaluator.get(edit).text)
    least, quotas = sent.getlist("grade-min"), sent.getlist("grade-quota")
    sent.setlist("grade-min", [least[0], "95", *least[2:]])
    sent.setlist("grade-quota", [quotas[0], "三成", *quotas[2:]])
    sent["act"] = "stay:0"
    evaluator.post(edit, data=sent)
    page = evaluator.get(edit).text
    assert '<a href="#grade-min-2">第2等“不低于”</a>：应小于上一等的 90' in page
    assert '<a href="#grade-quota-2">第2等“名额比例”</a>：“三成”不是数' in page
    assert 'aria-invalid="true"' in control(page, "grade-min-2")
    assert 'aria-invalid="true"' in control(page, "grade-quota-2")
    assert 'aria-invalid="true"' not in control(page, "grade-min-1")


def test_points_that_do_not_add_up_are_not_called_points_twice(scored, sign_in_as):
    evaluator = sign_in_as("evaluator")
    page = saved(evaluator, begun(evaluator), points__2="25")
    assert "分值 40 与下级指标分值之和 35 不等" in page
    assert "分值：分值" not in page


def test_full_width_numbers_are_kept_as_the_numbers_that_they_are(scored, sign_in_as, reading):
    evaluator = sign_in_as("evaluator")
    edit = begun(evaluator)
    saved(evaluator, edit, points__2="３０", places="１", larger="４．５", name__2="办结率（２０２６）")
    with reading():
        body = session.get_one(Scheme, int(edit.split("/")[2])).body
    leaf = body["indicators"]["children"][0]["children"][0]
    assert (leaf["points"], body["rounding"]["places"], body["larger"]["percent"]) == ("30", "1", "4.5")
    assert leaf["name"] == "办结率（２０２６）", "a name stays as it was typed"


def test_a_fixed_total_after_a_veto_is_told_with_its_number(scored, sign_in_as):
    evaluator = sign_in_as("evaluator")
    edit = begun(evaluator)
    saved(evaluator, edit, veto_mode="fixed", veto_score="59")
    assert "总分按 59 分计，定为最末等次" in evaluator.get(edit.removesuffix("/edit")).text


def test_a_blank_scheme_opens_calm_and_says_what_to_fill_in(scored, sign_in_as):
    evaluator = sign_in_as("evaluator")
    edit = evaluator.post("/schemes", data={"name": "从零开始", "starter": "blank", "plan": ""}).headers["Location"]
    page = evaluator.get(edit).text
    assert "node-wrong" not in page
    assert "需要更正" not in page
    assert "缺少此项" not in page
    assert "没有发现问题" not in page
    assert "先用“添加下级”列出各项指标" in page
    tried = evaluator.post(f"{edit}/trial", data=fields_of(page), headers={"HX-Request": "true"}).text
    assert "更正" not in tried
    assert "填好后才能试算" in tried


def test_an_indicator_that_was_just_added_is_asked_for_and_one_half_filled_in_is_wrong(scored, sign_in_as):
    evaluator = sign_in_as("evaluator")
    edit = evaluator.post("/schemes", data={"name": "从零开始", "starter": "blank", "plan": ""}).headers["Location"]
    sent = fields_of(evaluator.get(edit).text)
    sent["act"] = "child:0"
    evaluator.post(edit, data=sent)
    page = evaluator.get(edit).text
    assert "node-wrong" not in page
    assert "填写指标名称、分值和计分方式" in page
    page = saved(evaluator, edit, name__1="公开质量")
    assert page.count("node-wrong") == 1
    assert "分值：缺少此项" in page
    assert "还有 2 处需要更正" in page
