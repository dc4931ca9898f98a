"""A task as the texts of a row, and a changed text as the value of its field. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from imports.phrases.units import parse_units
from imports.template import BY_KEY, TemplateColumn
from reports.workbook.text import CELL_LIMIT, fit
from tracker.drafts.bodies import Body, read_deadline, read_target, unit_json
from tracker.plans.states import ROLES

BETWEEN = "；"
DEEPER = " › "
MOST_LEVELS = 6
_PARTS = re.compile(r"[；;\n]+")
_LINE_ENDS = re.compile(r"\r\n?|_x000D_")


def columns(bodies: Iterable[Mapping[str, Any]]) -> list[TemplateColumn]:
    """The columns of the table: those of the template that can be corrected, with as many headings as the tasks have."""
    depth = min(max([2, *(len(body["path"]) for body in bodies)]), MOST_LEVELS)
    further = [
        TemplateColumn(f"level{level}", BY_KEY["level2"].column, f"第{level}级标题", 16, BY_KEY["level2"].hint)
        for level in range(3, depth + 1)
    ]
    keys = ("name", "requirement", *ROLES, "deadlines", "targets")
    return [BY_KEY["number"], BY_KEY["level1"], BY_KEY["level2"], *further, *(BY_KEY[key] for key in keys)]


def texts(body: Mapping[str, Any], keys: Iterable[str]) -> dict[str, str]:
    """What the cells of a task's row say."""
    wanted = list(keys)
    depth = sum(key.startswith("level") for key in wanted)
    return {key: plain(fit(_text(body, key, depth), "…")) for key in wanted}


def _text(body: Mapping[str, Any], key: str, depth: int) -> str:
    if key.startswith("level"):
        level, path = int(key.removeprefix("level")), body["path"]
        return str(DEEPER.join(path[level - 1 :]) if level == depth else path[level - 1] if level <= len(path) else "")
    if key in ROLES:
        return "、".join(unit["text"] for unit in body["units"] if unit["role"] == key)
    if key in {"deadlines", "targets"}:
        return BETWEEN.join(one["text"] for one in body[key])
    return str(body[key] or "")


def is_cut(body: Mapping[str, Any], key: str) -> bool:
    """Whether a cell cannot hold the whole text: what stands in it then is no correction."""
    return key == "requirement" and len(body["requirement"]) * 2 > CELL_LIMIT


def plain(text: str) -> str:
    """A text as it is compared: however a program has kept its line ends and blanks."""
    return "\n".join(line.rstrip() for line in _LINE_ENDS.sub("\n", text).split("\n")).strip()


def corrected(body: Mapping[str, Any], said: Mapping[str, str], year: int | None) -> tuple[dict[str, Any], list[str]]:
    """Values of fields as changed cells (`said`, by key) have them, and the keys whose texts are not understood."""
    values: dict[str, Any] = {}
    unclear: list[str] = []
    if any(key.startswith("level") for key in said):
        values["path"] = _path(body, said)
    roles = [key for key in ROLES if key in said]
    if roles:
        read = {key: _units(body, key, said[key], year) for key in roles}
        unclear += [key for key in roles if read[key] is None]
        kept = [unit for unit in body["units"] if read.get(unit["role"]) is None]
        if len(unclear) < len(roles):
            values["units"] = _in_order([*kept, *(unit for key in roles for unit in read[key] or ())])
    for key in ("number", "name", "requirement", "deadlines", "targets"):
        if key in said:
            value = _value(body, key, said[key], year)
            if value is None and not (key == "number" and not said[key]):
                unclear.append(key)
            else:
                values[key] = value
    return values, unclear


def _path(body: Mapping[str, Any], said: Mapping[str, str]) -> list[str]:
    levels = sorted(
        {*(key for key in said if key.startswith("level")), *(f"level{n}" for n in range(1, len(body["path"]) + 1))}
    )
    deepest = max((int(key.removeprefix("level")) for key in said if key.startswith("level")), default=0)
    found: list[str] = []
    for key in levels:
        level = int(key.removeprefix("level"))
        if key in said:
            found += [one.strip() for one in said[key].split(DEEPER.strip())]
        elif level <= len(body["path"]) and not (level > deepest and _joined(said, deepest)):
            found.append(body["path"][level - 1])
    return [" ".join(heading.split()) for heading in found if heading.strip()]


def _joined(said: Mapping[str, str], level: int) -> bool:
    return DEEPER.strip() in said.get(f"level{level}", "") or level == MOST_LEVELS


def _units(body: Mapping[str, Any], role: str, text: str, year: int | None) -> list[Body] | None:
    if not text:
        return []
    held = {unit["text"]: unit for unit in body["units"] if unit["role"] == role}
    found = parse_units(text, role, year).units
    units: list[Body] = []
    for one in found:
        known = held.get(one.text)
        units.append(known if known is not None and one.role == role else unit_json(one))
    return units or None


def _in_order(units: list[Body]) -> list[Body]:
    """Each unit in each role once, roles in their usual order."""
    once = {(unit["role"], unit["text"]): unit for unit in units}
    return sorted(once.values(), key=lambda unit: ROLES.index(unit["role"]))


def _value(body: Mapping[str, Any], key: str, text: str, year: int | None) -> Any:
    if key == "number":
        return text or None
    if key in {"name", "requirement"}:
        return text or None
    held = {one["text"]: one for one in body[key]}
    parts = [part.strip() for part in _PARTS.split(text) if part.strip()]
    read = [
        held.get(part) or (read_deadline(part, year) if key == "deadlines" else read_target(part)) for part in parts
    ]
    return None if None in read else read
