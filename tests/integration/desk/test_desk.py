"""The desk: what waits for whom, and that each number is as long as the list it leads to."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from tests.integration.desk.conftest import TODAY
from tests.support.counting import length, numbers
from tests.support.databases import ON_SQLITE
from tests.support.issued import TaskSpec, adopted, at, reported
from tests.support.place import AT
from tracker.db import session
from tracker.desk.queries.desk import afoot, desk as desk_of
from tracker.plans.models import HandBack
from tracker.progress import service
from tracker.progress.content import Content
from tracker.progress.models import Return
from tracker.reminders.service.slips import SlipFacts, issue_slips
from tracker.reminders.worker import run_round

WHO = ("lead", "leader", "evaluator", "reporter", "reviewer", "other_reporter", "county_reporter", "county_reviewer")


@pytest.mark.parametrize("who", WHO)
@ON_SQLITE
def test_every_number_is_as_long_as_its_list(plan, sign_in_as, who):
    client = sign_in_as(who)
    found = [(href, number) for href, number in numbers(client.get("/").text) if not href.startswith("#")]
    assert found
    assert {href: number for href, number in found if length(client, href) != number} == {}


def test_what_waits_for_whom(plan, writing, sign_in_as):
    with writing():
        held = plan.assignment("公开办事指南", "望川县")
        service.hand_back(
            held.id, reason="不属于本单位职责。", proposed_unit_id=None, by=plan.viewer("county_reporter"), at=AT
        )

    def desk(who):
        return sign_in_as(who).get("/").text

    lead = desk("lead")
    assert "待核验" in lead
    assert "压减审批时限" in lead
    assert "不属于本单位职责" in lead
    reviewer = desk("reviewer")
    assert "待本单位审核" in reviewer
    assert "压减审批时限" in reviewer
    other = desk("other_reporter")
    assert "待签收" in other
    assert "逾期" in other
    assert "市财政局" not in other
    assert "人员与角色" in desk("admin")
    assert "压减审批时限" not in desk("admin")
    assert "您还没有角色" in desk("nobody")


def test_numbers_stand_in_the_order_of_what_happens_if_nobody_acts(plan, sign_in_as):
    """As the lists below them do: what is late before what is to come."""
    page = sign_in_as("other_reporter").get("/").text
    tiles = re.findall(r'<div class="tile tile-\w+">\s*<dt>([^<]+)</dt>', page)
    late, soon, sign = (next(at for at, one in enumerate(tiles) if word in one) for word in ("逾期", "临期", "待签收"))
    assert late < soon < sign


def test_a_reporter_writes_from_the_desk_and_nobody_else(plan, sign_in_as):
    """A return is two clicks away: its row, and handing it in."""
    for who, writes in (("other_reporter", True), ("other_reviewer", False), ("leader", False), ("lead", False)):
        page = sign_in_as(who).get("/").text
        assert ("/obligations/" in page) is (who != "lead"), who
        assert ("/report" in page) is writes, who


@pytest.fixture
def asked(plan, writing):
    """The finance bureau asks for more time for what is due in September."""
    with writing():
        third = plan.obligations("压减审批时限", "市财政局")[2]
        wish = service.Wish("数据下月才有。", progress="已完成一半。", until=date(2026, 10, 10))
        return service.ask_for("extension", third.id, wish, by=plan.viewer("reviewer"), at=at(TODAY)).id


@ON_SQLITE
def test_the_lead_office_finds_what_it_is_asked_for(plan, asked, sign_in_as):
    page = sign_in_as("lead").get("/").text
    waiting = page[page.index('id="requests"') :]
    assert f'href="/requests/{asked}"' in waiting
    assert "数据下月才有。" in waiting
    assert 'id="requests"' not in sign_in_as("reporter").get("/").text


def test_a_unit_finds_what_it_was_answered(plan, asked, writing, reading, sign_in_as):
    """A refusal leaves no trace in what waits: the first date simply goes on. For seven days it stands on the desk."""
    with writing():
        service.refuse_request(asked, reason="不宜推迟。", by=plan.viewer("lead"), at=at(TODAY, 11))
        held = plan.assignment("公开办事指南", "望川县")
        service.hand_back(held.id, reason="不属于。", proposed_unit_id=None, by=plan.viewer("county_reporter"), at=AT)
        service.keep(
            session.scalar(select(HandBack.id)), reason="按分工承担。", by=plan.viewer("lead"), at=at(TODAY, 12)
        )
    for who, mine, other in (
        ("reporter", "不宜推迟。", "按分工承担。"),
        ("county_reporter", "按分工承担。", "不宜推迟。"),
    ):
        page = sign_in_as(who).get("/").text
        said = page[page.index('id="answers"') :]
        assert mine in said
        assert "林牵头" in said
        assert other not in page
    assert 'id="answers"' not in sign_in_as("other_reporter").get("/").text
    assert 'id="answers"' not in sign_in_as("lead").get("/").text
    with reading():
        viewer = plan.viewer("reporter")
        assert len(desk_of(viewer, TODAY + timedelta(days=7), afoot(viewer)).answers) == 1
        assert desk_of(viewer, TODAY + timedelta(days=8), afoot(viewer)).answers == []


def test_what_was_sent_back_waits_until_it_is_handed_in_again(plan, writing, sign_in_as):
    """Number and list agree, for the reviewer too; what waits at the unit's reviewer is no more to be written."""
    with writing():
        first = plan.obligations("压减审批时限", "市财政局")[0].id
        version = session.scalars(select(Return).where(Return.obligation_id == first)).one().id
        service.send_back(version, reason="请补充。", by=plan.viewer("lead"), at=at(TODAY))

    def returned(who):
        page = sign_in_as(who).get("/").text
        number = re.search(r'aria-label="退办 (\d+) 项"', page)
        assert number is not None
        return int(number[1]), "退办，要重新报送" in page

    assert returned("reporter") == returned("reviewer") == (1, True)
    with writing():
        reported(plan, first, reviewer=None, day=TODAY)
    assert returned("reporter") == returned("reviewer") == (0, False)
    overdue = sign_in_as("reporter").get("/").text
    assert f'href="/obligations/{first}/report"' not in overdue, "it is in its unit's own review"
    assert "审核中" in overdue


