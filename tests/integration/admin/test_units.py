"""Keeping units, aliases and collectives; looking into the audit record."""

from __future__ import annotations

import re
from datetime import date

import pytest
from sqlalchemy import select, text

from tests.integration.audit.test_record import TRIGGERS
from tests.support.databases import ON_SQLITE
from tests.support.place import AT
from tracker.audit.service import record
from tracker.db import session
from tracker.units.matching import match
from tracker.units.models import Collective, Unit, UnitAlias
from tracker.units.queries import directory
from tracker.units.service import confirm_collective


@pytest.fixture
def admin(sign_in_as):
    return sign_in_as("admin")


def test_the_tree_is_shown_as_of_a_day_and_searched(place, admin):
    page = admin.get("/units").text
    assert page.index("望川县") < page.index("望川县财政局")
    assert "下面还没有单位" in admin.get("/units?day=2019-12-31").text
    assert "望川县财政局" in admin.get("/units?q=wcxcz").text
    assert "市交通运输局" in admin.get("/units?q=交通").text
    assert "没有找到单位" in admin.get("/units?q=水利").text
    below = admin.get(f"/units?below={place.units['望川县']}").text
    assert "望川县财政局" in below
    assert "临溪县" not in below


def test_a_unit_is_added_corrected_and_ended(place, admin, reading):
    form = {
        "name": "望川县水利局", "short_name": "县水利局", "kind": "office", "parent": place.units["望川县"],
        "since": "2026-03-01",
    }  # fmt: skip
    answer = admin.post("/units/new", data=form)
    assert answer.status_code == 302
    url = answer.headers["Location"]
    assert admin.post(url, data={"name": "望川县水务局", "short_name": "县水务局"}).status_code == 302
    assert admin.post(f"{url}/end", data={"end-valid_to": "2026-09-30"}).status_code == 302
    with reading():
        unit = session.scalars(select(Unit).where(Unit.name == "望川县水务局")).one()
        assert (unit.path, str(unit.valid_to)) == (f"/1/{place.units['望川县']}/{unit.id}/", "2026-09-30")
    history = admin.get(url).text
    for told in ("新增单位", "更正单位名称", "撤销单位", "望川县水利局"):
        assert told in history


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"name": "望川县财政局"}, "已有同名单位"),
        ({"name": ""}, "请填写单位名称"),
        ({"kind": ""}, "请选择类别"),
        ({"parent": "9999"}, "请从列表中选择单位"),
        ({"since": "三月一日"}, "aria-invalid"),
    ],
)
@ON_SQLITE
def test_a_unit_that_will_not_do(place, admin, change, told):
    form = {"name": "望川县水利局", "kind": "office", "parent": place.units["望川县"], "since": "2026-03-01", **change}
    answer = admin.post("/units/new", data=form)
    assert answer.status_code == 422
    assert told in answer.text


def test_a_unit_with_units_below_cannot_end(place, admin):
    answer = admin.post(f"/units/{place.units['望川县']}/end", data={"end-valid_to": "2026-09-30"})
    assert answer.status_code == 422
    assert "请先撤销下级单位" in answer.text


def test_an_alias_is_added_and_taken_back(place, admin, reading):
    url = f"/units/{place.units['市财政局']}"
    assert admin.post(f"{url}/aliases", data={"alias-alias": "云岫财政"}).status_code == 302
    other = admin.post(f"/units/{place.units['市交通运输局']}/aliases", data={"alias-alias": "云岫财政"})
    assert other.status_code == 422
    assert "已是“市财政局”的别名" in other.text
    with reading():
        alias = session.scalars(select(UnitAlias.id)).one()
    wrong = f"/units/{place.units['市交通运输局']}/aliases/{alias}/take-back"
    assert admin.post(wrong).status_code == 404
    assert admin.post(f"{url}/aliases/{alias}/take-back").status_code == 302
    with reading():
        assert session.scalars(select(UnitAlias)).all() == []


def test_a_collective_is_set_by_kinds_and_by_list(place, admin, reading):
    form = {"phrase": "各县区政府", "below": place.units["云岫市"], "kinds": ["county"], "depth": "1"}
    assert admin.post("/collectives", data=form).status_code == 302
    page = admin.get("/collectives").text
    assert "望川县、临溪县" in page
    listed = {"phrase": "各 县区政府", "units": [place.units["望川县"]], "depth": "1"}
    assert admin.post("/collectives", data=listed).status_code == 302
    with reading():
        row = session.scalars(select(Collective)).one()
        assert row.rule == {"units": [place.units["望川县"]]}
    page = admin.get(f"/collectives/{row.id}").text
    assert "望川县" in page
    nothing = admin.post("/collectives", data={"phrase": "各有关单位", "depth": "1"})
    assert nothing.status_code == 422
    assert "请选择单位类别" in nothing.text


def test_choosing_a_unit_by_typing(place, admin):
    found = admin.get("/units/search.json?q=财政").json
    assert [one["text"] for one in found] == ["市财政局", "望川县财政局"]
    assert found[1]["note"] == "望川县"


@pytest.fixture
def acts(place, writing):
    with writing():
        for number in range(60):
            by = place.viewer("lead" if number % 2 else "reporter")
            record(
                "试记一笔", by=by, at=AT, subject=("unit", place.units["市财政局"]), unit_id=place.units["市财政局"],
                changes={"数": (number, number + 1)},
            )  # fmt: skip


