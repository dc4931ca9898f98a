"""The score sheet (考核得分表): totals by group, how each came about, and the facts it rests on.

The three sheets lead on from one another: a unit's name to its explanation, a line of it to its facts, a fact to the
return and to the cell of the document. Numbers come from the run, rounded by its rule; nothing is reckoned here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from reports.source import Source, points_text, source_cells, source_columns
from reports.words import N_, Translate
from reports.workbook import Column, Light, Link, RowOf, Sheet
from reports.workbook.cells import CHINA_STANDARD_TIME

STAGES: Mapping[str, str] = {
    "total": N_("只在总分处取舍一次"),
    "item": N_("每个末级指标先取舍再相加"),
    "level": N_("每一级先取舍再上传"),
}
MODES: Mapping[str, str] = {"half_up": N_("四舍五入"), "half_even": N_("四舍六入五成双")}
NOT_APPLICABLE: Mapping[str, str] = {
    "rescale": N_("按适用指标的满分在总分处折算"),
    "rescale_siblings": N_("在每一级的适用指标之间折算"),
    "spread": N_("分值平均分给同级适用指标"),
    "full": N_("按满分计"),
}
TIES: Mapping[str, str] = {"competition": N_("并列占位（1、2、2、4）"), "dense": N_("并列不占位（1、2、2、3）")}


@dataclass(frozen=True, slots=True)
class Run:
    """A run as it was frozen. `stage`, `mode`, `not_applicable` and `ties` by the keys of a scheme's book."""

    scheme: str
    version: str
    plan: str
    as_of: date
    ran_at: datetime
    """UTC; shown in China Standard Time."""
    engine: str
    inputs_hash: str
    groups: tuple[tuple[str, int], ...]
    """Groups in the order they are printed, with the number of their units."""
    places: int = 2
    mode: str = "half_up"
    stage: str = "total"
    not_applicable: str = "rescale"
    ties: str = "competition"
    state: str = ""
    """In words, e.g. 试算: a sheet of a trial is not to be taken for the published one."""
    published: Published | None = None


@dataclass(frozen=True, slots=True)
class Published:
    """That a run was published (公示), and the head of the audit record at that moment: whoever holds the sheet can tell
    whether the record was rewritten since."""

    at: datetime
    """UTC; shown in China Standard Time."""
    until: date | None
    """The last day of its publicity."""
    head: str
    instead: str = ""
    """Of one that stands in place of another: which, and why."""


@dataclass(frozen=True, slots=True)
class Node:
    """An indicator, inner or leaf, in the order of the tree. The root has depth 0."""

    key: str
    name: str
    points: Decimal | None
    depth: int


@dataclass(frozen=True, slots=True)
class UnitScore:
    """One unit's results; None where there is none (not applicable, vetoed)."""

    unit: str
    group: str
    rank: int | None
    base: Decimal | None
    bonus: Decimal | None
    penalty: Decimal | None
    total: Decimal | None
    grade: str | None
    veto: bool
    nodes: Mapping[str, Decimal | None]
    """By the key of the node."""
    lines: int
    """How many of the `lines` are this unit's."""


@dataclass(frozen=True, slots=True)
class Line:
    """One step of the explanation."""

    unit: str
    node: str
    """Name of the indicator, or what else is explained: bonus, veto, rounding."""
    depth: int
    text: str
    exact: str | None
    """The exact value with all its digits, or a fraction."""
    rounded: Decimal | None
    facts: int = 0
    """How many of the `facts` are this line's."""


@dataclass(frozen=True, slots=True)
class Fact:
    unit: str
    indicator: str
    value: str
    reason: str = ""
    reference: str = ""
    """The return or the piece of evidence: 2026年第3期报送（第2版）."""
    reference_url: str | None = None
    source: Source | None = None


@dataclass(frozen=True, slots=True)
class ScoreSheet:
    """`units` by group and rank, as they are to be printed; `lines` in the order of the units, `facts` in that of the
    lines. Both may be generators: they are walked once, in this order."""

    run: Run
    nodes: Sequence[Node]
    units: Sequence[UnitScore]
    lines: Iterable[Line]
    facts: Iterable[Fact]
    line_count: int | None = None
    fact_count: int | None = None


def build(model: ScoreSheet, _: Translate) -> list[Sheet]:
    why, facts = _("得分说明"), _("事实依据")
    heading = _("%(scheme)s考核得分表", scheme=model.run.scheme)
    lines = run_lines(model.run, _)
    return [
        Sheet(
            title=_("考核得分"),
            heading=heading,
            lines=lines,
            columns=_total_columns(model, _),
            rows=_total_rows(model, why, _),
            notes=(_("注：“—”表示该指标对该单位不适用，或因一票否决不计总分。点击单位名称可查看得分说明。"),),
            count=len(model.units),
            freeze_columns=2,
            break_on=2,
        ),
        Sheet(
            title=why,
            heading=_("%(heading)s：得分说明", heading=heading),
            lines=lines[:1],
            columns=(
                Column(_("单位"), 22),
                Column(_("指标"), 28),
                Column(_("计算过程"), 58),
                Column(_("精确值"), 18, align="right"),
                Column(_("取舍后"), 10, "number", places=model.run.places),
                Column(_("依据"), 9, "link", align="center"),
            ),
            rows=_line_rows(model.lines, facts, _),
            count=model.line_count,
            freeze_columns=1,
        ),
        Sheet(
            title=facts,
            heading=_("%(heading)s：事实依据", heading=heading),
            lines=lines[:1],
            columns=(
                Column(_("单位"), 22),
                Column(_("指标"), 24),
                Column(_("内容"), 24),
                Column(_("理由"), 30),
                Column(_("报送或佐证"), 26, "link"),
                *source_columns(_),
            ),
            rows=_fact_rows(model.facts),
            count=model.fact_count,
            freeze_columns=1,
        ),
    ]


