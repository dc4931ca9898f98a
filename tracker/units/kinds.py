"""Kinds of unit, and the groups in which scores are ranked."""

from __future__ import annotations

KINDS = (
    "province", "city", "party", "department", "vertical", "prefecture", "county", "zone", "office", "town", "enterprise",
    "other",
)  # fmt: skip
"""省, 市, 党委部门, 政府部门, 垂直管理单位, 省辖的市（设区市、州、盟）, 县区, 开发区, 内设机构/县直部门, 乡镇街道, 企事业单位, 其他."""

ACT_KINDS = ("rename", "merge", "split", "move", "plate", "duplicate")
"""更名, 合并, 拆分, 划转, 挂牌摘牌, 归并重复."""

ACT_STATES = ("planned", "done", "withdrawn")
"""待生效, 已生效, 已撤回."""

SIDES = ("before", "after")


def N_(text: str) -> str:
    """Marks a text for the message catalogues; it is translated where it is shown."""
    return text


GROUPS = {
    "county": N_("县区"), "zone": N_("县区"), "department": N_("部门"), "office": N_("县直"), "town": N_("乡镇街道"),
    "prefecture": N_("设区市"), "province": N_("省本级"),
    "party": N_("党委部门"), "vertical": N_("垂直管理单位"), "enterprise": N_("企事业单位"), "city": N_("市本级"), "other": N_("其他"),
}  # fmt: skip
"""The group (分组) a kind is assessed in, where a scheme says nothing else. Frozen with scores in Chinese."""


WHOLE = ("province", "city")
"""What the top of a directory may be."""


def kind_of_whole(name: str) -> str:
    """The kind of the unit above all others, by its name."""
    return "province" if name.endswith(("省", "自治区")) else "city"


def group_of(kind: str) -> str:
    return GROUPS[kind]
