"""Every route stands in `access.py` with its roles, and the page says the same. What is not listed fails here."""

from __future__ import annotations

from flask import Flask

from tests.architecture.access import ACCESS
from tracker.accounts.roles import PUBLIC, SIGNED_IN, Role

FILES_OF_OURS = {"static"}
"""Served to everybody: styles, scripts and icons."""


def declared(application: Flask) -> dict[str, frozenset[str] | None]:
    """For each endpoint what its view says of itself; None where it says nothing and so opens for nobody."""
    return {
        rule.endpoint: getattr(application.view_functions[rule.endpoint], "allowed_roles", None)
        for rule in application.url_map.iter_rules()
        if rule.endpoint not in FILES_OF_OURS
    }


def test_every_route_is_listed_with_its_roles(application: Flask):
    said = {
        endpoint: None if roles is None else set(map(str, roles)) for endpoint, roles in declared(application).items()
    }
    listed = {endpoint: set(map(str, roles)) for endpoint, roles in ACCESS.items()}
    assert said.keys() - listed.keys() == set(), "these routes are not listed"
    assert listed.keys() - said.keys() == set(), "these routes are gone"
    assert {name: (said[name], roles) for name, roles in listed.items() if said[name] != roles} == {}


def test_only_roles_that_exist_are_named():
    assert set().union(*ACCESS.values()) <= {*Role, PUBLIC, SIGNED_IN}


def test_what_is_public_is_short_and_alone():
    """A page is public, or for whoever is signed in, or for roles: never two of these."""
    mixed = [name for name, roles in ACCESS.items() if roles & {PUBLIC, SIGNED_IN} and len(roles) > 1]
    assert mixed == []
    public = {name for name, roles in ACCESS.items() if PUBLIC in roles}
    by_secret = {"reminders.calendar_file"}
    assert all(name.startswith(("accounts.", "web.")) for name in public - by_secret)


def test_a_view_that_says_nothing_is_found():
    application = Flask("sample")
    application.add_url_rule("/open", "open", lambda: "")
    assert declared(application) == {"open": None}
