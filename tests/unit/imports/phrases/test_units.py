"""Unit lists: each case as printed, and what it says. Written L lead, R responsible, S support, W watch; * a set, + open."""

from __future__ import annotations

import pytest
from hypothesis import given, settings, strategies as st

from imports.draft import Role
from imports.phrases.units import looks_like_units, parse_units, take_notes

_LETTERS: dict[Role, str] = {"lead": "L", "responsible": "R", "support": "S", "supervise": "W"}


def said(text: str, default: Role = "responsible") -> list[str]:
    return [
        f"{unit.text}/{_LETTERS[unit.role]}{'*' if unit.collective else ''}{'+' if unit.open else ''}"
        for unit in parse_units(text, default, 2026).units
    ]


SPLITTING = [
    ("市财政局", ["市财政局/R"]),
    ("市财政局、市审计局", ["市财政局/R", "市审计局/R"]),
    ("市财政局,市审计局；市统计局", ["市财政局/R", "市审计局/R", "市统计局/R"]),
    ("市财政局\n市审计局", ["市财政局/R", "市审计局/R"]),
    ("市财政局 市审计局　各街道", ["市财政局/R", "市审计局/R", "各街道/R*"]),
    ("市财政局/市审计局", ["市财政局/R", "市审计局/R"]),
    ("市财政\n局、市审计局", ["市财政局/R", "市审计局/R"]),
    ("市财政局和市审计局", ["市财政局/R", "市审计局/R"]),
    ("市财政局及各区分局", ["市财政局/R", "各区分局/R*"]),
    ("市委和市政府", ["市委/R", "市政府/R"]),
    ("市自然资源和规划局", ["市自然资源和规划局/R"]),
    ("市文化和旅游局、市人力资源和社会保障局", ["市文化和旅游局/R", "市人力资源和社会保障局/R"]),
    ("省政务和数据局", ["省政务和数据局/R"]),
    ("市发展和改革委员会", ["市发展和改革委员会/R"]),
    ("市市场监管局", ["市市场监管局/R"]),
    ("市水利局、住房城乡建设局", ["市水利局/R", "市住房城乡建设局/R"]),
    ("区委组织部牵头，区住建局、区人社局分工负责", ["区委组织部/L", "区住建局/R", "区人社局/R"]),
    ("区应急局牵头；区安委办负责督导", ["区应急局/L", "区安委办/W"]),
    ("责任单位∶市住建局", ["市住建局/R"]),
    ("责任科室：服务部，各科室配合", ["服务部/R", "各科室/S*"]),
    ("州科技局、发展改革委、经济信息化局负责", ["州科技局/R", "州发展改革委/R", "州经济信息化局/R"]),
    ("市卫健委（牵头）、市医保局（配合）、市财政局", ["市卫健委/L", "市医保局/S", "市财政局/R"]),
    ("市农业农村局牵头负责，市财政局负责资金保障", ["市农业农村局/L", "市财政局/R"]),
    ("市先进制造业专班", ["市先进制造业专班/R"]),
    ("市委、市政府督查室，市审计局", ["市委、市政府督查室/R", "市审计局/R"]),
    ("团市委、妇联", ["团市委/R", "市妇联/R"]),
    ("市、县（区）人民政府", ["市、县（区）人民政府/R*"]),
    ("省、市属企业", ["省、市属企业/R*"]),
    ("市直有关部门和单位", ["市直有关部门和单位/R*+"]),
    ("市科协与市科技局联合负责", ["市科协/R", "市科技局/R"]),
    ("市属国有企业、驻市高校", ["市属国有企业/R*", "驻市高校/R*"]),
    ("市直机关工委", ["市直机关工委/R"]),
    ("①市城管局②市公安局", ["市城管局/R", "市公安局/R"]),
    ("市城管局+市公安局", ["市城管局/R", "市公安局/R"]),
    ("由市商务局牵头，会同市税务局、市公安局落实", ["市商务局/L", "市税务局/S", "市公安局/S"]),
    ("第一责任单位：市城管局；第二责任单位：市公安局", ["市城管局/L", "市公安局/R"]),
    ("牵头：市发改委\n配合：市财政局", ["市发改委/L", "市财政局/S"]),
    ("县供电公司（张建平）", ["县供电公司/R"]),
    ("县自然资源局 李卫东", ["县自然资源局/R"]),
    ("县住建局：陈国华", ["县住建局/R"]),
    ("市商务局、市供销社", ["市商务局/R", "市供销社/R"]),
    ("清河园(柳溪镇)各街道", ["清河园(柳溪镇)/R", "各街道/R*"]),
    ("云岫大学、云岫供电公司、之江实验室", ["云岫大学/R", "云岫供电公司/R", "之江实验室/R"]),
    ("市高级法院、市检察院", ["市高级法院/R", "市检察院/R"]),
    ("云岫市", ["云岫市/R"]),
]
NEVER_SPLIT = [
    "各县(市、区)",
    "各乡、镇、场、街道",
    "市政府各部门、单位",
    "各盟行政公署、市人民政府",
    "自治区各委、办、厅、局",
    "各区、县级市",
    "各镇人民政府、街道办事处",
    "各大企业、事业单位",
    "市直各部门、各单位",
    "市政府有关部门、单位",
    "各县(市、区)政府(管委会)",
    "各乡、镇人民政府",
    "各部、委、办、局",
    "市直各部门、单位",
]
COLLECTIVES = [
    "市政府各部门",
    "市直各部门",
    "市级各有关部门",
    "区直各部门",
    "各科室",
    "各县区政府",
    "各县(市、区)人民政府",
    "各区政府",
    "各县市区人民政府",
    "开发区管委会",
    "功能区管委会",
    "各乡镇(街道)",
    "各镇街",
    "市各公共企事业单位",
    "各行政执法部门单位",
    "各地级以上市人民政府",
    "全区经济运行各专班",
    "市政府各部门单位",
    "乡镇人民政府",
    "各有关单位",
    "市有关部门",
    "领导小组成员单位",
    "县区政府",
    "市直有关单位",
]
SINGLE = [
    "市财政局",
    "云岫经开区管委会",
    "市行政审批制度改革领导小组办公室",
    "市委党校",
    "青山镇人民政府",
    "市相关产业促进中心",
]
ROLES = [
    ("市财政局牵头", ["市财政局/L"]),
    ("由市财政局牵头", ["市财政局/L"]),
    ("办公室牵头,各科室配合", ["办公室/L", "各科室/S*"]),
    ("市财政局牵头,市审计局、市统计局配合", ["市财政局/L", "市审计局/S", "市统计局/S"]),
    ("市财政局牵头,市审计局等按职责分工负责", ["市财政局/L", "市审计局/R", "等/R*+"]),
    (
        "市金融办、人民银行云岫市中心支行、云岫银监分局分别牵头落实",
        ["市金融办/L", "人民银行云岫市中心支行/L", "云岫银监分局/L"],
    ),
    ("市财政局负责落实", ["市财政局/R"]),
    ("市财政局、市审计局按职责分工分别负责。", ["市财政局/R", "市审计局/R"]),
    ("市财政局总牵头，市审计局协办", ["市财政局/L", "市审计局/S"]),
    ("市财政局主办,市审计局协同", ["市财政局/L", "市审计局/S"]),
    ("市财政局统筹,各县区政府落实", ["市财政局/L", "各县区政府/R*"]),
    ("市政府办公室督办", ["市政府办公室/W"]),
    ("市行政审批局市司法局，各县区政府", ["市行政审批局/R", "市司法局/R", "各县区政府/R*"]),
    ("市公安局市北分局", ["市公安局市北分局/R"]),
    ("市教育局* 市财政局\\市审计局", ["市教育局/R", "市财政局/R", "市审计局/R"]),
    ("市直各部门，各县市区，以下均需各县市区落实，不再逐一列出", ["市直各部门/R*", "各县市区/R*"]),
    ("市科技局、市工信局。列第一位的为牵头单位，下同", ["市科技局/R", "市工信局/R"]),
    ("市财政局会同市审计局、市统计局负责", ["市财政局/R", "市审计局/S", "市统计局/S"]),
    ("市财政局牵头会同市审计局", ["市财政局/L", "市审计局/S"]),
    ("市财政局牵头市审计局配合", ["市财政局/L", "市审计局/S"]),
    ("市财政局(牵头)、市审计局、市统计局(配合)", ["市财政局/L", "市审计局/R", "市统计局/S"]),
    ("牵头单位:市财政局;责任单位:市审计局,各区政府", ["市财政局/L", "市审计局/R", "各区政府/R*"]),
    ("牵头单位：市财政局，配合单位：市审计局、各区、县级市", ["市财政局/L", "市审计局/S", "各区、县级市/S*"]),
    ("主办单位:市财政局 协办单位:市审计局", ["市财政局/L", "市审计局/S"]),
    ("【责任单位:市财政局】", ["市财政局/R"]),
    ("督办单位:市政府督查室", ["市政府督查室/W"]),
    ("市财政局牵头，市审计局", ["市财政局/L", "市审计局/R"]),
    (
        "省委网信办,省保密局、密码管理局,省公安厅、政务和数据局,省通信管理局按职责分工负责",
        ["省委网信办/R", "省保密局/R", "省密码管理局/R", "省公安厅/R", "省政务和数据局/R", "省通信管理局/R"],
    ),
]
PREFIXES = [
    (
        "省发展改革委、工业和信息化厅,省通信管理局按职责分工负责",
        ["省发展改革委/R", "省工业和信息化厅/R", "省通信管理局/R"],
    ),
    ("省卫生健康委、医保局", ["省卫生健康委/R", "省医保局/R"]),
    ("市发展改革委、市场监管局", ["市发展改革委/R", "市市场监管局/R"]),
    ("市委组织部、宣传部、财政局", ["市委组织部/R", "市委宣传部/R", "市财政局/R"]),
    ("云岫市财政局、教育局", ["云岫市财政局/R", "云岫市教育局/R"]),
    ("市财政局、各县区政府", ["市财政局/R", "各县区政府/R*"]),
    ("市财政局、人民银行云岫市分行、团市委", ["市财政局/R", "人民银行云岫市分行/R", "团市委/R"]),
    ("市财政局,教育局", ["市财政局/R", "教育局/R"]),
    ("信访科、办公室", ["信访科/R", "办公室/R"]),
]
TAILS = [
    ("市财政局等有关部门、单位", ["市财政局/R", "等有关部门、单位/R*+"]),
    ("市财政局等有关部门单位,各县区政府", ["市财政局/R", "等有关部门单位/R*+", "各县区政府/R*"]),
    ("市财政局等部门", ["市财政局/R", "等部门/R*+"]),
    ("市财政局等", ["市财政局/R", "等/R*+"]),
    ("市财政局、市审计局等3个部门", ["市财政局/R", "市审计局/R", "等3个部门/R*+"]),
    ("市高等教育研究院", ["市高等教育研究院/R"]),
    ("省有关部门按职责分工负责", ["省有关部门/R*+"]),
]
GOLDEN = [
    ("市财政局,各县区政府、开发区管委会", ["市财政局/R", "各县区政府/R*", "开发区管委会/R*"]),
    ("市政府各部门、单位,各县区政府、开发区管委会", ["市政府各部门、单位/R*", "各县区政府/R*", "开发区管委会/R*"]),
    ("各乡、镇、场、街道,市政府各部门单位", ["各乡、镇、场、街道/R*", "市政府各部门单位/R*"]),
    ("市卫生健康委等,各县(市、区)政府(管委会)", ["市卫生健康委/R", "等/R*+", "各县(市、区)政府(管委会)/R*"]),
    ("市教育局、各有关部门,乡镇人民政府按职责分工分别负责。", ["市教育局/R", "各有关部门/R*+", "乡镇人民政府/R*"]),
    ("责任单位:市高院、市通信管理局等;各区政府", ["市高院/R", "市通信管理局/R", "等/R*+", "各区政府/R*"]),
    (
        "市政府办公室、市改革领导小组办公室牵头,市级各有关部门及各县市区政府按职责分工负责",
        ["市政府办公室/L", "市改革领导小组办公室/L", "市级各有关部门/R*+", "各县市区政府/R*"],
    ),
    (
        "牵头单位:州发改委;责任单位:州财政局及州直相关单位,各县市人民政府、清江经开区管委会,6月底完成",
        ["州发改委/L", "州财政局/R", "州直相关单位/R*+", "各县市人民政府/R*", "清江经开区管委会/R"],
    ),
]


