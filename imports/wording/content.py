"""What checks say of a document's text, each at its place."""

from imports.wording.wording import N_, Wording

CONTENT: dict[str, Wording] = {
    "no-tasks": Wording(
        "error",
        N_("没有读出任何任务。"),
        N_(
            "请确认文件是任务分解表或分条列项的文件，表头是否含“工作要求”“责任单位”等字样；也可以把内容粘贴到模板中再导入。"
        ),
    ),
    "table-figures": Wording(
        "note",
        N_("这是数字表（预算、统计等），没有交办事项，没有导入。"),
        N_("如果其中有任务，请给任务列加上“工作任务”“责任单位”等表头后重新导入。"),
    ),
    "table-other": Wording(
        "note",
        N_("表格里没有任务和责任单位的栏目（如通讯录、统计表）。"),
        N_("请确认是否选对了文件；如果其中有任务，请补上表头后重新导入。"),
    ),
    "text-broken": Wording(
        "warning",
        N_("文字残缺不全，像是扫描件识别的结果。"),
        N_("请改用原始电子文件；没有时，请重新识别、逐字核对后再导入。"),
    ),
    "text-only": Wording(
        "note",
        N_("全文是一般叙述（如新闻、通知），没有分条列出的任务。"),
        N_("请确认是否选对了文件；任务也可以在草稿中手工添加。"),
    ),
    "list-apart": Wording(
        "warning",
        N_("这是印发任务清单的通知，清单本身不在这个文件里。"),
        N_("请上传通知的附件（任务分解表、责任清单等）；通知中的各点没有作为任务导入，列在“未导入内容”中。"),
    ),
    "table-empty": Wording(
        "warning",
        N_("表格只有表头或框线，没有内容。"),
        N_("网页复制时文字可能丢失，请改用原始文件（Excel 或 Word）导入。"),
    ),
    "heading-shifted": Wording(
        "error",
        N_("标题{headings}与各自的正文不符，疑似整列错位。"),
        N_(
            "请对照原文改正这几行的“所属标题”（同名的任务名称随之更改），或说明原文就是如此。系统按原文保留，没有自动改动。"
        ),
    ),
    "heading-repeated": Wording(
        "warning",
        N_("标题“{heading}”在相邻两组中重复出现。"),
        N_("请核对后一处是否误排。"),
    ),
    "heading-spaced": Wording(
        "note",
        N_("标题“{heading}”中间有空格。"),
        N_("多半是窄单元格换行留下的，如需要请去掉空格。"),
    ),
    "role-repeated": Wording(
        "warning",
        N_("同一处两次写了“{label}”。"),
        N_("前一处可能应为“牵头单位”，请核对；两处单位都已保留。"),
    ),
    "bracket-unclosed": Wording(
        "warning",
        N_("单位括注的括号没有配对。"),
        N_("已按括注到段末读取，请核对单位是否完整。"),
    ),
    "unit-odd": Wording(
        "warning",
        N_("“{text}”不像单位名称。"),
        N_("请核对这一处的单位写法，必要时手工拆分。"),
    ),
    "unit-in-two-roles": Wording(
        "warning",
        N_("“{unit}”在同一任务中列为两种角色。"),
        N_("请确认该单位在本任务中的角色。"),
    ),
    "unit-note-shared": Wording(
        "note",
        N_("末尾单独一行的单位说明已用于同组各条。"),
        N_("如只适用于最后一条，请逐条调整。"),
    ),
    "units-over-table": Wording(
        "note",
        N_("表格上方写明的单位已用于表中各项任务。"),
        N_("如有任务由其他单位负责，请逐项调整。"),
    ),
    "first-unit-leads": Wording(
        "note",
        N_("文件规定排在首位的单位为牵头单位，已按此标注。"),
        N_("请核对各项任务的牵头单位。"),
    ),
    "marked-unit-leads": Wording(
        "note",
        N_("文件规定带标记的单位为牵头单位，已按此标注。"),
        N_("请核对各项任务的牵头单位。"),
    ),
    "styled-unit-leads": Wording(
        "warning",
        N_("文件用字体或颜色标出牵头单位，这些标注无法识别。"),
        N_("请对照原文逐项标明牵头单位。"),
    ),
    "list-open": Wording(
        "warning",
        N_("单位名单没有列完（“等”“有关部门”）。"),
        N_("请牵头单位确认还有哪些单位。"),
    ),
    "units-missing": Wording(
        "warning",
        N_("没有责任单位。"),
        N_("请补充责任单位，或确认由谁认领。"),
    ),
    "units-unclaimed": Wording(
        "note",
        N_("全文没有列出责任单位。"),
        N_("采用后请各单位主动认领，或由牵头单位分派。"),
    ),
    "units-filled-down": Wording(
        "note",
        N_("单位栏空白，已沿用同组上一行的单位。"),
        N_("请核对这些行是否与上一行是合并单元格。"),
    ),
    "times-filled-down": Wording(
        "note",
        N_("时限栏空白，已沿用同组上一行的时限。"),
        N_("请核对这些行是否与上一行是合并单元格。"),
    ),
    "count-mismatch": Wording(
        "warning",
        N_("文中写明 {printed} 项，实际读出 {found} 项。"),
        N_("请核对是否有遗漏、合并或重复。"),
    ),
    "number-missing": Wording(
        "warning",
        N_("编号不连续：“{before}”之后是“{after}”。"),
        N_("请核对中间是否缺了内容。"),
    ),
    "number-start": Wording(
        "note",
        N_("编号从“{number}”开始。"),
        N_("请核对前面是否缺了内容。"),
    ),
    "number-twice": Wording(
        "warning",
        N_("编号“{number}”重复。"),
        N_("请核对编号；编号不作为识别任务的依据，不影响导入。"),
    ),
    "date-impossible": Wording(
        "error",
        N_("时限“{text}”不是日历上的日期。"),
        N_("请改为正确的日期。"),
    ),
    "date-before-document": Wording(
        "warning",
        N_("时限“{text}”早于发文日期 {issued_on}。"),
        N_("请核对年份；如原文如此，采用后即为已到期。"),
    ),
    "year-unknown": Wording(
        "warning",
        N_("时限没有写年份，文件的年份也无法确定。"),
        N_("请在“更正文件信息”里填写年度，各项时限随之补上年份。"),
    ),
    "time-unread": Wording(
        "warning",
        N_("时限“{text}”没有读懂。"),
        N_("请手工填写完成时限。"),
    ),
    "time-undated": Wording(
        "note",
        N_("时限“{text}”没有确定的日期。"),
        N_("请写明日期；否则下发后按计划设定的周期报送，不另设期限。"),
    ),
    "requirement-missing": Wording(
        "warning",
        N_("只有标题，没有工作要求。"),
        N_("已以标题作为要求，请补充。"),
    ),
    "requirement-repeated": Wording(
        "warning",
        N_("同一要求出现多次：“{text}”。"),
        N_("请核对是否重复，必要时删去一项。"),
    ),
    "weights-total": Wording(
        "warning",
        N_("权重（分值）合计为 {total}，不是 100。"),
        N_("请核对各项权重。"),
    ),
    "weight-too-small": Wording(
        "warning",
        N_("权重 {weight} 低于文件规定的下限 {floor}。"),
        N_("请核对权重，或在考核方案中调整。"),
    ),
    "weight-rule": Wording(
        "note",
        N_("文件规定分值权重不低于 {floor}。"),
        N_("制定考核方案时请落实这一条。"),
    ),
    "body-not-imported": Wording(
        "note",
        N_("正文条目与任务表重复，只导入了任务表。"),
        N_("正文列在“未导入内容”中，可对照查看。"),
    ),
    "body-item-without-row": Wording(
        "warning",
        N_("正文“{title}”在任务表中没有对应的行。"),
        N_("如需要落实，请手工增加一项任务。"),
    ),
    "column-remembered": Wording(
        "note",
        N_("“{header}”这一列按已记住的含义当作“{meaning}”。"),
        N_("不对时请到“表头和各列”改正；不再采用的，到“已记住的”取回。"),
    ),
    "hidden-content": Wording(
        "warning",
        N_("有隐藏的内容没有导入。"),
        N_("其中有任务的，请取消隐藏后重新导入。"),
    ),
    "text-unread": Wording(
        "note",
        N_("有正文没有作为任务导入（总体要求、引言、结语等）。"),
        N_("请浏览“未导入内容”，确认没有遗漏任务。"),
    ),
}
