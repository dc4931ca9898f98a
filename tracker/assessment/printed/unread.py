"""Columns of a printed scheme that were not read, each said at its place. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from tracker.assessment.printed.found import Noticed
from tracker.assessment.printed.heads import points_head, squeezed
from tracker.assessment.printed.tables import Printed
from tracker.assessment.scoring.wording import N_, Sentence

_LONGEST = 60


def unread_columns(table: Printed, head: int, read: Collection[int], points: int) -> Iterator[Noticed]:
    """`points`: the column that was read as the points. A second one of that kind may be another group's: a doubt."""
    heads, places = list(map(squeezed, table.grid[head])), table.places[head]
    for column, text in enumerate(heads):
        if column in read:
            continue
        if points_head(text) and points_head(heads[points]) and "权重" not in text:
            template = N_("分值有几栏，只读了前面的一栏：“%(name)s”没有读入，各组分值不同的，请每组建一个方案")
            yield Noticed(places[column], Sentence(template, name=text))
        elif text:
            yield Noticed(places[column], Sentence(N_("没有读入这一栏：%(name)s"), name=text), is_doubt=False)
        else:
            yield from _without_head(table, head, column)


def _without_head(table: Printed, head: int, column: int) -> Iterator[Noticed]:
    for cells, places in zip(table.grid[head + 1 :], table.places[head + 1 :], strict=True):
        text = squeezed(cells[column])
        if text and text not in map(squeezed, cells[:column]):  # what is merged across stands in each column
            template = N_("没有读入这一栏：表头是空的，第一处写的是“%(name)s”")
            yield Noticed(places[column], Sentence(template, name=text[:_LONGEST]))
            return
