"""Rows of lines of which only a sentence is left, and the header of bare cells printed again."""

from __future__ import annotations

from tests.files.zoo.shapes import text
from tests.files.zoo.wanted import Case, task

CASES = (
    Case(
        "sentences-left-alone-in-their-rows",
        text("""
云岫市2026年重点工作分解表
重点任务 | 工作内容 | 牵头单位 | 完成时限 |
稳工业 | 新增规上企业30家。 | 市工信局 | 10月底前 |
实施技改项目45个。 |  |  |  |
培育单项冠军6家。 | 11月底前 |  |  |
促消费 | 举办展会12场。 | 市商务局 | 9月底前 |
改造商圈3个。 |  |  |  |
以上任务按季度调度。 |  |  |  |
"""),
        [
            task("新增规上企业30家。", "稳工业", lead="市工信局", due="10月底前:m:2026-10-31", aim="30家:=:30:家"),
            task("实施技改项目45个。", "稳工业", lead="市工信局", due="10月底前:m:2026-10-31", aim="45个:=:45:个"),
            task("培育单项冠军6家。", "稳工业", lead="市工信局", due="11月底前:m:2026-11-30", aim="6家:=:6:家"),
            task("举办展会12场。", "促消费", lead="市商务局", due="9月底前:m:2026-09-30", aim="12场:=:12:场"),
            task("改造商圈3个。", "促消费", lead="市商务局", due="9月底前:m:2026-09-30", aim="3个:=:3:个"),
        ],
        says=frozenset({"units-filled-down", "times-filled-down"}),
    ),
    Case(
        "header-again-among-bare-cells",
        text("""
云岫市2026年实事项目分解表
序号
项目名称
主要内容
市政府
分管领导
牵头单位
配合单位
1
便民停车
新增泊位1800个。
林 川
市城管局
各街道、公安城区分局
2
职业培训
补贴性培训2600人次。
田 牧
市人社局
东河园（柳溪镇）各街道
序号
项目名称
主要内容
市政府
分管领导
牵头单位
配合单位
3
河道清淤
清淤河道14条。
石 磊
市水利局
市财政局
"""),
        [
            task(
                "新增泊位1800个。", no="1", name="便民停车", lead="市城管局", co="各街道* 公安城区分局",
                aim="1800个:=:1800:个",
            ),
            task(
                "补贴性培训2600人次。", no="2", name="职业培训", lead="市人社局", co="东河园（柳溪镇） 各街道*",
                aim="2600人次:=:2600:人次",
            ),
            task("清淤河道14条。", no="3", name="河道清淤", lead="市水利局", co="市财政局", aim="14条:=:14:条"),
        ],
    ),
)  # fmt: skip
