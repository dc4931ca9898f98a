"""A scheme (考核方案) as the table in which schemes are printed, to be filled in further and taken in again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal, InvalidOperation

from reports.words import Translate
from reports.workbook import Column, Sheet

TOP, FURTHER = "考核项目", "二级指标"
INDICATOR, POINTS, CRITERIA = "指标", "分值", "评分标准"
KIND, PARAMETERS, SOURCE = "计分方式", "计分参数", "评分来源"
TOTAL = "合计"


def build(rows: Iterable[Sequence[str]], *, levels: int, name: str, version: int, total: str, _: Translate) -> Sheet:
    """`rows`: `levels` names above the indicator, then indicator, points, standard, rule, parameters, source.

    The heads stay Chinese in every language: by them the table is known again.
    """
    above = [Column(TOP if level == 0 else FURTHER, 20, merge=True) for level in range(levels)]
    return Sheet(
        title=_("考核方案"),
        heading=_("%(name)s（第%(n)s版）", name=name, n=version),
        lines=(_("可以增删行、修改分值和评分标准，再作为新方案导入；加权平均等汇总方式在导入后另设，其他规则在“方案规则”表。"),),
        columns=(
            *above, Column(INDICATOR, 30), Column(POINTS, 9, "number"), Column(CRITERIA, 56), Column(KIND, 16),
            Column(PARAMETERS, 30), Column(SOURCE, 22),
        ),
        rows=[*(_typed(row, levels) for row in rows), _total_row(levels, total)],
        freeze_columns=levels + 1,
    )  # fmt: skip


def build_settings(rows: Iterable[Sequence[str]], heads: Sequence[str], *, _: Translate) -> Sheet:
    """`rows`: name of a setting, and what it is set to. The heads stay Chinese as above."""
    return Sheet(
        title=_("方案规则"), heading=_("方案规则"), lines=(_("随指标一起导入；没有写的按常用的设定。"),),
        columns=(Column(heads[0], 30), Column(heads[1], 70)), rows=[tuple(row) for row in rows],
    )  # fmt: skip


def _typed(row: Sequence[str], levels: int) -> tuple[object, ...]:
    at = levels + 1
    return (*row[:at], _number(row[at]), *row[at + 1 :])


def _total_row(levels: int, total: str) -> tuple[object, ...]:
    heads = [TOTAL, *[""] * levels]
    return (*heads, _number(total), "", "", "", "")


def _number(text: str) -> Decimal | str:
    try:
        return Decimal(text)
    except InvalidOperation:
        return text
