"""Rows whose cells ran together, each with its number before its first cell."""

from __future__ import annotations

from tests.files.zoo.shapes import text
from tests.files.zoo.wanted import Case, task

_RAN_TOGETHER = """
云岫市2026年数字政府建设任务分工
序号重点任务责任单位完成时限
一、夯实基础
1建设政务云二期，上云系统30个。市大数据局2026年9月底
2完成外网改造，乡镇覆盖率100%。市大数据局、各县区政府2026年11月底
二、优化服务
3推行证照免提交5类。市行政审批局2026年12月底
"""

CASES = (
    Case(
        "rows-that-ran-together-with-their-numbers",
        text(_RAN_TOGETHER),
        [
            task(
                "建设政务云二期，上云系统30个。",
                "夯实基础",
                "一1",
                resp="市大数据局",
                due="2026年9月底:m:2026-09-30",
                aim="30个:=:30:个",
            ),
            task(
                "完成外网改造，乡镇覆盖率100%。",
                "夯实基础",
                "一2",
                resp="市大数据局 各县区政府*",
                due="2026年11月底:m:2026-11-30",
                aim="100%:=:100:%",
            ),
            task(
                "推行证照免提交5类。",
                "优化服务",
                "二3",
                resp="市行政审批局",
                due="2026年12月底:m:2026-12-31",
                aim="5类:=:5:类",
            ),
        ],
    ),
)
