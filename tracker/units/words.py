"""The directory in words: what kinds of unit, names and acts are called, and what became of a body and when."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta

from flask_babel import gettext as _, lazy_gettext as _l

from tracker.units.acts import Terms
from tracker.units.matching import Why

KIND_NAMES = {
    "province": _l("省"),
    "city": _l("市"),
    "party": _l("党委部门"),
    "department": _l("政府部门"),
    "vertical": _l("垂直管理单位"),
    "prefecture": _l("设区市、州、盟"),
    "county": _l("县区"),
    "zone": _l("开发区"),
    "office": _l("县直部门、内设机构"),
    "town": _l("乡镇街道"),
    "enterprise": _l("企事业单位"),
    "other": _l("其他"),
}
"""What the kinds of unit are called."""

ALSO_CALLED = {"省直部门": "department", "市直部门": "department", "县直部门": "office"}
"""What directories (机构名录) call them, too."""

ACT_NAMES = {
    "rename": _l("更名"),
    "merge": _l("合并"),
    "split": _l("拆分"),
    "move": _l("划转"),
    "plate": _l("挂牌、摘牌"),
    "duplicate": _l("归并重复"),
}
STATE_NAMES = {"planned": _l("待生效"), "done": _l("已生效"), "withdrawn": _l("已撤回")}
ALIAS_NAMES = {"alias": _l("别名"), "short": _l("简称"), "plate": _l("挂牌")}

MANNERS = {
    "rename": _l("更名"), "merge": _l("合并"), "into": _l("并入"), "split": _l("拆分"), "stays": _l("分设"), "move": _l("划转"),
    "plate": _l("挂牌"), "taken_off": _l("摘牌"), "duplicate": _l("归并重复"),
}  # fmt: skip
"""How an act was done, as the directory's workbook says it."""

ACTED = {
    "rename": "单位更名", "merge": "单位合并", "split": "单位拆分", "move": "单位划转", "plate": "单位挂牌摘牌",
    "duplicate": "归并重复单位",
}  # fmt: skip
"""What the audit record calls them."""

SENTENCES: dict[str, Callable[[str, str], str]] = {
    "rename": lambda before, after: _("%(before)s更名为%(after)s", before=before, after=after),
    "merge": lambda before, after: _("%(before)s合并为%(after)s", before=before, after=after),
    "into": lambda before, after: _("%(before)s并入%(after)s", before=before, after=after),
    "split": lambda before, after: _("%(before)s拆分为%(after)s", before=before, after=after),
    "stays": lambda before, after: _("%(before)s分设%(after)s", before=before, after=after),
    "move": lambda before, after: _("%(before)s划转到%(after)s", before=before, after=after),
    "plate": lambda before, after: _("%(before)s挂%(after)s牌子", before=before, after=after),
    "taken_off": lambda before, after: _("%(before)s不再挂%(after)s牌子", before=before, after=after),
    "duplicate": lambda before, after: _("%(before)s与%(after)s是同一单位", before=before, after=after),
}


def manner(terms: Terms) -> str:
    """Which sentence an act is told by."""
    if terms.kind == "merge" and terms.into is not None:
        return "into"
    if terms.kind == "split" and terms.stays:
        return "stays"
    return "taken_off" if terms.kind == "plate" and terms.taken_off else terms.kind


def act_told(terms: Terms, before: Sequence[str], after: Sequence[str]) -> str:
    """An act in a sentence: 云岫市体育局更名为云岫市体育事业局."""
    return SENTENCES[manner(terms)](_("、").join(before), _("、").join(after))


def became(how: str, on: date, names: Sequence[str]) -> str:
    """What became of a body, behind its name: 2019年1月更名为市自然资源和规划局."""
    return month(on) + SENTENCES[how]("", _("、").join(names))


def month(on: date) -> str:
    return _("%(year)s年%(month)s月", year=on.year, month=on.month)


def why_told(why: Why) -> str:
    """What speaks for a candidate: 与“市发展改革委”通常是同一机构; 云岫市体育局 2026年9月更名为云岫市体育事业局."""
    if why.former is not None:
        day = why.former.until + timedelta(days=1)
        return _("“%(name)s”%(became)s", name=why.name, became=became(why.former.how, day, why.former.led_to))
    return {
        "prefix": lambda: _("补上本级名称就是“%(name)s”", name=why.name),
        "family": lambda: _("与“%(name)s”通常是同一机构的不同叫法", name=why.name),
        "in_order": lambda: _("与“%(name)s”是全称和简称：每个字都依次出现", name=why.name),
        "likeness": lambda: _("与“%(name)s”字面相似 %(percent)s%%", name=why.name, percent=why.percent),
        "same_name": lambda: _("有几个单位都叫“%(name)s”", name=why.name),
    }[why.reason]()
