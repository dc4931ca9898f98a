"""Unit expressions and the directory: what is known, what is chosen, what is remembered."""

from __future__ import annotations

from datetime import date
from urllib.parse import urlencode

import pytest
from sqlalchemy import select

from tests.support.breakdown import fields_of, workbook
from tests.support.databases import ON_BOTH, ON_SQLITE
from tests.support.place import AT, FOUNDED
from tracker import clock
from tracker.audit import queries as audit
from tracker.db import session
from tracker.drafts import queries
from tracker.drafts.models import UnitChoice
from tracker.units.acts import NewBody, Terms
from tracker.units.models import Collective, Unit, UnitAlias
from tracker.units.service import end_unit, get_unit, order_act

pytestmark = ON_SQLITE

OPEN = "等有关部门"
ROWS = (
    ("道路", "养护道路。", "市财政局", "各县区政府", "年底前"),
    ("", "修桥。", "市交通局", f"市财政局{OPEN}", "年底前"),
    ("水利", "疏浚河道。", "市水务局", "无", "年底前"),
)


@pytest.fixture
def desk(open_desk):
    return open_desk(workbook(ROWS), "分解表.xlsx")


@pytest.fixture
def rows(desk, reading):
    """`rows()` are the expressions of the draft by their text, as they stand."""

    def read():
        with reading():
            found = queries.matched(int(desk.url.rsplit("/", 1)[1]), day=clock.today())
        return {row.expression.text: row for row in found.rows}

    return read


def choose(desk, text, **data: object):
    return desk.post("/units/choose", query_string={"text": text}, data=data)


def test_names_are_known_and_the_rest_waits(rows, place):
    found = rows()
    assert list(found) == ["市财政局", "各县区政府", "市交通局", OPEN, "市水务局"]
    assert found["市财政局"].unit_ids == (place.units["市财政局"],)
    assert found["市财政局"].how == "name"
    assert not found["各县区政府"].settled
    assert set(found["各县区政府"].proposed) == {place.units["望川县"], place.units["临溪县"]}
    assert found["市交通局"].likely == place.units["市交通运输局"]
    assert not found[OPEN].settled
    assert found["市水务局"].proposed == ()


def test_the_page_says_how_often_and_in_which_role(desk):
    page = desk.client.get(f"{desk.url}/units").text
    assert "5 个称谓" in page
    assert "还有 4 个待匹配" in page
    assert "名称一致" in page
    assert desk.client.get(f"{desk.url}/units?show=open").text.count("待匹配</span>") == 4


def test_a_pick_is_remembered_as_an_alias(desk, rows, reading, place):
    answer = choose(desk, "市交通局", act="pick", unit=str(place.units["市交通运输局"]), remember="y")
    assert answer.status_code == 302
    assert rows()["市交通局"].unit_ids == (place.units["市交通运输局"],)
    with reading():
        assert session.scalars(select(UnitAlias.name)).all() == ["市交通局"]
        assert audit.history("draft", 1)[-1].action == "匹配责任单位"


@ON_BOTH
def test_a_pick_for_once_is_not_remembered(desk, reading, place):
    choose(desk, "市交通局", act="pick", unit=str(place.units["市交通运输局"]))
    with reading():
        assert session.scalars(select(UnitAlias.name)).all() == []


def test_a_unit_is_picked_by_typing_its_name(desk, rows, place):
    assert choose(desk, "市交通局", act="pick", unit=" 市交通运输局 ").status_code == 302
    assert rows()["市交通局"].unit_ids == (place.units["市交通运输局"],)


def test_a_name_that_is_no_unit_is_refused_and_the_likely_ones_named(desk, rows):
    answer = choose(desk, "市水务局", act="pick", unit="交运局")
    assert answer.status_code == 422
    assert "可能是：市交通运输局" in answer.text
    assert 'value="交运局"' in answer.text
    assert not rows()["市水务局"].settled


def test_a_member_is_added_by_its_name(desk, rows, place):
    choose(desk, "各县区政府", act="members", units=[str(place.units["望川县"])], more="临溪县")
    assert set(rows()["各县区政府"].unit_ids) == {place.units["望川县"], place.units["临溪县"]}


