"""A task passed down (转办下级): earlier dates below, lights at both levels, the unit's own report begun from theirs."""

from __future__ import annotations

import re
from datetime import date, timedelta

import flask_migrate
import pytest
from sqlalchemy import select

from tests.integration.progress.test_chain import fields_of
from tests.integration.test_migrations import MIGRATIONS
from tests.support.issued import QUARTERLY, TaskSpec, at, issued
from tests.support.place import AT, DAY, FOUNDED
from tracker.accounts import service as accounts_service
from tracker.accounts.models import Person
from tracker.accounts.passwords import NOBODY
from tracker.accounts.roles import Role
from tracker.audit.models import AuditEntry
from tracker.audit.queries import verify_chain
from tracker.db import session
from tracker.desk.queries.desk import afoot, desk
from tracker.errors import Conflict, DomainError, NotFound
from tracker.progress import queries, service
from tracker.progress.content import Content
from tracker.progress.models import Obligation, Part, Passed
from tracker.progress.queries.passed_on import count_passed_on, tasks_below
from tracker.progress.queries.passing import below, lights_below, passed_view
from tracker.progress.service.passing import end_passing, pass_down, recall_part, report_part, save_part, send_back_part

TASK, COUNTY, OFFICE = "新建便民驿站", "望川县", "望川县财政局"
SPEC = TaskSpec(TASK, ((COUNTY, "lead"), ("临溪县", "support")), (QUARTERLY,), targets=(("新建50个", "50", "个"),))


@pytest.fixture
def plan(place, writing):
    with writing():
        return begun(place)


def begun(place):
    """The county has signed; somebody reports for its office alone."""
    made = issued(place, (SPEC,))
    person = Person(username="office", name="常填报", password_hash=NOBODY, password_set_at=AT, created_at=AT)
    session.add(person)
    session.flush()
    place.people["office"] = person.id
    accounts_service.grant(person, Role.REPORTER, place.units[OFFICE], by=None, at=AT, since=FOUNDED)
    service.sign(made.assignment(TASK, COUNTY).id, by=made.viewer("county_reporter"), at=AT)
    return made


@pytest.fixture
def passed(plan, writing):
    """Passed down, five days earlier. The county's first report is due on 20 March."""
    with writing():
        give(plan)
        return session.scalars(select(Passed.id)).one()


def give(plan, *, units=(OFFICE,), days=5, by="county_reporter"):
    ids = [plan.place.units[name] for name in units]
    pass_down(plan.assignment(TASK, COUNTY).id, ids, "报送本镇完成数量。", days, by=plan.viewer(by), at=AT)


@pytest.fixture
def due(plan, reading):
    """The county's first report, due on 20 March."""
    with reading():
        return plan.obligations(TASK, COUNTY)[0].id


@pytest.fixture
def target(plan, reading):
    with reading():
        return queries.targets(plan.tasks[TASK])[0].id


def first(plan):
    return plan.obligations(TASK, COUNTY)[0].id


def send(plan, passed, *, done="建成3个。", figure=3, by="office", when=AT, version=0):
    target = queries.targets(plan.tasks[TASK])[0].id
    content = Content(done, "缺场地。", percent=20, figures={target: figure})
    return report_part(passed, first(plan), content, version=version, editor="e", by=plan.viewer(by), at=when).id


def test_both_levels_show_their_lights(plan, passed, reading, sign_in_as, clock_stands, due):
    with reading():
        theirs = below([due], today=date(2026, 3, 16))[due][0]
        assert (theirs.unit, theirs.due_on, theirs.light, theirs.days_left) == (
            OFFICE,
            date(2026, 3, 15),
            "overdue",
            -1,
        )
        own = queries.obligation_view(due, plan.viewer("county_reporter"), today=date(2026, 3, 16))
        assert own.light == "near"
        mine = plan.assignment(TASK, COUNTY).id
        assert lights_below({mine}, [due], today=date(2026, 3, 16)) == {due: {"overdue": 1}}
        assert lights_below({plan.assignment(TASK, "临溪县").id}, [due], today=DAY) == {}
    clock_stands.move_to(at(date(2026, 3, 16)))
    office, county = sign_in_as("lead"), sign_in_as("county_reporter")
    assert "下级 ■ 逾期 1" in office.get("/work").text
    assert OFFICE in county.get(f"/assignments/{mine}").text
    assert OFFICE in office.get(f"/obligations/{due}").text
    assert "下级 ■ 逾期 1" in county.get(f"/assignments/{mine}").text


