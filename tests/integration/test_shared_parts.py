"""Parts of pages that are made once for many people: nobody sees what another may see, and nothing that is no longer so."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import g, session
from flask_wtf.csrf import validate_csrf
from itsdangerous import TimestampSigner
from jinja2 import DictLoader

from tests.support.databases import ON_SQLITE
from tests.support.issued import TASKS, at, issued, reported
from tests.support.place import DAY
from tracker import clock
from tracker.accounts import access
from tracker.accounts.forms import SignInForm
from tracker.progress import service
from tracker.web import kept
from tracker.web.parts import SLOT, csrf_token, shared, with_token

PEOPLE = ("lead", "leader", "reporter", "county_reporter")
PATHS = ("/", "/dashboard", "/work", "/work?plan=1&sort=-due", "/work?light=near")


@pytest.fixture
def plan(place, writing):
    with writing():
        return issued(place, TASKS)


@ON_SQLITE
def test_what_is_kept_is_what_is_made_anew(plan, sign_in_as, monkeypatch):
    """Everybody opens everything in both languages on two days, one after the other, so that each could get what
    another has left; then nothing is kept, and the same people get the same pages to the letter."""
    clients = {}
    for person in PEOPLE:
        for language in ("zh_Hans_CN", "en"):
            clients[person, language] = sign_in_as(person)
            clients[person, language].post(f"/language/{language}")
    moments = (at(DAY, 10), at(DAY + timedelta(days=18), 10))

    def pages():
        found = {}
        for moment in moments:
            monkeypatch.setattr(clock, "now", lambda moment=moment: moment)
            for path in PATHS:
                for who, client in clients.items():
                    answer = client.get(path, lint=False)
                    if answer.status_code == 200:
                        found[moment, path, who] = answer.text
        return found

    monkeypatch.setitem(clients["lead", "en"].application.config, "SESSION_IDLE_MINUTES", 60 * 24 * 60)
    pages()
    warm = pages()
    monkeypatch.setattr(access, "say_state", lambda *_: None)
    fresh = pages()
    assert warm.keys() == fresh.keys()
    assert {key for key in fresh if warm[key] != fresh[key]} == set()
    assert len(set(fresh.values())) == len(fresh), "each of these pages is somebody's own"


@ON_SQLITE
def test_no_number_outlives_the_act_that_changes_it(plan, writing, reading, sign_in_as):
    leader, other = sign_in_as("leader"), sign_in_as("evaluator")
    with reading():
        owed = plan.obligations("压减审批时限", "市财政局")[0].id

    lists = ("/work?state=reported", "/work?state=accepted")

    def seen():
        assert all(other.get(path).status_code == 200 for path in lists)
        listed = [f'/obligations/{owed}"' in leader.get(path).text for path in lists]
        return listed, leader.get("/dashboard").text

    before = seen()
    assert before[0] == [False, False]
    with writing():
        version = reported(plan, owed)
    waiting = seen()
    assert waiting[0] == [True, False]
    assert waiting[1] != before[1]
    with writing():
        service.accept(version, by=plan.viewer("lead"), at=at(DAY, 11))
    accepted = seen()
    assert accepted[0] == [False, True]
    assert accepted[1] != waiting[1]


def test_a_shared_part_holds_nobodys_token(app, plan, monkeypatch):
    monkeypatch.setattr(
        app.jinja_env, "loader", DictLoader({"t": "{{ csrf_token() }}", "n": "{{ viewer.name }}|{{ n }}"})
    )
    app.jinja_env.cache.clear()
    with app.test_request_context("/"):
        kept.say_state("a", "a")
        with pytest.raises(RuntimeError, match="nobody's token"):
            shared("t", (1,), dict)
        g.viewer = plan.viewer("lead")
        with pytest.raises(Exception, match="viewer"):
            shared("n", (1,), lambda: {"n": 1})
    app.jinja_env.cache.clear()


def test_pages_that_are_kept_take_no_more_than_their_room(app, plan, monkeypatch):
    monkeypatch.setitem(kept._MOST, kept._TEXTS, 3)
    with app.test_request_context("/"):
        kept.say_state("a", "a")
        made = []
        for n in range(10):
            kept.newest_text(("page", n), lambda n=n: made.append(n))
        place = next(iter(kept._places.values()))
        assert all(len(values) <= 3 for kind, (_, values) in place.items() if kind == kept._TEXTS)
        assert made == list(range(10))


@ON_SQLITE
def test_the_token_of_a_session_stays_the_same(app, monkeypatch):
    """The frame of every page is kept by it: signed anew each time, it would be written anew each time."""
    seen = []
    for moment in (1_772_000_000, 1_772_000_009):
        monkeypatch.setattr(TimestampSigner, "get_timestamp", lambda _, moment=moment: moment)
        with app.test_request_context("/"):
            session["csrf_token"] = "a"
            seen.append((SignInForm().csrf_token.current_token, csrf_token()))
            validate_csrf(csrf_token())
    assert len({token for pair in seen for token in pair}) == 1


def test_a_form_in_a_shared_part_carries_the_token_of_whoever_looks(app, plan, monkeypatch):
    monkeypatch.setattr(app.jinja_env, "loader", DictLoader({"f": "<input value='{{ slot }}'>"}))
    app.jinja_env.cache.clear()
    seen = []
    for raw in ("a", "b"):
        with app.test_request_context("/"):
            kept.say_state("a", "a")
            session["csrf_token"] = raw
            text = with_token(shared("f", (1,), dict))
            seen.append((SLOT in text, csrf_token() in text))
            validate_csrf(csrf_token())
    app.jinja_env.cache.clear()
    assert seen == [(False, True)] * 2
