"""The slip of one unit (单位得分说明): what it scored, how that came about line by line, and the facts it rests on.

It is the score sheet of that unit alone, as a document to be printed and signed for; nothing is reckoned here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from reports.document import Block, Column, Document, Heading, Linked, Paragraph, Table
from reports.scoresheet import Fact, Line, ScoreSheet, UnitScore, run_lines
from reports.words import Translate


def build(model: ScoreSheet, size: int, _: Translate, *, author: str = "", language: str = "zh-CN") -> Document:
    """`model` is the sheet of one unit; `size` how many units its group has."""
    (unit,) = model.units
    title = _("%(unit)s考核得分说明", unit=unit.unit)
    lines = sorted(model.lines, key=lambda line: line.depth == 0)  # what leads to the total stands last
    facts = list(model.facts)
    blocks: list[Block] = [
        Heading(title, level=0),
        Paragraph(model.run.scheme),
        *(Paragraph(line, is_note=True) for line in run_lines(model.run, _)),
        _result(unit, size, _),
        Heading(_("得分说明")),
        Paragraph(_("精确值逐行相加即为该项得分；只在方案规定的地方取舍。"), is_note=True),
        _explanation(lines, _),
    ]
    if model.placing:
        blocks += [Heading(_("名次和等次")), _placing(model.placing, _)]
    if facts:
        blocks += [Heading(_("事实依据")), _evidence(facts, _)]
    return Document(title, author, model.run.ran_at, blocks, language)


def _result(unit: UnitScore, size: int, _: Translate) -> Table:
    labels = (_("总分"), _("名次"), _("等次"), _("基础分"), _("加分"), _("扣分"))
    rank = _("%(group)s第 %(rank)s，共 %(n)s", group=unit.group, rank=unit.rank, n=size) if unit.rank else "—"
    widths = (22, 46, 22, 22, 22, 22)
    total = _("■ 一票否决") if unit.veto and unit.total is None else _shown(unit.total)
    return Table(
        [Column(label, width, "center") for label, width in zip(labels, widths, strict=True)],
        [(total, rank, unit.grade or "—", _shown(unit.base), _shown(unit.bonus), _shown(unit.penalty))],
        frozenset({0}),
    )


def _explanation(lines: Sequence[Line], _: Translate) -> Table:
    columns = (
        Column(_("指标"), 42),
        Column(_("计算过程"), 70),
        Column(_("精确值"), 24, "right"),
        Column(_("取舍后"), 20, "right"),
    )
    rows = [("　" * line.depth + line.node, line.text, line.exact or "—", _shown(line.rounded)) for line in lines]
    return Table(columns, rows, frozenset(place for place, line in enumerate(lines) if line.depth == 0))


def _placing(placing: Sequence[tuple[str, str]], _: Translate) -> Table:
    """What it is about stands once, before the first sentence."""
    rows = [
        ("" if at and placing[at - 1][0] == about else about, text) for at, (about, text) in enumerate(placing)
    ]  # fmt: skip
    return Table((Column(_("项目"), 42), Column(_("由来"), 114)), rows)


def _evidence(facts: Sequence[Fact], _: Translate) -> Table:
    columns = (
        Column(_("指标"), 28), Column(_("内容"), 26), Column(_("理由"), 42), Column(_("报送或佐证"), 36), Column(_("来源位置"), 24),
    )  # fmt: skip
    return Table(columns, list(_fact_rows(facts)))


def _fact_rows(facts: Sequence[Fact]) -> Iterator[tuple[str | Linked, ...]]:
    for fact in facts:
        place = Linked(fact.source.locator, fact.source.url) if fact.source else ""
        yield fact.indicator, fact.value, fact.reason, Linked(fact.reference, fact.reference_url), place


def _shown(number: Decimal | None) -> str:
    return "—" if number is None else format(number, "f")