def test_reported_below_begins_the_report_above(plan, passed, writing, sign_in_as, reading, due, target):
    office, county = sign_in_as("office"), sign_in_as("county_reporter")
    assert TASK in office.get("/").text, "on the desk of whoever has it"
    path = f"/passed/{passed}/reports/{due}"
    page = office.get(path)
    typed = {**fields_of(page), "done": "建成3个。", "percent": "20", "problems": "", f"figure_{target}": "3"}
    saved = office.post(f"{path}/draft", data=typed)
    assert saved.status_code == 200
    assert "建成3个" not in county.get(f"/obligations/{due}/report").text, "a draft stays below"
    assert office.post(path, data={**typed, "done": " "}).status_code == 422
    assert office.post(path, data={**typed, "version": str(saved.json["version"])}).status_code == 302
    begun = county.get(f"/obligations/{due}/report").text.replace("\r\n", "\n")
    assert "【望川县财政局】建成3个。</textarea>" in begun
    assert 'value="3"' in begun
    assert "已用 1 个下级单位的报送预填" in begun
    assert "建成3个" not in sign_in_as("lead").get(f"/obligations/{due}").text, "what is inside the county stays there"
    with writing():
        content = Content("全县建成3个。", percent=20)
        service.hand_in(due, content=content, by=plan.viewer("county_reporter"), at=AT)
    with reading():
        assert session.scalars(select(Part.state)).one() == "taken"
        assert verify_chain().broken_at is None


def test_sent_back_with_a_reason_and_reported_again(plan, passed, writing, reading, sign_in_as, due, target):
    with writing():
        send(plan, passed)
    county = sign_in_as("county_reporter")
    path = f"/passed/{passed}/reports/{due}"
    page = county.get(path)
    refused = county.post(f"{path}/send-back", data={**fields_of(page), "reason": " "})
    assert refused.status_code == 422
    assert 'href="#reason">' in refused.text, "it is said at the head of the page, too: the form lies far below"
    assert county.post(f"{path}/send-back", data={**fields_of(page), "reason": "请附清单。"}).status_code == 302
    waiting = sign_in_as("office").get("/").text
    assert re.search(rf'href="{path}"(?:(?!</a>).)*重报', waiting, re.DOTALL), (
        "the desk says that it is to be done again"
    )
    assert "已退回" in waiting
    office = sign_in_as("office")
    page = office.get(path)
    assert "请附清单。" in page.text
    with reading():
        who = session.get_one(Person, plan.viewer("county_reporter").person_id).name
    assert re.search(rf"已被{COUNTY}退回：{who} \d{{4}}-\d\d-\d\d \d\d:\d\d", page.text), "who did it, and when"
    again = {**fields_of(page), "done": "建成3个，清单如下。", "percent": "20", "problems": "", f"figure_{target}": "3"}
    assert office.post(path, data=again).status_code == 302
    with reading():
        row = below([due], today=DAY)[due][0]
        assert (row.state, row.reason, row.timing) == ("reported", "", "on_time")
        acts = session.scalars(select(AuditEntry.action).order_by(AuditEntry.seq.desc()).limit(3)).all()
        assert acts == ["下级报送", "退回下级报送", "下级报送"]
        told = [one.what for one in queries.timeline(plan.assignment(TASK, COUNTY).id, inside=False)]
        assert "下级报送" not in told, "what goes on inside the county is not told outside"


def more_time(plan, until):
    wish = service.Wish("待汇总。", "已完成大半。", until=until)
    asked = service.ask_for("extension", first(plan), wish, by=plan.viewer("county_reviewer"), at=AT)
    service.grant_request(asked.id, note="", by=plan.viewer("lead"), at=AT)


def stood(plan, today=DAY):
    """The office's date, and whether it was kept."""
    (row,) = below([first(plan)], today=today)[first(plan)]
    return row.due_on, row.timing


def test_an_extension_moves_the_date_below(plan, passed, writing, reading):
    with writing():
        more_time(plan, date(2026, 3, 30))
    with reading():
        assert stood(plan) == (date(2026, 3, 25), "none")


