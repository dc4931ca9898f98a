"""From the text around a printed scheme to its settings, each told at its place. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from decimal import Decimal
from typing import Any

from tracker.assessment.binding import nodes
from tracker.assessment.printed.around.grades import Grade, grades_of
from tracker.assessment.printed.around.passages import Passage, Said, sentences
from tracker.assessment.printed.around.rules import AT_LEAST, rules_of
from tracker.assessment.printed.found import Noticed
from tracker.assessment.printed.heads import squeezed
from tracker.assessment.printed.points import shown
from tracker.assessment.printed.settings import GRADES, PLACES, TIE_BREAK, read_setting
from tracker.assessment.scoring.wording import N_, Sentence, listed
from tracker.assessment.starters import SETTINGS

_MATTERS = re.compile(r"等次|小数|四舍|加分|加\d|减分|倒扣|否决|并列|同分|折算|名额|权重|[%％][^，。]{0,10}(优秀|良好)")
_WEIGHED = re.compile(r"(占|按)[^，。]{0,12}\d[%％](的?(权重|比例|比重)|$|[，、])|[×xX*✕]\d+[%％]")
"""Parts of an assessment with weights of their own: whoever sums them up plainly scores wrongly."""
_NUMBERED = re.compile(r"^(?:注[:：])?[（(]?\d+[.、．)）]")
_LONGEST_NAME = 60
"""Characters of a name that a sentence may mean."""
_TOLD, _SET = N_("“%(text)s”：%(said)s，请核对"), N_("%(name)s设为“%(value)s”")
_NOT_TAKEN = N_("这一句没有读进方案规则，请核对：%(text)s")
_NOT_READ = N_("没有读入这一句：%(text)s")


def settings_around(passages: Iterable[Passage], body: dict[str, Any]) -> tuple[list[Noticed], bool]:
    """Puts what the passages say into the scheme. (what was made of each sentence, whether any setting was).

    Nothing is set where two sentences say two things, or where a sentence speaks of a rule in a way that the scheme
    cannot hold: that is told as a doubt.
    """
    said = list(sentences(passages))
    grades, doubtful = grades_of(said)
    taken = {one.number for grade in grades for one in grade.said_by}
    set_by: dict[int, list[Sentence]] = {}
    if grades:
        value = "；".join(map(_grade_words, grades))
        read_setting(GRADES, value, body)
        set_by[grades[0].said_by[0].number] = [_set(GRADES, value)]
    for label, values in _rules(said).items():
        value = _meant(label, {value for value, _ in values}, body)
        if value and read_setting(label, value, body):
            taken |= {one.number for _, one in values}
            set_by.setdefault(values[0][1].number, []).append(_set(label, value))
        else:
            doubtful += [one for _, one in values]
    noticed = []
    for one in said:
        if one.number in set_by:
            noticed.append(Noticed(one.place, Sentence(_TOLD, text=one.excerpt(), said=listed(set_by[one.number]))))
        if one in doubtful or (one.number not in taken and _WEIGHED.search(one.plain)):
            noticed.append(Noticed(one.place, Sentence(_NOT_TAKEN, text=one.excerpt())))
        elif one.number not in taken and (one.is_note or _matters(one.plain)):
            noticed.append(Noticed(one.place, Sentence(_NOT_READ, text=one.excerpt()), is_doubt=False))
    return noticed, bool(set_by)


def _rules(said: Iterable[Said]) -> dict[str, list[tuple[str, Said]]]:
    """What each rule is set to and by whom; the places of the decimals first, which the gate of the bonus asks for."""
    found: dict[str, list[tuple[str, Said]]] = {PLACES: []}
    for one in said:
        for label, value in rules_of(one.plain):
            found.setdefault(label, []).append((value, one))
    return {label: values for label, values in found.items() if values}


def _meant(label: str, values: Collection[str], body: Mapping[str, Any]) -> str:
    """As a row of 方案规则 holds it; empty where it is said in two ways, or means something that is not there."""
    if len(values) > 1:
        return ""
    (value,) = values
    if label == TIE_BREAK:
        return _names(value, body)
    return _just_below(value.removeprefix(AT_LEAST), body) if value.startswith(AT_LEAST) else value


def _matters(plain: str) -> bool:
    """Whether a sentence of running text is about scores, with a number that could have been taken in."""
    return bool(_MATTERS.search(plain) and re.search(r"\d", _NUMBERED.sub("", plain)))


def _grade_words(grade: Grade) -> str:
    return f"{grade.name}≥{shown(grade.least)}" + (f"，名额{grade.quota}%" if grade.quota else "")


def _set(label: str, value: str) -> Sentence:
    return Sentence(_SET, name=Sentence(label), value=Sentence(value))


def _just_below(least: str, body: Mapping[str, Any]) -> str:
    """The greatest rounded total that is less."""
    places = body.get("rounding", {}).get("places", SETTINGS["rounding"]["places"])
    return shown(Decimal(least) - Decimal(1).scaleb(-int(places)))


def _names(text: str, body: Mapping[str, Any]) -> str:
    """The names of indicators that the sentence means; empty where one of them is none, or several."""
    held = [name for node, _ in nodes(body["indicators"]) if len(name := str(node.get("name", ""))) <= _LONGEST_NAME][
        1:
    ]
    found = []
    for piece in text.split("；"):
        meant = [name for name in held if squeezed(name) == piece] or [
            name for name in held if _core(name) == _core(piece)
        ]
        if len(meant) != 1:
            return ""
        found += meant
    return "；".join(found)


def _core(name: str) -> str:
    """一、主动公开（40分） and 主动公开指标 are one name."""
    plain = re.sub(
        r"^(?:[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[）)]|\d+[.、．])|[（(].*?[）)]$",
        "",
        squeezed(name),
    )
    return re.sub(r"(?:指标|项目?|部分|类)$", "", plain) or plain
