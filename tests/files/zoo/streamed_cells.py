"""Cells a line under sections of two levels, rows that only name units, points behind bullets, and texts of odd characters."""

from __future__ import annotations

from tests.files.zoo.shapes import barred, grid, page, text
from tests.files.zoo.wanted import Case, Wanted, task

_DRAWN = """
序号 | 任务内容 | 牵头部门 | 责任部门 | 时间要求
一、深化执法改革
（一）完善执法体制
1 | 制定综合执法事项清单，不超过55项。 | 市委编办 | 市司法局 | 6月底前
2 | 下沉执法人员210名。 | 市委编办 | 市人社局、市城管局 | 9月底前
（二）规范执法行为
3 | 培训执法人员400人次。 | 市司法局 | 各县区政府 | 年底前
二、强化执法监督
（一）健全监督机制
4 | 评查案卷300份。 | 市司法局 | 市审计局 | 11月底前
"""
_TITLE = "云岫市2026年法治建设重点任务分解表\n"
_TASKS = [
    task(
        "制定综合执法事项清单，不超过55项。",
        "深化执法改革 > 完善执法体制",
        "1",
        lead="市委编办",
        resp="市司法局",
        due="6月底前:m:2026-06-30",
        aim="不超过55项:<=:55:项",
    ),
    task(
        "下沉执法人员210名。",
        "深化执法改革 > 完善执法体制",
        "2",
        lead="市委编办",
        resp="市人社局 市城管局",
        due="9月底前:m:2026-09-30",
        aim="210名:=:210:名",
    ),
    task(
        "培训执法人员400人次。",
        "深化执法改革 > 规范执法行为",
        "3",
        lead="市司法局",
        resp="各县区政府*",
        due="年底前:y:2026-12-31",
        aim="400人次:=:400:人次",
    ),
    task(
        "评查案卷300份。",
        "强化执法监督 > 健全监督机制",
        "4",
        lead="市司法局",
        resp="市审计局",
        due="11月底前:m:2026-11-30",
        aim="300份:=:300:份",
    ),
]


def _bare(drawn: str) -> str:
    return "\n".join(cell.strip() for line in drawn.strip().split("\n") for cell in line.split("|"))


def _two(path: str = "提升服务", no: tuple[str | None, str | None] = (None, None)) -> list[Wanted]:
    return [
        task(
            "新增办税窗口12个。",
            path,
            no[0],
            resp="市税务局 市政务服务局",
            due="6月底前:m:2026-06-30",
            aim="12个:=:12:个",
        ),
        task("压减材料30份。", path, no[1], resp="市行政审批局", due="年底前:y:2026-12-31", aim="30份:=:30:份"),
    ]


CASES = (
    Case("sections-of-two-levels-a-cell-a-line", text(_TITLE + barred(_DRAWN)), _TASKS),
    Case("sections-of-two-levels-in-bare-cells", text(_TITLE + _bare(_DRAWN)), _TASKS),
    Case(
        "bullets-with-their-labels-on-one-line",
        text("""
云岫市2026年优化营商环境任务清单
一、提升服务
● 新增办税窗口12个。
完成时限：6月底前    责任单位：市税务局、市政务服务局
● 压减材料30份。
完成时限：年底前    责任单位：市行政审批局
"""),
        _two(),
    ),
    Case(
        "labels-behind-dashes",
        text("""
云岫市2026年优化营商环境任务清单
一、提升服务
1.新增办税窗口12个。
——责任单位∶市税务局、市政务服务局
——完成时限∶6月底前
2.压减材料30份。
——责任单位∶市行政审批局
——完成时限∶年底前
"""),
        _two(no=("一1", "一2")),
    ),
    Case(
        "entities-and-characters-that-nobody-sees",
        text("""
云岫市2026年优化营商环境任务清单
&nbsp;&nbsp;一、提升\u200b服务
&nbsp;&nbsp;（一）新增办税\u200b窗口12个。（责任单位：市税务局、市政务服务局；完成时限：6月底前）
&nbsp;&nbsp;（二）压减材料30份。（责任单位：市行政审批局；完成时限：年底前）
"""),
        _two(no=("一(一)", "一(二)")),
    ),
    Case(
        "signs-marked-off-in-markdown",
        text(
            r"""
# 云岫市2026年优化营商环境任务清单

**一、提升服务**

1\. 新增办税窗口12个。

**责任单位：**市税务局、市政务服务局　**完成时限：**6月底前

2\. 压减材料30份。

**责任单位：**市行政审批局　**完成时限：**年底前
""",
            name="list.md",
        ),
        _two(no=("一1", "一2")),
    ),
    Case(
        "rows-that-only-name-units",
        page(
            grid("""
青枫县2026年重点项目任务表 | < | <
序号 | 工作任务 | 完成时限
牵头单位：县发改局 | < | <
1 | 储备项目90个。 | 10月底前
2 | 编制规划纲要1份。 | 年底前
牵头单位：县住建局 | < | <
3 | 开工棚改安置房400套。 | 5月底前
""")
        ),
        [
            task("储备项目90个。", no="1", lead="县发改局", due="10月底前:m:2026-10-31", aim="90个:=:90:个"),
            task("编制规划纲要1份。", no="2", lead="县发改局", due="年底前:y:2026-12-31", aim="1份:=:1:份"),
            task("开工棚改安置房400套。", no="3", lead="县住建局", due="5月底前:m:2026-05-31", aim="400套:=:400:套"),
        ],
    ),
    Case(
        "second-annex-begins-anew",
        text("""
附件1
青枫县2026年产业重点工作清单
一、加快产业升级
（一）建成标准厂房6栋。（牵头单位：县工信局）
（二）接待游客80万人次。（牵头单位：县文旅局）
附件2
青枫县2026年城建重点工作清单
1.改造供水管网14公里。（牵头单位：县住建局）
2.新建公厕9座。（牵头单位：县城管局）
"""),
        [
            task("建成标准厂房6栋。", "加快产业升级", "一(一)", lead="县工信局", aim="6栋:=:6:栋"),
            task("接待游客80万人次。", "加快产业升级", "一(二)", lead="县文旅局", aim="80万人次:=:80:万人次"),
            task("改造供水管网14公里。", no="1", lead="县住建局", aim="14公里:=:14:公里"),
            task("新建公厕9座。", no="2", lead="县城管局", aim="9座:=:9:座"),
        ],
    ),
    Case(
        "blocks-with-what-is-to-be-reached",
        text("""
青枫县2026年改革任务书
任务一：国企改革
目标要求：完成3户企业改制。
牵头单位：县财政局
完成时间：9月底前
任务二：林权改革
目标要求：发放林权证6000本。
牵头单位：县林业局
完成时间：年底前
"""),
        [
            task(
                "完成3户企业改制。",
                no="任务一",
                name="国企改革",
                lead="县财政局",
                due="9月底前:m:2026-09-30",
                aim="3户:=:3:户",
            ),
            task(
                "发放林权证6000本。",
                no="任务二",
                name="林权改革",
                lead="县林业局",
                due="年底前:y:2026-12-31",
                aim="6000本:=:6000:本",
            ),
        ],
    ),
)