@pytest.mark.parametrize(("handed_in", "timing"), [(date(2026, 3, 15), "on_time"), (date(2026, 3, 17), "late")])
@pytest.mark.parametrize("moved", ["more time", "fewer days", "more days"])
def test_what_was_due_below_stays_due_as_it_was(plan, passed, writing, reading, handed_in, timing, moved):
    """Whatever the county or the lead office changes afterwards, a report is measured by the date that it met or missed."""
    with writing():
        send(plan, passed, when=at(handed_in))
    with writing():
        more_time(plan, date(2026, 3, 30)) if moved == "more time" else give(
            plan, days={"fewer": 0, "more": 30}[moved[:-5]]
        )
    with reading():
        assert stood(plan) == (date(2026, 3, 15), timing)
    with writing():
        number = session.scalars(select(Part.id)).one()
        version = send_back_part(
            number, "缺数据。", by=plan.viewer("county_reporter"), at=at(date(2026, 3, 18))
        ).version
    now = {"more time": date(2026, 3, 25), "fewer days": date(2026, 3, 20), "more days": date(2026, 2, 18)}[moved]
    with reading():
        assert stood(plan) == (now, timing), "what is to be reported again is due by the present date"
    with writing():
        send(plan, passed, when=at(date(2026, 3, 19)), version=version)
    with reading():
        assert stood(plan) == (date(2026, 3, 15), timing)


def test_a_report_of_an_earlier_release_is_measured_as_it_was_there(app, plan, passed, writing, reading):
    with writing():
        send(plan, passed, when=at(date(2026, 3, 17)))
    with app.app_context():
        flask_migrate.downgrade(directory=MIGRATIONS, revision="0028")
        flask_migrate.upgrade(directory=MIGRATIONS)
    with writing():
        give(plan, days=0)
    with reading():
        assert stood(plan) == (date(2026, 3, 15), "late")


def test_who_takes_a_report_back_is_measured_by_the_next_one(plan, passed, writing, reading):
    with writing():
        part = send(plan, passed, when=at(date(2026, 3, 14)))
        recall_part(part, by=plan.viewer("office"), at=at(date(2026, 3, 14), 15))
        give(plan, days=10)
        version = session.get_one(Part, part).version
        send(plan, passed, when=at(date(2026, 3, 14), 16), version=version)
    with reading():
        assert stood(plan) == (date(2026, 3, 10), "late")


def test_a_date_below_that_has_gone_is_told_before_anything_is_passed_down(plan, clock_stands, sign_in_as, reading):
    clock_stands.move_to(at(date(2026, 3, 16)))
    with reading():
        mine = f"/assignments/{plan.assignment(TASK, COUNTY).id}/pass-down"
    county = sign_in_as("county_reporter")
    typed = {
        **fields_of(county.get(mine)),
        "units": [plan.place.units[OFFICE]],
        "words": "报数量。",
        "days_before": "5",
    }
    told = county.post(mine, data=typed)
    assert told.status_code == 422
    assert "本单位 2026-03-20 的报送，下级的期限是 2026-03-15，已经过了" in told.text
    assert "提前天数改为 4 天以内" in told.text
    with reading():
        assert session.scalars(select(Passed)).all() == []
    assert county.post(mine, data={**typed, "days_before": "3"}).status_code == 302, "one that is still to come"
    again = {**typed, **fields_of(told), "units": [plan.place.units[OFFICE]], "words": "报数量。", "days_before": "6"}
    assert county.post(mine, data=again).status_code == 422, "another number is asked about anew"
    again["days_before"] = "5"
    assert county.post(mine, data=again).status_code == 302, "said a second time"
    with reading():
        assert session.scalars(select(Passed.days_before)).one() == 5


def test_two_windows_and_what_is_over(plan, passed, writing, due):
    def save(editor, version):
        who = plan.viewer("office")
        return save_part(passed, due, Content("甲"), version=version, editor=editor, by=who, at=AT).version

    with writing():
        save("one", 0)
        version = save("one", 0)
    with writing(), pytest.raises(Conflict, match="另一个窗口"):
        save("two", 0)
    with writing():
        part = send(plan, passed, version=version)
    with writing(), pytest.raises(Conflict, match="已经交出"):
        save("e", version + 9)
    with writing():
        recall_part(part, by=plan.viewer("office"), at=AT)
        end_passing(passed, by=plan.viewer("county_reviewer"), at=AT)
    with writing(), pytest.raises(DomainError, match="不再转办"):
        save("e", version + 9)
    with writing(), pytest.raises(Conflict):
        end_passing(passed, by=plan.viewer("county_reviewer"), at=AT)
    with writing():
        assert below([due], today=DAY) == {}
        give(plan, days=0)
        assert below([due], today=DAY)[due][0].due_on == session.get_one(Obligation, due).due_on


