"""Expressions that stand for many (集合称谓): whom a rule means in a tree, and what kinds a phrase usually means. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from tracker.units.matching import normal


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
    (r"各(设区的?|地级?|州、?|盟、?)?[市州盟](?!直|级|属|场|区).*", ("prefecture", "county", "zone")),
    (r"(县|市、区|区|旗|州|盟)?.*(开发区|功能区|管委会|高新区|经开区)", ("zone",)),
    (r"各.*(县|区|旗|市).*(政府|管委会|县区|区县|市、区)?", ("county", "zone")),
    (r"(市|州|区|县)?(政府|直|级).*(部门|单位|机关)", ("department",)),
    (r"各(有关|相关)?(部门|单位).*", ("department",)),
    (r"各.*(乡|镇|街道).*", ("town",)),
    (r"各(科室|处室|股室).*", ("office",)),
    (r".*(公共企事业|企业|事业单位).*", ("enterprise",)),
)
"""Which kinds a collective phrase usually means: proposed to the person who confirms, never assumed."""


_WHOLE = re.compile(
    r"(?:[各全本省市州盟县区旗乡镇场直级属和及与、,()]|街道|办事处|人民|政府|开发区|功能区|高新区|经开区|管委会|管理委员会"
    r"|部门|单位|机关|科室|处室|股室)+"
)


def means_whole_kind(phrase: str) -> bool:
    """Whether a phrase says nothing that narrows its kinds: 市政府各部门 does not, 市政府各行政执法部门 does."""
    return _WHOLE.fullmatch(normal(phrase)) is not None


def proposed_kinds(phrase: str) -> tuple[str, ...]:
    """Kinds of unit that a phrase such as 各县区政府 usually stands for; empty where it says nothing known."""
    name = normal(phrase)
    if name.startswith("各") and re.search(r"县|区|旗", name) and not re.search(r"开发区|功能区|高新区|经开区", name):
        return ("county", "zone") if "管委会" in name else ("county",)
    for pattern, kinds in PHRASES:
        if re.fullmatch(pattern, name):
            return kinds
    return ()
