"""From a printed list to its unit expressions, each with its role."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from imports.draft import Deadline, Role, UnitExpression
from imports.phrases.chars import BLANKS, fold, squeeze
from imports.phrases.deadlines import parse_time_cell, time_clause
from imports.phrases.targets import parse_targets
from imports.phrases.units import vocabulary as words
from imports.phrases.units.contacts import is_contact, is_leader, is_person, is_share_of
from imports.phrases.units.labels import letters_together, parted
from imports.phrases.units.names import carry_prefixes, expressions
from imports.phrases.units.plain import is_bare, may_be_names, names_alone, names_nobody, whole_names
from imports.phrases.units.roles import role_beside, tail_of
from imports.phrases.units.split import Piece, pieces

_LEAD_WITHOUT_COMMA = re.compile(
    r"(.{2,20}?(?:局|委|办|厅|部|院|处|科|室|中心|会))(牵头|主办)(?!负责|落实|组织|抓总|实施|推进|办理)"
    r"(?=[^,;、]{2,}(?:局|委|办|厅|部|院|处|科|室|中心|单位|配合|负责|落实)$)"
)
_CALLED = r"(?P<person>[\u4e00-\u9fff](?:\s{0,4}[\u4e00-\u9fff]){1,3})"
_WITH_PERSON = re.compile(
    rf"(?P<unit>[^():]{{2,30}})\s*(?:\(\s*(?P<contact>[^()]{{2,60}}?)\s*\)|(?:[:(]|[-—]{{1,2}})\s*{_CALLED}\s*)"
)
_PERSON_FIRST = re.compile(rf"{_CALLED}\s*\(\s*(?P<unit>[^()]{{2,30}}?)\s*\)")
_RESPONSIBLE = "责任人"
_SHARE_OF_WORK = "分工"
_COUNT = re.compile(r"\s*\((?:共|计|共计)?\s*\d+\s*[项条件个](?:任务|工作|事项)?\)$")
"""`县水利局(3项)`: how many tasks stand under the name."""
_ANSWERS = re.compile(r"^(?:直接|具体|主要)?(?:责任人员?|负责人|经办人)$")
_OPEN, _CLOSE = frozenset("([【〔<"), frozenset(")]】〕>")
_CHAINED = re.compile(r"[)\]】〕]\s*[(\[【〔]")
_NAME_FIRST = re.compile("和[^省市区州各]")
"""`和县财政局`, `和龙市政府`: nothing stands before that it could join."""
_ARROWS = BLANKS + "-—→⇒➜>"
_FIGURE = re.compile(r"\d")
_NOBODY_BEGINS = frozenset(word[:1] for word in words.NOBODY)
_JOINING = frozenset({"会同", "联合", "协同"})


@dataclass(frozen=True, slots=True)
class UnitReading:
    """What a unit cell or a unit note says."""

    units: tuple[UnitExpression, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    persons: tuple[tuple[str, str], ...] = ()
    """Label and text of people named beside the units (责任人:…)."""
    role_repeated: str | None = None
    """The role label that is printed twice (`责任单位` where 牵头单位 was probably meant)."""
    unclosed: bool = False
    """An opening bracket that is never closed, or the reverse."""
    unnamed: tuple[str, ...] = ()
    """Pieces that are too long or too odd to be the name of a unit."""
    amounts: tuple[str, ...] = ()
    """What is to be reached, said among the units: `(PM2.5浓度<35微克/立方米,市生态环境局牵头)`."""

    @property
    def names_a_doer(self) -> bool:
        """Is any of them to do it, rather than to help with it or to watch over it?"""
        return any(unit.role in {"lead", "responsible"} for unit in self.units)


@dataclass(slots=True)
class _Item:
    text: str
    separator: str
    role: Role | None = None
    fallback: Role = "responsible"


@dataclass(slots=True)
class _State:
    default: Role
    year: int | None
    items: list[_Item] = field(default_factory=list)
    pending: list[_Item] = field(default_factory=list)
    deadlines: list[Deadline] = field(default_factory=list)
    persons: list[tuple[str, str]] = field(default_factory=list)
    amounts: list[str] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)
    mode: str = ""
    after_lead: bool = False
    joined: bool = False
    """After 会同 or 商: what follows in the same run only supports."""


@lru_cache(maxsize=32768)
def parse_units(text: str, default: Role = "responsible", year: int | None = None) -> UnitReading:
    """Reads a list of units. `default` is the role where no role word is printed: it comes from the column or label."""
    printed = text.strip(BLANKS + "。;；—").lstrip(_ARROWS)
    printed = letters_together(printed)
    folded = fold(printed)
    if folded[:1] in _NOBODY_BEGINS and squeeze(folded) in words.NOBODY:
        return UnitReading()
    if may_be_names(folded):
        whole = whole_names(printed, folded, default)
        if whole is not None:
            return UnitReading(whole)
        names = names_alone(printed, folded)
        if names is not None:
            units, unnamed = _finish([(name, separator, default) for name, separator in names])
            return UnitReading(units, unnamed=unnamed)
    if folded.endswith(")") and (counted := _COUNT.search(folded)):
        printed, folded = printed[: counted.start()], folded[: counted.start()]
    printed, folded, unclosed = _without_brackets(printed, folded)
    folded = parted(folded)
    state = _State(default, year)
    for piece in pieces(folded):
        _take(state, printed, folded, piece)
    _settle(state)
    if not state.items and state.persons:
        _take_bodies_of(state)
    units, unnamed = _finish([(item.text, item.separator, item.role or item.fallback) for item in state.items])
    repeated = next((label for index, label in enumerate(state.labels) if label in state.labels[:index]), None)
    return UnitReading(
        units,
        tuple(state.deadlines),
        tuple(state.persons),
        repeated,
        unclosed,
        unnamed,
        tuple(state.amounts),
    )


def _take_bodies_of(state: _State) -> None:
    """`责任人:张涛(财政所)` where no body is named: the one whose man he is."""
    for label, text in tuple(state.persons):
        found = _PERSON_FIRST.fullmatch(fold(text).strip())
        if (
            found
            and _ANSWERS.match(label)
            and is_person(squeeze(found["person"]))
            and words.ENDINGS.search(found["unit"])
        ):
            state.items.append(_Item(found["unit"], ",", "responsible"))


def _without_brackets(printed: str, folded: str) -> tuple[str, str, bool]:
    unclosed = folded.count("(") != folded.count(")")
    if folded[:1] in _OPEN and folded[-1:] in _CLOSE and not unclosed:
        folded = _CHAINED.sub(lambda found: ";" * len(found.group()), folded)  # 【牵头单位:…】【责任单位:…】
    while folded[:1] in _OPEN:
        if folded[-1:] in _CLOSE and _encloses(folded):
            printed, folded = printed[1:-1], folded[1:-1]
        elif unclosed and folded.count("(") > folded.count(")"):
            printed, folded = printed[1:], folded[1:]
        else:
            break
    if unclosed and folded.endswith(")") and folded.count(")") > folded.count("("):
        printed, folded = printed[:-1], folded[:-1]
    return printed, folded, unclosed


def _encloses(folded: str) -> bool:
    depth, angled = 0, folded[0] == "<"
    for position, char in enumerate(folded):
        if (char in "<>") != angled:
            continue  # less than, and no bracket
        depth += char in _OPEN
        depth -= char in _CLOSE
        if depth == 0:
            return position == len(folded) - 1
    return False


def _take(state: _State, printed: str, folded: str, piece: Piece) -> None:
    start, end = piece.start, piece.end
    label = words.LABEL.match(folded, start, end) if ":" in folded else None
    while label:
        _enter(state, label)
        start = label.end()
        label = words.LABEL.match(folded, start, end)
    if start >= end:
        return
    text, plain = printed[start:end], folded[start:end]
    if words.REMARK.match(plain):
        return
    if state.mode == "time":
        found = parse_time_cell(text, state.year)
        if found or not words.ENDINGS.search(plain):
            state.deadlines.extend(found)
            return
    if state.mode == "person":
        state.persons.append((state.labels[-1], text))
        return
    if is_leader(plain) or _is_beside(state, plain, piece.separator):
        state.persons.append((_RESPONSIBLE, text.strip("()（）")))
        return
    deadline = time_clause(text, state.year)
    if deadline is not None:
        state.deadlines.append(deadline)
        return
    if is_bare(text):
        _put(state, text, piece.separator, None)
    else:
        _take_units(state, text, plain, piece.separator)


def _is_beside(state: _State, plain: str, separator: str) -> bool:
    """Is it who answers in the unit before, or how he is reached?"""
    if not state.items or not is_contact(plain.strip("()")):
        return False
    return separator in {" ", "\n", "/"} or not is_person(plain)


def _take_amount(state: _State, text: str, plain: str) -> bool:
    """A figure to be reached that stands among the units is none of them."""
    told = _FIGURE.search(plain) and not words.ENDINGS.search(plain) and parse_targets(text)
    if told:
        state.amounts.append(text)
    return bool(told)


def _enter(state: _State, label: re.Match[str]) -> None:
    _settle(state)
    state.labels.append(squeeze(label.group()).strip(":【】"))
    state.after_lead = False
    if label["time"]:
        state.mode = "time"
    elif label["person"]:
        state.mode = "person"
    else:
        state.mode = "unit"
        state.default = next(role for index, (role, _) in enumerate(words.LABELS) if label[f"r{index}"])


def _take_units(state: _State, text: str, plain: str, separator: str) -> None:
    middle = words.JOIN_SUPPORT.search(plain, 1)
    if _take_amount(state, text, plain):
        return
    if middle and middle.end() < len(plain) and words.ENDINGS.search(plain[: middle.start()]):
        lead = "牵头" in middle.group()
        _take_units(
            state,
            text[: middle.start()] + ("牵头" if lead else ""),
            plain[: middle.start()] + ("牵头" if lead else ""),
            separator,
        )
        rest, plain_rest = text[middle.end() :], plain[middle.end() :]
        role, length = tail_of(plain_rest)
        _settle(state, role if not lead else None)
        state.items.append(_Item(plain_text(rest[: len(rest) - length]), ",", "support"))
        state.after_lead = state.joined = True
        return
    inner = _LEAD_WITHOUT_COMMA.match(plain)
    if inner:
        _take_units(state, text[: inner.end()], plain[: inner.end()], separator)
        _take_units(state, text[inner.end() :], plain[inner.end() :], ",")
        return
    role, length = tail_of(plain)
    head = words.HEAD.match(plain)
    if not state.items and _NAME_FIRST.match(plain):
        head = None
    start = head.end() if head else 0
    own: Role | None = "support" if head and head.group().strip() in _JOINING else None
    name = text[start : len(text) - length].strip(BLANKS + ",、").lstrip("★☆▲△●◆■◇※*#").rstrip("-—★☆▲△●◆■◇※*#")
    name = plain_text(_without_person(state, name))
    if name:
        own, name = role_beside(name, own)
        _put(state, name, separator, own, joining=head is not None and own == "support")
    elif separator != "、":
        state.joined = False
    if role is not None:
        _settle(state, role)


def _put(state: _State, name: str, separator: str, own: Role | None, *, joining: bool = False) -> None:
    """A name; one in the run behind 会同 supports, whatever is said later."""
    state.joined = separator == "、" and state.joined
    item = _Item(name, separator, own or ("support" if state.joined else None), _fallback(state))
    state.items.append(item)
    state.joined = state.joined or joining
    if item.role is None:
        state.pending.append(item)


def _without_person(state: _State, name: str) -> str:
    """`市财政局(张三,2345678)`, `市财政局:张三`, `张三(市财政局)`: the people beside a unit stand with the people."""
    folded = fold(name)
    first = _PERSON_FIRST.fullmatch(folded)
    if first is not None and is_person(squeeze(first["person"])) and words.ENDINGS.search(first["unit"]):
        state.persons.append((_RESPONSIBLE, name[: first.end("person")]))
        return name[first.start("unit") : first.end("unit")]
    found = _WITH_PERSON.fullmatch(folded)
    if found is None or not words.ENDINGS.search(found["unit"]):
        return name
    due = time_clause(name[slice(*found.span("contact"))], state.year) if found["contact"] else None
    if due is not None:
        state.deadlines.append(due)  # `市政务服务局(5月底前)`
        return name[: found.end("unit")]
    group = "contact" if found["contact"] else "person"
    if not (is_contact(found[group]) if found["contact"] else is_person(squeeze(found[group]))):
        if found["contact"] and words.REMARK.match(found["contact"]):
            return name[: found.end("unit")]  # `市工信局(排名第一的为牵头单位)`
        if not (found["contact"] and is_share_of(found["unit"], found["contact"])):
            return name
        state.persons.append((_SHARE_OF_WORK, name[found.start(group) : found.end(group)]))
        return name[: found.end("unit")]
    state.persons.append((_RESPONSIBLE, name[found.start(group) : found.end(group)]))
    return name[: found.end("unit")]


def plain_text(name: str) -> str:
    """A name without the blanks and line breaks that a narrow cell put into it."""
    return squeeze(name) if re.search(r"[\s\u3000]", name) and not name.isascii() else name


def _fallback(state: _State) -> Role:
    return "responsible" if state.after_lead and state.default == "lead" else state.default


def _settle(state: _State, role: Role | None = None) -> None:
    """A role phrase reaches back to the phrase before it, behind a label to the last comma (`责任单位:市财政局,各区配合`);
    without one the column or label decides."""
    pending = state.pending
    own = next((at for at in range(len(pending) - 1, 0, -1) if pending[at].separator in {",", ";"}), 0)
    for at, item in enumerate(pending):
        item.role = role if role and (at >= own or state.mode != "unit") else item.fallback
    pending.clear()
    if role == "lead":
        state.after_lead = True


def _finish(named: Sequence[tuple[str, str, Role]]) -> tuple[tuple[UnitExpression, ...], tuple[str, ...]]:
    """The units of names, each with the separator before it and its role; and the names too long to be any."""
    units: list[UnitExpression] = []
    seen: set[str] = set()
    unnamed: list[str] = []
    texts = carry_prefixes([(text, separator) for text, separator, _ in named])
    for (_, _, role), text in zip(named, texts, strict=True):
        if names_nobody(text):
            continue
        if len(text) > 40:
            unnamed.append(text)
        for expression in expressions(text, role):
            if expression.text not in seen or expression not in units:
                seen.add(expression.text)
                units.append(expression)
    return tuple(units), tuple(unnamed)