@ON_SQLITE
def test_what_is_not_signed_for_says_so_before_it_is_opened(plan, sign_in_as):
    """A report of a task that waits to be signed for: the button says 签收, and signing leads on to the form."""
    reporter = sign_in_as("other_reporter")
    offers = r'<a class="btn btn-small" href="(/obligations/\d+)">(?:(?!</a>).)*签收'
    found = re.search(offers, reporter.get("/").text, re.DOTALL)
    assert found is not None, "no row offers to sign"
    page = reporter.get(found[1]).text
    assert "签收并填写" in page
    sign = re.search(r'action="(/assignments/\d+/sign)"', page)
    then = re.search(r'name="report" value="(\d+)"', page)
    assert sign is not None
    assert then is not None
    answer = reporter.post(sign[1], data={"report": then[1]})
    assert answer.headers["Location"] == f"/obligations/{then[1]}/report"
    assert "报送进展" in reporter.get(answer.headers["Location"]).text
    assert f'href="{found[1]}/report"' in reporter.get("/").text, "now it is written at once"


@ON_SQLITE
def test_the_tab_counts_what_the_side_bar_counts(plan, sign_in_as):
    page = sign_in_as("reporter").get("/").text
    badges = [int(number) for number in re.findall(r'class="sidebar-badge">(\d+)<', page)]
    assert sum(badges) > 0
    assert f"<title>({sum(badges)}) 工作台</title>" in page
    assert "<title>工作台</title>" in sign_in_as("leader").get("/").text


def tab_of(page: str) -> int:
    """The number before the title, for the browser's tab."""
    found = re.search(r"<title>(?:\((\d+)\) )?", page)
    assert found is not None
    return int(found[1] or 0)


@ON_SQLITE
def test_a_task_that_is_late_and_not_signed_for_waits_once(plan, sign_in_as):
    """Signing for it comes first; what it has to report is counted once that is done."""
    client = sign_in_as("other_reporter")
    page = client.get("/").text
    assert dict(numbers(page)).items() >= {"/work?light=overdue": 2, "/assignments?tab=to_sign": 1}.items()
    assert tab_of(page) == 1
    sign = re.search(r'action="(/assignments/\d+/sign)"', client.get("/obligations/" + first_of(page)).text)
    assert sign is not None
    client.post(sign[1])
    assert tab_of(client.get("/").text) == 2


def first_of(page: str) -> str:
    """The first report that a desk lists."""
    found = re.search(r'href="/obligations/(\d+)"', page)
    assert found is not None
    return found[1]


@ON_SQLITE
def test_a_notice_says_again_what_waits_and_is_not_counted_besides(plan, sign_in_as):
    """The day's notice names reports that the side bar counts already."""
    client = sign_in_as("other_reporter")
    before = tab_of(client.get("/").text)
    with client.application.app_context():
        run_round(at(date(2026, 6, 26)))
    page = client.get("/").text
    assert "未读 1 条" in page
    assert tab_of(page) == before > 0