@pytest.mark.parametrize(("text", "wanted"), [*SPLITTING, *ROLES, *PREFIXES, *TAILS, *GOLDEN])
def test_what_a_list_says(text: str, wanted: list[str]) -> None:
    assert said(text) == wanted


@pytest.mark.parametrize("text", NEVER_SPLIT)
def test_what_never_splits(text: str) -> None:
    units = parse_units(text).units
    assert [unit.text for unit in units] == [text]
    assert units[0].collective
    around = parse_units(f"市财政局、{text},市审计局").units
    assert [unit.text for unit in around] == ["市财政局", text, "市审计局"]


@pytest.mark.parametrize("text", COLLECTIVES)
def test_names_of_sets(text: str) -> None:
    (unit,) = parse_units(text).units
    assert unit.collective
    assert unit.text == text


@pytest.mark.parametrize("text", SINGLE)
def test_names_of_one_body(text: str) -> None:
    (unit,) = parse_units(text).units
    assert unit.text == text
    assert unit.collective is ("相关" in text)


@pytest.mark.parametrize("text", ["无", "—", "/", "", " ", "——", "-", "暂无", "无。", "（无）"])
def test_what_names_nobody(text: str) -> None:
    assert parse_units(text, "support").units == ()


def test_the_column_decides_where_no_role_is_printed() -> None:
    assert said("市财政局、市审计局", "lead") == ["市财政局/L", "市审计局/L"]
    assert said("市财政局", "support") == ["市财政局/S"]
    assert said("市财政局牵头,市审计局", "lead") == ["市财政局/L", "市审计局/R"]


