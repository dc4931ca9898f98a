"""JSON text to plain objects without losing what the text said: digits of numbers, fields given twice."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import NoReturn

from tracker.assessment.scoring.problems import BookProblem, FaultyBook
from tracker.assessment.scoring.wording import N_, Sentence


@dataclass(frozen=True, slots=True)
class BareNumber:
    """A number that stands in the JSON without quotes, as it was written."""

    text: str


@dataclass(frozen=True, slots=True)
class NoNumber:
    """`NaN` or `Infinity`: some writers put them into JSON, and they are no numbers."""

    text: str


class JsonObject(dict[str, object]):
    """An object of the JSON; `repeated` names the fields that were given more than once (the last one is kept)."""

    __slots__ = ("repeated",)

    repeated: tuple[str, ...]

    def __init__(self, pairs: list[tuple[str, object]]) -> None:
        super().__init__(pairs)
        self.repeated = () if len(self) == len(pairs) else _more_than_once(pairs)


def _more_than_once(pairs: list[tuple[str, object]]) -> tuple[str, ...]:
    seen: set[str] = set()
    again: dict[str, None] = {}
    for name, _value in pairs:
        if name in seen:
            again[name] = None
        seen.add(name)
    return tuple(again)


def parse(text: str) -> object:
    """Objects, lists, strings, booleans, None, `BareNumber`. Raises FaultyBook where the text is no JSON."""
    if not text.strip("\ufeff \t\r\n"):
        _refuse(Sentence(N_("文件是空的：应为一本评分簿，有 scheme、units、facts 三项")))
    try:
        return json.loads(
            text.removeprefix("\ufeff"),
            object_pairs_hook=JsonObject,
            parse_int=BareNumber,
            parse_float=BareNumber,
            parse_constant=NoNumber,
        )
    except json.JSONDecodeError as error:
        _refuse(
            Sentence(
                N_("不是有效的 JSON：第 %(line)s 行第 %(column)s 列起无法识别"),
                line=str(error.lineno),
                column=str(error.colno),
            )
        )
    except RecursionError:
        _refuse(Sentence(N_("JSON 嵌套过深，无法读取")))


def _refuse(message: Sentence) -> NoReturn:
    raise FaultyBook([BookProblem("", message)]) from None
