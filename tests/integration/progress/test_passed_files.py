"""Evidence with a report from below (转办下级): sent as with any report, seen by whoever may, taken up above by reference."""

from __future__ import annotations

import io
from urllib.parse import quote

import flask_migrate
import pytest
from sqlalchemy import func, inspect, select

from tests.integration.progress.test_chain import fields_of
from tests.integration.progress.test_passing import COUNTY, OFFICE, TASK, due, passed, plan, send
from tests.integration.test_migrations import MIGRATIONS
from tests.support.issued import at
from tests.support.place import AT, DAY, FOUNDED
from tracker.accounts import service as accounts_service
from tracker.accounts.models import Person
from tracker.accounts.passwords import NOBODY
from tracker.accounts.roles import Role
from tracker.audit.models import AuditEntry
from tracker.db import db, session
from tracker.errors import DomainError, NotFound
from tracker.progress import queries, service
from tracker.progress.content import Content
from tracker.progress.evidence import MOST_FILES
from tracker.progress.models import Evidence, PartEvidence
from tracker.progress.queries.passing import below
from tracker.progress.service.passed_files import attach_below
from tracker.progress.service.passing import send_back_part
from tracker.units.service import create_unit
from tracker.upkeep.backup import spoken_of

__all__ = ["due", "passed", "plan"]
"""Fixtures of passing down that hold here too."""

CONTENT = b"%PDF-1.7 " + bytes(range(256)) * 8
NAME = "驿站清单.pdf"


def put(plan, passed, due, *, name=NAME, content=CONTENT, by="office"):
    return attach_below(passed, due, stream=io.BytesIO(content), name=name, by=plan.viewer(by), at=AT)[0].public_id


def pieces(passed, due, offset=None):
    piece = "" if offset is None else f"&offset={offset}"
    query = f"name={quote(NAME)}&size={len(CONTENT)}&modified=1&editor=a{piece}"
    return f"/passed/{passed}/reports/{due}/evidence/pieces?{query}"


def names(plan, due):
    """Files of the newest version of the county's return."""
    return [one.name for one in queries.versions(due, inside=True)[0].files]


def test_a_file_goes_in_pieces_and_begins_the_report(plan, passed, due, sign_in_as, reading):
    office = sign_in_as("office")
    form = f"/passed/{passed}/reports/{due}"
    assert f'data-evidence="{form}/evidence"' in office.get(form).text, "by the same field as a return"
    assert office.get(pieces(passed, due)).json == {"offset": 0}
    assert office.post(pieces(passed, due, 0), data=CONTENT[:900]).json == {"offset": 900}
    assert office.get(f"/obligations/{due}/evidence/pieces?name=a&size=9&modified=1").status_code == 404
    done = office.post(pieces(passed, due, 900), data=CONTENT[900:])
    assert (done.json["name"], done.json["version"]) == (NAME, 1)
    assert office.get(done.json["href"]).data == CONTENT
    again = office.post(f"{form}/evidence", data={"file": (io.BytesIO(CONTENT), NAME)})
    assert again.json["id"] == done.json["id"], "the same file is there once"
    refused = office.post(f"{form}/evidence", data={"file": (io.BytesIO(b"MZ\x90\x00"), "a.exe")})
    assert refused.status_code == 422
    assert "程序文件" in refused.json["message"]
    assert NAME in office.get(form).text
    saved = office.post(f"{form}/draft", data={**fields_of(office.get(form)), "done": "建成3个。", "percent": "20"})
    assert saved.status_code == 200, "the page goes on from the report that the file began"
    gone = office.post(f"{form}/evidence/{done.json['id']}/remove")
    assert gone.status_code == 200
    assert NAME not in office.get(form).text
    with reading():
        acts = session.scalars(select(AuditEntry.action).order_by(AuditEntry.seq.desc()).limit(3)).all()
        assert acts == ["移除佐证材料", "上传佐证材料", "起草下级报送"]