def test_a_second_name_stays_with_its_body() -> None:
    (unit,) = parse_units("省市场监管局(省知识产权局)").units
    assert (unit.text, unit.also) == ("省市场监管局(省知识产权局)", "省知识产权局")


def test_a_deadline_inside_a_note_is_no_unit() -> None:
    reading = parse_units("(牵头单位:市财政局、市审计局;责任单位:市教育局,6月底完成)", "responsible", 2026)
    assert [unit.text for unit in reading.units] == ["市财政局", "市审计局", "市教育局"]
    assert [(entry.text, str(entry.date)) for entry in reading.deadlines] == [("6月底", "2026-06-30")]


def test_times_and_people_by_label() -> None:
    reading = parse_units("责任领导:张三;责任单位:市财政局;完成时限:2026年10月底前", "responsible", 2026)
    assert [unit.text for unit in reading.units] == ["市财政局"]
    assert reading.persons == (("责任领导", "张三"),)
    assert [entry.text for entry in reading.deadlines] == ["2026年10月底前"]


def test_a_role_printed_twice_is_reported_and_both_are_kept() -> None:
    reading = parse_units("(责任单位:市政府相关部门;责任单位:市各企事业单位)")
    assert reading.role_repeated == "责任单位"
    assert [unit.text for unit in reading.units] == ["市政府相关部门", "市各企事业单位"]


