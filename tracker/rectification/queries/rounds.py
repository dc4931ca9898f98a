"""The rounds of a finding: each report of its rectification, with its files and who took the steps of its review."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.orm import aliased

from tracker.accounts.models import Person
from tracker.db import session
from tracker.progress.evidence import is_shown
from tracker.progress.models import Evidence
from tracker.progress.queries.chains import Signed, signatures
from tracker.rectification.models import FindingEvidence, RectificationReport, RectificationSignature


@dataclass(frozen=True, slots=True)
class FileRow:
    public_id: str
    name: str
    size: int
    media_type: str
    sha256: str
    phase: str
    round_no: int

    @property
    def is_picture(self) -> bool:
        return is_shown(self.media_type, self.size)


@dataclass(frozen=True, slots=True)
class RoundRow:
    """A report of the rectification, with its files of before and after."""

    round_no: int
    done: str
    reporter: str
    handed_in_at: datetime | None
    """Empty while it is being written."""
    step: int
    """Of the unit's own review: where it waits, or the last one."""
    steps: int
    signed: tuple[Signed, ...]
    """The steps that were taken, the last one with who approved it."""
    own_reason: str
    reported_at: datetime | None
    """Empty until it has left the unit."""
    verifier: str
    verified_at: datetime | None
    opinion: str
    files: tuple[FileRow, ...]
    author_id: int

    @property
    def hands(self) -> frozenset[int]:
        """Who wrote it or took a step of its review: another decides."""
        return frozenset({self.author_id, *(one.person_id for one in self.signed)})

    def of(self, phase: str) -> list[FileRow]:
        return [one for one in self.files if one.phase == phase]


def files_of(finding_id: int) -> list[FileRow]:
    """The files of a finding and of all its rounds, in the order in which they came."""
    statement = (
        select(
            Evidence.public_id, Evidence.name, Evidence.size, Evidence.media_type, Evidence.sha256, FindingEvidence.phase,
            FindingEvidence.round_no,
        )
        .join(FindingEvidence, FindingEvidence.evidence_id == Evidence.id)
        .where(FindingEvidence.finding_id == finding_id)
        .order_by(Evidence.id)
    )  # fmt: skip
    return [FileRow(*row) for row in session.execute(statement)]


def rounds_of(finding_id: int, files: Sequence[FileRow]) -> list[RoundRow]:
    """The newest first."""
    reporter, verifier, approver = aliased(Person), aliased(Person), aliased(Person)
    reports = RectificationReport
    statement = (
        select(
            reports, reporter.name.label("reporter"), verifier.name.label("verifier"), approver.name.label("approver")
        )
        .join(reporter, reporter.id == reports.saved_by)
        .outerjoin(verifier, verifier.id == reports.verified_by)
        .outerjoin(approver, approver.id == reports.approved_by)
        .where(reports.finding_id == finding_id)
        .order_by(reports.round_no.desc())
    )
    rows = session.execute(statement).all()
    several = [row.RectificationReport.id for row in rows if row.RectificationReport.review_steps > 1]
    signed = signatures(RectificationSignature, RectificationSignature.report_id, several)
    return [_round(row, signed.get(row.RectificationReport.id, []), files) for row in rows]


def _round(row: Row[Any], signed: Sequence[Signed], files: Sequence[FileRow]) -> RoundRow:
    one: RectificationReport = row.RectificationReport
    if one.approved_by is not None and one.reported_at is not None:
        signed = [*signed, Signed(one.review_step, one.approved_by, row.approver, one.reported_at)]
    return RoundRow(
        one.round_no, one.done, row.reporter, one.handed_in_at, one.review_step, one.review_steps, tuple(signed),
        one.own_reason, one.reported_at, row.verifier or "", one.verified_at, one.opinion,
        tuple(file for file in files if file.phase != "finding" and file.round_no == one.round_no), one.saved_by,
    )  # fmt: skip