def test_who_may_pass_down_report_and_send_back(plan, passed, writing):
    for stranger in ("lead", "reporter", "office", "leader", "admin"):
        with writing(), pytest.raises(NotFound):
            give(plan, by=stranger)
    with writing(), pytest.raises(DomainError, match="下级单位"):
        give(plan, units=("市财政局",))
    with writing(), pytest.raises(DomainError, match="0 至"):
        give(plan, days=61)
    for stranger in ("lead", "reporter", "county_reviewer", "leader"):
        with writing(), pytest.raises(NotFound):
            send(plan, passed, by=stranger)
    with writing():
        part = send(plan, passed)
        for stranger in ("lead", "reporter", "leader"):
            with pytest.raises(NotFound):
                passed_view(passed, first(plan), plan.viewer(stranger), today=DAY)
    for stranger in ("office", "lead"):
        with writing(), pytest.raises(NotFound):
            send_back_part(part, "请补充。", by=plan.viewer(stranger), at=AT)
    with writing(), pytest.raises(DomainError, match="本人"):
        recall_part(part, by=plan.viewer("county_reporter"), at=AT)


def test_two_people_where_the_county_writes_for_its_office(plan, passed, writing):
    with writing():
        part = send(plan, passed, by="county_reporter")
    with writing(), pytest.raises(DomainError, match="两人原则"):
        send_back_part(part, "请补充。", by=plan.viewer("county_reporter"), at=AT)
    with writing():
        send_back_part(part, "请补充。", by=plan.viewer("county_reviewer"), at=AT)


def test_an_office_has_its_list_and_the_county_does_not(plan, passed, reading):
    with reading():
        owed = tasks_below(plan.viewer("office"), today=DAY)
        assert [one.row.due_on for one in owed] == [
            one.due_on - timedelta(days=5) for one in plan.obligations(TASK, COUNTY)
        ]
        assert tasks_below(plan.viewer("county_reporter"), today=DAY) == []
        viewer = plan.viewer("office")
        assert desk(viewer, DAY, afoot(viewer)).below


def test_what_an_office_owes_is_counted_where_it_looks(plan, passed, due, writing, sign_in_as, clock_stands):
    """In the browser's tab and the menu once it is due within seven days, come back or late; its tasks open on the list."""
    office = sign_in_as("office")
    assert "<title>工作台</title>" in office.get("/").text, "due in thirteen days"
    clock_stands.move_to(at(date(2026, 3, 9)))
    office = sign_in_as("office")
    page = office.get("/").text
    assert "<title>(1) 工作台</title>" in page
    assert f'href="/passed/{passed}/reports/{due}"><' in page, "and the form of it is one click away"
    assert office.get("/assignments").headers.get("Location") == "/passed", "the office has no task of its own"
    assert 'aria-current="page">上级转办 <span class="tabs-count">4</span>' in office.get("/passed").text
    with writing():
        part = send(plan, passed)
    assert "<title>工作台</title>" in office.get("/").text
    with writing():
        send_back_part(part, "请附清单。", by=plan.viewer("county_reporter"), at=at(date(2026, 3, 9)))
    assert "<title>(1) 工作台</title>" in office.get("/").text
    assert "<title>工作台</title>" in sign_in_as("county_reporter").get("/").text, (
        "it waits for the office, not for the county"
    )


def test_what_another_window_saved_is_shown_before_it_is_written_over(plan, passed, sign_in_as, due, target, reading):
    one, two, path = sign_in_as("office"), sign_in_as("office"), f"/passed/{passed}/reports/{due}"
    first, second = fields_of(one.get(path)), fields_of(two.get(path))
    kept = {
        **first,
        "done": "建成3个\r\n还差一个",
        "problems": "缺场地",
        "percent": "40",
        f"figure_{target}": "3",
        "draft": "1",
    }
    assert one.post(path, data=kept).status_code == 302
    typed = {"done": "建成3个\r\n还差一个", "problems": "", "percent": "55", f"figure_{target}": "3.0"}
    page = two.post(path, data={**second, **typed})
    assert page.status_code == 409
    shown = page.text.partition('id="saved"')[2].partition("</section>")[0]
    assert "缺场地" in shown
    assert "40" in shown
    assert "还差一个" not in shown, "the same in both: nothing is lost of it"
    assert "新建50个" not in shown, "3.0 is 3"
    assert 'value="55"' in page.text
    again = two.post(path, data={**fields_of(page), **typed})
    assert again.status_code == 302, "who was told may go on"
    with reading():
        assert below([due], today=DAY)[due][0].percent == 55


