"""Facts as the audit record tells them."""

from __future__ import annotations

from tracker.assessment.fact_words import fact_words
from tracker.assessment.models import ScoredFact
from tracker.assessment.queries.schemes import get_scheme, indicator_names


def told(fact: ScoredFact) -> dict[str, str]:
    """What was entered, in the words of the scheme: the record is read by people."""
    indicator = indicator_names(fact.series_id).get(fact.indicator, "") if fact.indicator else ""
    return told_of(fact, get_scheme(fact.series_id).name, indicator)


def told_of(fact: ScoredFact, scheme: str, indicator: str) -> dict[str, str]:
    """The same where the names of scheme and indicator are known."""
    amount = None if fact.amount is None else format(fact.amount, "f")
    said = fact_words(fact.kind, amount=amount, times=fact.times, met=fact.met, figures=fact.figures)
    told = {"方案": scheme, "指标": indicator, "内容": str(said), "理由": fact.reason}
    return {name: text for name, text in told.items() if text}
