"""The invented city of 云岫 (Yunxiu): its units and the people who try the product. Every name here is made up."""

from __future__ import annotations

from collections.abc import Sequence

from tracker.demo.place import Department, Person, Place, Reform, Seat

NAME = "云岫市"

DEPARTMENTS: tuple[Department, ...] = (
    Department("云岫市人民政府办公室", "市政府办公室", ("市政府办", "市人民政府办公室")),
    Department("云岫市发展和改革委员会", "市发展改革委", ("市发改委", "市发展和改革委员会")),
    Department("云岫市教育局", "市教育局"),
    Department("云岫市科学技术局", "市科技局", ("市科学技术局",)),
    Department("云岫市工业和信息化局", "市工业和信息化局", ("市工信局",)),
    Department("云岫市公安局", "市公安局"),
    Department("云岫市民政局", "市民政局"),
    Department("云岫市司法局", "市司法局"),
    Department("云岫市财政局", "市财政局"),
    Department("云岫市人力资源和社会保障局", "市人力资源社会保障局", ("市人社局", "市人力资源和社会保障局")),
    Department("云岫市自然资源和规划局", "市自然资源和规划局", ("市自规局",)),
    Department("云岫市生态环境局", "市生态环境局"),
    Department("云岫市住房和城乡建设局", "市住房城乡建设局", ("市住建局", "市住房和城乡建设局")),
    Department("云岫市交通运输局", "市交通运输局"),
    Department("云岫市水利局", "市水利局"),
    Department("云岫市农业农村局", "市农业农村局"),
    Department("云岫市商务局", "市商务局"),
    Department("云岫市文化和旅游局", "市文化和旅游局", ("市文旅局", "市文化旅游局")),
    Department("云岫市卫生健康委员会", "市卫生健康委", ("市卫健委", "市卫生健康委员会")),
    Department("云岫市退役军人事务局", "市退役军人局", ("市退役军人事务局",)),
    Department("云岫市应急管理局", "市应急局", ("市应急管理局",)),
    Department("云岫市审计局", "市审计局"),
    Department("云岫市人民政府国有资产监督管理委员会", "市国资委"),
    Department("云岫市市场监督管理局", "市市场监管局", ("市市场监督管理局",)),
    Department("云岫市体育局", "市体育局"),
    Department("云岫市统计局", "市统计局"),
    Department("云岫市医疗保障局", "市医保局", ("市医疗保障局",)),
    Department("云岫市地方金融管理局", "市金融局", ("市地方金融管理局",)),
    Department("云岫市行政审批服务局", "市行政审批局", ("市行政审批服务局",)),
    Department("云岫市城市管理局", "市城管局", ("市城市管理局",)),
    Department("云岫市大数据管理局", "市大数据局", ("市大数据管理局",)),
    Department("云岫市林业局", "市林业局"),
    Department("云岫市信访局", "市信访局"),
    Department("云岫市机关事务管理局", "市机关事务局"),
    Department("云岫市投资促进局", "市投资促进局"),
    Department("云岫市住房公积金管理中心", "市住房公积金中心", ("市公积金中心",)),
    Department("云岫市公共资源交易中心", "市公共资源交易中心"),
    Department("云岫市税务局", "市税务局"),
    Department("云岫市气象局", "市气象局"),
    Department("云岫市消防救援支队", "市消防救援支队"),
    Department("云岫市融媒体中心", "市融媒体中心"),
)


REFORMS: tuple[Reform, ...] = (
    Reform("rename", 3, ("云岫市金融工作办公室",), ("云岫市地方金融管理局",), "云编发〔{year}〕2号"),
    Reform("plate", 4, ("云岫市市场监督管理局",), ("市知识产权局",), "云编发〔{year}〕5号"),
    Reform("merge", 5, ("云岫市文化局", "云岫市旅游发展委员会"), ("云岫市文化和旅游局",), "云编发〔{year}〕7号"),
    Reform("split", 6, ("云岫市工业和信息化局",), ("云岫市大数据管理局",), "云编发〔{year}〕9号", stays=True),
    Reform(
        "move", 10, ("云岫市机关事务管理局",), (NAME,), "云编发〔{year}〕12号", above="云岫市人民政府办公室"
    ),
)  # fmt: skip
"""One of each kind, so that old documents find who is there today."""

