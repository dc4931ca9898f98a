"""Items called by a line under their number, lists that speak of themselves, bodies side by side without a sign."""

from __future__ import annotations

from tests.files.zoo.shapes import docx, text
from tests.files.zoo.wanted import Case, task

CASES = (
    Case(
        "items-called-on-a-line-of-their-own",
        text("""
白鹭区2026年重点事项督办台账
事项一
事项名称：西湖路农贸市场改造
督办内容：完成市场主体工程，新增摊位86个。
责任领导：周宁
主办单位：区商务局
协办单位：区市场监管局、各街道
办结时限：2026年9月底前

事项二
事项名称：校园周边整治
督办内容：清理占道经营40处。
主办单位：区城管局
办结时限：2026年8月25日前
"""),
        [
            task(
                "完成市场主体工程，新增摊位86个。",
                "",
                "事项一",
                name="西湖路农贸市场改造",
                lead="区商务局",
                co="区市场监管局 各街道*",
                due="2026年9月底前:m:2026-09-30",
                aim="86个:=:86:个",
            ),
            task(
                "清理占道经营40处。",
                "",
                "事项二",
                name="校园周边整治",
                lead="区城管局",
                due="2026年8月25日前:d:2026-08-25",
                aim="40处:=:40:处",
            ),
        ],
    ),
    Case(
        "lists-that-speak-of-themselves",
        docx("""
云岫市2026年公开工作分工
一、助企公开
1.公开助企政策60条。（牵头单位：市工信局、市商务局；责任单位：市直各部门，各县区，以下均需各县区落实，不再逐一列出）
2.清理过期文件，每月初5日前报送。（责任单位：市司法局市数据局，下同）
"""),
        [
            task(
                "公开助企政策60条。",
                "助企公开",
                "一1",
                lead="市工信局 市商务局",
                resp="市直各部门* 各县区*",
                aim="60条:=:60:条",
            ),
            task(
                "清理过期文件，每月初5日前报送。",
                "助企公开",
                "一2",
                resp="市司法局 市数据局",
                due="每月初5日前:r:monthly:5",
            ),
        ],
    ),
)
