"""Writes the two demonstration documents that are not plain text. Run once; what it writes stands in the repository.

python tools/demo_documents.py
"""

from __future__ import annotations

from pathlib import Path

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side

FOLDER = Path(__file__).resolve().parent.parent / "tracker" / "demo" / "documents"
COUNTIES = "各县区政府、开发区管委会"

LIVELIHOOD: tuple[tuple[str, tuple[tuple[str, str, str, str, str, str], ...]], ...] = (
    (
        "一、教育和就业",
        (
            (
                "学前教育扩容",
                "新建、改扩建公办幼儿园18所,新增学位4200个",
                "市教育局",
                "市自然资源和规划局\n市财政局",
                "12月底前",
                "",
            ),
            ("校园午休工程", "为120所义务教育学校配置午休设施", "市教育局", "市财政局", "9月投入使用", ""),
            (
                "稳岗就业",
                "城镇新增就业3.6万人以上,零就业家庭动态清零",
                "市人社局",
                f"市退役军人局\n{COUNTIES}",
                "12月底前",
                "每季度末月20日前报送进展",
            ),
            ("技能培训", "开展职业技能培训不少于2万人次", "市人社局", "市教育局、市农业农村局", "11月底前", ""),
        ),
    ),
    (
        "二、医疗和养老",
        (
            ("社区卫生服务提升", "改造社区卫生服务中心12个,配备智慧随访设备", "市卫健委", COUNTIES, "10月底前", ""),
            (
                "医保服务下沉",
                "在乡镇(街道)设立医保服务站96个,30项业务就近办理",
                "市医保局",
                "市大数据局",
                "6月底前",
                "",
            ),
            ("居家养老", "完成特殊困难老年人家庭适老化改造1500户", "市民政局", "市住建局\n市卫健委", "11月底前", ""),
            (
                "长者食堂",
                "新建长者食堂40家,老年人助餐服务覆盖率达到80%以上",
                "市民政局",
                f"市市场监管局\n{COUNTIES}",
                "9月底前",
                "",
            ),
        ),
    ),
    (
        "三、住房和交通",
        (
            (
                "老旧小区改造",
                "改造老旧小区85个,惠及居民2.1万户",
                "市住建局",
                f"市财政局\n{COUNTIES}",
                "12月底前",
                "3月底前全部开工",
            ),
            ("加装电梯", "既有住宅加装电梯60部", "市住建局", "市市场监管局", "12月底前", ""),
            ("公交优化", "优化公交线路15条,更新新能源公交车100辆", "市交通运输局", "市公安局", "8月底前", ""),
            ("停车便利化", "新增公共停车泊位5000个", "市城管局", "市公安局\n市自然资源和规划局", "10月底前", ""),
        ),
    ),
    (
        "四、环境和安全",
        (
            ("口袋公园", "建设口袋公园30个", "市城管局", "市林业局", "10月底前", ""),
            ("农村供水", "完成农村供水管网改造260公里,水质达标率不低于98%", "市水利局", COUNTIES, "11月底前", ""),
            ("燃气安全", "更换老化燃气立管8万户", "市住建局", "市应急局", "9月底前", ""),
            ("食品安全", "食品评价性抽检合格率保持在99%以上", "市市场监管局", COUNTIES, "持续推进", ""),
            ("应急广播", "建成村级应急广播终端600套", "市应急局", "市融媒体中心、市气象局", "7月底前", ""),
            ("便民驿站", "在公园、广场和医院周边新建便民服务驿站30个", "", "", "12月底前", "承担单位另行确定"),
        ),
    ),
)
"""Section → (name, content, lead, co, deadline, remark)."""

