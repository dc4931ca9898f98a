"""Keeping people: adding, granting, withdrawing, passwords; and what an administrator of a part may not."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select

from tests.support.databases import ON_SQLITE
from tests.support.place import AT, FOUNDED, signed_in
from tracker.accounts import service as accounts
from tracker.accounts.models import Grant, Person
from tracker.accounts.passwords import NOBODY
from tracker.accounts.roles import Role
from tracker.db import session


@pytest.fixture
def admin(sign_in_as):
    return sign_in_as("admin")


@pytest.fixture
def county_admin(app, place, writing):
    """An administrator of 望川县 only."""
    with writing():
        person = Person(
            username="county_admin", name="县管理员", password_hash=NOBODY, password_set_at=AT, created_at=AT
        )
        session.add(person)
        session.flush()
        accounts.grant(person, Role.ADMIN, place.units["望川县"], by=None, at=AT, since=FOUNDED)
        number = person.id
    return signed_in(app, number)


NEW = {"username": "xin.ren", "name": "辛仁", "office_phone": "0000-1234"}


def one_time(page: str) -> str:
    found = re.search(r"data-one-time>([^<]+)<", page)
    assert found is not None
    return found.group(1)


def enter(app, username, password):
    return app.test_client().post("/sign-in", data={"username": username, "password": password})


def test_a_new_person_signs_in_with_what_was_shown_once(app, place, admin, reading):
    form = {**NEW, "role": "reporter", "unit": place.units["市财政局"]}
    answer = admin.post("/people/new", data=form)
    assert answer.status_code == 200
    password = one_time(answer.text)
    assert answer.headers["Cache-Control"] == "no-store"
    assert password not in str(answer.headers)
    client = app.test_client()
    assert client.post("/sign-in", data={"username": "xin.ren", "password": password}).status_code == 302
    assert client.get("/work").headers["Location"] == "/account/password"
    with reading():
        person = session.scalars(select(Person).where(Person.username == "xin.ren")).one()
        assert [(grant.role, grant.unit_id) for grant in person.grants] == [("reporter", place.units["市财政局"])]
        assert password not in person.password_hash


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"username": "lead"}, "已被使用"),
        ({"username": "LEAD"}, "已被使用"),
        ({"username": "有 空格"}, "中间不要空格"),
        ({"username": ""}, "请填写用户名"),
        ({"name": ""}, "请填写姓名"),
        ({"role": "king"}, "Not a valid choice"),
        ({"role": ""}, "请选择角色"),
        ({"unit": "999999"}, "请从列表中选择单位"),
        ({"unit": ""}, "请选择单位"),
    ],
)
@ON_SQLITE
def test_a_form_that_will_not_do_keeps_what_was_typed(place, admin, change, told):
    form = {**NEW, "role": "reporter", "unit": place.units["市财政局"], **change}
    answer = admin.post("/people/new", data=form)
    assert answer.status_code == 422
    assert told in answer.text or told == "Not a valid choice"
    assert form["office_phone"] in answer.text


def test_a_role_is_granted_and_withdrawn_at_once(place, admin, sign_in_as, reading):
    other, url = sign_in_as("nobody"), f"/people/{place.people['nobody']}"
    assert other.get("/work").status_code == 404
    granted = {"grant-role": "leader", "grant-unit": place.units["云岫市"], "grant-since": "2026-01-01"}
    assert admin.post(f"{url}/roles", data=granted).status_code == 302
    assert other.get("/work").status_code == 200
    with reading():
        held = session.scalars(select(Grant).where(Grant.person_id == place.people["nobody"])).one()
    assert admin.post(f"{url}/roles/{held.id}/withdraw").status_code == 302
    assert other.get("/work").status_code == 404


def test_what_was_withdrawn_today_can_be_granted_again_today(place, admin, sign_in_as, reading, writing):
    url = f"/people/{place.people['nobody']}"
    form = {"grant-role": "leader", "grant-unit": place.units["云岫市"], "grant-since": "2026-01-01"}
    for _ in range(2):
        assert admin.post(f"{url}/roles", data=form).status_code == 302
        with reading():
            held = session.scalars(select(Grant.id).where(Grant.person_id == place.people["nobody"])).all()
        assert len(held) == 1
        assert sign_in_as("nobody").get("/work").status_code == 200
        assert admin.post(f"{url}/roles/{held[0]}/withdraw").status_code == 302


def test_a_reset_password_ends_the_old_one_and_the_sessions(app, place, admin, sign_in_as):
    reporter = sign_in_as("reporter")
    password = one_time(admin.post(f"/people/{place.people['reporter']}/password").text)
    assert reporter.get("/").status_code == 302
    assert enter(app, "reporter", password).status_code == 302


def test_an_account_is_switched_off_and_on(place, admin, sign_in_as):
    reporter, url = sign_in_as("reporter"), f"/people/{place.people['reporter']}"
    assert admin.post(f"{url}/disable").status_code == 302
    assert reporter.get("/").status_code == 302
    assert "已停用" in admin.get(url).text
    assert admin.post(f"{url}/enable").status_code == 302
    assert sign_in_as("reporter").get("/").status_code == 200


def test_nobody_locks_themselves_out(place, admin, reading):
    url = f"/people/{place.people['admin']}"
    with reading():
        own = session.scalars(select(Grant.id).where(Grant.person_id == place.people["admin"])).one()
    for path in ("disable", "password", f"roles/{own}/withdraw"):
        assert admin.post(f"{url}/{path}").status_code == 422
    assert admin.get("/people").status_code == 200


def test_two_who_change_one_person_at_once(place, admin):
    url = f"/people/{place.people['reporter']}"
    page = admin.get(url).text
    version = re.search(r'name="version"[^>]*value="(\d+)"', page)
    assert version is not None
    first = admin.post(url, data={"name": "马甲", "office_phone": "", "version": version.group(1)})
    second = admin.post(url, data={"name": "马乙", "office_phone": "12", "version": version.group(1)})
    assert first.status_code == 302
    assert second.status_code == 409
    assert "刚被他人更改" in second.text
    assert "马乙" in second.text


def test_the_list_is_found_by_name_role_unit_and_state(place, admin):
    def names(query):
        page = admin.get(f"/people?{query}").text
        return {name for name in place.people if f">{name}</span></th>" in page}

    assert names("q=马填报") == {"reporter"}
    assert names("q=report") == {"reporter", "other_reporter", "county_reporter"}
    assert names("role=reviewer") == {"reviewer", "other_reviewer", "county_reviewer"}
    assert names(f"unit={place.units['望川县']}") == {"county_reporter", "county_reviewer"}
    assert names("state=disabled") == set()
    assert names("q=%25") == set()


def test_pages_of_the_list_go_on_where_the_last_one_ended(place, admin, writing):
    with writing():
        for number in range(60):
            session.add(
                Person(
                    username=f"p{number:03d}",
                    name=f"第{number}人",
                    password_hash=NOBODY,
                    password_set_at=AT,
                    created_at=AT,
                )
            )
    first = admin.get("/people").text
    following = re.search(r'rel="next" href="([^"]+)"', first)
    assert following is not None
    second = admin.get(f"/people{following.group(1)}").text
    assert "共 71 项" in first

    def shown(text):
        return set(re.findall(r"/people/(\d+)", text))

    assert len(shown(first)) == 20
    assert not shown(first) & shown(second)
    assert len(shown(second)) == 20


def test_the_page_takes_as_many_statements_for_many_as_for_few(admin, writing, statements):
    admin.get("/people")  # what is asked for once and kept
    with statements() as few:
        admin.get("/people")
    with writing():
        for number in range(40):
            session.add(
                Person(username=f"p{number:03d}", name="某人", password_hash=NOBODY, password_set_at=AT, created_at=AT)
            )
    with statements() as many:
        admin.get("/people")
    assert len(many) == len(few)


def test_an_administrator_of_a_part_keeps_to_it(place, county_admin, reading):
    assert county_admin.get("/people").text.count('scope="row"') == 3  # the two of the county and itself
    assert county_admin.get(f"/people/{place.people['reporter']}").status_code == 404
    assert county_admin.get(f"/people/{place.people['county_reporter']}").status_code == 200
    form = {**NEW, "role": "admin", "unit": place.units["云岫市"]}
    assert county_admin.post("/people/new", data=form).status_code == 422
    granted = {"grant-role": "lead_office", "grant-unit": place.units["云岫市"], "grant-since": "2026-01-01"}
    assert county_admin.post(f"/people/{place.people['county_reporter']}/roles", data=granted).status_code == 422
    with reading():
        assert session.scalar(select(Person).where(Person.username == NEW["username"])) is None


def test_nobody_takes_over_an_account_that_also_acts_elsewhere(place, county_admin, writing, app):
    with writing():
        person = session.scalars(select(Person).where(Person.username == "lead")).one()
        accounts.grant(person, Role.REPORTER, place.units["望川县"], by=None, at=AT, since=FOUNDED)
    url = f"/people/{place.people['lead']}"
    assert county_admin.get(url).status_code == 200
    for path in ("password", "disable"):
        answer = county_admin.post(f"{url}/{path}")
        assert answer.status_code == 422
        assert "data-one-time" not in answer.text
