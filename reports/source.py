"""Where a line of a report comes from: the document and the place in it that was read."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from reports.words import Translate
from reports.workbook import Column, Link


@dataclass(frozen=True, slots=True)
class Source:
    document: str
    """Title of the document, as a person knows it."""
    locator: str
    """The place in it: `Sheet1!D7`, `t1.r7c4`, `p12`."""
    url: str | None = None
    """Absolute http(s) address of the page that shows the place."""


def source_columns(_: Translate) -> tuple[Column, Column]:
    return (Column(_("来源文件"), 16), Column(_("来源位置"), 11, "link"))


def source_cells(source: Source | None) -> tuple[str | None, Link | None]:
    return (source.document, Link(source.locator, source.url)) if source else (None, None)


def points_text(points: Decimal) -> str:
    """Points as a heading shows them: 20, 7.5; no zeros that say nothing."""
    text = f"{points:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