def test_a_large_city_offers_few_units_to_tick_and_keeps_those_that_are_proposed(desk, monkeypatch):
    monkeypatch.setattr("tracker.drafts.queries.matching.WHOLE", 3)
    page = desk.client.get(f"{desk.url}/units/one", query_string={"text": "各县区政府"}).text
    assert "望川县" in page
    assert "望川县财政局" not in page


def test_a_unit_is_made_for_a_name(desk, rows, reading, place):
    answer = desk.post(
        "/units/create",
        query_string={"text": "市水务局"},
        data={"name": "市水务局", "kind": "department", "parent": str(place.units["云岫市"])},
    )
    assert answer.status_code == 302
    with reading():
        made = session.scalars(select(Unit).where(Unit.name == "市水务局")).one()
    assert rows()["市水务局"].unit_ids == (made.id,)


@pytest.fixture
def making(desk, place):
    """`making(name="…")` sends the form of a new unit for 市水务局, filled in as the page shows it and changed so."""

    def send(page=None, **data: object):
        if page is None:
            page = desk.client.get(f"{desk.url}/units/one", query_string={"text": "市水务局"}).text
        query = {"text": "市水务局"}
        sent = {
            key: value for key, value in fields_of(page, f"/units/create?{urlencode(query)}").items() if key != "joins"
        }
        return desk.post("/units/create", query_string=query, data={**sent, **data})

    return send


def collectives(reading):
    with reading():
        return {row.phrase: row.rule for row in session.scalars(select(Collective).order_by(Collective.id))}


def test_the_kind_of_a_new_unit_is_not_guessed(desk, making, reading):
    page = desk.client.get(f"{desk.url}/units/one", query_string={"text": "市水务局"}).text
    assert fields_of(page, "/units/create?" + urlencode({"text": "市水务局"}))["kind"] == ""
    answer = making()
    assert answer.status_code == 422
    assert "请选择单位类别" in answer.text
    with reading():
        assert session.scalar(select(Unit.id).where(Unit.name == "市水务局")) is None


def test_a_new_unit_needs_its_parent(making):
    answer = making(kind="department", parent="")
    assert answer.status_code == 422
    assert "请填写上级单位" in answer.text


def test_a_new_unit_joins_no_confirmed_collective_by_itself(desk, making, rows, reading, place):
    members = [str(place.units[name]) for name in ("望川县", "临溪县")]
    choose(desk, "各县区政府", act="members", units=members, remember="y")
    asked = making(kind="county")
    assert asked.status_code == 422
    assert "还没有新增" in asked.text
    assert 'name="joins" value="各县区政府"' in asked.text
    with reading():
        assert session.scalar(select(Unit.id).where(Unit.name == "市水务局")) is None
    assert making(asked.text).status_code == 302
    assert collectives(reading) == {"各县区政府": {"units": sorted(map(int, members))}}
    assert set(rows()["各县区政府"].unit_ids) == set(map(int, members))


def test_a_new_unit_joins_the_collectives_that_the_person_ticks(desk, making, rows, reading, place):
    members = [str(place.units[name]) for name in ("望川县", "临溪县")]
    choose(desk, "各县区政府", act="members", units=members, remember="y")
    making(making(kind="county").text, joins=["各县区政府"])
    made = rows()["市水务局"].unit_ids[0]
    assert set(rows()["各县区政府"].unit_ids) == {*map(int, members), made}
    assert collectives(reading)["各县区政府"]["kinds"] == [
        "county"
    ]  # the rule as it was confirmed: it means the new one, too


@ON_BOTH
def test_a_list_of_units_that_was_confirmed_takes_a_new_one_when_ticked(desk, making, rows, reading, place):
    choose(desk, "各县区政府", act="members", units=[str(place.units["望川县"])], remember="y")
    making(making(kind="county").text, joins=["各县区政府"])
    made = rows()["市水务局"].unit_ids[0]
    assert collectives(reading)["各县区政府"] == {"units": [place.units["望川县"], made]}


def test_another_kind_than_was_asked_about_is_asked_about_anew(desk, making, place):
    members = [str(place.units[name]) for name in ("望川县", "临溪县")]
    choose(desk, "各县区政府", act="members", units=members, remember="y")
    page = making(kind="department", parent="市没有局").text
    assert making(page, kind="county", parent=str(place.units["云岫市"])).status_code == 422


