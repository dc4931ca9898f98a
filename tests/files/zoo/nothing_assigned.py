"""Documents that assign nothing: no task is read of them, and the draft says why."""

from __future__ import annotations

from tests.files.zoo.shapes import docx, grid, page, text, xlsx
from tests.files.zoo.wanted import Case

_NONE = frozenset({"no-tasks"})

CASES = (
    Case(
        "news",
        page("""
霁川市召开全市经济运行调度会
发布时间：2024-07-16 来源：霁川日报
7月15日下午，市委副书记、市长主持召开全市经济运行调度会，分析上半年经济形势，部署下半年重点工作。
会议指出，上半年全市地区生产总值增长5.8%，规模以上工业增加值增长7.2%，成绩来之不易。
会议强调，要抓好项目建设，全力以赴稳增长。要扩大有效投资，确保年底前完成年度目标。
市直有关部门、各县区主要负责同志参加会议。
上一篇：我市开展防汛演练
下一篇：全市招商引资大会召开
"""),
        [],
        says=_NONE | {"text-only"},
    ),
    Case(
        "budget",
        xlsx("""
霁川市2024年部门预算收支总表 | < | < | <
单位：万元 | < | < | <
收入 | < | 支出 | <
项目 | 预算数 | 项目 | 预算数
一般公共预算拨款 | 1203.5 | 一般公共服务支出 | 890.2
政府性基金预算拨款 | 0 | 社会保障和就业支出 | 210.3
上年结转 | 56.1 | 住房保障支出 | 159.1
收入总计 | 1259.6 | 支出总计 | 1259.6
"""),
        [],
        says=_NONE | {"table-figures"},
    ),
    Case(
        "empty-table",
        page(
            "鹭汀区2021年重点任务责任分工表",
            "<table border=1>"
            "<tr><td>工作任务</td><td>工作要求</td><td>牵头单位</td><td>责任单位</td></tr>"
            + "<tr><td></td><td></td><td></td><td></td></tr>" * 5
            + "</table>",
        ),
        [],
        says=_NONE | {"table-empty"},
    ),
    Case(
        "only-borders",
        text("鹭汀区重点任务责任分工表\n" + "| | | | |\n" * 6),
        [],
        says=_NONE | {"table-empty"},
    ),
    Case(
        "scan-text",
        text("""
霁 川 市 人 民 政 府 文 件
囗口 亠 丨 ー 丶 讠
~ 1 ~
l I 丨 | 。 ， 、
"""),
        [],
        says=_NONE | {"text-broken"},
    ),
    Case(
        "appointments",
        docx("""
霁川市人民政府关于王建军等同志职务任免的通知
霁政任〔2024〕3号
各县区人民政府，市政府各部门、单位：
经研究决定：
任命王建军为市审计局副局长；
免去李红的市教育局副局长职务。
霁川市人民政府
2024年2月5日
"""),
        [],
        says=_NONE | {"text-only"},
    ),
    Case(
        "register-of-units",
        xlsx("""
序号 | 单位名称 | 联系人 | 联系电话 | 办公地址
1 | 市财政局 | 张敏 | 8123001 | 行政中心2号楼
2 | 市审计局 | 李强 | 8123002 | 行政中心3号楼
3 | 市统计局 | 王磊 | 8123003 | 行政中心3号楼
"""),
        [],
        says=_NONE | {"table-other"},
    ),
    Case(
        "statistics-table",
        page(
            "2023年霁川市国民经济主要指标",
            grid("""
指标 | 单位 | 绝对数 | 同比增长(%)
地区生产总值 | 亿元 | 1820.4 | 5.6
粮食产量 | 万吨 | 96.3 | 1.2
进出口总额 | 亿美元 | 22.8 | -3.4
"""),
        ),
        [],
        says=_NONE | {"table-figures"},
    ),
)
