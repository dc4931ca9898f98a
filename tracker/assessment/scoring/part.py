"""One object of the book under inspection: typed reads, each fault reported at the path of its field."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from tracker.assessment.scoring.json_text import JsonObject
from tracker.assessment.scoring.numbers import read_number
from tracker.assessment.scoring.problems import Problems
from tracker.assessment.scoring.said import as_written, no_field, no_number
from tracker.assessment.scoring.wording import N_, Sentence, listed


class Part:
    """Wraps a JSON value that ought to be an object. What is missing or faulty reads as None (and is reported).

    `sound` tells whether everything asked of this object so far was right, `is_object` whether it is one at all.
    """

    def __init__(self, raw: object, path: str, problems: Problems) -> None:
        self.path = path
        self.problems = problems
        self.sound = True
        self.is_object = isinstance(raw, JsonObject)
        if isinstance(raw, JsonObject):
            self._raw = raw
        else:
            self._raw = JsonObject([])
            self.report("", N_("应当是一个对象 {…}"))
        for name in self._raw.repeated:
            self.report(name, N_("字段重复出现"))

    def at(self, name: str) -> str:
        """The path of a field of this object, or of the object itself for an empty name."""
        if not name:
            return self.path
        readable = name.encode("utf-8", "backslashreplace").decode("utf-8")
        return f"{self.path}.{readable}" if self.path else readable

    def report(self, name: str, template: str, /, **parts: str) -> None:
        self.sound = False
        self.problems.add(self.at(name), template, **parts)

    def _say(self, name: str, sentence: Sentence) -> None:
        self.report(name, sentence.template, **sentence.parts)

    def has(self, name: str) -> bool:
        return name in self._raw

    def raw(self, name: str) -> object:
        return self._raw.get(name)

    def is_missing(self, name: str, *, required: bool) -> bool:
        """Whether the field is not there; reports it where it is required and the object itself was one."""
        if name in self._raw:
            return False
        if required and self.is_object:
            self.report(name, N_("缺少此项"))
        return True

    def allow(self, *names: str) -> None:
        """Reports every field that is none of `names`."""
        for name in self._raw:
            if name not in names:
                self._say(name, no_field(name, names))

    def number(
        self,
        name: str,
        *,
        required: bool = False,
        least: Decimal | None = None,
        above: Decimal | None = None,
        most: Decimal | None = None,
        too_low: str | None = None,
    ) -> Decimal | None:
        """An exact decimal with least ≤ number ≤ most and above < number, as far as these are given. `too_low`: what to
        say, instead of the plain words, of one that is not above."""
        if self.is_missing(name, required=required):
            return None
        number = read_number(self._raw[name])
        if number is None:
            self._say(name, no_number(self._raw[name]))
            return None
        if least is not None and number < least:
            self.report(name, N_("不能小于 %(limit)s"), limit=_shown(least))
        elif above is not None and number <= above:
            self.report(name, too_low or N_("必须大于 %(limit)s"), limit=_shown(above))
        elif most is not None and number > most:
            self.report(name, N_("不能大于 %(limit)s"), limit=_shown(most))
        else:
            return number
        return None

    def whole(self, name: str, *, required: bool = False, least: int, most: int | None = None) -> int | None:
        """A whole number within least…most."""
        if self.is_missing(name, required=required):
            return None
        number = read_number(self._raw[name])
        if number is None:
            self._say(name, no_number(self._raw[name]))
            return None
        if number != number.to_integral_value():
            self.report(name, N_("应为整数，不能是 %(said)s"), said=as_written(self._raw[name]))
            return None
        if number < least:
            self.report(name, N_("不能小于 %(limit)s"), limit=str(least))
            return None
        if most is not None and number > most:
            self.report(name, N_("不能大于 %(limit)s"), limit=str(most))
            return None
        return int(number)

    def text(self, name: str, *, required: bool = False, may_be_empty: bool = False) -> str | None:
        if self.is_missing(name, required=required):
            return None
        raw = self._raw[name]
        if not isinstance(raw, str):
            self.report(name, N_("应为文字"))
        elif not raw.isascii() and not _can_be_written(raw):
            self.report(name, N_("含有无法显示的字符"))
        elif not may_be_empty and not raw.strip():
            self.report(name, N_("不能为空"))
        else:
            return raw
        return None

    def choice(self, name: str, options: Iterable[str], default: str | None = None) -> str | None:
        """One of `options`; `default` where the field is left out (required without a default)."""
        if self.is_missing(name, required=default is None):
            return default
        raw = self._raw[name]
        options = tuple(options)
        if isinstance(raw, str) and raw in options:
            return raw
        self.report(name, N_("只能是 %(options)s 之一"), options=listed(options))
        return None

    def flag(self, name: str, *, required: bool = False) -> bool | None:
        if self.is_missing(name, required=required):
            return None
        raw = self._raw[name]
        if isinstance(raw, bool):
            return raw
        self.report(name, N_("只能是 true 或 false"))
        return None

    def items(self, name: str, *, required: bool = False) -> list[object] | None:
        if self.is_missing(name, required=required):
            return None
        raw = self._raw[name]
        if isinstance(raw, list):
            return raw
        self.report(name, N_("应当是一个列表 […]"))
        return None

    def part(self, name: str) -> Part | None:
        """The object in a field, or None where the field is left out."""
        return Part(self._raw[name], self.at(name), self.problems) if name in self._raw else None


def _shown(number: Decimal) -> str:
    return f"{number:f}"


def _can_be_written(text: str) -> bool:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True