@ON_SQLITE
def test_what_is_late_or_must_be_answered_stands_before_what_is_to_come(plan, writing, sign_in_as):
    facts = SlipFacts("云督", "yellow", "逾期未报。", "三日内报送。", TODAY + timedelta(days=3))
    with writing():
        late = plan.obligations("压减审批时限", "市交通运输局")[0].id
        (slip,) = issue_slips([late], facts, seen=0, by=plan.viewer("lead"), at=at(TODAY))
    page = sign_in_as("other_reporter").get("/").text
    assert re.findall(r"<caption[^>]*>([^<]+)", page)[:3] == ["待回执的督办单", "逾期", "待签收"]
    assert f'href="/slips/{slip.id}"' in page
    assert f'href="/slips/{slip.id}"' not in sign_in_as("reporter").get("/").text


@ON_SQLITE
def test_the_lead_office_finds_first_whom_it_must_chase(plan, sign_in_as):
    """Unit by unit: what is overdue is asked of a unit, by telephone or by a slip, not row by row."""
    client = sign_in_as("lead")
    page = client.get("/").text
    assert re.findall(r"<dt>([^<]+)", page)[0] == "■ 逾期"
    assert re.findall(r"<caption[^>]*>([^<]+)", page)[:2] == ["逾期最多的单位", "待核验"]
    rows = re.findall(r'<a href="(/work\?unit=\d+&amp;light=overdue)">([^<]+)</a></th>', page)
    late = [unit for _href, unit in rows]
    assert late[0] == "市交通运输局", "the most overdue"
    assert len(late) == len(set(late)) == 4
    slip = re.search(r'href="(/slips/new/several[^"]+)"', page)
    assert slip is not None
    assert "<h1>督办：市交通运输局" in client.get(slip[1].replace("&amp;", "&")).text, "it says to whom it goes"
    assert "/slips/new" not in sign_in_as("leader").get("/").text


def test_a_return_not_handed_in_stands_once(plan, place, writing, reading, sign_in_as):
    """Sent back within the unit and begun anew, or taken back: one row, and something waits."""
    with reading():
        second, viewer = plan.obligations("压减审批时限", "市财政局")[1].id, plan.viewer("reporter")
        version = session.scalars(select(Return).where(Return.obligation_id == second)).one().id

    def begun():
        with reading():
            found = desk_of(viewer, TODAY, afoot(viewer))
            return [(row.obligation_id, row.state) for row in found.begun], found.is_idle

    assert begun()[0] == []
    with writing():
        service.send_back_own(version, reason="请补充。", by=plan.viewer("reviewer"), at=at(TODAY))
    assert begun() == ([(second, "own_returned")], False)
    with writing():
        service.save_draft(
            second, content=Content(done="补充后。", percent=45), version=0, editor="one", by=viewer, at=at(TODAY)
        )
    assert begun() == ([(second, "draft")], False)
    with writing():
        newest = session.scalars(select(Return).where(Return.obligation_id == second, Return.state == "draft")).one()
        sent = service.hand_in(
            second,
            content=Content(done="补充后。", percent=45),
            version=newest.version,
            editor="one",
            by=viewer,
            at=at(TODAY),
        ).id
    assert begun()[0] == []
    with writing():
        service.recall(sent, by=viewer, at=at(TODAY))
    assert begun() == ([(second, "withdrawn")], False)
    assert "没有等待您办理的事项" not in sign_in_as("reporter").get("/").text


def test_where_nothing_waits_it_says_what_to_do(place, sign_in_as):
    assert "从导入一份任务分解表开始" in sign_in_as("lead").get("/").text
    assert "没有等待您办理的事项" in sign_in_as("reporter").get("/").text
    assert "打开看板" in sign_in_as("leader").get("/").text


@pytest.mark.parametrize("who", ["lead", "reporter", "leader"])
@ON_SQLITE
def test_the_desk_asks_as_much_for_many_as_for_few(place, writing, sign_in_as, statements, who):
    """A plan of three tasks, then one of thirty."""
    client = sign_in_as(who)
    client.get("/")
    sizes = []
    for count in (3, 30):
        tasks = [TaskSpec(f"第{n}项任务", (("市财政局", "lead"),)) for n in range(count)]
        with writing():
            made = adopted(place, tasks, year=2020 + count)
            service.issue_plan(made.plan_id, by=made.viewer("lead"), at=AT)
        with statements() as sent:
            client.get("/")
        sizes.append(len(sent))
    assert sizes[0] == sizes[1]
