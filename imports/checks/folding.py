"""Equal problems fold into one line with many places; a problem that only follows from another hides behind it."""

from __future__ import annotations

from collections.abc import Iterable

from imports.problems import Problem

_WEIGHT = {"error": 0, "warning": 1, "note": 2}


def fold_problems(problems: Iterable[Problem]) -> list[Problem]:
    """Errors first, then warnings, then notes; otherwise in the order found. Places keep their order, each once."""
    folded: dict[tuple[str, tuple[tuple[str, str], ...]], tuple[Problem, dict[str, None]]] = {}
    listed = list(problems)
    causes = _places_by_code(listed)
    for problem in listed:
        places = _remaining(problem, causes)
        if places is None:
            continue
        key = (problem.code, tuple(sorted(problem.params.items())))
        _, known = folded.setdefault(key, (problem, {}))
        known.update(dict.fromkeys(places))
    merged = [Problem(first.code, tuple(places), first.params, first.follows_from) for first, places in folded.values()]
    return sorted(merged, key=lambda problem: _WEIGHT[problem.severity])


def _places_by_code(problems: Iterable[Problem]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for problem in problems:
        found.setdefault(problem.code, set()).update(problem.locators)
    return found


def _remaining(problem: Problem, causes: dict[str, set[str]]) -> tuple[str, ...] | None:
    """The places where the cause does not stand; None where nothing of the problem is left to say."""
    cause = causes.get(problem.follows_from) if problem.follows_from else None
    if cause is None:
        return problem.locators
    if not problem.locators:
        return None
    left = tuple(place for place in problem.locators if place not in cause)
    return left or None