def test_the_record_is_filtered_and_leafed_through(place, acts, admin):
    first = admin.get("/audit").text
    assert "林牵头" in first
    assert "<del>59</del>" in first
    assert "马填报" not in admin.get("/audit?person=林牵头&action=试记一笔").text.split("<tbody>")[1]
    assert "没有符合条件的记录" in admin.get("/audit?first=2031-01-01").text
    assert "没有符合条件的记录" in admin.get("/audit?last=2019-01-01").text
    subject = admin.get(f"/audit?subject=unit&number={place.units['望川县']}").text
    assert "新增单位" in subject
    assert "试记一笔" not in subject.split("<tbody>")[1]
    assert "系统" in admin.get("/audit?person=system").text


def test_the_lead_office_looks_in_too_but_gets_no_links_it_cannot_follow(place, acts, sign_in_as):
    lead, admin = sign_in_as("lead"), sign_in_as("admin")
    href = f'href="/units/{place.units["市财政局"]}"'
    assert href in admin.get("/audit").text
    assert href not in lead.get("/audit").text
    for who in ("leader", "evaluator", "reporter", "reviewer"):
        assert sign_in_as(who).get("/audit").status_code == 404


def test_the_chain_is_checked_from_the_page(acts, admin, writing, database):
    assert "审计链完好" in admin.post("/audit/verify").text
    with writing():
        session.execute(text(TRIGGERS[database][0]))
        session.execute(text("UPDATE audit_entry SET actor_name = '别人' WHERE seq = 20"))
    assert "审计链在第 20 条断开" in admin.post("/audit/verify").text


def test_the_address_of_a_verdict_leads_back_to_the_record(admin):
    answer = admin.get("/audit/verify")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/audit")


def test_the_whole_record_says_how_many_entries_it_has(acts, admin):
    assert re.search(r'class="pager-total">共 \d\d 项', admin.get("/audit").text)
    assert "本页 50 项" in admin.get("/audit?action=试记一笔").text


def test_one_subject_is_named_in_the_singular_in_english(acts, admin, place):
    admin.post("/language/en", data={"next": "/audit"})
    page = admin.get(f"/audit?subject=unit&number={place.units['市财政局']}").text
    assert f">Unit {place.units['市财政局']}</a>" in page


def test_a_new_unit_says_which_collectives_it_joins_by_their_rule(place, admin, writing):
    with writing():
        rule = {"below": place.units["云岫市"], "kinds": ["county"], "depth": 1}
        confirm_collective("各县区政府", rule, by=None, at=AT)
        confirm_collective("两县", {"units": [place.units["望川县"], place.units["临溪县"]]}, by=None, at=AT)
    form = {"name": "东岭县", "kind": "county", "parent": str(place.units["云岫市"]), "since": "2026-01-01"}
    page = admin.post("/units/new", data=form, follow_redirects=True).text
    assert "“各县区政府”今后也包括这个单位" in page
    assert "两县" not in page


def test_pickers_of_units_say_how_to_find_one(admin):
    for address in ("/people/new", "/units/new", "/collectives/new"):
        assert "输入名称、简称或拼音首字母即可查找" in admin.get(address).text, address


def test_a_long_chain_is_checked_by_a_job(acts, admin, monkeypatch):
    monkeypatch.setattr("tracker.admin.routes.audit.VERIFIED_AT_ONCE", 5)
    answer = admin.post("/audit/verify")
    assert answer.status_code == 302
    assert "审计链完好" in admin.get(answer.headers["Location"]).text


def test_the_first_administrator_comes_from_a_command(app, monkeypatch):
    runner = app.test_cli_runner()
    monkeypatch.setenv("LUOSHI_PASSWORD", "短")
    assert runner.invoke(args=["accounts", "create-admin", "first"]).exit_code == 2
    monkeypatch.setenv("LUOSHI_PASSWORD", "第一位管理员的长口令")
    made = runner.invoke(args=["accounts", "create-admin", "first", "--city", "云岫市"])
    assert made.exit_code == 0, made.output
    assert runner.invoke(args=["accounts", "create-admin", "first"]).exit_code == 2
    client = app.test_client()
    signed = client.post("/sign-in", data={"username": "first", "password": "第一位管理员的长口令"})
    assert signed.status_code == 302
    assert "云岫市" in client.get("/people").text


def test_a_name_may_go_from_one_body_to_another_with_its_period(place, admin, reading):
    """市金办 was one body's until June and is another's from July on; at one time it is never two bodies'."""
    first, second = (f"/units/{place.units[name]}/aliases" for name in ("市财政局", "市交通运输局"))
    given = {"alias-alias": "市金办", "alias-kind": "short"}
    assert admin.post(first, data={**given, "alias-until": "2025-06-30"}).status_code == 302
    twice = admin.post(second, data={**given, "alias-since": "2025-06-30"})
    assert (twice.status_code, "已是“市财政局”的别名" in twice.text) == (422, True)
    assert admin.post(second, data={**given, "alias-since": "2025-07-01"}).status_code == 302
    assert (
        admin.post(second, data={**given, "alias-since": "2025-07-01", "alias-until": "2025-01-01"}).status_code == 422
    )
    page = admin.get(f"/units/{place.units['市财政局']}").text
    assert "2025-06-30" in page
    with reading():
        now = date(2026, 3, 2)
        for written, unit in (
            (date(2025, 6, 1), "市财政局"),
            (date(2025, 7, 1), "市交通运输局"),
            (None, "市交通运输局"),
        ):
            assert match("市金办", directory(now, written=written)).unit_id == place.units[unit]
