"""What pages say: which return a message is about, where it stands, and what is next."""

from __future__ import annotations

import re
from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select

from tests.integration.progress.test_chain import fields_of
from tests.support.issued import at, reported
from tests.support.place import AT, DAY
from tracker.accounts import service as accounts
from tracker.accounts.models import Grant
from tracker.db import session
from tracker.progress import queries, service
from tracker.progress.content import Content
from tracker.progress.models import Obligation


@pytest.fixture
def first(plan, writing):
    """The finance bureau's first obligation, signed for."""
    with writing():
        one = plan.obligations("压减审批时限", "市财政局")[0]
        service.sign(one.assignment_id, by=plan.viewer("reporter"), at=AT)
        return one.id


def places(page):
    """Where the side bar says one is."""
    bar = page.text.split("<main")[0]
    return re.findall(r'class="sidebar-link active" href="([^"]+)"', bar)


def test_a_message_names_task_unit_and_period(plan, first, writing, sign_in_as):
    with writing():
        version = reported(plan, first, reviewer=None)
    reviewer, lead = sign_in_as("reviewer"), sign_in_as("lead")
    page = reviewer.get(f"/reviews/{version}")
    reviewer.post(f"/reviews/{version}", data={**fields_of(page), "decision": "pass"})
    told = reviewer.get("/reviews").text
    assert "已审核通过：市财政局“压减审批时限”（2026年第1季度）" in told
    page = lead.get(f"/checks/{version}")
    lead.post(f"/checks/{version}", data={**fields_of(page), "decision": "pass"})
    assert "已核收：市财政局“压减审批时限”（2026年第1季度）" in lead.get("/checks").text


def test_the_next_one_is_opened_and_one_may_be_passed_over(plan, writing, sign_in_as):
    with writing():
        one, two, *_rest = plan.obligations("压减审批时限", "市财政局")
        first, second = reported(plan, one.id), reported(plan, two.id)
    lead = sign_in_as("lead")
    page = lead.get(f"/checks/{first}")
    assert f'href="/checks/{second}"' in page.text, "passing over leads to the next in the queue"
    assert f'href="/checks/{first}"' in lead.get(f"/checks/{second}").text, (
        "what was passed over comes again at the end"
    )
    answer = lead.post(f"/checks/{first}", data={**fields_of(page), "decision": "pass"})
    assert answer.headers["Location"] == f"/checks/{second}"
    assert "还有 1 件" in lead.get(f"/checks/{second}").text
    page = lead.get(f"/checks/{second}")
    answer = lead.post(f"/checks/{second}", data={**fields_of(page), "decision": "pass"})
    assert answer.headers["Location"] == "/checks"
    assert "全部办完" in lead.get("/checks").text


def test_a_return_in_the_units_own_review_is_shown_as_that_inside(plan, first, writing, sign_in_as, reading):
    with writing():
        reported(plan, first, reviewer=None)
    with reading():
        mine = plan.assignment("压减审批时限", "市财政局").id
    inside = sign_in_as("reporter")
    head = inside.get(f"/obligations/{first}").text.split("</header>")[-1].split("版本")[0]
    assert "待报送" not in re.split("第 1 版", head)[0]
    row = re.search(
        rf'<tr>(?:(?!</tr>).)*href="/obligations/{first}".*?</tr>', inside.get(f"/assignments/{mine}").text, re.DOTALL
    )
    assert row is not None
    assert "本单位审核" in row.group(0)
    assert "待报送" not in row.group(0)
    outside = sign_in_as("lead").get(f"/assignments/{mine}").text
    assert "待报送" in outside, "what has not left the unit is still awaited"
    assert "本单位审核</span>" not in outside.split('id="obligations"')[1]


def test_what_waits_at_the_lead_office_shows_the_percent_it_reports(plan, first, writing, sign_in_as, reading):
    with writing():
        reported(plan, first, percent=80)
    with reading():
        mine = plan.assignment("压减审批时限", "市财政局").id
        assert queries.reported_percents(mine, inside=False) == {first: 80}
    row = re.search(rf'/obligations/{first}".*?</tr>', sign_in_as("lead").get(f"/assignments/{mine}").text, re.DOTALL)
    assert row is not None
    assert "80%" in row.group(0)


def test_the_report_page_belongs_to_my_tasks(plan, first, sign_in_as):
    reporter = sign_in_as("reporter")
    for path in (f"/obligations/{first}/report", f"/obligations/{first}"):
        assert places(reporter.get(path)) == ["/assignments"], path
    assert places(sign_in_as("lead").get(f"/obligations/{first}")) == ["/work"]


