"""The directory goes out to a workbook and comes back from one, whole or not at all."""

from __future__ import annotations

import io
from datetime import date

import openpyxl
import pytest
from sqlalchemy import delete, select

from tests.support.databases import ON_SQLITE
from tests.support.place import AT, FOUNDED
from tracker.audit.queries import verify_chain
from tracker.clock import today
from tracker.db import session
from tracker.units.acts import NewBody, Terms
from tracker.units.matching import match
from tracker.units.models import Unit, UnitAct, UnitActSide, UnitAlias, UnitPlace
from tracker.units.queries import directory, tree
from tracker.units.service import add_alias, create_unit, order_act

HEAD = ("单位名称", "简称", "类别", "上级", "别名")


@pytest.fixture
def admin(sign_in_as):
    return sign_in_as("admin")


def book(*rows: tuple[object, ...]) -> io.BytesIO:
    made, target = openpyxl.Workbook(), io.BytesIO()
    for row in rows:
        made.active.append(row)
    made.save(target)
    target.seek(0)
    return target


def send(client, file, name="机构.xlsx"):
    return client.post(
        "/units/import", data={"file": (file, name), "since": "2026-01-01"}, content_type="multipart/form-data"
    )


def named(name: str) -> Unit | None:
    return session.scalar(select(Unit).where(Unit.name == name))


def test_new_units_come_in_with_their_names(admin, reading):
    answer = send(
        admin,
        book(
            ("云岫市组织机构",), HEAD, ("市水利局", "水利局", "市直部门", "", "市水务局、水务局"),
            ("龙门县", "龙门", "县区", "", ""), ("龙门县财政局", "", "县直部门、内设机构", "龙门县", ""),
            ("市财政局", "", "市直部门", "", "市财局"),
        ),
    )  # fmt: skip
    assert answer.status_code == 302
    with reading():
        assert named("龙门县财政局").parent_id == named("龙门县").id
        assert match("市水务局", directory(today())).unit_id == named("市水利局").id
        assert match("市财局", directory(today())).unit_id == named("市财政局").id
        assert verify_chain().broken_at is None


def test_what_goes_out_comes_back_without_a_change(admin, reading):
    out = admin.get("/units/directory.xlsx")
    assert out.mimetype.endswith("sheet")
    with reading():
        before = session.scalars(select(Unit.id)).all()
    answer = send(admin, io.BytesIO(out.data))
    assert answer.status_code == 302, answer.text
    assert "新增单位 0 个" in admin.get("/units").text
    with reading():
        assert session.scalars(select(Unit.id)).all() == before


def test_a_fault_is_named_at_its_row_and_nothing_is_taken_in(admin, reading):
    answer = send(
        admin,
        book(
            HEAD,
            ("市水利局", "", "市直部门", "", ""),
            ("某局", "", "天庭部门", "", ""),
            ("某科", "", "其他", "没有的局", ""),
        ),
    )
    assert answer.status_code == 422
    assert "天庭部门" in answer.text
    assert "没有的局" in answer.text
    assert "3" in answer.text
    with reading():
        assert named("市水利局") is None


@pytest.mark.parametrize("file", [b"", b"not a table", b"PK\x03\x04broken"])
def test_no_table_is_said(admin, file):
    answer = send(admin, io.BytesIO(file))
    assert answer.status_code == 422


def test_a_fault_of_a_text_file_is_named_in_the_words_of_the_page(admin):
    text = "单位名称,类别\n市水利局,市直部门\n某局,天庭部门\n"
    answer = send(admin, io.BytesIO(text.encode()), "机构.csv")
    assert "第 3 行" in answer.text
    assert "line 3" not in answer.text
    answer = send(admin, io.BytesIO('单位名称,类别\n"市水利局,市直部门\n'.encode()), "机构.csv")
    assert "“第 2 行”的引号未闭合" in answer.text


def test_a_directory_is_read_in_a_process_apart(admin, monkeypatch):
    monkeypatch.delattr("tracker.units.listed.read_document")  # of this process: the one apart has its own
    assert send(admin, book(HEAD, ("市水利局", "", "市直部门", "", ""))).status_code == 302


def test_whoever_keeps_a_part_cannot_take_in_the_whole(sign_in_as):
    client = sign_in_as("lead")
    assert client.get("/units/import").status_code == 404


