"""The scheme: rounding, bonus and penalty, veto, grades, ranks, around the tree of indicators."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from tracker.assessment.scoring.award_kinds import award_kinds
from tracker.assessment.scoring.book import AwardKind, Grade, Rounding, Scheme
from tracker.assessment.scoring.part import Part
from tracker.assessment.scoring.validation.indicators import Outline, read_indicators
from tracker.assessment.scoring.wording import N_

_FIELDS = (
    "name", "rounding", "not_applicable", "bonus", "penalty", "veto", "grades", "quota_ties", "ties", "tie_break",
    "indicators", "quota_pool", "larger", "total",
)  # fmt: skip
_NOT_APPLICABLE = ("rescale", "rescale_siblings", "spread", "full")
_NOUGHT = Decimal(0)


def read_scheme(part: Part) -> tuple[Scheme | None, Outline]:
    """The scheme, or None where its tree is missing; of use only where no problem was found."""
    part.allow(*_FIELDS)
    name = part.text("name", may_be_empty=True) or ""
    choices: dict[str, Any] = {
        "not_applicable": part.choice("not_applicable", _NOT_APPLICABLE, "rescale"),
        "quota_ties": part.choice("quota_ties", ("exclude", "include"), "exclude"),
        "ties": part.choice("ties", ("competition", "dense"), "competition"),
    }
    rounding = _read_rounding(part.part("rounding"))
    bonus, penalty, total = part.part("bonus"), part.part("penalty"), part.part("total")
    bonus_cap, bonus_gate = _read_bonus(bonus)
    penalty_cap = _read_penalty(penalty)
    kinds = {"bonus": _read_kinds(bonus), "penalty": _read_kinds(penalty)}
    total_full, total_as, total_cap = _read_total(total)
    veto_score, veto_bars = _read_veto(part.part("veto"))
    grades = _read_grades(part)
    outline = Outline()
    if part.is_missing("indicators", required=True):
        return None, outline
    indicators, outline = read_indicators(part.raw("indicators"), part.problems)
    outline.award_kinds = {
        name: None if found is None else tuple(kind.name for kind in found) for name, found in kinds.items()
    }
    pool = part.whole("quota_pool", least=2, most=1000) if part.has("quota_pool") else None
    scheme = Scheme(
        indicators=indicators,
        name=name,
        rounding=rounding,
        bonus_cap=bonus_cap,
        bonus_gate=bonus_gate,
        bonus_kinds=kinds["bonus"] or (),
        penalty_cap=penalty_cap,
        penalty_kinds=kinds["penalty"] or (),
        total_full=total_full,
        total_as=total_as,
        total_cap=total_cap,
        veto_score=veto_score,
        veto_bars=veto_bars,
        grades=grades,
        quota_pool=pool,
        larger=_read_larger(part.part("larger")),
        tie_break=_read_tie_break(part, outline),
        **choices,
    )
    return scheme, outline


def _read_rounding(part: Part | None) -> Rounding:
    if part is None:
        return Rounding()
    part.allow("places", "mode", "stage")
    chosen: dict[str, Any] = {
        "places": part.whole("places", least=0, most=12) if part.has("places") else 2,
        "mode": part.choice("mode", ("half_up", "half_even", "down"), "half_up"),
        "stage": part.choice("stage", ("total", "item", "level"), "total"),
    }
    return Rounding(**chosen)


def _read_bonus(part: Part | None) -> tuple[Decimal | None, Decimal | None]:
    if part is None:
        return None, None
    part.allow("cap", "gate", "kinds")
    return part.number("cap", least=_NOUGHT), part.number("gate")


def _read_penalty(part: Part | None) -> Decimal | None:
    if part is None:
        return None
    part.allow("cap", "kinds")
    return part.number("cap", least=_NOUGHT)


def _read_kinds(part: Part | None) -> tuple[AwardKind, ...] | None:
    """Kinds with their caps, `表彰奖励 5、改革创新 8`; None where they cannot be read."""
    if part is None or (part.is_object and not part.has("kinds")):
        return ()
    text = part.text("kinds")
    found = None if text is None else award_kinds(text)
    if text is not None and found is None:
        part.report("kinds", N_("请按“类别 上限”逐项填写，用顿号隔开，例如：表彰奖励 5、改革创新 8"))
    return found


def _read_total(part: Part | None) -> tuple[Decimal | None, Decimal, Decimal | None]:
    """Full marks before and after the conversion, and the cap."""
    usual = Decimal(100)
    if part is None:
        return None, usual, None
    part.allow("full", "as", "cap")
    full = part.number("full", required=part.has("as"), above=_NOUGHT)
    wanted = part.number("as", above=_NOUGHT)
    return full, usual if wanted is None else wanted, part.number("cap", above=_NOUGHT)


def _read_larger(part: Part | None) -> Decimal | None:
    if part is None:
        return None
    part.allow("percent")
    return part.number("percent", required=True, above=_NOUGHT, most=Decimal(100))


def _read_veto(part: Part | None) -> tuple[Decimal | None, bool]:
    """(the fixed total of a vetoed unit, whether it keeps its own); (None, False) where a veto fails it."""
    if part is None:
        return None, False
    part.allow("mode", "score")
    mode = part.choice("mode", ("fail", "fixed", "no_best"), "fail")
    score = part.number("score", required=mode == "fixed", least=_NOUGHT)
    return score if mode == "fixed" else None, mode == "no_best"


def _read_grades(part: Part) -> tuple[Grade, ...]:
    raws = part.items("grades") or []
    grades: list[Grade] = []
    names: set[str] = set()
    above: Decimal | None = None
    for index, raw in enumerate(raws):
        one = Part(raw, f"{part.at('grades')}[{index}]", part.problems)
        one.allow("name", "min", "quota_percent")
        name = one.text("name", required=True)
        if name is not None and name in names:
            one.report("name", N_("等次名称 %(name)s 重复"), name=name)
        least = one.number("min", required=True)
        if least is not None and above is not None and least >= above:
            one.report("min", N_("应小于上一等的 %(above)s：等次由高到低排列"), above=format(above, "f"))
        quota = one.whole("quota_percent", least=0, most=100) if one.has("quota_percent") else None
        if one.has("quota_percent") and index == len(raws) - 1:
            one.report("quota_percent", N_("最末等次不设名额比例"))
        names.add(name or "")
        above = least if least is not None else above
        grades.append(Grade(name or "", least or _NOUGHT, quota))
    return tuple(grades)


def _read_tie_break(part: Part, outline: Outline) -> tuple[str, ...]:
    keys: list[str] = []
    for index, raw in enumerate(part.items("tie_break") or []):
        place = f"tie_break[{index}]"
        if not isinstance(raw, str):
            part.report(place, N_("应为指标代码"))
        elif not outline.knows(raw) and outline.is_there:
            part.report(place, N_("没有代码为 %(key)s 的指标"), key=raw)
        elif raw in keys:
            part.report(place, N_("指标代码 %(key)s 重复"), key=raw)
        else:
            keys.append(raw)
    return tuple(keys)
