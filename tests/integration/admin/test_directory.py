"""The directory goes out to a workbook and comes back from one, whole or not at all."""

from __future__ import annotations

import io

import openpyxl
import pytest
from sqlalchemy import select

from tracker.audit.queries import verify_chain
from tracker.clock import today
from tracker.db import session
from tracker.units.matching import match
from tracker.units.models import Unit
from tracker.units.queries import directory

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


def test_whoever_keeps_a_part_cannot_take_in_the_whole(sign_in_as):
    client = sign_in_as("lead")
    assert client.get("/units/import").status_code == 404
