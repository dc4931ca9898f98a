"""What stands beside the tasks of a table: offices of task forces, rates, days as a workbook stores them, figures in remarks,
a table within a cell."""

from __future__ import annotations

from docx.document import Document as WordDocument

from imports.document import Document
from imports.readers import read_document
from tests.files.office import word, workbook
from tests.files.zoo.shapes import docx, grid, xlsx
from tests.files.zoo.wanted import Case, task


def _table_in_a_cell() -> Document:
    def fill(document: WordDocument) -> None:
        document.add_paragraph("梧川县2026年城乡环境整治任务表")
        table = document.add_table(3, 4)
        rows = (
            ("行动", "内容", "牵头单位", "责任单位"),
            ("村庄清洁", "清理陈年垃圾3000吨。", "县农业农村局", "各乡镇"),
            ("河塘整治", "", "县水利局", "各乡镇"),
        )
        for row, texts in enumerate(rows):
            for column, text in enumerate(texts):
                table.cell(row, column).text = text
        inner = table.cell(2, 1).add_table(2, 2)
        for row, texts in enumerate((("清淤河道18条", "5月底前"), ("治理黑臭塘坝22口", "9月底前"))):
            for column, text in enumerate(texts):
                inner.cell(row, column).text = text

    return read_document(word(fill), "letter.docx")


def _days_as_numbers() -> Document:
    rows = [
        ["梧川县2026年工业项目推进表"],
        ["序号", "工作任务", "责任单位", "完成时限"],
        [1, "完成标准厂房主体施工", "县工业园区管委会", 46203],
        [2, "引进上下游企业15家", "县商务局", "46387"],
    ]
    return read_document(workbook(lambda sheet: [sheet.append(row) for row in rows]), "book.xlsx")