BUSINESS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "一、提升政务服务效能",
        (
            (
                "(一)推进高效办成一件事。新增开办餐饮店、企业上市核查等12个一件事,平均办理时间压缩60%以上。"
                "(牵头单位:市行政审批局;责任单位:市市场监管局、市大数据局、市税务局,6月底完成)"
            ),
            (
                "(二)推行免申即享。梳理惠企政策清单,6月底前实现80项政策免申即享,年底前兑现资金不少于5亿元。"
                "(牵头单位:市财政局、市工信局;责任单位:市科技局、市人社局、市商务局等有关部门)"
            ),
            "(三)推进跨域通办。与毗邻市开展跨域通办,事项不少于150项。(责任单位:市行政审批局,各县区政府、开发区管委会)",
        ),
    ),
    (
        "二、降低企业经营成本",
        (
            "(一)规范涉企收费。动态公布涉企收费目录清单,每季度开展一次收费检查。(牵头单位:市发改委;责任单位:市财政局、市市场监管局)",
            (
                "(二)优化融资服务。建立企业融资需求对接机制,普惠小微贷款增速控制在合理区间,新增首贷户1200户左右。"
                "(牵头单位:市金融局;责任单位:市工信局、市税务局)"
            ),
            (
                "(三)降低物流成本。完善县乡村三级物流体系,建成县级共配中心8个。(牵头单位:市交通运输局;责任单位:市商务局,各县区政府;"
                "完成时限:10月31日前)"
            ),
        ),
    ),
    (
        "三、规范监管执法",
        (
            (
                "(一)推行综合查一次。制定年度联合检查计划,3月底前公布,跨部门联合检查占比达到35%以上。"
                "(牵头单位:市司法局、市市场监管局;责任单位:市应急局、市生态环境局、市消防救援支队)"
            ),
            "(二)推行包容审慎监管。公布轻微违法不予处罚事项清单不少于120项。(牵头单位:市司法局;责任单位:市直有关部门)",
            "(三)规范招标投标。全面推行远程异地评标,占比不低于40%。(牵头单位:市发改委;责任单位:市公共资源交易中心、市住建局、市水利局)",
        ),
    ),
    (
        "四、健全企业服务机制",
        (
            (
                "(一)办好企业诉求直通车。企业诉求按时办结率达到98%以上,每月5日前报送上月办理情况。"
                "(牵头单位:市投资促进局;责任单位:市信访局、市大数据局,各县区政府、开发区管委会"
            ),
            "(二)开展营商环境监测。每半年发布一次营商环境监测报告,督促整改。(牵头单位:市发改委;责任单位:市统计局)",
            "(三)加强法治保障。设立企业法律服务站20个,长期坚持法治体检。(牵头单位:市司法局;责任单位:各县区政府、开发区管委会)",
        ),
    ),
)


def livelihood() -> Workbook:
    book = Workbook()
    sheet = book.active
    sheet.title = "民生实事"
    sheet.merge_cells("A1:G1")
    sheet["A1"] = "云岫市2026年民生实事项目任务分解表"
    sheet["A1"].font = Font(name="方正小标宋简体", size=18)
    sheet["A1"].alignment = Alignment(horizontal="center")
    for column, label in enumerate(("序号", "民生实事", "主 要 内 容", "牵头单位", "配合单位", "完成时限", "备注"), 1):
        sheet.cell(3, column, label).font = Font(bold=True)
    row, number = 4, 0
    for section, projects in LIVELIHOOD:
        sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=7)
        sheet.cell(row, 1, section)
        row += 1
        for project in projects:
            number += 1
            for column, text in enumerate((number, *project), 1):
                if text != "":
                    sheet.cell(row, column, text)
            row += 1
    sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=7)
    sheet.cell(row, 1, f"注:以上共{number}项,由市政府办公室统筹调度。")
    thin = Side(style="thin")
    for line in sheet.iter_rows(min_row=3, max_row=row, max_col=7):
        for cell in line:
            cell.border = Border(top=thin, bottom=thin, left=thin, right=thin)
            cell.alignment = Alignment(wrap_text=True, vertical="center")
    for letter, width in zip("ABCDEFG", (6, 18, 42, 18, 24, 14, 22), strict=True):
        sheet.column_dimensions[letter].width = width
    return book


def business() -> Document:
    document = Document()
    for text in ("云岫市人民政府办公室", "关于印发云岫市2026年优化营商环境重点任务的通知", "云政办发〔2026〕19号"):
        document.add_paragraph(text).alignment = WD_ALIGN_PARAGRAPH.CENTER
    document.add_paragraph("各县区人民政府,各开发区(度假区)管委会,市政府各部门、单位:")
    document.add_paragraph("《云岫市2026年优化营商环境重点任务》已经市政府同意,现印发给你们,请认真抓好落实。")
    document.add_paragraph("云岫市人民政府办公室").alignment = WD_ALIGN_PARAGRAPH.RIGHT
    document.add_paragraph("2026年1月26日").alignment = WD_ALIGN_PARAGRAPH.RIGHT
    document.add_paragraph("云岫市2026年优化营商环境重点任务").alignment = WD_ALIGN_PARAGRAPH.CENTER
    document.add_paragraph("为持续优化营商环境,更好服务经营主体,制定以下重点任务。")
    for chapter, items in BUSINESS:
        document.add_paragraph(chapter)
        for item in items:
            document.add_paragraph(item)
    document.add_paragraph("各责任单位要细化措施、明确节点,有关情况及时报送市政府办公室。")
    return document


if __name__ == "__main__":
    livelihood().save(FOLDER / "livelihood.xlsx")
    business().save(FOLDER / "business-environment.docx")
