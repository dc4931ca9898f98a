"""Who may open what: every page × every role × the things of one's own and of other units.

The list in `tests/architecture/access.py` says which roles a page is for; here it is tried. Whoever may not see a thing is
told that it is not there, and a form sent for it changes nothing.
"""

from __future__ import annotations

import io
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

import flask_migrate
import pytest
from flask import Flask
from sqlalchemy import text
from werkzeug.routing import Rule

from app import create_app
from tests.architecture.access import ACCESS
from tests.support.pages import LintingClient
from tests.support.place import signed_in
from tests.support.world import OWNERS, STRANGERS, World, found_world
from tracker.accounts.roles import PUBLIC, SIGNED_IN, Role
from tracker.db import db

ROOT = Path(__file__).resolve().parents[2]

QUERIES = {
    "drafts.expression": {"text": "市财政局"},
    "drafts.choose": {"text": "市财政局"},
    "drafts.create_unit": {"text": "市财政局"},
    "drafts.forget_choice": {"text": "市财政局"}, "assessment.compare": {"with": "{other_unit}"},
    "desk.export": {"plan": "{plan_id}"},
}  # fmt: skip
"""What an address needs besides its path."""

BODIES = {"assessment.enter_fact": {"slot": "order"}}
"""What a form needs to be one at all."""

OF_NOBODY = {
    "accounts.set_language", "desk.start_export", "progress.sign_many",
    "progress.propose_claim", "progress.claim_task",  # a task that nobody has is for every unit to take
}  # fmt: skip
"""Posts that name no thing of a unit in their address; whose things they touch is tried where they are tested."""

ANSWERS = {200, 302, 303, 400, 409, 422}
"""What somebody gets who may: the page, a way on, or what is wrong with an empty form."""


@dataclass
class Served:
    app: Flask
    world: World
    file: Path
    kept: Path
    clients: dict[str, LintingClient] = field(default_factory=dict)

    def client(self, username: str) -> LintingClient:
        return self.clients[username]

    def restore(self) -> None:
        """Puts everything back as it was made, by SQLite's own backup, so that open connections see it too."""
        with closing(sqlite3.connect(self.kept)) as kept, closing(sqlite3.connect(self.file)) as file:
            kept.backup(file)

    def marks(self) -> list[tuple[object, ...]]:
        """What every write leaves: the head of the audit record, and drafts saved without one."""
        with self.app.app_context():
            head = db.session.execute(text("SELECT seq, hash FROM audit_head")).one()
            returns = db.session.execute(text("SELECT count(*), sum(version) FROM progress_return")).one()
            people = db.session.execute(text("SELECT count(*), sum(version) FROM person")).one()
            jobs = db.session.execute(text("SELECT count(*), sum(cancel_asked) FROM job")).one()
            return [tuple(head), tuple(returns), tuple(people), tuple(jobs)]


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("matrix")
    file = folder / "luoshi.db"
    app = create_app(
        {
            "TESTING": True, "INSTANCE_DIR": folder, "DATABASE_URL": f"sqlite:///{file}", "JOBS_INLINE": True,
            "SECRET_KEY": "only for tests, never for people", "STORAGE_DIR": str(folder / "files"),
        }
    )  # fmt: skip
    app.test_client_class = LintingClient
    with app.app_context():
        flask_migrate.upgrade(directory=str(ROOT / "migrations"))
    world = found_world(app)
    made = Served(app, world, file, folder / "kept.db")
    for username in (*OWNERS.values(), *STRANGERS.values(), "nobody"):
        made.clients[username] = signed_in(app, world.place.people[username])
    with closing(sqlite3.connect(file)) as source, closing(sqlite3.connect(made.kept)) as kept:
        source.backup(kept)
    yield made
    with app.app_context():
        db.engine.dispose()


def _rule(app: Flask, endpoint: str) -> Rule:
    return next(rule for rule in app.url_map.iter_rules() if rule.endpoint == endpoint)


def _address(served: Served, endpoint: str, owner: str) -> str:
    """The address of a page about the things of the city and of the finance bureau."""
    rule, ids = _rule(served.app, endpoint), served.world.ids
    room = endpoint.split(".", maxsplit=1)[0]

    def value(name: str) -> object:
        for key in (f"{endpoint}:{name}", f"{room}:{name}", f"{owner}:{name}", name):
            if key in ids:
                return ids[key]
        raise AssertionError(f"no {name} for {endpoint}: add one to tests/support/world.py")

    values = {name: value(name) for name in rule.arguments}
    with served.app.test_request_context():
        address = served.app.url_for(endpoint, **values)
    known = {**ids, "other_unit": served.world.place.units["市交通运输局"]}
    extra = {key: text.format(**known) for key, text in QUERIES.get(endpoint, {}).items()}
    return address + (f"?{urlencode(extra)}" if extra else "")