def test_a_note_that_is_not_closed_is_told_by_its_last_word() -> None:
    taken = take_notes("建立清单(市发展改革委牵头,市统计局、市税务局配合")
    assert taken.body == "建立清单"
    assert [note.closed for note in taken.notes] == [False]


@pytest.mark.parametrize("text", ["(牵头单位:市财政局;责任单位:市审计局", "牵头单位:市财政局;责任单位:市审计局)"])
def test_a_bracket_that_is_not_closed(text: str) -> None:
    reading = parse_units(text)
    assert reading.unclosed
    assert [unit.text for unit in reading.units] == ["市财政局", "市审计局"]


@pytest.mark.parametrize(
    ("text", "body", "notes"),
    [
        ("公开目录。(责任单位:市财政局)", "公开目录。", 1),
        ("公开目录。（市财政局牵头，各县区配合）", "公开目录。", 1),
        ("公开目录。(市财政局、市审计局)", "公开目录。", 1),
        ("公开目录。(各部门按职责分工负责,10月底前完成)", "公开目录。", 1),
        ("公开目录。(责任单位:市财政局)(完成时限:年底前)", "公开目录。", 2),
        ("公开目录。(责任单位:各县(市、区)政府", "公开目录。", 1),
        ("公开目录。牵头单位：市财政局；责任单位：市审计局。", "公开目录。", 1),
        ("推行政府和社会资本合作(PPP)", "推行政府和社会资本合作(PPP)", 0),
        ("按照《云岫方案》(云政发〔2026〕5号)", "按照《云岫方案》(云政发〔2026〕5号)", 0),
        ("确定2个试点镇(街道)", "确定2个试点镇(街道)", 0),
        ("公开台账(涉密信息除外)", "公开台账(涉密信息除外)", 0),
    ],
)
def test_notes_at_the_end_of_a_text(text: str, body: str, notes: int) -> None:
    taken = take_notes(text)
    assert taken.body == body
    assert len(taken.notes) == notes
    assert taken.body + "".join(note.text for note in taken.notes) == text


