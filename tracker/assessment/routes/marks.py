"""Indicators typed for many units at once, by hand or filled from a workbook."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from flask import flash, redirect, render_template, request
from flask_babel import gettext as _

from tracker import clock
from tracker.accounts.access import viewer
from tracker.accounts.roles import Role, allow
from tracker.assessment.entry import Entry
from tracker.assessment.filling import Filled, fields, origins_of, read_origins
from tracker.assessment.forms.facts import GridForm, WorkbookForm
from tracker.assessment.grid import SIDE_BY_SIDE, Cells, Grid, Row, read_cells
from tracker.assessment.queries import entering
from tracker.assessment.queries.entering import Leaf, UnitFacts
from tracker.assessment.queries.facts import Workbook, kept_workbook
from tracker.assessment.queries.schemes import SchemeRow
from tracker.assessment.queries.self_scores import self_scores
from tracker.assessment.routes.blueprint import Answer, pages
from tracker.assessment.routes.facts import asked_plan, open_scheme
from tracker.assessment.service import facts as service, filling
from tracker.errors import NotFound
from tracker.progress.service.looking import takes_files
from tracker.web.places import place as place_words


@dataclass(frozen=True)
class _Table:
    """One indicator, or several side by side, over the units of a group, with what stands there now by indicator."""

    scheme: SchemeRow
    plan_id: int
    asked: str
    shown: Sequence[Leaf]
    leaves: Sequence[Leaf]
    narrow: Sequence[Leaf]
    group: str
    groups: Sequence[str]
    units: Sequence[UnitFacts]
    standing: Mapping[str, Mapping[int, Row]]

    @property
    def leaf(self) -> Leaf | None:
        """The indicator where it is one alone."""
        return None if self.asked == SIDE_BY_SIDE else self.shown[0]

    @property
    def marks(self) -> bool:
        """Whether evaluators mark any of what is shown."""
        return any(leaf.kind == "mark" for leaf in self.shown)

    @property
    def columns(self) -> int:
        return sum(len(leaf.grid.columns) for leaf in self.shown)

    @property
    def grids(self) -> list[Grid]:
        return [leaf.grid for leaf in self.shown]


def _table(scheme_id: int) -> _Table:
    row = open_scheme(scheme_id)
    plan_id = asked_plan(row)
    leaves = [leaf for leaf in entering.scheme_leaves(row) if leaf.kind]
    narrow = [leaf for leaf in leaves if leaf.grid.is_narrow]
    asked = request.args.get("indicator", "")
    shown = narrow if asked == SIDE_BY_SIDE else [leaf for leaf in leaves if asked in {"", leaf.key}][:1]
    if not shown:
        raise NotFound(_("该方案没有可以成批录入的指标。"))
    units = entering.unit_facts(row, plan_id, viewer(), clock.today())
    group = request.args.get("group", "")
    of_group = [unit for unit in units if group in {"", unit.group}]
    standing = {leaf.key: {unit.unit_id: _standing(unit, leaf) for unit in of_group} for leaf in shown}
    key = asked if asked == SIDE_BY_SIDE else shown[0].key
    return _Table(row, plan_id, key, shown, leaves, narrow, group, entering.groups_of(units), of_group, standing)


def _standing(unit: UnitFacts, leaf: Leaf) -> Row:
    """What the row shows at first: one's own mark, else what stands; nothing where what is typed is one more."""
    facts = [] if leaf.grid.adds else unit.facts.get(leaf.key, ())
    for fact in facts:
        if fact.kind == leaf.kind and (leaf.kind != "mark" or fact.by_id == viewer().person_id):
            if fact.figures is not None:
                return fact.figures
            if leaf.kind == "met":
                return {"met": "1" if fact.met else "0"}
            return {"amount": "" if fact.amount is None else format(fact.amount, "f")}
    return {}


def _as_it_stands(table: _Table) -> dict[str, Cells]:
    return {
        leaf.key: Cells({unit: leaf.grid.first(row) for unit, row in table.standing[leaf.key].items()})
        for leaf in table.shown
    }


def _page(
    table: _Table, cells: Mapping[str, Cells], form: GridForm, *, upload: WorkbookForm | None = None,
    found: Filled | None = None,
) -> str:  # fmt: skip
    return render_template(
        "assessment/marks.html", table=table, cells=cells, form=form, upload=upload or WorkbookForm(formdata=None),
        found=found, said=self_scores(table.scheme.series_id, table.plan_id), side_by_side=SIDE_BY_SIDE,
    )  # fmt: skip


@pages.get("/schemes/<int:scheme_id>/marks")
@allow(Role.EVALUATOR)
def marks(scheme_id: int) -> str:
    table = _table(scheme_id)
    return _page(table, _as_it_stands(table), GridForm(formdata=None))


@pages.post("/schemes/<int:scheme_id>/marks")
@allow(Role.EVALUATOR)
def enter_marks(scheme_id: int) -> Answer:
    table, form = _table(scheme_id), GridForm()
    cells = _read(table, request.form)
    workbook = kept_workbook(form.workbook.data, viewer()) if form.workbook.data else None
    if not any(one.faults for one in cells.values()) and form.validate_on_submit():
        given = _given(table, cells, workbook, form.read.data or "")
        with form.guarded():
            count = service.enter_many(table.scheme, given, plan_id=table.plan_id, by=viewer(), at=clock.now())
        if not form.refused:
            flash(_("已录入 %(n)s 个单位。", n=count) if count else _("没有改动。"), "success" if count else "info")
            return redirect(request.full_path)
    again = filling.filled_again(workbook, table.grids, units=table.units, at=clock.now()) if workbook else None
    return _page(table, cells, form, found=again), form.status


def _read(table: _Table, sent: Mapping[str, str]) -> dict[str, Cells]:
    units = [unit.unit_id for unit in table.units]
    return {leaf.key: read_cells(sent, units, table.standing[leaf.key], leaf.grid) for leaf in table.shown}


def _given(table: _Table, cells: Mapping[str, Cells], workbook: Workbook | None, read: str) -> list[tuple[int, Entry]]:
    """What is to be entered. What stands as the workbook had it is said to come from its cell."""
    origins = read_origins(read) if workbook else {}
    given = []
    for leaf in table.shown:
        for unit, entry in cells[leaf.key].entries:
            place, row = origins.get((leaf.key, unit), ("", {}))
            if workbook and row == cells[leaf.key].typed[unit]:
                reason = entry.reason or f"{workbook.name} {place_words(place)}"
                given.append((unit, replace(entry, reason=reason, evidence_id=workbook.evidence_id)))
            else:
                given.append((unit, entry))
    return given


@pages.post("/schemes/<int:scheme_id>/marks/workbook")
@allow(Role.EVALUATOR)
@takes_files
def fill_marks(scheme_id: int) -> Answer:
    """The page with what a workbook says typed in: nothing is entered until it is saved."""
    table, form = _table(scheme_id), WorkbookForm()
    made: tuple[Filled, Workbook] | None = None
    if form.validate_on_submit():
        with form.guarded():
            made = filling.fill(
                form.file.data.stream, form.file.data.filename or "", table.grids, units=table.units, by=viewer(),
                at=clock.now(),
            )  # fmt: skip
    if made is None:
        return _page(table, _as_it_stands(table), GridForm(formdata=None), upload=form), form.status
    found, workbook = made
    cells = _read(table, fields(found, table.grids, table.standing))
    held = GridForm(formdata=None, data={"workbook": workbook.public_id, "read": origins_of(found, cells)})
    return _page(table, cells, held, found=found)
