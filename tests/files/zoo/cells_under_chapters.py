"""Cells copied off a page one a line, under chapters that begin where the last cell of a row was blank."""

from __future__ import annotations

from tests.files.zoo.shapes import text
from tests.files.zoo.wanted import Case, task


def _apart(lines: str) -> str:
    """Each line as a paragraph of its own."""
    return "\n\n".join(lines.strip("\n").split("\n"))


CASES = (
    Case(
        "chapter-behind-a-blank-remark",
        text(
            _apart("""
云岫市2026年政府工作报告责任分工
序号
重点工作
市政府
分管领导
牵头单位
配合单位
备注
一、强化创新支撑
(一)
加强平台建设。
1
新增重点实验室5家。
林 川
市科技局
市财政局，各区政府
2
组建创新联合体10个。
林 川
市科技局
市工信局
二、推动产业转型
(一)
发展先进制造。
3
实施技改项目800个。
高 原
市工信局
市财政局
4
整备产业用地15平方公里。
高 原
市自然资源局
各区政府
三、保障民生
(一)
办好教育。
5
新增学位9000个。
罗 青
市教育局
市财政局
""")
        ),
        [
            task(
                "新增重点实验室5家。", "强化创新支撑 > 加强平台建设。", "1", lead="市科技局", co="市财政局 各区政府*",
                aim="5家:=:5:家",
            ),
            task(
                "组建创新联合体10个。", "强化创新支撑 > 加强平台建设。", "2", lead="市科技局", co="市工信局",
                aim="10个:=:10:个",
            ),
            task(
                "实施技改项目800个。", "推动产业转型 > 发展先进制造。", "3", lead="市工信局", co="市财政局",
                aim="800个:=:800:个",
            ),
            task(
                "整备产业用地15平方公里。", "推动产业转型 > 发展先进制造。", "4", lead="市自然资源局", co="各区政府*",
                aim="15平方公里:=:15:平方公里",
            ),
            task(
                "新增学位9000个。", "保障民生 > 办好教育。", "5", lead="市教育局", co="市财政局", aim="9000个:=:9000:个",
            ),
        ],
    ),
)  # fmt: skip
