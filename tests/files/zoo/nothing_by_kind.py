"""Documents that assign nothing and say so by what their items are, in each of the kinds of file that they come in."""

from __future__ import annotations

from tests.files.zoo.shapes import Read, barred, docx, page, text, xlsx
from tests.files.zoo.wanted import Case, task

_NONE = frozenset({"no-tasks"})
_TEXT = _NONE | {"text-only"}

_QUESTIONS = """
一、为什么要修订《云岫市人才公寓管理办法》？
答：原办法已到期，由市住建局会同市财政局组织修订。
二、申请要满足什么条件？
答：在本市缴纳社会保险满12个月，由市人社局负责核查，5个工作日内答复。
三、租金怎么收？
答：不高于市场租金的80%，按季度收取。
"""
_LEADERS = """
云岫市人民政府办公室关于市政府领导工作分工的通知
各县区人民政府，市政府各部门：
现将市政府领导工作分工通知如下：
林市长：主持市政府全面工作，负责审计工作。分管市审计局。
田副市长：负责教育、民政工作。分管市教育局、市民政局，联系市残联。
云岫市人民政府办公室
2026年3月2日
"""
_MEETING = """
市政府召开防汛工作调度会
3月9日，市长主持召开防汛工作调度会。
会议强调，市水利局要牵头排查病险水库，各县区要落实包保责任。
会议要求，4月底前完成应急物资储备。
"""
_DUTIES = """
青枫县林业局机构职能
一、主要职责
（一）负责森林资源监督管理，拟订林业发展规划。
（二）负责自然保护地管理工作。
二、内设机构
办公室、造林科、资源科。
三、办公地址
青枫县柳溪路12号，办公时间9：00—17：00。
"""
_SERVICES = """
序号 | 事项名称 | 办理单位 | 法定时限 | 承诺时限 | 收费情况
1 | 林木采伐许可 | 县林业局 | 20个工作日 | 6个工作日 | 不收费
2 | 户外广告设置审批 | 县城管局 | 20个工作日 | 5个工作日 | 不收费
3 | 道路货运经营许可 | 县交通运输局 | 15个工作日 | 3个工作日 | 工本费
"""
_SERVICES_TITLE = "青枫县进驻政务服务大厅事项一览表\n"


def _lines(content: str) -> list[str]:
    return content.strip().split("\n")


def _under_banner(content: str) -> Read:
    """A page whose only heading is the name of the site's column."""
    paragraphs = "".join(f"<p>{line}</p>" for line in _lines(content))
    return page(f"<h1>政务信息</h1><div>{paragraphs}</div>")


def _bare(drawn: str) -> str:
    return "\n".join(cell.strip() for line in _lines(drawn) for cell in line.split("|"))


CASES = (
    Case("questions-and-answers", text(_QUESTIONS), [], says=_TEXT),
    Case("questions-and-answers-in-word", docx(_QUESTIONS), [], says=_TEXT),
    Case("division-of-work-under-a-banner", _under_banner(_LEADERS), [], says=_TEXT),
    Case("division-of-work-as-text", text(_LEADERS), [], says=_TEXT),
    Case("news-under-a-banner", _under_banner(_MEETING), [], says=_TEXT),
    Case(
        "division-of-work-by-numbers",
        text("""
青枫县领导班子成员工作分工
一、石磊同志：主持县政府全面工作，负责机构编制工作。
二、江河同志：负责农业农村、水利工作。分管县农业农村局、县水利局。
三、高原同志：协助负责财政、税务工作。分管县财政局，联系县税务局。
"""),
        [],
        says=_TEXT,
    ),
    Case(
        "life-of-an-official",
        text("""
副县长 林川
林川，男，汉族，1979年6月生，在职研究生学历。
2002年8月参加工作，2019年4月任县林业局局长。
工作分工：负责自然资源、林业方面工作。分管县自然资源局、县林业局。
"""),
        [],
        says=_TEXT,
    ),
    Case("duties-of-a-bureau", text(_DUTIES), [], says=_TEXT),
    Case("duties-of-a-bureau-in-word", docx(_DUTIES), [], says=_TEXT),
    Case("service-list", xlsx(_SERVICES_TITLE + _SERVICES.strip()), [], says=_NONE | {"table-other"}),
    Case("service-list-a-cell-a-line", text(_SERVICES_TITLE + barred(_SERVICES)), [], says=_NONE | {"table-other"}),
    Case("service-list-in-bare-cells", text(_SERVICES_TITLE + _bare(_SERVICES)), [], says=_NONE | {"table-other"}),
    Case(
        "headings-of-style-over-who-is-to-do-it",
        page("""<h2>推进数据归集</h2><p>归集公共数据200类，6月底前完成。（责任单位：市数据局）</p>
<h2>优化窗口服务</h2><p>新增自助终端30台。（责任单位：市政务服务中心）</p>"""),
        [
            task("归集公共数据200类，6月底前完成。", resp="市数据局", due="6月底前:m:2026-06-30", aim="200类:=:200:类"),
            task("新增自助终端30台。", resp="市政务服务中心", aim="30台:=:30:台"),
        ],
        year=2026,
    ),
    Case(
        "unknown-head-among-known-ones-a-cell-a-line",
        text(
            "云岫市2026年民生实事任务表\n"
            + barred("""
序号 | 工作任务 | 责任单位 | 完成时限 | 群众期盼
1 | 改造老旧小区42个。 | 市住建局 | 10月底前 | 较高
2 | 新建口袋公园15个。 | 市城管局 | 9月底前 | 一般
3 | 新增公办托位600个。 | 市卫健委 | 年底前 | 较高
""")
        ),
        [
            task("改造老旧小区42个。", no="1", resp="市住建局", due="10月底前:m:2026-10-31", aim="42个:=:42:个"),
            task("新建口袋公园15个。", no="2", resp="市城管局", due="9月底前:m:2026-09-30", aim="15个:=:15:个"),
            task("新增公办托位600个。", no="3", resp="市卫健委", due="年底前:y:2026-12-31", aim="600个:=:600:个"),
        ],
    ),
)
