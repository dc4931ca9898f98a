"""The tables of progress: `reporting` (obligations, returns, evidence, requests, the calendar) and what stands beside."""

from __future__ import annotations

from tracker.progress.models.asking import Asking
from tracker.progress.models.claims import Claim
from tracker.progress.models.kits import Kit, ReturnedKit
from tracker.progress.models.passing import Part, PartEvidence, PartFigure, Passed, PassedUrge
from tracker.progress.models.phrases import ReasonPhrase
from tracker.progress.models.questions import Question, QuestionEntry
from tracker.progress.models.reporting import (
    CalendarDay,
    CalendarYear,
    Evidence,
    Obligation,
    ObligationSummary,
    Request,
    Return,
    ReturnEvidence,
    ReturnFigure,
    ReturnMilestone,
    ReturnText,
)
from tracker.progress.models.reviewing import ReturnSignature, ReviewSigner, Signature

__all__ = [
    "Asking", "CalendarDay", "CalendarYear", "Claim", "Evidence", "Kit", "Obligation", "ObligationSummary", "Part",
    "PartEvidence", "PartFigure", "Passed", "PassedUrge", "Question", "QuestionEntry", "ReasonPhrase", "Request", "Return",
    "ReturnEvidence", "ReturnFigure", "ReturnMilestone", "ReturnSignature", "ReturnText", "ReturnedKit", "ReviewSigner", "Signature",
]  # fmt: skip