@pytest.mark.parametrize(
    "text", ["市财政局", "各县区政府、开发区管委会", "牵头单位:甲", "市发改委牵头,各部门配合", "办公室"]
)
def test_cells_that_are_unit_lists(text: str) -> None:
    assert looks_like_units(text)


@pytest.mark.parametrize(
    "text",
    [
        "充分利用各级各类新闻媒体平台",
        "整治消防隐患900处，每月通报。",
        "覆盖12个社区",
        "做好政策解读。",
        "推进网办",
        "2026年6月底",
        "建立规章和规范性文件定期清理和公开制度。",
        "张三",
        "1",
        "",
    ],
)
def test_cells_that_are_none(text: str) -> None:
    assert not looks_like_units(text)


_NAMES = [
    "市财政局",
    "市审计局",
    "省水利厅",
    "市委宣传部",
    "县民政局",
    "区城管局",
    "青山镇政府",
    "州林业和草原局",
    "市自然资源和规划局",
]


@settings(max_examples=80, deadline=None)
@given(
    st.lists(st.sampled_from(_NAMES), min_size=1, max_size=6, unique=True),
    st.sampled_from(["、", ",", "，", ";", "\n", "、 "]),
)
def test_any_list_of_full_names_comes_back_whole(names: list[str], sign: str) -> None:
    assert [unit.text for unit in parse_units(sign.join(names)).units] == names


@settings(max_examples=80, deadline=None)
@given(st.lists(st.sampled_from(_NAMES), min_size=2, max_size=5, unique=True), st.integers(1, 4))
def test_a_leading_run_and_a_supporting_run(names: list[str], cut: int) -> None:
    cut = min(cut, len(names) - 1)
    text = "、".join(names[:cut]) + "牵头," + "、".join(names[cut:]) + "配合"
    roles = [unit.role for unit in parse_units(text).units]
    assert roles == ["lead"] * cut + ["support"] * (len(names) - cut)


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="市县区各局委办、,;:()（）牵头责任单位配合等有关部门及和 \n政府一2月底前", max_size=40))
def test_any_signs_at_all(text: str) -> None:
    for unit in parse_units(text).units:
        assert unit.text.strip()
        assert unit.text not in {"、", ","}


def test_people_beside_units_are_kept() -> None:
    assert parse_units("县供电公司（张建平）、县住建局：陈国华").persons == (("责任人", "张建平"), ("责任人", "陈国华"))


def test_a_name_broken_behind_its_first_character_is_one() -> None:
    found = parse_units("县发改局、县\n财政局")
    assert [unit.text for unit in found.units] == ["县发改局", "县财政局"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("各县 （市、区） 人民政府 ", ["各县（市、区）人民政府"]),
        ("国家发展改革委、国务院国资委", ["国家发展改革委", "国务院国资委"]),
        ("国家发展改革委、能源局", ["国家发展改革委", "国家能源局"]),
        ("外交部、商务部，各省、自治区、直辖市人民政府", ["外交部", "商务部", "各省、自治区、直辖市人民政府"]),
        ("商务部、各省、自治区、直辖市和新疆生产建设兵团", ["商务部", "各省、自治区、直辖市和新疆生产建设兵团"]),
    ],
)
def test_names_with_a_level_of_their_own_and_seats_behind_a_blank(text: str, names: list[str]) -> None:
    assert [unit.text for unit in parse_units(text).units] == names


def test_a_closing_sentence_may_name_the_office_for_emergencies() -> None:
    taken = take_notes("制定清单，压减检查30%以上。市司法局牵头，市应急局、市生态环境局等按职责分工负责；9月底前完成。")
    assert taken.body == "制定清单，压减检查30%以上。"


def test_less_than_in_a_bracket_opens_none() -> None:
    taken = take_notes("改善空气质量(PM2.5浓度<35微克/立方米,市生态环境局牵头)")
    assert [note.text for note in taken.notes] == ["(PM2.5浓度<35微克/立方米,市生态环境局牵头)"]
    assert taken.body == "改善空气质量"