def test_what_was_typed_beside_a_report_that_went_out_meanwhile_stays_on_the_page(
    plan, passed, sign_in_as, due, target
):
    one, two, path = sign_in_as("office"), sign_in_as("office"), f"/passed/{passed}/reports/{due}"
    first, second = fields_of(one.get(path)), fields_of(two.get(path))
    typed = {"percent": "40", "problems": "", f"figure_{target}": ""}
    assert one.post(path, data={**first, **typed, "done": "建成3个"}).status_code == 302
    page = two.post(path, data={**second, **typed, "done": "另写了一大段"})
    assert page.status_code == 409
    assert "已经交出" in page.text
    assert "另写了一大段" in page.text


def chosen(page):
    """The reports from below that the list offers to urge, and those that it proposes."""
    boxes = re.findall(r'<input type="checkbox"[^>]*name="chosen" value="([\d:]+)"([^>]*)>', page)
    return [value for value, _rest in boxes], [value for value, rest in boxes if "checked" in rest]


def test_the_county_urges_an_office_once_a_day(plan, passed, due, clock_stands, sign_in_as, reading):
    clock_stands.move_to(at(date(2026, 3, 16)))
    county, office, one = sign_in_as("county_reporter"), sign_in_as("office"), f"{passed}:{due}"
    page = county.get("/passed/below")
    assert chosen(page.text) == ([one], [one])
    way, sent = "/passed/below/urge", {**fields_of(page), "chosen": [one]}
    assert "已催报 1 项" in county.post(way, data=sent, follow_redirects=True).text
    again = county.post(way, data=sent, follow_redirects=True).text
    assert "1 项今天已经催报过" in again
    assert "已催报 1 次，2026-03-16" in again
    assert chosen(again) == ([one], []), "what was urged is not proposed again"
    assert "已催报" in office.get("/").text
    assert f"{COUNTY}催报" in office.get(f"/passed/{passed}/reports/{due}").text
    assert "请先选择" in county.post(way, data=fields_of(page) | {"chosen": ["x"]}, follow_redirects=True).text
    clock_stands.move_to(at(date(2026, 3, 17)))
    assert "已催报 2 次" in sign_in_as("county_reporter").post(way, data=sent, follow_redirects=True).text
    with reading():
        acts = session.scalars(
            select(AuditEntry.body).where(AuditEntry.action == "催报下级").order_by(AuditEntry.seq)
        ).all()
        assert [one["detail"]["次数"] for one in acts] == [1, 2]
        verify_chain()


def test_what_has_come_is_not_urged(plan, passed, due, clock_stands, sign_in_as, writing, reading):
    clock_stands.move_to(at(date(2026, 3, 16)))
    county, one = sign_in_as("county_reporter"), f"{passed}:{due}"
    sent = {**fields_of(county.get("/passed/below")), "chosen": [one]}
    with writing():
        send(plan, passed, when=at(date(2026, 3, 16)))
    assert "1 项已经报来" in county.post("/passed/below/urge", data=sent, follow_redirects=True).text
    assert chosen(county.get("/passed/below").text) == ([], [])
    for stranger in ("office", "reporter", "lead"):
        assert sign_in_as(stranger).post("/passed/below/urge", data={"chosen": [one]}).status_code == 404


def test_what_was_urged_waits_today(plan, passed, due, clock_stands, sign_in_as, reading):
    """Long before its date, too: the county wants it."""
    clock_stands.move_to(at(DAY))
    with reading():
        assert count_passed_on(plan.viewer("office"), DAY)[1] == 0
    sign_in_as("county_reporter").post("/passed/below/urge", data={"chosen": [f"{passed}:{due}"]})
    with reading():
        assert count_passed_on(plan.viewer("office"), DAY)[1] == 1
