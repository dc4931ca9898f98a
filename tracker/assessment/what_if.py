"""A scheme with one thing changed on trial (假设调整): what may be changed, and the scheme that it makes. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from tracker.assessment.binding import leaves
from tracker.assessment.editing import PARAMETERS
from tracker.assessment.scoring.wording import N_, Sentence
from tracker.assessment.words import CHOICES, NOT_APPLICABLE, ONLY_SAID, PARAMETERS as PARAMETER_NAMES, QUOTA_TIES, TIES

_SETTINGS: tuple[tuple[str, str, str, Mapping[str, str]], ...] = (
    ("not_applicable", N_("不适用"), "rescale", NOT_APPLICABLE),
    ("quota_ties", N_("名额线上同分"), "exclude", QUOTA_TIES),
    ("ties", N_("名次并列"), "competition", TIES),
)
"""Settings of a scheme: name, what it is called, what counts where it is left out, what it may be."""

_DEFAULTS: Mapping[str, str] = {"combine": "mean", "better": "high", "of_rounds": "mean"}
"""What counts where a rule leaves a choice out."""


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that may be changed. `indicator` is empty for a setting of the whole scheme; `value` is None where one is
    to be typed, `now` what stands in the scheme."""

    words: Sentence
    indicator: str
    name: str
    value: str | None
    now: str


def changes(scheme: Mapping[str, Any]) -> list[Change]:
    """All that may be changed in a scheme, in a fixed order: settings first, then rule by rule."""
    return [*_settings(scheme), *(change for leaf in leaves(scheme["indicators"]) for change in _of_leaf(leaf))]


def _settings(scheme: Mapping[str, Any]) -> Iterator[Change]:
    for name, said, usual, options in _SETTINGS:
        now = str(scheme.get(name) or usual)
        for value, text in options.items():
            if value != now:
                words = Sentence(N_("%(name)s改为：%(value)s"), name=Sentence(said), value=Sentence(text))
                yield Change(words, "", name, value, now)


def _of_leaf(leaf: Mapping[str, Any]) -> Iterator[Change]:
    rule = leaf["rule"]
    for name in PARAMETERS[rule["kind"]]:
        if name in ONLY_SAID:
            continue
        now = str(rule.get(name) or _DEFAULTS.get(name, ""))
        about = {"leaf": str(leaf.get("name", "")), "name": Sentence(PARAMETER_NAMES[name])}
        if name not in CHOICES:
            template = (
                N_("“%(leaf)s”的%(name)s（现为 %(now)s）改为…") if now else N_("“%(leaf)s”的%(name)s（现未填）改为…")
            )
            yield Change(Sentence(template, **about, **({"now": now} if now else {})), leaf["key"], name, None, now)
            continue
        for value, text in CHOICES[name].items():
            if value != now:
                words = Sentence(N_("“%(leaf)s”的%(name)s改为：%(value)s"), **about, value=Sentence(text))
                yield Change(words, leaf["key"], name, value, now)


def changed(scheme: Mapping[str, Any], change: Change, value: str) -> dict[str, Any]:
    """The scheme with that change made; the one given stays as it is."""
    made: dict[str, Any] = deepcopy(dict(scheme))
    if not change.indicator:
        made[change.name] = value
        return made
    leaf: Any = next(leaf for leaf in leaves(made["indicators"]) if leaf["key"] == change.indicator)
    leaf["rule"][change.name] = value
    return made
