"""Read model of the score sheet of a run, from what was frozen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from flask_babel import gettext as _

from reports import scoresheet as sheet
from reports.scoresheet.reckoning import Reckoned
from tracker.assessment.engines import ENGINES, places_of
from tracker.assessment.labels import RUN_STATES, sentence
from tracker.assessment.queries.placing import standing_of
from tracker.assessment.queries.runs import (
    RunRow,
    UnitScoreRow,
    node_results,
    run_row,
)
from tracker.assessment.queries.sheet_rows import Model, decimal_of
from tracker.assessment.reckoned import reckoned
from tracker.assessment.scoring.rules import WEIGHTED


def score_sheet(run_id: int, base_url: str, *, unit_id: int | None = None, whole: bool = True) -> sheet.ScoreSheet:
    """The score sheet of a run, or of one of its units as `Model` says. `base_url` is the address of this installation,
    for links out of the file; empty where it is not known. Raises NotFound."""
    model = Model(run_row(run_id), base_url, unit_id=unit_id, whole=whole)
    keys = [node["key"] for node, _depth in model.tree]
    results = node_results(run_id, keys, unit_id=unit_id)
    lines = {one.unit_id: model.line_count(one) for one in model.scores}
    rows, fact_count = model.score_rows()
    reckoner = ENGINES[model.run.engine_version].reckoner(model.frozen)
    return sheet.ScoreSheet(
        run=_run(model),
        nodes=[
            sheet.Node(node["key"], model.names[node["key"]], decimal_of(node.get("points")), depth, _made_of(node))
            for node, depth in model.tree
        ],
        units=[
            _unit_score(
                one, results[one.unit_id], lines[one.unit_id],
                reckoned(reckoner, str(one.unit_id), rows.get(one.unit_id, {})),
            )
            for one in model.scores
        ],
        lines=model.lines(),
        facts=model.facts(),
        line_count=sum(lines.values()),
        fact_count=fact_count,
        placing=_placing(model),
    )  # fmt: skip


def _placing(model: Model) -> list[tuple[str, str]]:
    """Of the sheet of one unit: the sentences about its rank, then those about its grade."""
    if model.unit_id is None:
        return []
    (score,) = model.scores
    found = standing_of(model.run.id, model.frozen.scheme, score)
    about = ((_("名次"), found.rank), (_("等次"), found.grade))
    return [(name, sentence(line)) for name, lines in about for line in lines]


def _made_of(node: Mapping[str, Any]) -> Literal["", "nodes", "scores"]:
    if node.get("children"):
        return "nodes"
    return "scores" if node["rule"]["kind"] in WEIGHTED else ""


def _run(model: Model) -> sheet.Run:
    run, scheme = model.run, model.frozen.scheme
    rounding = scheme.get("rounding", {})
    return sheet.Run(
        scheme=run.scheme_name,
        version=_("第%(n)s版", n=run.scheme_version),
        plan=run.plan_name,
        as_of=run.as_of,
        ran_at=run.created_at,
        engine=run.engine_version,
        inputs_hash=run.inputs_hash,
        state=str(RUN_STATES[run.state]),
        groups=tuple(model.groups.items()),
        places=places_of(scheme),
        mode=rounding.get("mode", "half_up"),
        stage=rounding.get("stage", "total"),
        not_applicable=scheme.get("not_applicable", "rescale"),
        ties=scheme.get("ties", "competition"),
        published=_published(run),
    )


def _published(run: RunRow) -> sheet.Published | None:
    if run.state != "published" or run.published_at is None:
        return None
    instead = _("更正公布：代替第 %(n)s 次。%(reason)s", n=run.replaces, reason=run.reason) if run.replaces else ""
    return sheet.Published(run.published_at, run.public_until, run.audit_head, instead)


def _unit_score(
    one: UnitScoreRow, nodes_of: Mapping[str, str | None], lines: int, made: Reckoned | None
) -> sheet.UnitScore:
    return sheet.UnitScore(
        unit=one.name,
        group=one.group,
        rank=one.rank,
        base=decimal_of(one.base),
        bonus=decimal_of(one.bonus),
        penalty=decimal_of(one.penalty),
        total=decimal_of(one.total),
        grade=one.grade,
        veto=one.veto,
        nodes={key: decimal_of(text) for key, text in nodes_of.items()},
        lines=lines,
        reckoned=made,
    )
