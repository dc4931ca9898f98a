"""The stored form of a draft's header and tasks: the objects of `imports.draft_json`, and what may be corrected in them. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from imports.draft import Deadline, Draft, Role, Target, UnitExpression
from imports.draft_json import draft_from_json, draft_json
from imports.phrases.deadlines import parse_time_cell
from imports.phrases.targets import parse_targets
from imports.phrases.units import parse_units
from imports.recognise.reread import reread_task

Body = dict[str, Any]

HEADER_FIELDS = ("title", "issuer", "number", "issued_on", "year")
TASK_FIELDS = ("path", "number", "name", "requirement", "units", "deadlines", "targets")


def stored(draft: Draft) -> Body:
    """The whole draft as JSON: `document`, `tasks`, `milestones`, `problems`, `unread`."""
    return draft_json(draft)


def header_of(document: Mapping[str, Any]) -> Body:
    return {name: document[name] for name in HEADER_FIELDS}


def restored(header: Mapping[str, Any], header_read: Mapping[str, Any], tasks: Iterable[Body]) -> Draft:
    """The draft as it stands now, for the checks."""
    document = {"source": header_read.get("source", {}), "columns": header_read.get("columns", []), **header}
    return draft_from_json({"document": document, "tasks": list(tasks), "milestones": [], "problems": [], "unread": []})


def blank_task(locator: str) -> Body:
    """A task that a person adds: everything empty, at a place of the source."""
    return {
        "locator": locator, "path": [], "number": None, "name": "", "requirement": "", "units": [], "deadlines": [],
        "targets": [], "extras": [], "source": {},
    }  # fmt: skip


def places(body: Mapping[str, Any], field: str | None = None) -> Iterator[str]:
    """Locators of the source that a task (or one of its fields) was read from."""
    if field is None:
        yield body["locator"]
    for name, pieces in body.get("source", {}).items():
        if field is None or name == field:
            for piece in pieces:
                yield piece["locator"]


def changed_fields(body: Mapping[str, Any], original: Mapping[str, Any] | None) -> tuple[str, ...]:
    """Fields that a person corrected; none of a task that a person added."""
    if original is None:
        return ()
    return tuple(name for name in TASK_FIELDS if body[name] != original[name])


def deadline_json(deadline: Deadline) -> Body:
    return {
        "text": deadline.text,
        "kind": deadline.kind,
        "date": deadline.date.isoformat() if deadline.date else None,
        "recurrence": deadline.recurrence,
        "action": deadline.action,
    }


def read_deadline(text: str, year: int | None) -> Body | None:
    """What a typed deadline means, by the grammar of documents; None where it says nothing of time."""
    found = parse_time_cell(text, year)
    return deadline_json(found[0]) if found else None


def reread_deadlines(deadlines: list[Body], before: int | None, after: int | None) -> list[Body]:
    """Deadlines of a document whose year was corrected: those that had taken the old year take the new one."""
    found: list[Body] = []
    while len(found) < len(deadlines):
        rest = deadlines[len(found) :]
        found += _reread_together(rest, before, after) or [_reread(rest[0], before, after)]
    return found


def _reread_together(deadlines: list[Body], before: int | None, after: int | None) -> list[Body]:
    """Those that begin the list and share their words (4月、7月、10月15日前): alone the first would be read as another time."""
    days = [one["date"] for one in deadlines]
    for count in range(2, min(len(deadlines), 12) + 1) if days[0] else ():
        text = "、".join(one["text"] for one in deadlines[:count])
        old, new = ([deadline_json(one) for one in parse_time_cell(text, year)] for year in (before, after))
        if [one["date"] for one in old] == days[:count] and len(new) == count:
            return [{**held, "date": one["date"]} for held, one in zip(deadlines, new, strict=False)]
    return []


def _reread(deadline: Body, before: int | None, after: int | None) -> Body:
    old, new = read_deadline(deadline["text"], before), read_deadline(deadline["text"], after)
    if old is None or new is None or (old["kind"], old["date"]) != (deadline["kind"], deadline["date"]):
        return deadline
    return {**deadline, "date": new["date"]}


def followed(body: Body, field: str, value: Any, year: int | None) -> Body:
    """The task with a field corrected, and with what was read from that field.

    Deadlines and targets follow the requirement where no person gave them; a name that was the innermost heading follows it.
    """
    if field == "requirement":
        document: Body = {**dict.fromkeys(HEADER_FIELDS), "title": "", "source": {}, "columns": []}
        whole = {"document": document, "tasks": [body], "milestones": [], "problems": [], "unread": []}
        draft = draft_from_json(whole)
        draft.tasks = [reread_task(draft.tasks[0], value, year)]
        return {**body, **{name: draft_json(draft)["tasks"][0][name] for name in FOLLOWING}}
    after = {**body, field: value}
    if field == "path" and body["path"] and value and body["name"] == body["path"][-1]:
        after["name"] = value[-1]
    return after


def joined(upper: Body, lower: Body) -> Body:
    """Two tasks as one: the upper one's headings and name, the words of both, everything else of both once."""
    texts = [text for text in (upper["requirement"], lower["requirement"]) if text]
    sources = {name: list(pieces) for name, pieces in upper.get("source", {}).items()}
    for name, pieces in lower.get("source", {}).items():
        kept = sources.setdefault(name, [])
        kept.extend(piece for piece in pieces if piece not in kept)
    both = {
        name: [*upper[name], *(one for one in lower[name] if one not in upper[name])]
        for name in ("units", "deadlines", "targets", "extras")
    }
    return {**upper, **both, "requirement": "\n".join(texts), "source": sources}


FOLLOWING = ("requirement", "name", "deadlines", "targets")


def target_json(target: Target) -> Body:
    value = target.value
    return {"text": target.text, "unit": target.unit, "op": target.op,
            "value": [float(part) for part in value] if isinstance(value, tuple) else float(value)}  # fmt: skip


def read_target(text: str) -> Body | None:
    """What a typed target means (`99%以上`); None where it holds no figure."""
    found = parse_targets(text)
    return {**target_json(found[0]), "text": text.strip()} if found else None


def unit_json(unit: UnitExpression) -> Body:
    found: Body = {"text": unit.text, "role": unit.role, "collective": unit.collective, "open": unit.open}
    return found if unit.also is None else {**found, "also": unit.also}


def read_units(text: str, role: Role) -> list[Body]:
    """Whom typed words mean, by the grammar of documents: one unit, several, or a collective. As typed where it finds nobody."""
    found = [unit_json(unit) for unit in parse_units(text, role).units]
    return found or [{"text": text, "role": role, "collective": False, "open": False}]


def unit_summary(units: Iterable[Mapping[str, Any]]) -> str:
    """Units as one line for the record: 牵头:市财政局;责任:各县区政府."""
    names = {"lead": "牵头", "responsible": "责任", "support": "配合", "supervise": "督办"}
    return ";".join(f"{names[unit['role']]}:{unit['text']}" for unit in units)


def plain_value(field: str, value: Any) -> Any:
    """A field's value as the record and the badge 原 show it: one line of text."""
    match field:
        case "path":
            return " › ".join(value)
        case "units":
            return unit_summary(value)
        case "deadlines" | "targets":
            return ";".join(entry["text"] for entry in value)
    return value