COUNTIES: tuple[tuple[str, str, str], ...] = (
    ("云岭区", "county", "云岭"),
    ("岫南区", "county", "岫南"),
    ("青潭区", "county", "青潭"),
    ("白石县", "county", "白石"),
    ("临溪县", "county", "临溪"),
    ("鹤亭县", "county", "鹤亭"),
    ("梅岭县", "county", "梅岭"),
    ("松岚县", "county", "松岚"),
    ("双桥县", "county", "双桥"),
    ("云岫经济开发区", "zone", "经开区"),
    ("云岫高新技术产业开发区", "zone", "高新区"),
    ("凤栖湖旅游度假区", "zone", "度假区"),
)
"""(name, kind, short name)."""

COUNTY_OFFICES: tuple[str, ...] = (
    "政府办公室",
    "发展和改革局",
    "财政局",
    "住房和城乡建设局",
    "卫生健康局",
    "行政审批服务局",
)
ZONE_OFFICES: tuple[str, ...] = ("综合办公室", "经济发展局", "建设管理局")


def seats_of(scale: int) -> Sequence[Seat]:
    """The city's counties and zones, and as many further counties as make `scale` times as many: 2 is 24 in all."""
    taken = {name for name, _kind, _short in COUNTIES}
    further = (
        f"{first}{second}县"
        for second in "川坪泽湾源洲台浦汀渡桥塘岸"
        for first in "青白鹤松柳竹枫石龙沙金兰桂清玉长永安"
    )
    more = [name for name in further if name not in taken][: len(COUNTIES) * (scale - 1)]
    return [_with_offices(*one) for one in (*COUNTIES, *((name, "county", name[:2]) for name in more))]


def _with_offices(name: str, kind: str, short: str) -> Seat:
    offices = COUNTY_OFFICES if kind == "county" else ZONE_OFFICES
    return Seat(name, kind, short, tuple((f"{name}{office}", "office") for office in offices))


PEOPLE: tuple[Person, ...] = (
    Person("qiantou", "沈文舟", ("lead_office",), "", "牵头办公室：导入、下发、核验、催办"),
    Person("heyan", "陆知微", ("lead_office",), "", "牵头办公室核验人"),
    Person("jiaoyu", "方晓禾", ("reporter",), "云岫市教育局", "市教育局填报人"),
    Person("jiaoyu-shenhe", "郑怀远", ("reviewer",), "云岫市教育局", "市教育局审核人"),
    Person("baishi", "苗春生", ("reporter",), "白石县", "白石县填报人"),
    Person("baishi-shenhe", "祝明川", ("reviewer",), "白石县", "白石县审核人"),
    Person("baishi-zhujian", "田望禾", ("reporter",), "白石县住房和城乡建设局", "白石县下属单位填报人：报给白石县"),
    Person("lingdao", "顾长庚", ("leader",), "", "市领导：看板、例外、下钻"),
    Person("kaohe", "裴若水", ("evaluator",), "", "考核组：评分、试算、得分表"),
    Person("kaohe-fuhe", "简行之", ("evaluator",), "", "考核组复核人"),
    Person("guanli", "易守拙", ("admin",), "", "系统管理员：人员、单位、日历、审计"),
)
"""The named ones; every further unit has a reporter and a reviewer of its own, who do the year's work."""

CITY = Place(
    NAME, "city", DEPARTMENTS, REFORMS, seats_of,
    (("各县区政府", ["county"]), ("开发区管委会", ["zone"]), ("市政府各部门、单位", ["department"])), PEOPLE,
)  # fmt: skip
