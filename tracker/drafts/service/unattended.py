"""Adopting a document without a person at the pages: for commands. What is unknown becomes a unit of its own, and is said."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, datetime

from imports.problems import UnreadableDocument
from tracker import clock
from tracker.drafts.apart import draft_apart
from tracker.drafts.models import Draft
from tracker.drafts.queries.joining import joinable
from tracker.drafts.queries.matching import bodies, choices, ground
from tracker.drafts.queries.review import FindingRow, findings
from tracker.drafts.resolve import expressions
from tracker.drafts.service.adopting import Adoption, Terms, adopt
from tracker.drafts.service.choosing import apply_choices
from tracker.drafts.service.creating import keep_as_confirmed
from tracker.drafts.service.receiving import Document, receive_now
from tracker.drafts.wording import unreadable
from tracker.errors import DomainError
from tracker.units.kinds import kind_of_whole
from tracker.units.queries import root_id
from tracker.units.service import create_unit

_KINDS = (
    ("zone", re.compile(r"(管委会|管理委员会|开发区|高新区|功能区|新区|园区)$")),
    ("town", re.compile(r"(乡|镇|街道|街道办|办事处)(人民政府|政府)?$")),
    ("county", re.compile(r"(县|区|旗)(人民政府|政府)?$|市(人民政府|政府)$")),
    ("enterprise", re.compile(r"(公司|集团|银行|企业|医院|学校|大学|学院)$")),
    ("office", re.compile(r"(科|股|室|处)$")),
)
_PLACE = re.compile(r"[\u4e00-\u9fff]{2,8}?(?:自治区|自治州|省|市|州|盟|县|区|旗)")


@dataclass(slots=True)
class Unattended:
    adoption: Adoption | None
    """None where it was refused; the reasons then stand in `refused`."""
    units_made: list[str] = field(default_factory=list)
    unresolved: list[str] = field(default_factory=list)
    """Expressions that stand for nobody: unfinished lists, collectives without members."""
    refused: list[FindingRow] = field(default_factory=list)


def adopt_file(
    *, data: bytes, file_name: str, plan_name: str, year: int | None, accept_warnings: bool, at: datetime
) -> Unattended:
    """Reads and adopts. Raises DomainError for what cannot be read, a name that is taken, a document without tasks.

    Nothing may be kept of a refused one: the caller rolls back.
    """
    made: list[str] = []
    top = root_id() or _make_root(data, file_name, year, made, at)
    draft = receive_now(Document(data, file_name, year), unit_id=top, by=None, at=at)
    grave = {"error"} if accept_warnings else {"error", "warning"}
    refused = [row for row in findings(draft.id) if row.severity in grave and not row.settled]
    if refused:
        return Unattended(None, refused=refused)
    unresolved = _settle_units(draft, top, made, at)
    plan_year = year or draft.header["year"] or clock.day_of(at).year
    terms = Terms(plan_name, plan_year, warnings_ok=accept_warnings, unclaimed_ok=True)
    adoption = adopt(draft.id, terms, by=None, at=at)
    return Unattended(adoption, made, unresolved)


def _make_root(data: bytes, file_name: str, year: int | None, made: list[str], at: datetime) -> int:
    """On an empty directory: the place that the document says it is of, else its issuer."""
    try:
        header = draft_apart(data, file_name=file_name, year=year)["document"]
    except UnreadableDocument as error:
        raise DomainError(unreadable(error), field="file") from error
    said = (header["issuer"], header["title"])
    place = next((found.group() for text in said if (found := _PLACE.match(text or ""))), "")
    name = place or header["issuer"] or "本级"
    made.append(name)
    day = date(header["year"], 1, 1) if header["year"] else clock.day_of(at)
    since = min(day, clock.day_of(at))
    return create_unit(name=name, kind=kind_of_whole(name), parent_id=None, by=None, at=at, since=since).id


def _settle_units(draft: Draft, top: int, made: list[str], at: datetime) -> list[str]:
    """Chooses for every expression; returns those that stand for nobody. Units first, so that collectives have members."""
    found = expressions(bodies(draft.id))
    day = clock.day_of(at)
    base = ground(day, draft_id=draft.id)
    for one in found.values():
        if one.collective or one.open:
            continue
        row = base.resolve([one], {})[0]
        if row.settled:
            continue
        if row.likely is not None:
            apply_choices(draft, {one.text: [row.likely]}, by=None, at=at)
            continue
        kind = kind_of(one.text)
        held = joinable(None, kind, top, day=day)
        create_unit(name=one.text, kind=kind, parent_id=top, by=None, at=at, since=day)
        for confirmed in held:
            keep_as_confirmed(confirmed, by=None, at=at)
        made.append(one.text)
        base = ground(day, draft_id=draft.id)
    nobody = []
    for row in base.resolve(found.values(), choices(draft.id)):
        if row.settled:
            continue
        members = list(row.proposal) if row.expression.collective and not row.expression.open else []
        apply_choices(draft, {row.expression.text: members}, by=None, at=at)
        if not members:
            nobody.append(row.expression.text)
    return nobody


def kind_of(name: str) -> str:
    """The kind of unit that a name sounds like; a department where it says nothing else."""
    return next((kind for kind, pattern in _KINDS if pattern.search(name)), "department")
