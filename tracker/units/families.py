"""Families of names that usually mean one office (domain reference §1.3). They only rank suggestions. Pure."""

from __future__ import annotations

from functools import lru_cache

FAMILIES: tuple[tuple[str, ...], ...] = (
    (
        "发展和改革委员会",
        "发展改革委员会",
        "发展和改革委",
        "发展改革委",
        "发改委",
        "发展和改革局",
        "发展改革局",
        "发改局",
    ),
    ("住房和城乡建设局", "住房城乡建设局", "住建局"),
    ("工业和信息化局", "工业信息化局", "工信局", "经济和信息化局", "经信局"),
    ("人力资源和社会保障局", "人力资源社会保障局", "人力社保局", "人社局"),
    ("文化和旅游局", "文化旅游局", "文旅局", "文化广电和旅游局", "文广旅局", "文广旅游局"),
    ("卫生健康委员会", "卫生健康委", "卫健委", "卫生健康局", "卫健局"),
    ("行政审批服务局", "行政审批局", "政务服务局", "政务服务和大数据局", "政务和数据局"),
    ("自然资源和规划局", "自然资源规划局", "自规局", "自然资源局", "资规局"),
    ("市场监督管理局", "市场监管局"),
    ("生态环境局",),
    ("农业农村局",),
    ("退役军人事务局", "退役军人局"),
    ("应急管理局", "应急局"),
    ("医疗保障局", "医保局"),
    ("地方金融监督管理局", "地方金融监管局", "金融监管局", "金融办", "金融工作办公室"),
    ("乡村振兴局", "扶贫开发办公室", "扶贫办"),
    ("人民政府办公室", "政府办公室", "政府办公厅", "政府办", "府办"),
    ("机构编制委员会办公室", "编制办公室", "委编办", "编办"),
    ("城市管理局", "城市管理行政执法局", "综合行政执法局", "城管局", "城管委"),
    ("国有资产监督管理委员会", "国资委"),
    ("交通运输局", "交通局"),
    ("住房公积金管理中心", "住房公积金服务中心", "公积金中心"),
    ("科学技术局", "科技局"),
    ("教育体育局", "教体局"),
    ("大数据管理局", "大数据局", "数据局"),
    ("机关事务管理局", "机关事务服务中心", "机关事务局"),
    ("信访局",),
    ("民族宗教事务局", "民族宗教局", "民宗局"),
    ("审计局",),
    ("统计局",),
)


@lru_cache(maxsize=65_536)
def family_stem(name: str) -> tuple[str, int] | None:
    """(level prefix, family number) of a name that ends in a member of a family: 市发改委 → ("市", 0)."""
    best: tuple[int, str, int] | None = None
    for number, family in enumerate(FAMILIES):
        for member in family:
            if name.endswith(member) and (best is None or len(member) > best[0]):
                best = (len(member), name[: -len(member)], number)
    if best is None:
        return None
    return (best[1][-1:] if best[1] else ""), best[2]
