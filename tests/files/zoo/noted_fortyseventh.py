"""Notes without a label that close with what is reached by then, sets of bodies before what says how they act, notes in a chain."""

from __future__ import annotations

from tests.files.zoo.shapes import text
from tests.files.zoo.wanted import Case, task

CASES = (
    Case(
        "notes-that-say-what-is-reached-by-then",
        text("""
澄湖省2026年优化营商环境重点任务分工方案
一、减轻企业负担
1.落实减税降费政策，清理涉企收费项目30项。（省财政厅牵头，省税务局配合，9月底前取得阶段性成效）
2.健全拖欠账款投诉机制。（省工业和信息化厅牵头，各市、州人民政府按职责分工负责，年底前形成工作机制）
二、提升服务
3.推行“一窗受理”，办理时限压缩50%。（省政务服务局、各乡镇人民政府、街道办事处按职责分工负责）
"""),
        [
            task(
                "落实减税降费政策，清理涉企收费项目30项。",
                "减轻企业负担",
                "一1",
                lead="省财政厅",
                co="省税务局",
                due="9月底前:m:2026-09-30",
                aim="30项:=:30:项",
            ),
            task(
                "健全拖欠账款投诉机制。",
                "减轻企业负担",
                "一2",
                lead="省工业和信息化厅",
                resp="各市、州人民政府*",
                due="年底前:y:2026-12-31",
            ),
            task(
                "推行“一窗受理”，办理时限压缩50%。",
                "提升服务",
                "二3",
                resp="省政务服务局 各乡镇人民政府、街道办事处*",
                aim="50%:=:50:%",
            ),
        ],
    ),
    Case(
        "notes-in-a-chain-of-brackets-on-a-line",
        text("""
云岫市2026年重点工作分工
1.新建口袋公园12座。
【牵头单位：市园林局】【责任单位：市住建局、各县区】【完成时限：10月底前】
2.改造背街小巷40条。
【牵头单位：市城管局】【责任单位：各街道】【完成时限：年底前】
"""),
        [
            task(
                "新建口袋公园12座。",
                "",
                "1",
                lead="市园林局",
                resp="市住建局 各县区*",
                due="10月底前:m:2026-10-31",
                aim="12座:=:12:座",
            ),
            task(
                "改造背街小巷40条。",
                "",
                "2",
                lead="市城管局",
                resp="各街道*",
                due="年底前:y:2026-12-31",
                aim="40条:=:40:条",
            ),
        ],
    ),
)
