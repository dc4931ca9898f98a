"""The invented province of 云泽 (Yunze), in which the invented city is one of thirteen. Every name here is made up.

It works as the city does, one level up: its departments, its cities where the city has counties, and below each city the
counties to which it passes work down. Its documents and its year are the city's, told with its own names.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

from tracker.demo import city
from tracker.demo.place import Department, Person, Place, Seat

NAME = "云泽省"

PREFECTURES = (
    city.NAME, "松泽市", "鹤浦市", "青垣市", "石渡市", "兰汀市", "沧屏市", "玉澜市", "枫渚市", "龙泊市", "桂麓市", "金樾市",
    "永澄市",
)  # fmt: skip
COUNTIES_EACH = 8
CITY_DISTRICTS = 2
"""How many of them are districts (区)."""

_FIRST = "岫霭澹漪鹭榆槿棠筠芷蘅苓芦荻葭菱芡藻萍莺鹂雁鹇凫霁岚霖澄澜湄沅汐淇漱潆珞琅璟瑜琼瑶珩琰缃绮绯黛黎"
_SECOND = "屏渚汀樾麓垣坞涧崖岑皋隰陌畔隈泊滨埠堰圩墟塬峁岗峪岬屿礁滩浒湫渊潭泓汊港津渡驿亭阁台榭楼寨堡戍关隘"

_OF_MINISTRIES = (
    "教育", "科学技术", "科技", "工业和信息化", "工信", "公安", "民政", "司法", "财政", "人力资源和社会保障", "人力资源社会保障",
    "人社", "生态环境", "住房和城乡建设", "住房城乡建设", "住建", "交通运输", "水利", "农业农村", "商务", "文化和旅游", "文化旅游",
    "文旅", "文化", "退役军人事务", "退役军人", "应急管理", "应急", "审计",
)  # fmt: skip
"""Whose body is a bureau (局) in a city and a department (厅) in a province."""
_OTHERWISE = {
    "人民政府办公室": "人民政府办公厅", "政府办公室": "政府办公厅", "自然资源和规划局": "自然资源厅", "自规局": "自然资源厅",
    "消防救援支队": "消防救援总队",
}  # fmt: skip
_PHRASES = {
    city.NAME: NAME, "全市": "全省", "市政府": "省政府", "市直有关部门": "省直有关部门",
    "市政府各部门、单位": "省政府各部门、单位", "各县区政府、开发区管委会": "各市人民政府", "各县区政府": "各市人民政府",
    "各县区人民政府,各开发区(度假区)管委会": "各市人民政府", "白石县": city.NAME, "白石县住房和城乡建设局": "白石县",
    "白石县发展和改革局": "临溪县",
}  # fmt: skip


def _risen(name: str) -> str:
    """A body of the city as the province calls its own: 市教育局 → 省教育厅."""
    of, body = (city.NAME, name.removeprefix(city.NAME)) if name.startswith(city.NAME) else (name[0], name[1:])
    if body in _OTHERWISE:
        body = _OTHERWISE[body]
    elif body.removesuffix("局") in _OF_MINISTRIES:
        body = f"{body.removesuffix('局')}厅"
    return (NAME if of == city.NAME else "省") + body


def _department(one: Department) -> Department:
    short = _risen(one.short)
    return Department(_risen(one.name), short, tuple(a for a in map(_risen, one.aliases) if a != short))


def _counterparts() -> Mapping[str, str]:
    bodies = {name for reform in city.REFORMS for name in (*reform.before, *reform.after)} - {city.NAME}
    bodies |= {name for one in city.DEPARTMENTS for name in (one.name, one.short, *one.aliases)}
    return {name: _risen(name) for name in sorted(bodies)} | _PHRASES


def seats_of(scale: int) -> Sequence[Seat]:
    """The province's cities, `scale` times as many, each with its counties."""
    cities, counties = _made_up(), _made_up(backwards=True)
    names = [*PREFECTURES, *(f"{name}市" for name in islice(cities, len(PREFECTURES) * (scale - 1)))]
    return [Seat(name, "prefecture", name[:2], _below(name, counties)) for name in names]


def _below(name: str, counties: Iterator[str]) -> tuple[tuple[str, str], ...]:
    if name == city.NAME:
        return tuple((county, kind) for county, kind, _short in city.COUNTIES)
    ends = ["区" if at < CITY_DISTRICTS else "县" for at in range(COUNTIES_EACH)]
    return tuple((next(counties) + end, "county") for end in ends)


def _made_up(*, backwards: bool = False) -> Iterator[str]:
    """Names of two characters, no two alike. Cities take them from one end and counties from the other."""
    rows = [[first + second for first in _FIRST] for second in _SECOND]
    names = [name for row in rows for name in row]
    return iter(names[::-1] if backwards else names)


PEOPLE: tuple[Person, ...] = (
    Person("qiantou", "沈文舟", ("lead_office",), "", "牵头办公室：导入、下发、核验、催办"),
    Person("heyan", "陆知微", ("lead_office",), "", "牵头办公室核验人"),
    Person("jiaoyu", "方晓禾", ("reporter",), "云泽省教育厅", "省教育厅填报人"),
    Person("jiaoyu-shenhe", "郑怀远", ("reviewer",), "云泽省教育厅", "省教育厅审核人"),
    Person("yunxiu", "苗春生", ("reporter",), city.NAME, "云岫市填报人"),
    Person("yunxiu-shenhe", "祝明川", ("reviewer",), city.NAME, "云岫市审核人"),
    Person("baishi", "田望禾", ("reporter",), "白石县", "白石县填报人：报给云岫市"),
    Person("lingdao", "顾长庚", ("leader",), "", "省领导：看板、例外、下钻"),
    Person("kaohe", "裴若水", ("evaluator",), "", "考核组：评分、试算、得分表"),
    Person("kaohe-fuhe", "简行之", ("evaluator",), "", "考核组复核人"),
    Person("guanli", "易守拙", ("admin",), "", "系统管理员：人员、单位、日历、审计"),
)

PROVINCE = Place(
    NAME, "province", tuple(map(_department, city.DEPARTMENTS)),
    tuple(
        one._replace(
            before=tuple(map(_risen, one.before)), above=_risen(one.above) if one.above else "",
            after=tuple(NAME if name == city.NAME else _risen(name) for name in one.after),
        )
        for one in city.REFORMS
    ),
    seats_of, (("各市人民政府", ["prefecture"]), ("省政府各部门、单位", ["department"])), PEOPLE, _counterparts(),
)  # fmt: skip