def test_files_go_with_the_form_where_there_are_no_scripts(plan, passed, due, sign_in_as, reading):
    office, form = sign_in_as("office"), f"/passed/{passed}/reports/{due}"
    typed = {**fields_of(office.get(form)), "done": "建成3个。", "percent": "20", "problems": ""}
    two = [(io.BytesIO(CONTENT), "甲.pdf"), (io.BytesIO(b"%PDF-1.7 b"), "乙.pdf")]
    wrong = office.post(form, data={**typed, "files": [(io.BytesIO(b"MZ\x90\x00"), "a.exe")]})
    assert wrong.status_code == 422
    assert "程序文件" in wrong.text
    assert "建成3个。" in wrong.text
    typed = {**fields_of(wrong), "done": "建成3个。", "percent": "20", "problems": ""}
    assert office.post(form, data={**typed, "files": two}).status_code == 302
    with reading():
        row = below([due], today=DAY)[due][0]
        assert (row.state, [one.name for one in row.files]) == ("reported", ["甲.pdf", "乙.pdf"])
    page = sign_in_as("county_reporter").get(form)
    assert "甲.pdf" in page.text
    assert "乙.pdf" in sign_in_as("county_reporter").get(f"/obligations/{due}/report").text


def test_a_file_is_taken_off_without_scripts_too(plan, passed, due, sign_in_as, writing):
    with writing():
        kept = put(plan, passed, due)
    office, form = sign_in_as("office"), f"/passed/{passed}/reports/{due}"
    typed = {**fields_of(office.get(form)), "done": "先写一半", "percent": ""}
    assert office.post(form, data={**typed, "remove": kept}).status_code == 302
    page = office.get(form).text
    assert NAME not in page
    assert "先写一半" in page


def test_the_county_begins_with_what_came_from_below(plan, passed, due, sign_in_as, writing, reading):
    with writing():
        kept = put(plan, passed, due)
        send(plan, passed, version=1)
    county = sign_in_as("county_reporter")
    page = county.get(f"/obligations/{due}/report")
    assert NAME in page.text, "shown before anything is saved"
    assert f"来自{OFFICE}" in page.text
    with writing():
        service.hand_in(due, content=Content("全县建成3个。", percent=20), by=plan.viewer("county_reporter"), at=AT)
    with reading():
        (file,) = queries.versions(due, inside=True)[0].files
        assert (file.name, file.origin.unit) == (NAME, OFFICE)
        assert session.scalar(select(func.count()).select_from(Evidence)) == 1, "by reference"
        acts = session.scalars(select(AuditEntry.action).where(AuditEntry.action == "沿用佐证材料")).all()
        assert len(acts) == 1
    lead = sign_in_as("lead")
    assert lead.get(f"/evidence/{kept}").status_code == 404, "it has not left the county"
    with writing():
        version = queries.versions(due, inside=True)[0].id
        service.approve(version, by=plan.viewer("county_reviewer"), at=at(DAY, 11))
    assert lead.get(f"/evidence/{kept}").data == CONTENT
    assert f"来自{OFFICE}" in lead.get(f"/obligations/{due}").text


def test_what_comes_later_is_taken_up_by_hand_and_may_be_left(plan, passed, due, sign_in_as, writing, reading):
    county, form = sign_in_as("county_reporter"), f"/obligations/{due}/report"
    typed = {**fields_of(county.get(form)), "done": "全县情况", "percent": "5", "draft": "1"}
    assert county.post(form, data=typed).status_code == 302
    with writing():
        kept = put(plan, passed, due)
        other = put(plan, passed, due, name="二.pdf", content=b"%PDF-1.7 b")
    draft = {**fields_of(county.get(form)), "reuse": kept}
    assert county.post(form, data=draft).status_code == 404, (
        "what the office is still writing is not the county's to use"
    )
    with writing():
        send(plan, passed, version=1)
    page = county.get(form)
    assert f'name="reuse" value="{kept}' in page.text
    both = {**fields_of(page), "reuse": f"{kept} {other}"}
    assert county.post(form, data=both).status_code == 302
    with reading():
        assert names(plan, due) == [NAME, "二.pdf"]
    gone = {**fields_of(county.get(form)), "remove": kept}
    assert county.post(form, data=gone).status_code == 302
    with reading():
        assert names(plan, due) == ["二.pdf"]
        assert [one.name for one in below([due], today=DAY)[due][0].files] == [NAME, "二.pdf"], (
            "the office keeps its own"
        )


