"""The score sheet (考核得分表): totals by group, how each came about, and the facts it rests on.

The three sheets lead on from one another: a unit's name to its explanation, a line of it to its facts, a fact to the
return and to the cell of the document. Numbers come from the run; those that follow from others stand as formulas that
come to them, and each cell says which it is while it is chosen.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from reports.scoresheet.model import Fact, Line, Published, Run, ScoreSheet
from reports.scoresheet.totals import is_live, total_columns, total_rows
from reports.source import source_cells, source_columns
from reports.words import N_, Translate
from reports.workbook import Column, Link, RowOf, Sheet
from reports.workbook.cells import CHINA_STANDARD_TIME

STAGES: Mapping[str, str] = {
    "total": N_("只在总分处取舍一次"),
    "item": N_("每个末级指标先取舍再相加"),
    "level": N_("每一级先取舍再上传"),
}
MODES: Mapping[str, str] = {
    "half_up": N_("四舍五入"), "half_even": N_("四舍六入五成双"), "down": N_("截尾（只舍不入）"),
}  # fmt: skip
NOT_APPLICABLE: Mapping[str, str] = {
    "rescale": N_("按适用指标的满分在总分处折算"),
    "rescale_siblings": N_("在每一级的适用指标之间折算"),
    "spread": N_("分值平均分给同级适用指标"),
    "full": N_("按满分计"),
}
TIES: Mapping[str, str] = {"competition": N_("并列占位（1、2、2、4）"), "dense": N_("并列不占位（1、2、2、3）")}


def build(model: ScoreSheet, _: Translate) -> list[Sheet]:
    why, facts = _("得分说明"), _("事实依据")
    heading = _("%(scheme)s考核得分表", scheme=model.run.scheme)
    lines = run_lines(model.run, _)
    return [
        Sheet(
            title=_("考核得分"),
            heading=heading,
            lines=lines,
            columns=total_columns(model, _),
            rows=total_rows(model, why, facts, _),
            notes=(
                _("注：“—”表示该指标对该单位不适用，或因一票否决不计总分。点击单位名称可查看得分说明。"),
                *(
                    [
                        _(
                            "小计、基础分、总分和由多个得分合成的指标是公式，其余是评分运行的数值；选中单元格可看是哪一种、从哪里来。"
                        )
                    ]
                    if is_live(model.run)
                    else ()
                ),
            ),
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
                Column(_("得分或数值"), 9, "number", exact=True),
                Column(_("理由"), 30),
                Column(_("报送或佐证"), 26),
                Column(_("链接"), 8, "link"),
                *source_columns(_),
            ),
            rows=_fact_rows(model.facts, _),
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


def _line_rows(lines: Iterable[Line], facts: str, _: Translate) -> Iterator[tuple[object, ...]]:
    fact = 0
    for line in lines:
        evidence = Link(_("%(n)s 条", n=line.facts), RowOf(facts, fact)) if line.facts else None
        yield (line.unit, "　" * line.depth + line.node, line.text, line.exact, line.rounded, evidence)
        fact += line.facts


def _fact_rows(facts: Iterable[Fact], _: Translate) -> Iterator[tuple[object, ...]]:
    """The link stands beside the text that it belongs to: LibreOffice breaks no linked text into lines."""
    opens = _("打开")
    for fact in facts:
        yield (
            fact.unit,
            fact.indicator,
            fact.value,
            fact.score,
            fact.reason,
            fact.reference,
            Link(opens, fact.reference_url) if fact.reference_url else None,
            *source_cells(fact.source),
        )
