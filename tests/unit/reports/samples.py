"""Small invented models of every report: the city of 云岫, its counties and departments."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

from reports.breakdown import Breakdown, BreakdownRow
from reports.deductions import DeductionRow, Deductions
from reports.ledger import Ledger, LedgerRow
from reports.overdue import Overdue, OverdueRow
from reports.scoresheet import Fact, Line, Node, Run, ScoreSheet, UnitScore
from reports.source import Source
from reports.words import LightKind
from reports.workbook import Properties

AS_OF = date(2026, 11, 20)
MADE = datetime(2026, 11, 20, 1, 30, tzinfo=UTC)
PROPERTIES = Properties("考核得分表", "云岫市人民政府办公室", MADE)
SOURCE = Source("2026年云岫市营商环境重点任务分解表", "Sheet1!D7", "https://luoshi.example/plans/1/source#Sheet1!D7")

NODES = (
    Node("total", "总分", Decimal(100), 0),
    Node("a", "政务公开", Decimal(60), 1),
    Node("a1", "任务完成率", Decimal("40.0"), 2),
    Node("a2", "报送时效", Decimal(20), 2),
    Node("b", "群众评价", Decimal(40), 1),
)


def unit_score(unit: str, group: str, rank: int | None, total: str | None, *, veto: bool = False) -> UnitScore:
    score = Decimal(total) if total is not None else None
    nodes = {"a": Decimal("56.50"), "a1": Decimal("38.00"), "a2": Decimal("18.50"), "b": None}
    return UnitScore(
        unit=unit,
        group=group,
        rank=rank,
        base=score,
        bonus=Decimal("0.00"),
        penalty=Decimal("0.00"),
        total=score,
        grade="不合格" if veto else "良好",
        veto=veto,
        nodes=nodes,
        lines=2,
    )


def score_sheet() -> ScoreSheet:
    units = (
        unit_score("望川县", "县区组", 1, "88.35"),
        unit_score("栖霞岭区", "县区组", 2, "86.10"),
        unit_score("市发展改革委", "部门组", 1, "90.00"),
        unit_score("市交通运输局", "部门组", None, None, veto=True),
    )
    lines = [
        line
        for unit in units
        for line in (
            Line(unit.unit, "任务完成率", 1, "40 × 38 ÷ 40 = 38", "38", Decimal("38.00"), facts=1),
            Line(unit.unit, "报送时效", 1, "20 − 0.5 × 3 = 18.5", "37/2", Decimal("18.50"), facts=2),
        )
    ]
    facts = [
        fact
        for unit in units
        for fact in (
            Fact(unit.unit, "任务完成率", "实际 38，目标 40", "", "2026年第3期报送（第2版）", None, SOURCE),
            Fact(
                unit.unit,
                "报送时效",
                "每次 0.5 分，2 次",
                "迟报 2 次",
                "第1期报送",
                "https://luoshi.example/returns/7",
                SOURCE,
            ),
            Fact(unit.unit, "报送时效", "每次 0.5 分，1 次", "退办未及时重报", "第2期报送", None, None),
        )
    ]
    run = Run(
        scheme="2026年度云岫市政务公开",
        version="第3版",
        plan="2026年重点任务",
        as_of=AS_OF,
        ran_at=MADE,
        engine="v1",
        inputs_hash="3f9a0c5b7d2e4418",
        groups=(("县区组", 2), ("部门组", 2)),
        state="试算",
    )
    return ScoreSheet(run, NODES, units, lines, iter(facts), line_count=len(lines), fact_count=len(facts))


LEDGER_LINES: tuple[tuple[int, str, str, int | None, LightKind], ...] = (
    (1, "市市场监管局", "lead", 100, "done"),
    (2, "市税务局", "support", 65, "on_time"),
    (3, "望川县", "responsible", 40, "near"),
    (4, "栖霞岭区", "responsible", 10, "overdue"),
    (5, "市公安局", "supervise", None, "none"),
)


def ledger() -> Ledger:
    rows = [
        LedgerRow(
            plan="2026年重点任务",
            path=("一、优化营商环境", "（一）便利市场准入"),
            number=str(n),
            task="推行企业开办一网通办",
            requirement="依托政务服务平台，实现企业登记、公章刻制、申领发票等事项一次办结，办理时间压缩至1个工作日以内。",
            unit=unit,
            role=role,
            due_on=date(2026, 9, 20),
            period="每季度末月20日前",
            percent=percent,
            light=light,
            done="已完成平台改造，累计办理 1,204 件。",
            problems="",
            submitted_at=MADE,
            accepted_at=None,
            source=SOURCE,
        )
        for n, unit, role, percent, light in LEDGER_LINES
    ]
    return Ledger("2026年重点任务", AS_OF, "全部单位", rows, len(rows))


def breakdown() -> Breakdown:
    rows = [
        BreakdownRow(
            path,
            str(n),
            task,
            f"{task}，按季度公开进展。",
            {"lead": "市发展改革委", "support": "各县区人民政府"},
            "12月底前",
            source=SOURCE,
        )
        for n, (path, task) in enumerate(
            (
                (("一、优化营商环境", "（一）便利市场准入"), "推行企业开办一网通办"),
                (("一、优化营商环境", "（一）便利市场准入"), "公开办事指南"),
                (("一、优化营商环境", "（二）规范监管"), "公布检查事项清单"),
                (("二、保障民生", "（二）规范监管"), "公开学位供给计划"),
                (("二、保障民生",), "公开养老服务机构名录"),
            ),
            start=1,
        )
    ]
    return Breakdown(
        "2026年云岫市营商环境工作", AS_OF, "云政办发〔2026〕8号", 2, ("lead", "support"), rows, count=len(rows)
    )


def overdue() -> Overdue:
    row = OverdueRow(
        "栖霞岭区", "县区组", "2026年重点任务", "一、优化营商环境", "4", "公布检查事项清单", "responsible",
        date(2026, 10, 31), 20, 10, "待报送", "清单尚在征求意见", SOURCE,
    )  # fmt: skip
    return Overdue("2026年重点任务", AS_OF, "全部单位", [row], 1)


def deductions() -> Deductions:
    rows = [
        DeductionRow(
            "望川县", "县区组", "报送时效", "迟报一次扣0.5分，扣完为止", Decimal("0.5"), times, Decimal("0.5") * times,
            "超期报送", "第1期报送", "https://luoshi.example/returns/7", "系统停机一日", "维持", SOURCE,
        )
        for times in (1, 3)
    ]  # fmt: skip
    return Deductions("2026年度云岫市政务公开", "第3版", AS_OF, rows, count=2)
