"""Kinds of unit, and the groups in which scores are ranked."""

from __future__ import annotations

KINDS = ("city", "department", "county", "zone", "office", "town", "enterprise", "other")
"""市, 市直部门, 县区, 开发区, 内设机构/县直部门, 乡镇街道, 企事业单位, 其他."""

GROUPS = {
    "county": "县区", "zone": "县区", "department": "部门", "office": "县直", "town": "乡镇街道",
    "enterprise": "企事业单位", "city": "市本级", "other": "其他",
}  # fmt: skip
"""The group (分组) a kind is assessed in, where a scheme says nothing else."""


def group_of(kind: str) -> str:
    return GROUPS[kind]
