"""The roles, and who a viewer is: plain values that every room may hold."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar

from flask_babel import lazy_gettext as _l

View = TypeVar("View", bound=Callable[..., Any])


class Role(StrEnum):
    """What a person may do, for one unit and everything below it."""

    LEAD_OFFICE = "lead_office"  # 牵头办公室: imports, issues, checks, chases
    REPORTER = "reporter"  # 填报人: signs for tasks and reports
    REVIEWER = "reviewer"  # 单位审核人: approves what leaves the unit
    LEADER = "leader"  # 领导: looks
    EVALUATOR = "evaluator"  # 考核组: scores
    ADMIN = "admin"  # 系统管理员: people, units, calendar


ROLE_NAMES = {
    Role.LEAD_OFFICE: _l("牵头办公室"),
    Role.REPORTER: _l("填报人"),
    Role.REVIEWER: _l("单位审核人"),
    Role.LEADER: _l("领导"),
    Role.EVALUATOR: _l("考核组"),
    Role.ADMIN: _l("系统管理员"),
}

UNIT_ROLES = frozenset({Role.REPORTER, Role.REVIEWER})
"""Roles of a responsible unit: they see their own unit's work only."""

WHOLE_VIEW = frozenset({Role.LEAD_OFFICE, Role.LEADER, Role.EVALUATOR})
"""Roles that see the work of every unit below the one they are granted for."""

PUBLIC = "public"
"""Marks a page that is open to people who have not signed in."""


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who asks: the person, and for which units they hold which roles today."""

    person_id: int
    name: str
    grants: tuple[tuple[Role, int], ...]
    must_change_password: bool = False
    unit_name: str = ""

    @property
    def roles(self) -> frozenset[Role]:
        return frozenset(role for role, _ in self.grants)

    @property
    def unnamed(self) -> Viewer:
        """Anybody with the same grants: what is read for them may be shown to all who hold these."""
        return Viewer(0, "", self.grants)

    @property
    def role_names(self) -> list[str]:
        """What the viewer is called, in the language of the page, in the order of the roles."""
        return [str(ROLE_NAMES[role]) for role in Role if role in self.roles]

    def has(self, *roles: Role) -> bool:
        return bool(self.roles & frozenset(roles))

    def units(self, *roles: Role) -> tuple[int, ...]:
        """Units for which any of the roles is granted (their subtrees are meant), in order, each once."""
        return tuple(sorted({unit for role, unit in self.grants if role in roles}))


def allow(*roles: str) -> Callable[[View], View]:
    """Says of a page who may open it: roles, or PUBLIC. A page without it opens for nobody."""

    def mark(view: View) -> View:
        view.allowed_roles = frozenset(roles)  # type: ignore[attr-defined]  # functions carry attributes; mypy has no word for it
        return view

    return mark


SIGNED_IN = "signed_in"
"""Marks a page that everybody who has signed in may open, whatever their roles."""
