"""Ordering acts of reorganisation on pages: nothing is done before its effect was shown, and then just that."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from tests.support.breakdown import fields_of
from tests.support.databases import ON_SQLITE
from tests.support.place import AT, FOUNDED
from tracker import clock
from tracker.db import session
from tracker.units import service
from tracker.units.models import Unit, UnitAct


@pytest.fixture
def admin(sign_in_as):
    return sign_in_as("admin")


def named(name: str) -> Unit | None:
    return session.scalar(select(Unit).where(Unit.name == name))


def order(client, kind: str, **form: object):
    """Previews and confirms, as a person does."""
    given = {"on": "2026-01-05", "document": "云编发〔2026〕2号", **form}
    shown = client.post(f"/units/acts/new/{kind}", data=given)
    assert shown.status_code == 200, shown.text
    seen = re.search(r'name="seen"[^>]*value="(\w+)"', shown.text)
    assert seen
    return client.post(f"/units/acts/new/{kind}", data={**given, "seen": seen[1], "confirm": "1"})


def test_an_act_is_shown_then_confirmed_then_kept(place, admin, reading):
    given = {"unit": place.units["市财政局"], "name": "云岫市财政金融局", "on": "2026-01-05", "reason": "机构改革"}
    assert f'value="{place.units["市财政局"]}"' in admin.get(f"/units/acts/new/rename?unit={given['unit']}").text
    shown = admin.post("/units/acts/new/rename", data=given).text
    for told in ("这项改革的影响", "云岫市财政金融局", "马填报", "石审核"):
        assert told in shown
    unseen = admin.post("/units/acts/new/rename", data={**given, "confirm": "1", "seen": "0" * 16})
    assert unseen.status_code == 200
    with reading():
        assert session.scalar(select(func.count()).select_from(UnitAct)) == 0
        assert named("市财政局").valid_to is None
    answer = order(admin, "rename", **given)
    assert answer.status_code == 302
    page = admin.get(answer.headers["Location"]).text
    assert "市财政局更名为云岫市财政金融局" in page
    assert "云编发〔2026〕2号" in page
    assert "市财政局更名为云岫市财政金融局" in admin.get("/units/acts").text
    with reading():
        assert named("市财政局").valid_to == date(2026, 1, 4)
        heir = named("云岫市财政金融局")
        assert heir.kind == "department"
    assert "市财政局更名为云岫市财政金融局" in admin.get(f"/units/{heir.id}").text


@pytest.mark.parametrize(
    ("kind", "form", "told"),
    [
        ("merge", lambda units: {"units": [units["市财政局"], units["市交通运输局"]], "name": "云岫市财交局"}, "合并为云岫市财交局"),
        ("merge", lambda units: {"units": [units["市财政局"]], "into": units["市交通运输局"]}, "市财政局并入市交通运输局"),
        ("split", lambda units: {"unit": units["市财政局"], "bodies": "云岫市预算局，预算局\n云岫市国库局"}, "云岫市预算局、云岫市国库局"),
        ("split", lambda units: {"unit": units["市财政局"], "bodies": "云岫市国库局", "stays": "y"}, "市财政局分设云岫市国库局"),
        ("move", lambda units: {"unit": units["望川县财政局"], "parent": units["临溪县"]}, "望川县财政局划转到临溪县"),
        ("plate", lambda units: {"unit": units["市财政局"], "plate": "市金融工作局"}, "市财政局挂市金融工作局牌子"),
    ],
)  # fmt: skip
@ON_SQLITE
def test_each_kind_of_act_has_its_page(place, admin, kind, form, told):
    answer = order(admin, kind, **form(place.units))
    assert told in admin.get(answer.headers["Location"]).text


@pytest.mark.parametrize(
    ("kind", "form", "told"),
    [
        ("rename", {"name": ""}, "新单位的名称"),
        ("rename", {"name": "某局", "document": ""}, "文号或理由"),
        ("rename", {"name": "某局", "on": ""}, "请填写日期"),
        ("rename", {"name": "市交通运输局"}, "已有同名单位"),
        ("split", {"bodies": "甲局，甲，乙"}, "每行写全称和简称"),
        ("move", {"parent": "9999"}, "请从列表中选择单位"),
        ("duplicate", {}, "要保留的单位"),
    ],
)
@ON_SQLITE
def test_an_order_that_will_not_do_is_said_at_its_field(place, admin, kind, form, told):
    given = {"unit": place.units["市财政局"], "on": "2026-01-05", "document": "云编发〔2026〕2号", **form}
    answer = admin.post(f"/units/acts/new/{kind}", data=given)
    assert answer.status_code == 422
    assert told in answer.text


@ON_SQLITE
def test_the_order_in_which_units_were_chosen_is_not_part_of_what_is_confirmed(place, admin):
    """The page that shows what follows lists them as the directory does, however they were picked."""
    chosen = [place.units["市交通运输局"], place.units["市财政局"]]
    given = {"name": "云岫市财交局", "on": "2026-01-05", "document": "云编发〔2026〕2号"}
    shown = admin.post("/units/acts/new/merge", data={**given, "units": chosen}).text
    again = fields_of(shown, "/merge")
    confirmed = {**given, "units": chosen[::-1], "seen": again["seen"], "confirm": "1"}
    assert admin.post("/units/acts/new/merge", data=confirmed).status_code == 302


def test_a_body_that_was_only_just_recorded_twice_is_merged_from_the_first_day_on_which_it_can(place, admin, writing):
    today = clock.today()
    with writing():
        given = {"name": "云岫市财政局", "kind": "department", "parent_id": 1, "by": None, "at": AT}
        twice = service.create_unit(**given, since=today).id
    page = admin.get(f"/units/acts/new/duplicate?unit={twice}&into={place.units['市财政局']}").text
    assert fields_of(page, "/duplicate")["on"] == (today + timedelta(days=1)).isoformat()
    page = admin.get(f"/units/acts/new/rename?unit={place.units['市财政局']}").text
    assert fields_of(page, "/rename")["on"] == today.isoformat()


def test_bodies_recorded_twice_are_found_and_merged(place, admin, writing):
    with writing():
        twice = service.create_unit(
            name="云岫市财政局", kind="department", parent_id=1, by=None, at=AT, since=FOUNDED
        ).id
    page = admin.get("/units/duplicates").text
    assert "全称或简称相同" in page
    assert f"/units/acts/new/duplicate?unit={twice}&amp;into={place.units['市财政局']}" in page
    assert order(admin, "duplicate", unit=twice, into=place.units["市财政局"]).status_code == 302
    assert "没有发现重复的单位" in admin.get("/units/duplicates").text
    assert "云岫市财政局" in admin.get(f"/units/{place.units['市财政局']}").text


def test_an_act_to_come_is_taken_back(place, admin):
    answer = order(admin, "rename", unit=place.units["市财政局"], name="云岫市财政金融局", on="2099-01-01")
    url = answer.headers["Location"]
    assert "待生效" in admin.get(url).text
    assert admin.post(f"{url}/withdraw").status_code == 302
    assert "已撤回" in admin.get(url).text
    assert admin.post(f"{url}/withdraw").status_code == 422


def test_units_are_put_in_the_printed_order(place, admin):
    def before(one: str, other: str) -> bool:
        page = admin.get("/units").text
        return page.index(f">{one}</a>") < page.index(f">{other}</a>")

    url = f"/units/{place.units['临溪县']}"
    assert before("望川县", "临溪县")
    assert admin.post(f"{url}/place", data={"place-place": "4", "step": "up"}).status_code == 302
    assert before("临溪县", "望川县")
    assert "第 3 位，共 4 个" in admin.get(url).text
    assert admin.post(f"{url}/place", data={"place-place": "1"}).status_code == 302
    assert before("临溪县", "市财政局")
    assert admin.post(f"{url}/place", data={"place-place": "0"}).status_code == 422


@ON_SQLITE
def test_a_long_list_is_turned_page_by_page_and_keeps_its_filters(place, admin, writing):
    with writing():
        for number in range(40):
            service.create_unit(
                name=f"第{number:02d}局",
                kind="vertical",
                parent_id=1,
                by=None,
                at=AT,
                since=FOUNDED,
                order=number + 100,
            )
    first = admin.get("/units?kind=vertical").text
    assert "第19局" in first
    assert "第20局" not in first
    onward = re.search(r'rel="next" href="([^"]+)"', first)
    second = admin.get("/units" + onward[1].replace("&amp;", "&")).text
    assert "kind=vertical" in onward[1]
    assert ("第19局" in second, "第20局" in second, "第39局" in second) == (False, True, True)
    back = re.search(r'rel="prev" href="([^"]+)"', second)
    assert "第00局" in admin.get("/units" + back[1].replace("&amp;", "&")).text
    whole = admin.get("/units").text
    assert "望川县财政局" not in whole
    assert "只列出直接下级" in whole