def reorganised(place, writing) -> None:
    """One act of each kind, by hand of the room itself."""
    units = dict(place.units)

    def act(kind: str, before: str, *names: str, **more: object) -> None:
        bodies = tuple(NewBody(name, name[2:], "department", units["云岫市"]) for name in names)
        terms = Terms(kind, (units[before],), date(2026, 2, 1), "云编发〔2026〕3号", "机构改革", bodies=bodies, **more)
        order_act(terms, by=place.viewer("admin"), at=AT)
        for name in names:
            units[name] = session.scalars(select(Unit.id).where(Unit.name == name)).one()

    with writing():
        add_alias(session.get_one(Unit, units["市财政局"]), "岫财", by=None, at=AT)
        for name in ("云岫市体育局", "云岫市旅游局", "云岫市财政 局"):
            units[name] = create_unit(
                name=name, kind="department", parent_id=units["云岫市"], by=None, at=AT, since=FOUNDED
            ).id
        act("rename", "市财政局", "云岫市财政金融局")
        act("merge", "云岫市旅游局", into=units["云岫市体育局"])
        act("split", "云岫市体育局", "云岫市文体局", "云岫市旅发局")
        act("split", "市交通运输局", "云岫市铁路局", stays=True)
        act("move", "望川县财政局", parent_id=units["临溪县"])
        act("plate", "市交通运输局", plate="市地方海事局")
        act("plate", "市交通运输局", plate="市公路局")
        order = Terms(
            "plate", (units["市交通运输局"],), date(2026, 2, 20), reason="摘牌", plate="市公路局", taken_off=True
        )
        order_act(order, by=place.viewer("admin"), at=AT)
        act("duplicate", "云岫市财政 局", into=units["云岫市财政金融局"])


def sheets(client) -> dict[str, list[tuple[object, ...]]]:
    """The rows of each sheet that is exported, without what was put aside."""
    made = openpyxl.load_workbook(io.BytesIO(client.get("/units/directory.xlsx").data))
    return {
        sheet.title: [row for row in sheet.iter_rows(values_only=True) if not str(row[0]).startswith("旧")]
        for sheet in made
    }


def test_periods_plates_names_and_acts_come_back_without_a_change(place, admin, writing):
    reorganised(place, writing)
    before = sheets(admin)
    assert [len(rows) > 3 for rows in before.values()] == [True] * 3
    send(admin, io.BytesIO(admin.get("/units/directory.xlsx").data))
    told = admin.get("/units").text
    assert "新增单位 0 个、别名 0 个、改革 0 项" in told
    assert sheets(admin) == before


def test_a_directory_with_its_past_can_be_taken_in_anew(place, admin, writing, reading):
    reorganised(place, writing)
    before, data = sheets(admin), admin.get("/units/directory.xlsx").data
    with writing():
        for model in (UnitPlace, UnitActSide, UnitAct, UnitAlias):
            session.execute(delete(model))
        for unit in session.scalars(select(Unit).where(Unit.parent_id.is_not(None))):
            unit.name = unit.normal_name = f"旧{unit.id}"
    answer = send(admin, io.BytesIO(data))
    assert answer.status_code == 302, answer.text
    after = sheets(admin)
    assert {title: sorted(rows[2:], key=str) for title, rows in after.items()} == {
        title: sorted(rows[2:], key=str) for title, rows in before.items()
    }
    with reading():
        known = directory(today())
        found = match("市财政局", known)
        assert [known.entries[one].name for one in found.suggestions] == ["云岫市财政金融局"]
        assert match("市地方海事局", known).how == "plate"
        assert match("市公路局", known).unit_id is None
        assert match("市公路局", directory(today(), written=date(2026, 2, 10))).unit_id is not None
        office = session.scalars(select(Unit).where(Unit.name == "望川县财政局")).one()
        then = {unit.id: unit.parent_id for unit in tree(date(2026, 1, 31))}
        assert session.get_one(Unit, then[office.id]).name == "望川县"


@pytest.mark.parametrize(
    ("sheet", "row", "told"),
    [
        (("单位", "其他名称", "种类"), ("市财政局", "岫财", "绰号"), "没有“绰号”这个种类"),
        (("单位", "其他名称", "种类"), ("没有的局", "岫财", "别名"), "没有认出单位“没有的局”"),
        (("单位", "其他名称", "种类", "自"), ("市财政局", "岫财", "别名", "去年"), "“去年”不是日期"),
        (("生效日期", "改革", "改革前", "改革后"), ("2026-02-01", "撤销", "市财政局", "某局"), "没有“撤销”这种改革"),
        (("生效日期", "改革", "改革前", "改革后"), ("2026-02-01", "更名", "市财政局", "某局"), "没有认出单位“某局”"),
        (("生效日期", "改革", "改革前", "改革后"), ("2026-02-01", "更名", "市财政局", ""), "改革前和改革后"),
    ],
)
@ON_SQLITE
def test_faults_of_names_and_acts_are_named(admin, sheet, row, told):
    file = openpyxl.load_workbook(book(HEAD, ("市水利局", "", "市直部门", "", "")))
    further = file.create_sheet("其他")
    further.append(sheet)
    further.append(row)
    target = io.BytesIO()
    file.save(target)
    target.seek(0)
    answer = send(admin, target)
    assert answer.status_code == 422
    assert told in answer.text