def run_lines(run: Run, _: Translate) -> tuple[str, ...]:
    """What was scored, by which rules, and how it was published: what stands above every sheet and slip of the run."""
    groups = "，".join(_("%(group)s %(n)s 个单位", group=group, n=n) for group, n in run.groups)
    state = _("状态：%(state)s", state=run.state) + "　　" if run.state else ""
    return (
        _("截至 %(date)s　　计划：%(plan)s　　方案版本：%(version)s　　分组：%(groups)s",
          date=run.as_of.isoformat(), plan=run.plan, version=run.version, groups=groups),
        _("取舍：保留 %(places)s 位小数，%(mode)s，%(stage)s　　不适用指标：%(na)s　　名次：组内排名，%(ties)s",
          places=run.places, mode=_(MODES[run.mode]), stage=_(STAGES[run.stage]),
          na=_(NOT_APPLICABLE[run.not_applicable]), ties=_(TIES[run.ties])),
        state
        + _("计分时间：%(at)s　　计分引擎：%(engine)s　　输入摘要：%(hash)s",
          at=_minute(run.ran_at), engine=run.engine, hash=run.inputs_hash),
        *(_published_lines(run.published, _) if run.published else ()),
    )  # fmt: skip


def _published_lines(published: Published, _: Translate) -> Iterator[str]:
    until = "　　" + _("公示期至：%(day)s", day=published.until.isoformat()) if published.until else ""
    head = _("审计链头：%(head)s", head=published.head)
    yield _("公布时间：%(at)s", at=_minute(published.at)) + until + "　　" + head
    if published.instead:
        yield published.instead


def _minute(moment: datetime) -> str:
    return f"{moment.astimezone(CHINA_STANDARD_TIME):%Y-%m-%d %H:%M}"


def _total_columns(model: ScoreSheet, _: Translate) -> tuple[Column, ...]:
    places = model.run.places
    return (
        Column(_("名次"), 6, "integer", align="center"),
        Column(_("单位"), 24, "link"),
        Column(_("组别"), 12),
        Column(_("基础分"), 9, "number", places=places),
        Column(_("加分"), 8, "number", places=places),
        Column(_("扣分"), 8, "number", places=places),
        Column(_("总分"), 9, "number", places=places),
        Column(_("等次"), 8, align="center"),
        Column(_("否决"), 12, "light"),
        *_node_columns(model.nodes, places, _),
    )


def _node_columns(nodes: Sequence[Node], places: int, _: Translate) -> Iterator[Column]:
    """A column for every node but the root, which is the base; those of one first-level indicator under one band."""
    band = ""
    for place, node in enumerate(nodes):
        if node.depth == 0:
            continue
        name = node.name
        if node.depth == 1:
            inner = place + 1 < len(nodes) and nodes[place + 1].depth > 1
            band, name = (node.name, _("小计")) if inner else ("", node.name)
        label = (
            name if node.points is None else _("%(name)s\n（%(points)s分）", name=name, points=points_text(node.points))
        )
        yield Column(label, 12, "number", places=places, band=band)


def _total_rows(model: ScoreSheet, why: str, _: Translate) -> Iterator[tuple[object, ...]]:
    keys = [node.key for node in model.nodes if node.depth > 0]
    none = "—"
    line = 0
    for unit in model.units:
        scores = (unit.base, unit.bonus, unit.penalty, unit.total)
        yield (
            unit.rank,
            Link(unit.unit, RowOf(why, line) if unit.lines else None),
            unit.group,
            *(none if score is None else score for score in scores),
            unit.grade,
            Light("overdue", _("■ 一票否决")) if unit.veto else None,
            *(none if (score := unit.nodes.get(key)) is None else score for key in keys),
        )
        line += unit.lines


def _line_rows(lines: Iterable[Line], facts: str, _: Translate) -> Iterator[tuple[object, ...]]:
    fact = 0
    for line in lines:
        evidence = Link(_("%(n)s 条", n=line.facts), RowOf(facts, fact)) if line.facts else None
        yield (line.unit, "　" * line.depth + line.node, line.text, line.exact, line.rounded, evidence)
        fact += line.facts


def _fact_rows(facts: Iterable[Fact]) -> Iterator[tuple[object, ...]]:
    for fact in facts:
        yield (
            fact.unit,
            fact.indicator,
            fact.value,
            fact.reason,
            Link(fact.reference, fact.reference_url),
            *source_cells(fact.source),
        )