def _is_post(app: Flask, endpoint: str) -> bool:
    return "POST" in (_rule(app, endpoint).methods or set())


def _names_a_thing(app: Flask, endpoint: str) -> bool:
    return bool(_rule(app, endpoint).arguments) and endpoint not in OF_NOBODY


def _ask(served: Served, who: LintingClient, endpoint: str, owner: str) -> int:
    address = _address(served, endpoint, owner)
    body: dict[str, object] = dict(BODIES.get(endpoint, {}))
    if endpoint in {"progress.attach", "progress.attach_to_part"}:
        body["file"] = (io.BytesIO(b"%PDF-1"), "a.pdf")
    answer = who.post(address, data=body) if _is_post(served.app, endpoint) else who.get(address)
    return answer.status_code


ENDPOINTS = sorted(ACCESS)
CLOSED = [name for name in ENDPOINTS if not ACCESS[name] & {PUBLIC, SIGNED_IN}]
FOR_ALL = [name for name in ENDPOINTS if SIGNED_IN in ACCESS[name]]


@pytest.mark.parametrize("endpoint", [name for name in ENDPOINTS if PUBLIC not in ACCESS[name]])
def test_who_has_not_signed_in_is_led_there(served: Served, endpoint: str):
    before = served.marks()
    anybody = served.app.test_client()
    answer = _ask(served, anybody, endpoint, "lead")  # type: ignore[arg-type]  # the class is set above
    assert answer == 302
    assert served.marks() == before


@pytest.mark.parametrize("endpoint", CLOSED)
def test_other_roles_find_nothing(served: Served, endpoint: str):
    before = served.marks()
    shut_out = [*(name for role, name in OWNERS.items() if role not in ACCESS[endpoint]), "nobody"]
    answers = {name: _ask(served, served.client(name), endpoint, "lead") for name in shut_out}
    assert {name: status for name, status in answers.items() if status != 404} == {}
    assert served.marks() == before


@pytest.mark.parametrize("endpoint", CLOSED)
def test_the_same_role_elsewhere_finds_nothing(served: Served, endpoint: str):
    if not _names_a_thing(served.app, endpoint):
        return
    before = served.marks()
    roles = [role for role in Role if role in ACCESS[endpoint]]
    answers = {role: _ask(served, served.client(STRANGERS[role]), endpoint, OWNERS[role]) for role in roles}
    assert {role: status for role, status in answers.items() if status != 404} == {}
    assert served.marks() == before


@pytest.mark.parametrize("endpoint", CLOSED)
def test_the_owner_gets_an_answer(served: Served, endpoint: str):
    """Whoever may, gets the page, or is told what is wrong with an empty form; afterwards all is as it was."""
    for role in Role:
        if role not in ACCESS[endpoint]:
            continue
        try:
            status = _ask(served, served.client(OWNERS[role]), endpoint, OWNERS[role])
        finally:
            served.restore()
        if (endpoint, role) not in NOT_THEIRS:
            assert status in ANSWERS, (role, status)
            assert status == 200 or _is_post(served.app, endpoint) or endpoint in LEADS_ON, (role, status)


NOT_THEIRS: set[tuple[str, Role]] = {
    ("drafts.review", Role.LEADER), ("drafts.review", Role.EVALUATOR),  # once it is adopted
    ("progress.evidence", Role.LEAD_OFFICE), ("progress.evidence", Role.LEADER),  # a draft's file stays in the unit
    ("progress.evidence", Role.EVALUATOR),
}  # fmt: skip
LEADS_ON = {
    "drafts.task", "drafts.edit_field", "admin.verified_audit",  # parts of a page and verdicts on one
    "assessment.run_against", "assessment.unit_beside",  # two runs are compared on the page of the later one
}  # fmt: skip
"""Whoever asks for these is led to the page where they stand."""


@pytest.mark.parametrize("endpoint", FOR_ALL)
def test_pages_for_everybody_are_for_everybody_but_not_of_everybody(served: Served, endpoint: str):
    """A job, a file, a session are the person's own."""
    if endpoint == "accounts.sign_out":
        return
    for username in OWNERS.values():
        try:
            assert _ask(served, served.client(username), endpoint, username) in ANSWERS, username
        finally:
            served.restore()
        if _rule(served.app, endpoint).arguments:
            other = "leader" if username == "lead" else "lead"
            before = served.marks()
            assert _ask(served, served.client(username), endpoint, other) == 404, username
            assert served.marks() == before


def test_every_page_is_tried(served: Served):
    """No page stands outside this test: what is listed is what the application answers to."""
    known = {rule.endpoint for rule in served.app.url_map.iter_rules()} - {"static"}
    assert known == set(ENDPOINTS)