CASES = (
    Case(
        "the-office-of-a-task-force-leads",
        xlsx("""
青原市2026年稳增长攻坚行动任务分解表 | < | < | < | < | <
序号 | 攻坚行动 | 目标任务 | 专班办公室 | 成员单位 | 调度频次
1 | 工业提质攻坚 | 规上工业增加值增长8% | 市工信局 | 市发改委、市统计局 | 每月
2 | 消费提振攻坚 | 发放消费券5000万元 | 市商务局 | 市财政局 | 每季度
"""),
        [
            task(
                "规上工业增加值增长8%",
                "工业提质攻坚",
                "1",
                lead="市工信局",
                co="市发改委 市统计局",
                due="每月:r:monthly",
                aim="8%:=:8:%",
            ),
            task(
                "发放消费券5000万元",
                "消费提振攻坚",
                "2",
                lead="市商务局",
                co="市财政局",
                due="每季度:r:quarterly",
                aim="5000万元:=:5000:万元",
            ),
        ],
    ),
    Case(
        "rates-beside-what-is-still-to-be-done",
        xlsx("""
白沙市2026年攻坚任务调度表 | < | < | < | < | < | < | <
序号 | 重点任务 | 目标值 | 计量单位 | 截至9月底完成值 | 完成率 | 责任单位 | 存在问题
1 | 新增城镇就业 | 35000 | 人 | 29800 | 85.1% | 市人社局 | 需补齐缺口5200人
2 | 单位GDP能耗下降 | 3.2 | % | 2.1 | 65.6% | 市发改委 | 进度滞后
"""),
        [
            task("新增城镇就业", "", "1", resp="市人社局", aim="35000:=:35000:人"),
            task("单位GDP能耗下降", "", "2", resp="市发改委", aim="3.2:=:3.2:%"),
        ],
    ),
    Case(
        "what-each-office-does-in-brackets",
        xlsx("""
序号 | 任务 | 分工 | 期限
1 | 建成零碳园区2个 | 市发展改革委（总牵头）、市工业和信息化局（园区改造）、市生态环境局（碳核算） | 2026年12月
2 | 签约10亿元以上项目12个 | 市投促局、市市场监管局（知识产权局） | 2026年10月
"""),
        [
            task(
                "建成零碳园区2个",
                "",
                "1",
                lead="市发展改革委",
                resp="市工业和信息化局 市生态环境局",
                due="2026年12月:m:2026-12-31",
                aim="2个:=:2:个",
            ),
            task(
                "签约10亿元以上项目12个",
                "",
                "2",
                resp="市投促局 市市场监管局（知识产权局）",
                due="2026年10月:m:2026-10-31",
                aim="12个:=:12:个",
            ),
        ],
    ),
    Case(
        "levels-before-the-words-of-parts",
        xlsx("""
梧川市2026年林长制工作任务分工表 | < | < | < | < | <
序号 | 工作任务 | 责任分工 | < | < | 完成时限
^ | ^ | 市级牵头 | 市级配合 | 县级落实 | ^
1 | 造林绿化6万亩 | 市林业局 | 市自然资源和规划局 | 各县（市、区） | 4月底前
2 | 疫木清理率100% | 市林业局 | 市交通运输局 | 青阳县、桐城区 | 3月底前
"""),
        [
            task(
                "造林绿化6万亩",
                "",
                "1",
                lead="市林业局",
                resp="各县（市、区）*",
                co="市自然资源和规划局",
                due="4月底前:m:2026-04-30",
                aim="6万亩:=:6:万亩",
            ),
            task(
                "疫木清理率100%",
                "",
                "2",
                lead="市林业局",
                resp="青阳县 桐城区",
                co="市交通运输局",
                due="3月底前:m:2026-03-31",
                aim="100%:=:100:%",
            ),
        ],
    ),
    Case(
        "days-that-a-workbook-shows-as-numbers",
        _days_as_numbers,
        [
            task("完成标准厂房主体施工", "", "1", resp="县工业园区管委会", due="46203:d:2026-06-30"),
            task("引进上下游企业15家", "", "2", resp="县商务局", due="46387:d:2026-12-31", aim="15家:=:15:家"),
        ],
        silent=frozenset({"time-unread"}),
    ),
    Case(
        "figures-that-only-the-remark-says",
        docx(
            "梧川区2026年为民办实事项目表",
            grid("""
序号 | 项目 | 责任单位 | 完成时间 | 备注
1 | 改造提升农贸市场 | 区商务局 | 9月 | 改造3个，新增摊位200个
2 | 增设公共自行车站点 | 区交通局 | 6月 | 总投资300万元，去年已建20个
3 | 改造公厕8座 | 区城管局 | 5月 | 位于2个街道
"""),
        ),
        [
            task(
                "改造提升农贸市场",
                "",
                "1",
                resp="区商务局",
                due="9月:m:2026-09-30",
                aim="3个:=:3:个 200个:=:200:个",
            ),
            task("增设公共自行车站点", "", "2", resp="区交通局", due="6月:m:2026-06-30"),
            task("改造公厕8座", "", "3", resp="区城管局", due="5月:m:2026-05-31", aim="8座:=:8:座"),
        ],
    ),
    Case(
        "a-table-that-is-all-a-cell-holds",
        _table_in_a_cell,
        [
            task(
                "清理陈年垃圾3000吨。",
                "村庄清洁",
                lead="县农业农村局",
                resp="各乡镇*",
                aim="3000吨:=:3000:吨",
            ),
            task(
                "清淤河道18条 5月底前治理黑臭塘坝22口 9月底前",
                "河塘整治",
                lead="县水利局",
                resp="各乡镇*",
                due="5月底前:m:2026-05-31 9月底前:m:2026-09-30",
                aim="18条:=:18:条 22口:=:22:口",
            ),
        ],
        says=frozenset({"nested-text"}),
    ),
    Case(
        "parts-of-other-widths-side-by-side",
        xlsx("""
沅阳县2026年机关效能建设任务 |  |  |  |  |  |  |
共性任务 |  |  |  | 个性任务 |  |  |
序号 | 任务 | 责任单位 |  | 序号 | 任务 | 责任单位 | 完成时限
1 | 压减会议10% | 各部门 |  | 1 | 上线审批系统 | 县行政审批局 | 5月
2 | 规范公文办理 | 各部门 |  | 2 | 开通热线专席6个 | 县信访局 | 4月
 |  |  |  | 3 | 建成智慧食堂1个 | 县机关事务中心 | 9月
"""),
        [
            task("压减会议10%", "", "1", resp="各部门*", aim="10%:=:10:%"),
            task("规范公文办理", "", "2", resp="各部门*"),
            task("上线审批系统", "", "1", resp="县行政审批局", due="5月:m:2026-05-31"),
            task("开通热线专席6个", "", "2", resp="县信访局", due="4月:m:2026-04-30", aim="6个:=:6:个"),
            task("建成智慧食堂1个", "", "3", resp="县机关事务中心", due="9月:m:2026-09-30", aim="1个:=:1:个"),
        ],
    ),
    Case(
        "what-is-answered-for-and-what-is-asked-of-it",
        docx(
            "沅阳市“双减”工作2026年责任清单",
            grid("""
责任主体 | 责任事项 | 责任要求 | 追责情形
市教育局 | 学科类培训治理 | 隐形变异培训动态清零，巡查不少于20次 | 工作不力造成不良影响的
市市场监管局 | 收费监管 | 预收费资金监管率100% | 未履行监管职责的
"""),
        ),
        [
            task(
                "隐形变异培训动态清零，巡查不少于20次",
                name="学科类培训治理",
                resp="市教育局",
                aim="不少于20次:>=:20:次",
            ),
            task("预收费资金监管率100%", name="收费监管", resp="市市场监管局", aim="100%:=:100:%"),
        ],
    ),
    Case(
        "how-a-petition-is-to-be-settled",
        docx(
            "沅阳市2026年重点信访事项化解台账",
            grid("""
编号 | 信访事项 | 化解要求 | 包案领导 | 责任单位 | 化解期限
XF01 | 某小区产权证办理 | 分三批办证420户 | 副市长 成岗 | 市自然资源和规划局 | 8月31日
XF02 | 企业改制职工安置 | 足额发放补偿金 | 副市长 成岗 | 市国资委 | 6月30日
"""),
        ),
        [
            task(
                "分三批办证420户",
                "",
                "XF01",
                name="某小区产权证办理",
                resp="市自然资源和规划局",
                due="8月31日:d:2026-08-31",
                aim="420户:=:420:户",
            ),
            task("足额发放补偿金", "", "XF02", name="企业改制职工安置", resp="市国资委", due="6月30日:d:2026-06-30"),
        ],
    ),
    Case(
        "how-many-and-of-what-under-one-head",
        xlsx("""
巫岭县2026年重点民生项目 | < | < | < | < | <
项目类别 | 项目内容 | 目标任务 | < | 责任单位 | 完成时限
^ | ^ | 数量 | 单位 | ^ | ^
教育 | 新建幼儿园 | 3 | 所 | 县教育局 | 8月
^ | 改造食堂 | 12 | 个 | 县教育局 | 9月
卫生 | 免费“两癌”筛查 | 8000 | 人 | 县卫健局 | 11月
"""),
        [
            task("新建幼儿园", "教育", resp="县教育局", due="8月:m:2026-08-31", aim="3:=:3:所"),
            task("改造食堂", "教育", resp="县教育局", due="9月:m:2026-09-30", aim="12:=:12:个"),
            task("免费“两癌”筛查", "卫生", resp="县卫健局", due="11月:m:2026-11-30", aim="8000:=:8000:人"),
        ],
        silent=frozenset({"number-missing"}),
    ),
)
