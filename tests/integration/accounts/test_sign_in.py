"""Signing in: who is let in, who is kept out and for how long, and what ends a session."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select, update

from tests.support.databases import ON_SQLITE
from tests.support.place import signed_in
from tracker import clock
from tracker.accounts import service
from tracker.accounts.access import SEEN, TOKEN
from tracker.accounts.models import Person, SignIn, SignInFailure
from tracker.accounts.passwords import hash_password
from tracker.audit.models import AuditEntry
from tracker.db import session
from tracker.web.locale import COOKIE_KEY, inner_path

PASSWORD = "云岫山下有人家 2026"


@pytest.fixture
def known(place, writing):
    """`reporter` with a password of their own."""
    with writing():
        session.execute(
            update(Person).where(Person.username == "reporter").values(password_hash=hash_password(PASSWORD))
        )
    return place


def enter(client, username="reporter", password=PASSWORD, address="10.0.0.1", **more: str):
    return client.post(
        "/sign-in", data={"username": username, "password": password, **more}, environ_base={"REMOTE_ADDR": address}
    )


def test_a_good_password_opens_a_session_of_its_own(app, known, client, reading):
    with client.session_transaction() as cookie:
        cookie["planted"] = "by a stranger before the sign-in"
        cookie[COOKIE_KEY] = "en"
    answer = enter(client)
    assert answer.status_code == 302
    assert answer.headers["Location"] == "/"
    with client.session_transaction() as cookie:
        assert "planted" not in cookie
        assert cookie[COOKIE_KEY] == "en"
        token = cookie[TOKEN]
    assert client.get("/").status_code == 200
    cookie_header = next(value for key, value in answer.headers if key == "Set-Cookie")
    assert "HttpOnly" in cookie_header
    assert "SameSite=Lax" in cookie_header
    with reading():
        stored = session.scalars(select(SignIn.token_hash)).all()
        assert all(token not in one for one in stored)
        assert session.scalar(select(func.count()).where(AuditEntry.action == "登录")) == 1


def test_a_wrong_name_and_a_wrong_password_are_answered_alike(known, app):
    wrong_name = enter(app.test_client(), username="nobody-of-that-name")
    wrong_password = enter(app.test_client(), password="不是这个密码呀")
    assert wrong_name.status_code == wrong_password.status_code == 422

    def told(answer):
        return answer.text.replace("nobody-of-that-name", "reporter").split("<h1>")[1]

    def without_tokens(text):
        return [line for line in text.splitlines() if "csrf" not in line]

    assert without_tokens(told(wrong_name)) == without_tokens(told(wrong_password))


def test_a_name_may_be_typed_in_capitals_and_with_blanks(known, client):
    assert enter(client, username="  Reporter ").status_code == 302


def test_many_failures_lock_one_account_at_one_address_only(app, known):
    limit = app.config["LOCK_AFTER_FAILURES"]
    for _ in range(limit):
        assert "不正确" in enter(app.test_client(), password="猜一个密码试试").text
    locked = enter(app.test_client())
    assert locked.status_code == 422
    assert "登录失败次数过多" in locked.text
    assert enter(app.test_client(), address="10.0.0.2").status_code == 302  # a stranger cannot lock people out
    assert "登录失败次数过多" not in enter(app.test_client(), username="lead").text  # nor a neighbour


def test_a_lock_ends_by_itself(app, known, writing):
    for _ in range(app.config["LOCK_AFTER_FAILURES"]):
        enter(app.test_client(), password="猜一个密码试试")
    with writing():
        earlier = clock.now() - timedelta(minutes=app.config["LOCK_MINUTES"] + 1)
        session.execute(update(SignInFailure).values(at=earlier))
    assert enter(app.test_client()).status_code == 302


def test_failures_that_no_longer_lock_are_not_kept(app, known, writing):
    enter(app.test_client(), username="一个月前", password="猜一个密码试试")
    with writing():
        session.execute(update(SignInFailure).values(at=clock.now() - timedelta(days=30)))
    enter(app.test_client(), username="刚才", password="猜一个密码试试")
    with writing():
        assert session.scalars(select(SignInFailure.username)).all() == ["刚才"]


@pytest.mark.parametrize(
    ("failures", "name", "address", "locked"),
    [
        ([("甲", "a")] * 5, "甲", "a", True),
        ([("甲", "a")] * 4, "甲", "a", False),
        ([("甲", "a")] * 5, "甲", "b", False),
        ([("甲", "a")] * 5, "乙", "a", False),
        ([(f"猜{n}", "a") for n in range(30)], "乙", "a", True),
        ([(f"猜{n}", "a") for n in range(29)], "乙", "a", False),
        ([("甲", f"a{n}") for n in range(100)], "甲", "b", True),
        ([("甲", f"a{n}") for n in range(99)], "甲", "b", False),
    ],
)
@ON_SQLITE
def test_what_locks(app, writing, failures, name, address, locked):
    at = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
    with writing():
        for username, where in failures:
            session.add(SignInFailure(username=username, address=where, at=at - timedelta(minutes=1)))
        session.flush()
        lock, on = service.Lock(limit=5, minutes=15), session.connection()
        assert service.is_locked(name, address, at=at, lock=lock, on=on) is locked
        assert not service.is_locked(name, address, at=at + timedelta(minutes=20), lock=lock, on=on)


def test_a_session_that_was_idle_is_over(app, sign_in_as):
    reporter = sign_in_as("reporter")
    with reporter.session_transaction() as cookie:
        cookie[SEEN] = int(clock.now().timestamp()) - app.config["SESSION_IDLE_MINUTES"] * 60 - 1
    answer = reporter.get("/work", follow_redirects=False)
    assert answer.status_code == 302
    assert answer.headers["Location"] == "/sign-in?next=/work"
    assert "有一段时间没有操作" in reporter.get(answer.headers["Location"]).text


def test_every_request_keeps_a_session_alive(app, sign_in_as):
    reporter = sign_in_as("reporter")
    nearly = int(clock.now().timestamp()) - app.config["SESSION_IDLE_MINUTES"] * 60 + 60
    with reporter.session_transaction() as cookie:
        cookie[SEEN] = nearly
    assert reporter.get("/").status_code == 200
    with reporter.session_transaction() as cookie:
        assert cookie[SEEN] > nearly


def test_a_session_has_an_end_in_any_case(sign_in_as, writing):
    reporter = sign_in_as("reporter")
    with writing():
        session.execute(update(SignIn).values(expires_at=clock.now() - timedelta(seconds=1)))
    assert reporter.get("/").status_code == 302


def test_signing_out_ends_the_token_itself(app, sign_in_as):
    reporter = sign_in_as("reporter")
    with reporter.session_transaction() as cookie:
        stolen = dict(cookie)
    reporter.post("/sign-out")
    thief = app.test_client()
    with thief.session_transaction() as cookie:
        cookie.update(stolen)
    assert thief.get("/").status_code == 302


def test_a_disabled_person_is_out_at_once_and_stays_out(known, app, sign_in_as, writing):
    reporter = sign_in_as("reporter")
    with writing():
        person = session.scalars(select(Person).where(Person.username == "reporter")).one()
        service.set_active(person, False, by=known.viewer("admin"), at=clock.now())
    assert reporter.get("/").status_code == 302
    answer = enter(app.test_client())
    assert answer.status_code == 422
    assert "用户名或密码不正确" in answer.text


def test_a_new_password_ends_all_sessions(known, app, reading):
    mine, elsewhere = signed_in(app, known.people["reporter"]), signed_in(app, known.people["reporter"])
    new = "另一句好记的话 2026"
    answer = mine.post("/account/password", data={"old": PASSWORD, "new": new, "again": new})
    assert answer.status_code == 302
    assert elsewhere.get("/").status_code == 302
    assert enter(app.test_client()).status_code == 422
    assert enter(app.test_client(), password=new).status_code == 302


@pytest.mark.parametrize(
    ("old", "new", "again", "told"),
    [
        ("不对的密码不对", "另一句好记的话 2026", "另一句好记的话 2026", "原密码不正确"),
        (PASSWORD, "短的", "短的", "至少"),
        (PASSWORD, "另一句好记的话 2026", "另一句不同的话 2026", "不一致"),
        (PASSWORD, "reporter 的密码是这个", "reporter 的密码是这个", "不能包含用户名"),
        (PASSWORD, PASSWORD, PASSWORD, "不能与原密码相同"),
        (PASSWORD, "1234567890", "1234567890", "太常见"),
    ],
)
@ON_SQLITE
def test_a_password_that_will_not_do_is_refused_with_the_reason(known, app, old, new, again, told):
    mine = signed_in(app, known.people["reporter"])
    answer = mine.post("/account/password", data={"old": old, "new": new, "again": again})
    assert answer.status_code == 422
    assert told in answer.text
    assert mine.get("/").status_code == 200


def test_a_given_password_must_be_changed_first(known, app, writing):
    with writing():
        session.execute(update(Person).where(Person.username == "reporter").values(must_change_password=True))
    reporter = signed_in(app, known.people["reporter"])
    answer = reporter.get("/work")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/account/password")
    assert reporter.get("/account/password").status_code == 200


@pytest.mark.parametrize(
    ("target", "goes"),
    [
        ("/work?light=overdue", "/work?light=overdue"),
        ("https://evil.example/", "/"),
        ("//evil.example/", "/"),
        ("/\\evil.example/", "/"),
        ("javascript:alert(1)", "/"),
        ("/\t/evil.example/", "/"),
        ("/\n/evil.example/", "/"),
        ("/\x00/evil.example/", "/"),
        ("/\u200b/evil.example/", "/"),
        ("", "/"),
    ],
)
def test_nobody_is_led_away(target, goes):
    assert inner_path(target) == goes


@ON_SQLITE
def test_after_signing_in_the_way_goes_on_inside(known, app):
    assert enter(app.test_client(), next="/work").headers["Location"] == "/work"
    assert enter(app.test_client(), next="https://evil.example/").headers["Location"] == "/"
    assert enter(app.test_client(), next="/\t/evil.example/").headers["Location"] == "/"


@ON_SQLITE
def test_the_language_can_be_switched_and_is_remembered(known, app, reading):
    reporter = signed_in(app, known.people["reporter"])
    assert 'lang="zh-CN"' in reporter.get("/").text
    answer = reporter.post("/language/en", data={"next": "/work"})
    assert answer.headers["Location"] == "/work"
    page = reporter.get("/")
    assert 'lang="en"' in page.text
    again = signed_in(app, known.people["reporter"])
    assert again.get("/").status_code == 200  # the choice is taken over by the first page
    assert 'lang="en"' in again.get("/").text
    assert reporter.post("/language/xx", data={"next": "https://evil.example/"}).headers["Location"] == "/"
    assert 'lang="en"' in reporter.get("/").text


def test_a_script_is_told_by_its_status_that_the_session_is_over(client):
    assert client.get("/work", headers={"HX-Request": "true"}, lint=False).status_code == 401
    assert client.get("/work", headers={"X-Requested-With": "fetch"}).status_code == 401
