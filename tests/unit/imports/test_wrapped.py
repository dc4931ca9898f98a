"""Text cut to lines of one width is read as if it had not been cut, and cited line by line."""

from __future__ import annotations

import pytest

from imports.document import Paragraph
from imports.pipeline import understand
from imports.readers import read_document
from tests.files import zoo
from tests.unit.imports.conservation import lost
from tests.unit.imports.stand_in import from_text

_NAMES = (
    "whole-letter-in-word",
    "prefecture-notes-with-spaces",
    "prose-with-mixed-forms-of-notes",
    "hard-wrapped-lines-gaps-in-numbers",
)
CASES = {case.name: case for case in zoo.cases() if case.name in _NAMES}


def _cut(texts: list[str], width: int, indent: str) -> str:
    lines = []
    for text in texts:
        rest = indent + text.strip().replace("\n", "")
        while len(rest) > width:
            lines.append(rest[:width])
            rest = rest[width:]
        lines.append(rest)
    return "\n".join(lines)


@pytest.mark.parametrize("name", CASES)
def test_lines_of_one_width_are_put_together_again(name: str) -> None:
    document = CASES[name].read()
    texts = [block.text for block in document.blocks if isinstance(block, Paragraph) and block.text.strip()]
    whole = understand(document, year=2024)
    cut = read_document(_cut(texts, 36, "　　").encode(), "cut.txt")
    draft = understand(cut, year=2024)
    assert [(task.requirement, task.path, task.number, task.units, task.deadlines) for task in draft.tasks] == [
        (task.requirement, task.path, task.number, task.units, task.deadlines) for task in whole.tasks
    ]
    assert lost(cut, draft) == []


def test_what_is_read_of_several_lines_cites_them_all() -> None:
    lines = [
        "一、提升城市品质，完善公共服务设施，推进老旧小区改造提升工程全面实施，年底前完成",
        "改造小区三十六个，惠及居民一万二千户。（市住房和城乡建设局牵头，市财政局、市民政局",
        "配合）",
        "二、优化交通组织，打通断头道路，完善慢行系统和停车设施建设运营管理，十月底前完成道路",
        "改造八条，建成停车场六个。（市交通运输局负责）",
    ]
    draft = understand(read_document("\n".join(lines).encode(), "cut.txt"), year=2024)
    first = draft.tasks[0]
    assert first.requirement.endswith("年底前完成改造小区三十六个，惠及居民一万二千户。")
    assert [unit.text for unit in first.units] == ["市住房和城乡建设局", "市财政局", "市民政局"]
    assert [locator for locator, _ in first.sources["units"]] == ["line 2", "line 3"]


def test_lines_counted_by_characters_are_joined_whatever_figures_they_hold() -> None:
    plain = "{}建立涉企检查计划公布制度，全面推行部门联合抽查和信用监管，避免重复检查、多头检查，减轻经营主体负担。"
    figures = "{}新增家庭农场60家、农民合作社示范社25家，培训农民1200人次以上，贷款余额增长15%，不良率控制在1.5%以内。"
    texts = [form.format(f"{number}.") for number, form in enumerate([plain, plain, plain, plain, figures, figures], 1)]
    draft = understand(read_document(_cut(["一、推进任务落实", *texts], 34, "").encode(), "cut.txt"), year=2026)
    assert [task.requirement for task in draft.tasks] == [text[2:] for text in texts]


def test_a_heading_whose_number_follows_on_begins_anew_behind_a_full_line() -> None:
    lines = [
        "云岫市2026年简政放权工作要点",
        "一、精简审批事项",
        "　　（一）编制行政备案事项清单。全市统一编制备案事项清单二百六十项，",
        "并向社会公开全部办事指南和流程图。（责任单位：市司法局、市数据局，五",
        "月底前）",
        "　　（二）压减证明材料。新增免提交证明四十类，推行告知承诺，方便企业",
        "和群众办理各类高频事项。（牵头单位：市司法局；责任单位：市直各部门）",
        "二、强化事中监管",
        "　　（一）公布检查计划。年度计划四月底前全部公布，减少重复检查，（市",
        "市场监管局负责）",
    ]
    draft = understand(read_document("\n".join(lines).encode(), "cut.txt"), year=2026)
    assert [(task.number, task.path) for task in draft.tasks] == [
        ("一(一)", ["精简审批事项"]),
        ("一(二)", ["精简审批事项"]),
        ("二(一)", ["强化事中监管"]),
    ]
    assert [unit.text for unit in draft.tasks[1].units] == ["市司法局", "市直各部门"]


def test_the_next_item_begins_anew_behind_a_full_line_of_units() -> None:
    lines = [
        "望岫县2026年工业重点工作分工",
        "一、稳定工业增长",
        "1.规模以上工业增加值增长6%，推进重点企业技术改造，开工建设项目20",
        "个以上，完成投资15亿元，培育专精特新企业12家，新增入库企业9家以上。",
        "牵头单位：县工信局　责任单位：县统计局、县发改局、县商务局、各乡镇",
        "2.外贸进出口总额增长8%，组织企业参加展会，签订采购协议，举办境外推",
        "介活动20场。",
        "牵头单位：县商务局",
    ]
    draft = understand(read_document("\n".join(lines).encode(), "cut.txt"), year=2026)
    assert [task.number for task in draft.tasks] == ["一1", "一2"]
    assert [unit.text for unit in draft.tasks[0].units] == ["县工信局", "县统计局", "县发改局", "县商务局", "各乡镇"]


def test_a_note_broken_by_the_width_of_a_line_is_closed() -> None:
    draft = understand(
        from_text(
            "云岫市2026年改革任务分工\n"
            "一、推进国资国企改革。完成市属企业公司制改制，组建产业投资集团，稳步压缩管\n"
            "理层级。（市国资委牵头，市财政局、市发展改革委、各市属企业参加，2026年11\n"
            "月底前完成）\n"
            "二、深化投融资改革。设立产业引导基金，年内完成首期募集，健全基金绩效评价机\n"
            "制。（市财政局牵头，市地方金融管理局、市投资促进中心参加，2026年12月底前\n"
            "完成）\n"
            "三、健全基层治理机制。配齐社区工作者，推行“街道吹哨、部门报到”，建立考核\n"
            "办法。（市委社会工作部牵头，市民政局、各街道参加，2026年6月底前完成）"
        )
    )
    assert len(draft.tasks) == 3
    assert "bracket-unclosed" not in {problem.code for problem in draft.problems}


def test_numbered_lines_of_one_width_are_items_of_their_own() -> None:
    draft = understand(
        from_text(
            "蓼花县2026年为民办实事清单\n"
            "1.安装路灯三百盏并接入县城照明控制平台统一巡检维护\n"
            "2.改造村卫生室四个并配齐基本诊疗设备和远程会诊系统\n"
            "3.硬化通村道路八公里并同步安装波形护栏和限速警示牌\n"
            "4.新增停车泊位六百个并接入全县智慧停车统一收费平台"
        )
    )
    assert [task.number for task in draft.tasks] == ["1", "2", "3", "4"]
