"""The reports there are, by the names that commands and addresses use."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from reports import breakdown, deductions, ledger, overdue, scoresheet
from reports.words import N_, Translate
from reports.workbook import Sheet


@dataclass(frozen=True, slots=True)
class Report:
    name: str
    title: str
    """Marked for translation, not translated."""
    model: type
    """The read model that `build` takes; a room fills it."""
    build: Callable[[Any, Translate], list[Sheet]]


REPORTS: Mapping[str, Report] = {
    report.name: report
    for report in (
        Report("scoresheet", N_("考核得分表"), scoresheet.ScoreSheet, scoresheet.build),
        Report("ledger", N_("进展台账"), ledger.Ledger, ledger.build),
        Report("breakdown", N_("任务分解表"), breakdown.Breakdown, breakdown.build),
        Report("overdue", N_("逾期清单"), overdue.Overdue, overdue.build),
        Report("deductions", N_("扣分明细"), deductions.Deductions, deductions.build),
    )
}