def test_a_reason_stays_in_sight_while_the_next_version_is_written(plan, first, writing, sign_in_as):
    with writing():
        version = reported(plan, first)
        service.send_back(version, reason="请补充时间。", by=plan.viewer("lead"), at=at(DAY, 12))
    reporter = sign_in_as("reporter")
    page = reporter.get(f"/obligations/{first}/report")
    assert "第 1 版被退办" in page.text
    sent = reporter.post(f"/obligations/{first}/draft", data={**fields_of(page), "done": "改写中", "percent": "40"})
    assert sent.status_code == 200
    again = reporter.get(f"/obligations/{first}/report").text
    assert "改写中" in again
    assert "请补充时间。" in again


def test_sent_back_by_the_own_reviewer_and_by_the_lead_office_are_said_apart(plan, first, writing, sign_in_as):
    with writing():
        version = reported(plan, first, reviewer=None)
        service.send_back_own(version, reason="数据有误。", by=plan.viewer("reviewer"), at=at(DAY, 11))
    reporter = sign_in_as("reporter")
    assert "第 1 版被本单位退回" in reporter.get(f"/obligations/{first}/report").text
    page = reporter.get(f"/obligations/{first}").text
    assert "本单位退回理由" in page
    shown = dict(re.findall(r"<dt>([^<]*)</dt>\s*<dd>(.*?)</dd>", page, re.DOTALL))
    assert "2026" in shown["本单位审核"]  # the unit's own reviewer decided, and when
    assert shown["核验"].strip() == "–"  # the lead office has not seen it


def test_figures_carry_their_unit(plan, first, writing, sign_in_as, reading):
    with reading():
        target = queries.targets(plan.tasks["压减审批时限"])[0].id
    with writing():
        content = Content(done="已压减。", percent=40, figures={target: Decimal(32)})
        version = service.hand_in(first, content=content, by=plan.viewer("reporter"), at=AT).id
        service.approve(version, by=plan.viewer("reviewer"), at=AT)
    lead = sign_in_as("lead")
    for path in (f"/checks/{version}", f"/obligations/{first}"):
        assert "32%" in lead.get(path).text, path
    with reading():
        entry = next(one for one in queries.ledger_rows(plan.plan_id, today=DAY) if one.figures)
    assert entry.figures == (("压减30%以上", "32%"),)


def test_days_left_and_days_over_are_said(plan, first, sign_in_as, clock_stands):
    clock_stands.move_to(at(DAY.replace(day=17)))
    assert "还有 3 天" in sign_in_as("reporter").get(f"/obligations/{first}/report").text
    clock_stands.move_to(at(DAY.replace(day=20)))
    assert "今天到期" in sign_in_as("reporter").get(f"/obligations/{first}/report").text
    clock_stands.move_to(at(DAY.replace(day=20) + timedelta(days=5)))
    reporter = sign_in_as("reporter")
    for path in (f"/obligations/{first}/report", f"/obligations/{first}"):
        assert "已过 5 天" in reporter.get(path).text


def test_the_page_says_who_will_review(plan, first, sign_in_as):
    page = sign_in_as("reporter").get(f"/obligations/{first}/report").text
    assert "石审核、白审核" in page


def test_a_unit_without_a_reviewer_is_told_before_it_writes(plan, writing, sign_in_as):
    with writing():
        one = plan.obligations("压减审批时限", "市交通运输局")[0].id
        service.sign(plan.assignment("压减审批时限", "市交通运输局").id, by=plan.viewer("other_reporter"), at=AT)
    reporter, path = sign_in_as("other_reporter"), f"/obligations/{one}/report"
    assert "安审核" in reporter.get(path).text
    with writing():
        held = session.scalar(select(Grant).where(Grant.person_id == plan.place.people["other_reviewer"]))
        accounts.withdraw(held, by=plan.viewer("admin"), at=AT - timedelta(days=2), last_day=DAY - timedelta(days=1))
    assert "本单位没有其他审核人" in reporter.get(path).text


def test_after_handing_in_the_next_report_is_offered(plan, first, writing, sign_in_as, reading):
    with writing():
        reported(plan, first, reviewer=None)
    with reading():
        second = plan.obligations("压减审批时限", "市财政局")[1].id
    assert f'href="/obligations/{second}/report"' in sign_in_as("reporter").get(f"/obligations/{first}").text


def test_the_next_hand_back_is_opened(plan, writing, sign_in_as, reading):
    with writing():
        for task in ("压减审批时限", "日常督办"):
            mine = plan.assignment(task, "市财政局").id
            service.hand_back(
                mine, reason="不属于本单位职责。", proposed_unit_id=None, by=plan.viewer("reporter"), at=AT
            )
    lead = sign_in_as("lead")
    page = lead.get("/hand-backs/1")
    answer = lead.post("/hand-backs/1", data={**fields_of(page), "decision": "keep", "reason": "属于本单位职责。"})
    assert answer.headers["Location"] == "/hand-backs/2"
    page = lead.get("/hand-backs/2")
    assert "已维持原单位：市财政局“压减审批时限”" in page.text
    answer = lead.post("/hand-backs/2", data={**fields_of(page), "decision": "withdraw", "reason": "不再要求。"})
    assert answer.headers["Location"] == "/hand-backs"