def test_what_was_sent_back_is_taken_up_no_more_and_what_was_taken_up_stays(plan, passed, due, writing, reading):
    by = plan.viewer
    with writing():
        kept = put(plan, passed, due)
        part = send(plan, passed, version=1)
        service.save_draft(due, Content("全县"), version=0, editor="c", by=by("county_reporter"), at=AT)
        send_back_part(part, "请换成盖章版。", by=by("county_reporter"), at=AT)
        second = put(plan, passed, due, name="盖章.pdf", content=b"%PDF-1.7 c")
    with reading():
        assert names(plan, due) == [NAME]
    with writing(), pytest.raises(NotFound):
        service.reuse(due, second, by=by("county_reporter"), at=AT)
    with writing():
        service.detach(due, kept, by=by("county_reporter"), at=AT)
        send(plan, passed, version=99)
        service.reuse(due, second, by=by("county_reporter"), at=AT)
    with reading():
        assert names(plan, due) == ["盖章.pdf"]


def test_who_may_have_it(plan, passed, due, writing, sign_in_as):
    with writing():
        units = plan.place.units
        units["望川县教育局"] = create_unit(
            name="望川县教育局", kind="office", parent_id=units[COUNTY], by=None, at=AT, since=FOUNDED, order=9
        ).id
        sibling = Person(username="sibling", name="邻填报", password_hash=NOBODY, password_set_at=AT, created_at=AT)
        session.add(sibling)
        session.flush()
        plan.place.people["sibling"] = sibling.id
        accounts_service.grant(sibling, Role.REPORTER, units["望川县教育局"], by=None, at=AT, since=FOUNDED)
        kept = put(plan, passed, due)
        send(plan, passed, version=1)
    for who, status in (
        ("office", 200), ("county_reporter", 200), ("county_reviewer", 200), ("sibling", 404), ("reporter", 404),
        ("other_reviewer", 404), ("lead", 404), ("leader", 404), ("evaluator", 404), ("admin", 404), ("nobody", 404),
    ):  # fmt: skip
        assert sign_in_as(who).get(f"/evidence/{kept}").status_code == status, who
    for who in ("sibling", "reporter"):
        with writing(), pytest.raises(NotFound):
            put(plan, passed, due, by=who)
        other = sign_in_as(who)
        assert other.get(pieces(passed, due)).status_code == 404
        assert other.post(f"/passed/{passed}/reports/{due}/evidence/{kept}/remove").status_code == 404
    sent = sign_in_as("office").post(f"/passed/{passed}/reports/{due}/evidence/{kept}/remove")
    assert sent.status_code == 409, "it has been handed over"


def test_so_many_and_no_more(plan, passed, due, writing):
    with writing():
        for number in range(MOST_FILES):
            put(plan, passed, due, name=f"{number}.pdf", content=b"%PDF-1.7 " + bytes([number]))
    with writing(), pytest.raises(DomainError, match="最多附"):
        put(plan, passed, due, name="z.pdf", content=b"%PDF-1.7 z")


def test_the_file_is_among_those_that_are_spoken_of_and_a_database_is_taken_back(app, plan, passed, due, writing):
    """Neither a backup nor a check of the store takes it for one that nobody needs."""
    with writing():
        put(plan, passed, due)
        key = session.scalars(select(Evidence.sha256)).one()
        assert session.scalar(select(func.count()).select_from(PartEvidence)) == 1
    with app.app_context():
        with db.engine.connect() as connection:
            assert key in spoken_of(connection)
        flask_migrate.downgrade(directory=MIGRATIONS, revision="0026")
        assert "passed_evidence" not in inspect(db.engine).get_table_names()
        flask_migrate.upgrade(directory=MIGRATIONS)
        assert "passed_evidence" in inspect(db.engine).get_table_names()
    assert TASK
