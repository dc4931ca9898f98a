"""The box of the top bar: what a few words find, and that nobody finds what is not theirs."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape

import pytest

from tests.integration.desk.conftest import TODAY
from tests.support.databases import ON_SQLITE
from tests.support.issued import TaskSpec, adopted, at, issued
from tracker.plans.queries import find_tasks
from tracker.reminders.service.slips import SlipFacts, issue_slips


def found(client, text):
    """The texts of the links in each section, by its name."""
    page = client.get("/find", query_string={"q": text})
    assert page.status_code == 200
    sections = re.findall(r'<section class="card[^>]* id="(\w+)".*?</section>', page.text, re.DOTALL)
    whole = re.findall(r'<section class="card[^>]* id="\w+".*?</section>', page.text, re.DOTALL)
    return {
        name: [plain(link) for link in re.findall(r"<th scope=\"row\".*?<a [^>]*>(.*?)</a>", part, re.DOTALL)]
        for name, part in zip(sections, whole, strict=True)
    }


def plain(link):
    return unescape(re.sub("<[^>]+>", "", link)).strip()


def test_a_task_is_found_by_words_of_its_name(plan, sign_in_as):
    assert found(sign_in_as("lead"), "审批 压减")["tasks"] == ["压减审批时限"]


def test_what_was_looked_for_is_marked(plan, sign_in_as):
    page = sign_in_as("lead").get("/find?q=审批").text
    assert "压减<mark>审批</mark>时限" in page


def test_a_unit_is_found_by_the_first_letters_of_its_name(plan, sign_in_as):
    assert "市财政局" in found(sign_in_as("lead"), "czj")["units"]


def test_a_plan_is_found_by_its_name(plan, sign_in_as):
    assert found(sign_in_as("lead"), "营商 2026")["plans"] == ["2026年营商环境任务分解表"]


def test_a_unit_finds_its_own_tasks_and_no_others(plan, sign_in_as):
    own, other = sign_in_as("reporter"), sign_in_as("county_reporter")
    assert found(own, "审批")["tasks"] == ["压减审批时限"]
    assert "tasks" not in found(other, "审批")
    assert found(other, "指南")["tasks"] == ["公开办事指南"]
    assert "units" not in found(other, "czj")


@pytest.mark.parametrize("name", ["云督〔2026〕1号", "云督[2026]1", "1号", "云督", "第１号"])
@ON_SQLITE
def test_a_supervision_slip_is_found_by_its_number(plan, writing, sign_in_as, name):
    with writing():
        late = plan.obligations("压减审批时限", "市交通运输局")[0].id
        facts = SlipFacts("云督", "yellow", "逾期未报。", "三日内报送。", TODAY + timedelta(days=3))
        issue_slips([late], facts, seen=0, by=plan.viewer("lead"), at=at(TODAY))
    assert found(sign_in_as("lead"), name)["slips"] == ["云督〔2026〕1号"]
    assert "slips" not in found(sign_in_as("lead"), "2号")


def test_nothing_found_says_so_and_what_to_try(plan, sign_in_as):
    page = sign_in_as("lead").get("/find?q=<b>无此事</b>").text
    assert "没有找到“&lt;b&gt;无此事&lt;/b&gt;”" in page
    assert "少输几个字" in page


def test_an_empty_box_says_what_may_be_looked_for(plan, sign_in_as):
    assert "输入几个字开始查找" in sign_in_as("lead").get("/find?q=  ").text


def test_the_box_stands_on_every_page_of_who_may_look(plan, sign_in_as):
    assert 'action="/find"' in sign_in_as("leader").get("/").text
    assert 'action="/find"' not in sign_in_as("admin").get("/").text


@ON_SQLITE
def test_pages_lead_through_all_that_is_found_and_back(place, writing):
    tasks = tuple(TaskSpec(f"任务甲{n}", (("市财政局", "lead"),)) for n in range(5))
    with writing():
        first = issued(place, tasks)
        second = adopted(place, tasks, name="政务公开")
        by = first.viewer("lead")
        pages = [find_tasks(by, "任务甲", size=4)]
        while pages[-1].next:
            pages.append(find_tasks(by, "任务甲", cursor=pages[-1].next, size=4))
        back = find_tasks(by, "任务甲", cursor=pages[-1].previous, size=4)
    seen = [(one.plan_id, one.row.name) for page in pages for one in page.rows]
    assert {page.total for page in pages} == {10}
    assert seen == [(plan, f"任务甲{n}") for plan in (second.plan_id, first.plan_id) for n in range(5)]
    assert [one.row.id for one in back.rows] == [one.row.id for one in pages[-2].rows]