def test_queues_call_a_date_of_its_own_by_its_words(plan, writing, sign_in_as):
    with writing():
        june = plan.obligations("公开办事指南", "望川县")[0]
        words = june.text
        reported(plan, june.id, reporter="county_reporter", reviewer=None)
    row = sign_in_as("county_reviewer").get("/reviews").text.split("<tbody>")[1]
    assert words in row
    assert ">时限<" not in row


def test_a_version_like_the_one_before_is_said_to_be_so(plan, first, writing, sign_in_as):
    with writing():
        version = reported(plan, first)
        service.send_back(version, reason="请补充材料。", by=plan.viewer("lead"), at=at(DAY, 12))
        again = reported(plan, first, reviewer=None)
    page = sign_in_as("reviewer").get(f"/reviews/{again}").text
    assert "与第 1 版相同" in page
    assert "不同之处已标出" not in page
    with writing():
        service.send_back_own(again, reason="请改。", by=plan.viewer("reviewer"), at=at(DAY, 13))
        third = reported(plan, first, reviewer=None, done="改过了。")
    assert "不同之处已标出" in sign_in_as("reviewer").get(f"/reviews/{third}").text


def test_a_version_is_compared_with_the_one_that_was_sent_back(plan, first, writing, sign_in_as):
    """Not with one that its author took back meanwhile: whoever reviews asks what became of the reason."""
    with writing():
        service.send_back(reported(plan, first), reason="请补充材料。", by=plan.viewer("lead"), at=at(DAY, 12))
        service.recall(
            reported(plan, first, reviewer=None, done="补充了材料。"), by=plan.viewer("reporter"), at=at(DAY, 13)
        )
        third = reported(plan, first, reviewer=None, done="补充了材料。")
    page = sign_in_as("reviewer").get(f"/reviews/{third}").text
    assert "与第 1 版不同之处已标出" in page
    assert "<ins>" in page[page.index("本期完成情况") :]


@pytest.mark.parametrize("who", ["reporter", "reviewer"])
def test_who_may_sign_finds_the_button_where_they_are_told_to_sign(plan, sign_in_as, reading, who):
    with reading():
        one = plan.obligations("压减审批时限", "市财政局")[0]
        task, address = one.assignment_id, f"/obligations/{one.id}"
    unit = sign_in_as(who)
    page = unit.get(address).text
    assert "签收后即可填写" in page
    assert f'action="/assignments/{task}/sign"' in page
    assert f'action="/assignments/{task}/sign"' not in sign_in_as("lead").get(address).text
    unit.post(f"/assignments/{task}/sign")
    assert f'action="/assignments/{task}/sign"' not in unit.get(address).text


def test_the_next_report_is_filled_in_from_beside_its_date(plan, first, sign_in_as, reading):
    with reading():
        mine = plan.assignment("压减审批时限", "市财政局").id

    def notice(who):
        page = sign_in_as(who).get(f"/assignments/{mine}").text
        return page[page.index("下一次报送") : page.index("任务要求")]

    assert f'href="/obligations/{first}/report"' in notice("reporter")
    assert f'href="/obligations/{first}/report"' not in notice("reviewer")


def test_a_report_says_the_part_of_the_year_that_it_is_about(plan, first, writing, sign_in_as):
    lead = sign_in_as("lead")
    for code, words in {
        "2026-01~02": "2026年1—2月", "2025-12~01": "2025年12月—2026年1月", "2026-F10": "2026年第9—10周", "2026-F01": "2026年第1周",
        "2026-03-H1": "2026年3月上半月", "2026-03-T3": "2026年3月下旬",
    }.items():  # fmt: skip
        with writing():
            session.get_one(Obligation, first).period = code
        assert words in lead.get(f"/obligations/{first}").text


def test_buttons_say_in_english_what_they_do(plan, first, writing, sign_in_as):
    """Chinese has one word for the act and for how it stands; "Accepted" on a button would say that it is done already."""
    with writing():
        sent = reported(plan, first)
    lead = sign_in_as("lead")
    lead.post("/language/en", data={"next": "/"})
    page = lead.get(f"/checks/{sent}").text
    said = re.findall(
        r'name="decision" value="(?:pass|back)"[^>]*>(?:<svg.*?</svg>)?\s*([^<]+?)\s*</button>', page, re.DOTALL
    )
    assert said == ["Accept", "Send back"]