def test_a_name_that_is_taken_is_refused_with_everything_kept(desk, place):
    answer = desk.post(
        "/units/create",
        query_string={"text": "市水务局"},
        data={"name": "市财政局", "kind": "department", "parent": str(place.units["云岫市"])},
    )
    assert answer.status_code == 422
    assert "已有同名单位" in answer.text
    assert 'value="市财政局"' in answer.text


def test_a_collective_is_confirmed_and_its_rule_kept(desk, rows, reading, place):
    members = [str(place.units[name]) for name in ("望川县", "临溪县")]
    choose(desk, "各县区政府", act="members", units=members, remember="y")
    assert rows()["各县区政府"].unit_ids
    with reading():
        rule = session.scalars(select(Collective.rule)).one()
    assert rule == {"below": place.units["云岫市"], "kinds": ["county"]}


def test_a_member_left_out_makes_a_list_of_units(desk, rows, reading, place):
    choose(desk, "各县区政府", act="members", units=[str(place.units["望川县"])], remember="y")
    assert rows()["各县区政府"].unit_ids == (place.units["望川县"],)
    with reading():
        assert session.scalars(select(Collective.rule)).one() == {"units": [place.units["望川县"]]}


@ON_BOTH
def test_an_unfinished_list_is_closed_by_a_person(desk, rows, reading, place):
    assert choose(desk, OPEN, act="nobody").status_code == 302
    assert rows()[OPEN].settled
    choose(desk, OPEN, act="members", units=[str(place.units["市交通运输局"])])
    assert rows()[OPEN].unit_ids == (place.units["市交通运输局"],)
    with reading():
        assert session.scalars(select(Collective.id)).all() == []


def test_setting_a_name_aside_needs_a_reason(desk, rows):
    answer = choose(desk, "市水务局", act="nobody")
    assert answer.status_code == 422
    assert "请写明" in answer.text
    assert choose(desk, "市水务局", act="nobody", note="机构已撤销").status_code == 302
    assert rows()["市水务局"].how == "nobody"
    assert "机构已撤销" in desk.client.get(f"{desk.url}/units").text


@ON_BOTH
def test_a_choice_is_taken_back(desk, rows, reading):
    choose(desk, "市水务局", act="nobody", note="机构已撤销")
    assert desk.post("/units/forget", query_string={"text": "市水务局"}).status_code == 302
    assert not rows()["市水务局"].settled
    with reading():
        assert session.scalars(select(UnitChoice.id)).all() == []


def test_all_that_is_certain_is_taken_at_once(desk, rows, place):
    answer = desk.take_certain()
    assert answer.status_code == 302
    assert "#" not in answer.headers["Location"]  # how many it were stands at the top of the page
    assert "已确认 2 个称谓。" in desk.client.get(f"{desk.url}/units").text
    found = rows()
    assert found["市交通局"].unit_ids == (place.units["市交通运输局"],)
    assert len(found["各县区政府"].unit_ids) == 2
    assert not found[OPEN].settled
    assert not found["市水务局"].settled


def test_what_was_remembered_is_known_the_next_time(desk, open_desk, reading):
    desk.take_certain()
    open_desk(workbook(ROWS), "又一份.xlsx")
    with reading():
        found = {row.expression.text: row for row in queries.matched(2, day=clock.today()).rows}
    assert found["市交通局"].how == "alias"
    assert found["各县区政府"].how == "rule"


def test_an_expression_that_is_not_there_is_not_found(desk):
    assert desk.client.get(f"{desk.url}/units/one", query_string={"text": "市没有局"}).status_code == 404
    assert choose(desk, "市没有局", act="nobody", note="x").status_code == 404


@ON_BOTH
def test_a_unit_that_has_ended_is_not_taken(desk, place, writing):
    with writing():
        end_unit(get_unit(place.units["市交通运输局"]), last_day=FOUNDED, by=place.viewer("lead"), at=AT)
    answer = choose(desk, "市交通局", act="pick", unit=str(place.units["市交通运输局"]))
    assert answer.status_code == 422


def test_statements_do_not_grow_with_the_names(open_desk, statements):
    counts = []
    for size in (2, 60):
        rows = [("领域", f"做好第{number}项工作。", f"市第{number}局", "", "年底前") for number in range(size)]
        desk = open_desk(workbook(rows), f"{size}.xlsx")
        with statements() as seen:
            desk.client.get(f"{desk.url}/units")
        counts.append(len(seen))
    assert counts[0] == counts[1]


