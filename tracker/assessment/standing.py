"""Why a unit has its rank (名次) and its grade (等次): sentences about a result as it stands. Pure.

Nothing is reckoned anew: the rank and the grade are the stored ones, and the sentences say which totals, which threshold
(不低于), which quota (名额比例) and which way with equal totals led there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_CEILING, Decimal
from typing import Any

from tracker.assessment.scoring.numbers import read_number
from tracker.assessment.scoring.wording import N_, Sentence, listed


@dataclass(frozen=True, slots=True)
class Placed:
    """A unit of a result, as it was printed."""

    group: str
    total: str | None
    veto: bool
    rank: int | None
    grade: str | None


@dataclass(frozen=True, slots=True)
class Standing:
    size: int
    """Units of the group, vetoed ones included."""
    rank: tuple[Sentence, ...]
    grade: tuple[Sentence, ...]


def standing(
    scheme: Mapping[str, Any], names: Mapping[str, str], mine: Placed, shared: Sequence[Placed], pooled: bool
) -> Standing:
    """`shared`: every unit whose quota this one shares, itself included: its group, or where `pooled` all groups that
    are too small to have a quota of their own. `names` are those of the indicators by key."""
    group = [one for one in shared if one.group == mine.group]
    graded = [_graded_as(scheme, one) for one in shared]
    return Standing(len(group), tuple(_rank(scheme, names, mine, group)), tuple(_grade(scheme, mine, graded, pooled)))


@dataclass(frozen=True, slots=True)
class LineTie:
    """Units with the same total of which a quota had places for some only."""

    groups: tuple[str, ...]
    """The groups that share the quota."""
    words: Sentence
    places: tuple[int, ...]
    """Which of the units that were looked at, by their place among them."""


_TIE_FALLS = N_(
    "“%(grade)s”名额 %(seats)s 个，总分 %(total)s 的 %(alike)s 个单位同分，"
    "占第 %(first)s 至第 %(last)s 个，跨过名额线，按方案都降一等"
)
_TIE_KEPT = N_(
    "“%(grade)s”名额 %(seats)s 个，总分 %(total)s 的 %(alike)s 个单位同分，"
    "占第 %(first)s 至第 %(last)s 个，跨过名额线，按方案都保留"
)


def ties_over_lines(scheme: Mapping[str, Any], units: Sequence[Placed]) -> list[LineTie]:
    """Every tie across a quota line in a whole result, group by group, best grade first."""
    grades: Sequence[Mapping[str, Any]] = scheme.get("grades") or ()
    units = [_graded_as(scheme, one) for one in units]
    sizes = Counter(one.group for one in units)
    pools = dict.fromkeys(tuple(quota_pool(scheme, sizes, group)) for group in sizes)
    found = [
        _tie(scheme, at, pool, units)
        for pool in pools
        for at, grade in enumerate(grades)
        if grade.get("quota_percent") is not None
    ]
    return [one for one in found if one is not None]


def _tie(scheme: Mapping[str, Any], at: int, pool: tuple[str, ...], units: Sequence[Placed]) -> LineTie | None:
    """The tie across the line of one grade: of those that stood for it, the last with a place and the first without."""
    grades = scheme["grades"]
    shared = [place for place, one in enumerate(units) if one.group in pool]
    seats = len(shared) * _whole(grades[at]["quota_percent"]) // 100
    stood = {place: total for place in shared if (total := _stood_for(grades, at, units[place])) is not None}
    best = sorted(stood.values(), reverse=True)
    if not 0 < seats < len(best) or best[seats - 1] != best[seats]:
        return None
    tied = tuple(place for place, total in stood.items() if total == best[seats])
    kept = scheme.get("quota_ties") == "include"
    template = _TIE_KEPT if kept else _TIE_FALLS
    first = best.index(best[seats])
    words = Sentence(
        template, grade=str(grades[at]["name"]), seats=str(seats), total=str(units[tied[0]].total), alike=str(len(tied)),
        first=str(first + 1), last=str(first + len(tied)),
    )  # fmt: skip
    return LineTie(pool, words, tied)


def _graded_as(scheme: Mapping[str, Any], one: Placed) -> Placed:
    """As it counts for the grades: whom a veto keeps from the best grade has a total that just misses it."""
    grades = scheme.get("grades")
    if not one.veto or not _bars(scheme) or one.total is None or not grades:
        return one
    places = len(one.total.partition(".")[2])
    reached = _number(grades[0]["min"]).scaleb(places).to_integral_value(ROUND_CEILING)
    return replace(one, veto=False, total=format(min(Decimal(one.total), (reached - 1).scaleb(-places)), "f"))


def _bars(scheme: Mapping[str, Any]) -> bool:
    return (scheme.get("veto") or {}).get("mode") == "no_best"


def _stood_for(grades: Sequence[Mapping[str, Any]], at: int, one: Placed) -> Decimal | None:
    """The total of a unit that reached grade `at`, or fell to it, and was not graded better; None of any other."""
    names = [grade["name"] for grade in grades]
    if one.total is None or one.veto or one.grade not in names or names.index(one.grade) < at:
        return None
    total = Decimal(one.total)
    return total if any(total >= _number(grade["min"]) for grade in grades[: at + 1]) else None


def quota_pool(scheme: Mapping[str, Any], sizes: Mapping[str, int], group: str) -> list[str]:
    """The groups that share the quotas of `group`: it alone, or all that are smaller than the scheme says."""
    least = _whole(scheme.get("quota_pool"))
    return [group] if sizes[group] >= least else [one for one, size in sizes.items() if size < least]


def _rank(
    scheme: Mapping[str, Any], names: Mapping[str, str], mine: Placed, group: Sequence[Placed]
) -> Iterator[Sentence]:
    if mine.rank is None or mine.total is None:
        yield Sentence(N_("一票否决，不排名次") if mine.veto and not _bars(scheme) else N_("没有总分，不排名次"))
        return
    ranked = [one for one in group if one.rank is not None]
    higher, equal = _above(mine, ranked), _equal(mine, ranked) - 1
    said = (
        N_("本组 %(n)s 个单位排名次，总分更高的有 %(higher)s 个")
        if higher
        else N_("本组 %(n)s 个单位排名次，没有总分更高的")
    )
    yield Sentence(said, n=str(len(ranked)), **({"higher": str(higher)} if higher else {}))
    alike = sum(one.total == mine.total and one.rank == mine.rank for one in ranked) - 1
    keys = [str(key) for key in scheme.get("tie_break") or ()]
    if equal and keys:
        by = listed([names.get(key, key) for key in keys])
        yield Sentence(N_("同分的另有 %(n)s 个，依次比较%(by)s分先后"), n=str(equal), by=by)
    if alike:
        yield Sentence(N_("与 %(n)s 个单位并列第 %(rank)s"), n=str(alike), rank=str(mine.rank))
    if scheme.get("ties") == "dense" and higher:
        yield Sentence(N_("并列不占位：名次按不同的总分依次往下排"))


def _grade(scheme: Mapping[str, Any], mine: Placed, shared: Sequence[Placed], pooled: bool) -> Iterator[Sentence]:
    grades: Sequence[Mapping[str, Any]] = scheme.get("grades") or ()
    if not grades:
        return
    if mine.veto and not _bars(scheme):
        yield Sentence(N_("一票否决，定为最末等次"))
        return
    if mine.total is None:
        yield Sentence(N_("没有总分，不评等次"))
        return
    if mine.veto:
        text = N_("一票否决：不得评为“%(grade)s”，按总分刚好不够这一等来评")
        yield Sentence(text, grade=str(grades[0]["name"]))
    printed, mine = mine.total, _graded_as(scheme, mine)
    total = Decimal(mine.total or 0)
    reached = next((at for at, grade in enumerate(grades) if total >= _number(grade["min"])), None)
    if reached is None:
        yield Sentence(N_("总分 %(total)s 低于各等次的线，不评等次"), total=printed)
        return
    yield Sentence(
        N_("总分 %(total)s 不低于 %(least)s，够“%(grade)s”的线"),
        total=printed, least=format(_number(grades[reached]["min"]), "f"), grade=str(grades[reached]["name"]),
    )  # fmt: skip
    names = [grade["name"] for grade in grades]
    final = names.index(mine.grade) if mine.grade in names else reached
    places = {str(name): at for at, name in enumerate(names)}
    for at in range(reached, final + 1):
        if grades[at].get("quota_percent") is not None:
            yield from _quota(scheme, at, final, mine, shared, places, pooled)


def _quota(
    scheme: Mapping[str, Any], at: int, final: int, mine: Placed, shared: Sequence[Placed],
    places: Mapping[str, int], pooled: bool,
) -> Iterator[Sentence]:  # fmt: skip
    """What the quota of one grade did: `at` is the grade that was reached or fallen to, `final` the one that came of it."""
    grade = scheme["grades"][at]
    percent = _whole(grade["quota_percent"])
    seats = len(shared) * percent // 100
    said = (
        N_("“%(grade)s”名额：各小组合并 %(n)s 个单位 × %(percent)s%% 为 %(seats)s 个（只舍不入）")
        if pooled
        else N_("“%(grade)s”名额：本组 %(n)s 个单位 × %(percent)s%% 为 %(seats)s 个（只舍不入）")
    )
    yield Sentence(said, grade=str(grade["name"]), n=str(len(shared)), percent=str(percent), seats=str(seats))
    # who stood for this grade: its own, and those that went further down; whoever is above in a better grade did not
    here = [one for one in shared if one.total is not None and not one.veto and places.get(one.grade or "", -1) >= at]
    ahead, alike = _above(mine, here), _equal(mine, here)
    straddles = ahead < seats < ahead + alike
    if at < final and straddles:
        yield Sentence(
            N_("同分的 %(alike)s 个单位占第 %(first)s 至第 %(last)s 个，跨过名额线，按方案都降一等"),
            alike=str(alike), first=str(ahead + 1), last=str(ahead + alike),
        )  # fmt: skip
    elif at < final and seats:
        yield Sentence(N_("够这一等的单位中总分更高的有 %(ahead)s 个，不在名额之内，降一等"), ahead=str(ahead))
    elif at < final:
        yield Sentence(N_("没有名额，降一等"))
    elif straddles:
        yield Sentence(N_("同分的 %(alike)s 个单位跨过名额线，按方案都保留"), alike=str(alike))
    else:
        yield Sentence(N_("在名额之内"))


def _above(mine: Placed, among: Sequence[Placed]) -> int:
    own = Decimal(mine.total or 0)
    return sum(one.total is not None and Decimal(one.total) > own for one in among)


def _equal(mine: Placed, among: Sequence[Placed]) -> int:
    """Units with the same printed total, `mine` among them."""
    return sum(one.total == mine.total for one in among)


def _number(raw: Any) -> Decimal:
    return read_number(raw) or read_number(str(raw)) or Decimal(0)


def _whole(raw: Any) -> int:
    return int(_number(raw)) if raw is not None else 0
