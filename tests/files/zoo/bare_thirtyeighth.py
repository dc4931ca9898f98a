"""Tables copied off a page one cell a line: no bar, blank lines between, several lines of units, no line for a blank cell."""

from __future__ import annotations

from tests.files.zoo.shapes import text
from tests.files.zoo.wanted import Case, task


def _apart(lines: str) -> str:
    """Each line as a paragraph of its own."""
    return "\n\n".join(lines.strip("\n").split("\n"))


CASES = (
    Case(
        "bare-cells-with-units-on-several-lines",
        text(
            _apart("""
青枫县人民政府办公室关于督办2026年民生实事的通知
青府办〔2026〕9号
各乡镇人民政府，县级各部门：
    现将2026年民生实事分解下达，请各责任单位于每季度末月20日前书面报送情况。
青枫县人民政府办公室
2026年2月18日
附件
2026年民生实事目标任务分解表
序号
民生实事
责任单位
完成时限
1
整治柳溪河城区段3公里。
县水利局
县住建局
县河长办
12月底前
2
新建人行天桥2座。
县住建局
9月投入使用
3
推进县殡仪馆迁建工程。
县民政局
5月底前动工
完善公墓道路1.5公里。
12月底前
4
完成棚户区改造860户。
县住建局
12月底前
分享到：
""")
        ),
        [
            task(
                "整治柳溪河城区段3公里。",
                no="1",
                resp="县水利局 县住建局 县河长办",
                due="12月底前:m:2026-12-31",
                aim="3公里:=:3:公里",
            ),
            task("新建人行天桥2座。", no="2", resp="县住建局", due="9月:m:2026-09-30", aim="2座:=:2:座"),
            task("推进县殡仪馆迁建工程。", no="3", resp="县民政局", due="5月底前:m:2026-05-31"),
            task(
                "完善公墓道路1.5公里。",
                no="3",
                resp="县民政局",
                due="12月底前:m:2026-12-31",
                aim="1.5公里:=:1.5:公里",
            ),
            task("完成棚户区改造860户。", no="4", resp="县住建局", due="12月底前:m:2026-12-31", aim="860户:=:860:户"),
        ],
        {"title": "2026年民生实事目标任务分解表"},
        says=frozenset({"units-filled-down"}),
    ),
    Case(
        "bare-cells-under-levels-and-a-broken-head",
        text(
            _apart("""
2026年云岫市政府工作报告任务责任分工
序号
重点工作
市政府
分管领导
牵头单位
配合单位
备注
增强科技创新能力。
(一)
布局创新平台。
1
建设云岫湖实验室二期。
陈 屿
市科技局
青枫县、望岫县政府
2
筹建量子计算中心，引进团队6个。
陈 屿
市科技局
市财政局、市人才办，清溪区政府
(二)
壮大科技企业。
3
新增高新技术企业120家以上。
陈 屿
市科技局
各县区政府
""")
        ),
        [
            task(
                "建设云岫湖实验室二期。",
                "增强科技创新能力。 > 布局创新平台。",
                "1",
                lead="市科技局",
                co="青枫县 望岫县政府",
            ),
            task(
                "筹建量子计算中心，引进团队6个。",
                "增强科技创新能力。 > 布局创新平台。",
                "2",
                lead="市科技局",
                co="市财政局 市人才办 清溪区政府",
                aim="6个:=:6:个",
            ),
            task(
                "新增高新技术企业120家以上。",
                "增强科技创新能力。 > 壮大科技企业。",
                "3",
                lead="市科技局",
                co="各县区政府*",
                aim="120家以上:>=:120:家",
            ),
        ],
    ),
    Case(
        "bare-cells-that-nobody-can-tell-apart",
        text(
            _apart("""
2026年云岫市实事项目表
序号
实事项目
责任单位
完成时限
1
市民政局
市财政局
市民政局
2
市水利局
6月
""")
        ),
        [],
        says=frozenset({"no-tasks"}),
    ),
)