def test_taking_all_that_is_certain_keeps_the_tab(desk):
    page = desk.client.get(f"{desk.url}/units?show=open").text
    assert "/units/certain?show=open" in page
    certain = desk.client.get(f"{desk.url}/units/certain?show=open").text
    answer = desk.post("/units/certain?show=open", data=fields_of(certain, "/units/certain?show=open"))
    assert "show=open" in answer.headers["Location"]


def test_what_is_certain_is_listed_before_it_is_bound(desk, rows, place):
    page = desk.client.get(f"{desk.url}/units/certain").text
    listed = {part.split("</tr>")[0].split('value="')[1].split('"')[0]: part for part in page.split("<tr>")[2:]}
    assert list(listed) == ["各县区政府", "市交通局"]
    assert "望川县、临溪县" in listed["各县区政府"]
    assert "按字面展开" in listed["各县区政府"]
    assert "市交通运输局" in listed["市交通局"]
    assert "常用名称" in listed["市交通局"]
    desk.take_certain(take="市交通局")
    assert rows()["市交通局"].settled
    assert not rows()["各县区政府"].settled


def test_nothing_is_bound_where_nothing_is_ticked_or_the_list_has_changed(desk, rows, place, writing):
    assert "请至少勾选一个" in desk.take_certain(take="").text
    form = fields_of(desk.client.get(f"{desk.url}/units/certain").text, "/units/certain")
    with writing():
        end_unit(get_unit(place.units["临溪县"]), last_day=FOUNDED, by=place.viewer("lead"), at=AT)
    answer = desk.post("/units/certain", data=form)
    assert answer.status_code == 409
    assert "建议已有变化" in answer.text
    assert not any(row.chosen for row in rows().values())


def test_the_steps_count_what_is_left(desk):
    assert 'title="还没有匹配的称谓">4</span>' in desk.client.get(f"{desk.url}/units").text
    assert 'title="还没有匹配的称谓">4</span>' in desk.client.get(f"{desk.url}/adopt").text
    assert 'title="还没有处理的错误和警告">1</span>' in desk.client.get(desk.url).text


def test_what_speaks_for_a_candidate_is_said_where_one_is_chosen(desk):
    told = "与“市交通运输局”通常是同一机构的不同叫法"
    assert told in desk.client.get(f"{desk.url}/units").text
    assert told in desk.client.get(f"{desk.url}/units/one", query_string={"text": "市交通局"}).text


def test_a_body_of_the_past_is_told_with_what_became_of_it(desk, rows, place, writing):
    """The document's own day decides: its name was the finance bureau's then, and there is a successor today."""
    with writing():
        body = NewBody("云岫市财政金融局", "", "department", place.units["云岫市"])
        order = Terms("rename", (place.units["市财政局"],), date(2021, 3, 1), "云编发〔2021〕1号", bodies=(body,))
        order_act(order, by=place.viewer("admin"), at=AT)
    found = rows()["市财政局"]
    assert (found.settled, found.certain) == (False, True)
    page = desk.client.get(f"{desk.url}/units").text
    assert "“市财政局”2021年3月更名为云岫市财政金融局" in page
    with writing():
        heir = session.scalar(select(Unit.id).where(Unit.name == "云岫市财政金融局"))
    assert choose(desk, "市财政局", act="pick", unit=heir).status_code == 302
    assert rows()["市财政局"].unit_ids == (heir,)


@pytest.mark.parametrize(
    "path", ["/units", "/units/certain", "/units/one?text=" + OPEN, "/workbooks", "/bulk", "/adopt"]
)
def test_every_page_of_a_draft_leads_back_to_the_list_of_imports(desk, path):
    way = desk.client.get(f"{desk.url}{path}").text.split('class="crumbs"')[1].split("</nav>")[0]
    assert 'href="/drafts"' in way
    assert f'href="{desk.url}"' in way


def test_a_remark_beside_an_unfinished_list_is_no_reason(desk):
    assert "不落实到单位的原因" not in desk.client.get(f"{desk.url}/units/one", query_string={"text": OPEN}).text
    assert "不落实到单位的原因" in desk.client.get(f"{desk.url}/units/one", query_string={"text": "市水务局"}).text
