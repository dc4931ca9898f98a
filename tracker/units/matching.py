"""Matching a printed unit expression (单位称谓) to the organisation tree. Pure: the directory is handed in.

A name is known where it, after normalising, is a unit's name, short name or confirmed alias. What is not known gets
suggestions, best first; none is ever taken silently (domain reference §1.3: alias families are candidates only).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from rapidfuzz import fuzz, process

SUGGESTIONS = 5
ENOUGH = 60.0

FAMILIES: tuple[tuple[str, ...], ...] = (
    (
        "发展和改革委员会",
        "发展改革委员会",
        "发展和改革委",
        "发展改革委",
        "发改委",
        "发展和改革局",
        "发展改革局",
        "发改局",
    ),
    ("住房和城乡建设局", "住房城乡建设局", "住建局"),
    ("工业和信息化局", "工业信息化局", "工信局", "经济和信息化局", "经信局"),
    ("人力资源和社会保障局", "人力资源社会保障局", "人力社保局", "人社局"),
    ("文化和旅游局", "文化旅游局", "文旅局", "文化广电和旅游局", "文广旅局", "文广旅游局"),
    ("卫生健康委员会", "卫生健康委", "卫健委", "卫生健康局", "卫健局"),
    ("行政审批服务局", "行政审批局", "政务服务局", "政务服务和大数据局", "政务和数据局"),
    ("自然资源和规划局", "自然资源规划局", "自规局", "自然资源局", "资规局"),
    ("市场监督管理局", "市场监管局"),
    ("生态环境局",),
    ("农业农村局",),
    ("退役军人事务局", "退役军人局"),
    ("应急管理局", "应急局"),
    ("医疗保障局", "医保局"),
    ("地方金融监督管理局", "地方金融监管局", "金融监管局", "金融办", "金融工作办公室"),
    ("乡村振兴局", "扶贫开发办公室", "扶贫办"),
    ("人民政府办公室", "政府办公室", "政府办公厅", "政府办", "府办"),
    ("机构编制委员会办公室", "编制办公室", "委编办", "编办"),
    ("城市管理局", "城市管理行政执法局", "综合行政执法局", "城管局", "城管委"),
    ("国有资产监督管理委员会", "国资委"),
    ("交通运输局", "交通局"),
    ("住房公积金管理中心", "住房公积金服务中心", "公积金中心"),
    ("科学技术局", "科技局"),
    ("教育体育局", "教体局"),
    ("大数据管理局", "大数据局", "数据局"),
    ("机关事务管理局", "机关事务服务中心", "机关事务局"),
    ("信访局",),
    ("民族宗教事务局", "民族宗教局", "民宗局"),
    ("审计局",),
    ("统计局",),
)
"""Families of names that usually mean one office (domain reference §1.3). They only rank suggestions."""

_INNER = re.compile(r"[\s\u3000·•]+")
_BRACKETS = str.maketrans({"(": "(", ")": ")", "[": "(", "]": ")", "【": "(", "】": ")"})


@lru_cache(maxsize=65_536)
def normal(name: str) -> str:
    """A name as it is compared: NFKC, brackets of one form, no inner white space."""
    return _INNER.sub("", unicodedata.normalize("NFKC", name).translate(_BRACKETS))


@dataclass(frozen=True, slots=True)
class Entry:
    """One unit of the directory, with every name it may be called by."""

    id: int
    name: str
    kind: str
    parent_id: int | None = None
    names: tuple[str, ...] = ()
    """Short name and confirmed aliases."""


@dataclass(frozen=True, slots=True)
class Match:
    """`how`: name, alias, place (城 → 城人民政府), two_names, or none."""

    unit_id: int | None
    how: str
    suggestions: tuple[int, ...] = ()


@dataclass(slots=True)
class Directory:
    """All units of a day, ready for matching. Build once per import: one dict look-up a known name."""

    entries: dict[int, Entry]
    by_name: dict[str, list[int]] = field(default_factory=dict)
    by_alias: dict[str, list[int]] = field(default_factory=dict)
    known: dict[str, Match] = field(default_factory=dict)
    """The answer to each name that one unit alone has, as it is printed and as it is compared."""
    _likely: _Likely | None = None

    @classmethod
    def of(cls, entries: Iterable[Entry]) -> Directory:
        directory = cls({entry.id: entry for entry in entries})
        for entry in directory.entries.values():
            directory.by_name.setdefault(normal(entry.name), []).append(entry.id)
            for name in entry.names:
                if name:
                    directory.by_alias.setdefault(normal(name), []).append(entry.id)
        for name, ids in directory.by_name.items():
            if len(ids) == 1:
                directory.known[directory.entries[ids[0]].name] = directory.known[name] = Match(ids[0], "name")
        return directory

    @property
    def likely(self) -> _Likely:
        """What suggestions are looked up in; made at the first question."""
        if self._likely is None:
            self._likely = _Likely.of({**self.by_alias, **self.by_name})
        return self._likely


@dataclass(frozen=True, slots=True)
class _Likely:
    """Every name of the directory, by what a likely name shares with it."""

    names: dict[str, list[int]]
    listed: list[str]
    by_stem: dict[tuple[str, int], list[str]]
    by_ends: dict[str, list[str]]
    """By first and last character: names of which one can stand in the other, in order."""

    @classmethod
    def of(cls, names: dict[str, list[int]]) -> _Likely:
        likely = cls(names, list(names), {}, {})
        for name in names:
            stem = family_stem(name)
            if stem is not None:
                likely.by_stem.setdefault(stem, []).append(name)
            likely.by_ends.setdefault(name[:1] + name[-1:], []).append(name)
        return likely


def match(text: str, directory: Directory, *, also: str | None = None) -> Match:
    """The unit a printed expression names, or suggestions. Two units of one name are never chosen between."""
    known = directory.known.get(text)
    return known if known is not None else _match(text, directory, also)


def _match(text: str, directory: Directory, also: str | None) -> Match:
    for how, name in (("name", text), ("two_names", also)):
        if not name:
            continue
        for index, label in ((directory.by_name, how), (directory.by_alias, "alias" if how == "name" else how)):
            found = index.get(normal(name), [])
            if len(found) == 1:
                return Match(found[0], label)
            if len(found) > 1:
                return Match(None, "none", tuple(found[:SUGGESTIONS]))
    place = _government_of(normal(text), directory)
    if place is not None:
        return Match(place, "place")
    return Match(None, "none", suggest(text, directory))


def _government_of(name: str, directory: Directory) -> int | None:
    """临江县 for 临江县人民政府 or 临江县政府 and the other way round: a county is its government."""
    bare = re.sub(r"(人民政府|政府|管理委员会|管委会)$", "", name)
    for candidate in (bare, f"{bare}人民政府", f"{bare}政府", f"{bare}管理委员会", f"{bare}管委会"):
        found = directory.by_name.get(candidate) or directory.by_alias.get(candidate) or []
        if len(found) == 1 and directory.entries[found[0]].kind in {"county", "zone", "town", "city"}:
            return found[0]
    return None


def suggest(text: str, directory: Directory, *, limit: int = SUGGESTIONS) -> tuple[int, ...]:
    """Units that may be meant, best first: same family, then all characters in order, then by likeness."""
    name = normal(text)
    scores: dict[int, float] = {}
    stem = family_stem(name)
    likely = directory.likely
    for known in likely.by_stem.get(stem, ()) if stem is not None else ():
        scores.update(dict.fromkeys(likely.names[known], 100.0))
    for known in likely.by_ends.get(name[:1] + name[-1:], ()):
        if in_order(name, known) or in_order(known, name):
            for number in likely.names[known]:
                scores.setdefault(number, 90.0)
    for known, likeness, _ in process.extract(name, likely.listed, scorer=fuzz.ratio, limit=limit, score_cutoff=ENOUGH):
        for number in likely.names[known]:
            scores.setdefault(number, float(likeness))
    ranked = sorted(scores.items(), key=lambda item: (-item[1], item[0]))
    return tuple(number for number, _ in ranked[:limit])


@lru_cache(maxsize=65_536)
def family_stem(name: str) -> tuple[str, int] | None:
    """(level prefix, family number) of a name that ends in a member of a family: 市发改委 → ("市", 0)."""
    best: tuple[int, str, int] | None = None
    for number, family in enumerate(FAMILIES):
        for member in family:
            if name.endswith(member) and (best is None or len(member) > best[0]):
                best = (len(member), name[: -len(member)], number)
    if best is None:
        return None
    return (best[1][-1:] if best[1] else ""), best[2]


def in_order(short: str, long: str) -> bool:
    """Whether all characters of the shorter stand in the longer, in order: 人社局 in 人力资源和社会保障局."""
    if not 3 <= len(short) < len(long) or short[0] != long[0] or short[-1] != long[-1]:
        return False
    rest = iter(long)
    return all(character in rest for character in short)


def members(rule: Mapping[str, object], tree: Sequence[tuple[int, int | None, str, str]]) -> tuple[int, ...]:
    """The units a collective stands for. `tree` holds (id, parent id, kind, path) of a day, in printed order.

    A rule is {"units": [ids]} or {"below": unit id, "kinds": [...], "depth": levels below it, default 1}.
    """
    listed = rule.get("units")
    if isinstance(listed, list):
        wanted = {int(number) for number in listed}
        return tuple(number for number, _, _, _ in tree if number in wanted)
    below, kinds, depth = str(rule["below"]), rule["kinds"], rule.get("depth", 1)
    if not isinstance(kinds, list) or not isinstance(depth, int):
        raise ValueError("a collective's rule needs a list of kinds")
    found = []
    for number, _parent, kind, path in tree:
        steps = path.strip("/").split("/")
        if kind in kinds and below in steps[:-1] and len(steps) - 1 - steps.index(below) <= depth:
            found.append(number)
    return tuple(found)


PHRASES: tuple[tuple[str, tuple[str, ...]], ...] = (
    (r"(县|市、区|区|旗|州|盟)?.*(开发区|功能区|管委会|高新区|经开区)", ("zone",)),
    (r"各.*(县|区|旗|市).*(政府|管委会|县区|区县|市、区)?", ("county", "zone")),
    (r"(市|州|区|县)?(政府|直|级).*(部门|单位|机关)", ("department",)),
    (r"各(有关|相关)?(部门|单位).*", ("department",)),
    (r"各.*(乡|镇|街道).*", ("town",)),
    (r"各(科室|处室|股室).*", ("office",)),
    (r".*(公共企事业|企业|事业单位).*", ("enterprise",)),
)
"""Which kinds a collective phrase usually means: proposed to the person who confirms, never assumed."""


def proposed_kinds(phrase: str) -> tuple[str, ...]:
    """Kinds of unit that a phrase such as 各县区政府 usually stands for; empty where it says nothing known."""
    name = normal(phrase)
    if name.startswith("各") and re.search(r"县|区|旗", name) and not re.search(r"开发区|功能区|高新区|经开区", name):
        return ("county", "zone") if "管委会" in name else ("county",)
    for pattern, kinds in PHRASES:
        if re.fullmatch(pattern, name):
            return kinds
    return ()
