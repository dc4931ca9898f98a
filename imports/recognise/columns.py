"""What a column holds, told by its header cell (表头)."""

from __future__ import annotations

import re
from enum import Enum
from functools import lru_cache
from typing import Final

from imports.draft import Role
from imports.phrases.chars import fold, squeeze


class Column(Enum):
    NUMBER = "number"
    LEVEL = "level"
    NAME = "name"
    REQUIREMENT = "requirement"
    GOAL = "goal"
    """A second text column: 工作目标 beside 工作要求."""
    LEAD = "lead"
    RESPONSIBLE = "responsible"
    SUPPORT = "support"
    SUPERVISE = "supervise"
    DEADLINE = "deadline"
    PERSON = "person"
    PHONE = "phone"
    WEIGHT = "weight"
    PROGRESS = "progress"
    REMARK = "remark"
    STAGE = "stage"
    """The header is a time (第一季度), its cells say what is done by then."""
    MEASURE = "measure"
    """What the goals beside it are counted in (计量单位)."""
    SCORING = "scoring"
    """How what was reached is scored (评分标准): its numbers and times bind nobody."""
    MARK = "mark"
    """The header is a unit, a mark in its cells says that it has a part."""
    SHARE = "share"
    """The header is a county or town, a figure in its cells is its share of what is to be reached."""


UNIT_ROLES: Final[dict[Column, Role]] = {
    Column.LEAD: "lead",
    Column.RESPONSIBLE: "responsible",
    Column.SUPPORT: "support",
    Column.SUPERVISE: "supervise",
}
_WORDS: Final[dict[Column, str]] = {
    Column.NUMBER: "序号 项次 编号 任务编号 项目编号 事项编号 序 号 No. No NO. NO no id ID #",
    Column.LEVEL: (
        "类别 类型 一级指标 二级指标 重点任务 目标任务 工作任务 主要任务 领域 方面 板块 分类 任务类别 工作类别 重点工作 "
        "工作事项 一级任务 二级任务 三级任务 任务 大项 小项 category group 工作领域 重点领域 任务分类 专项 指标 项目类别 "
        "工作重点 重点工作任务 任务分工 任务分解 工作分解 指标名称 所属领域 主要工作 工作 章节 环节 阶段"
    ),
    Column.NAME: (
        "事项 任务名称 项目名称 民生实事 改革举措 事项名称 名称 工作名称 项目 任务事项 实事项目 民生实事项目 举措 标题 "
        "改革事项 改革任务 title task 重点项目"
    ),
    Column.REQUIREMENT: (
        "工作要求 具体要求 主要内容 任务内容 工作内容 具体举措 建设内容 工作措施 具体任务 具体内容 主要措施 任务要求 具体措施 "
        "内容 要求 措施 工作举措 重点举措 主要举措 落实举措 落实措施 建设内容及规模 具体工作 工作任务及要求 任务措施 推进措施 "
        "具体工作任务 细化任务 任务描述 整改措施 content 实施内容 公开内容 考核内容 考评内容 主要工作内容 工作任务内容 "
        "重点内容 路线图 工作要点 推进步骤 实施路径 工作抓手 具体抓手 工作任务和要求 年度目标任务 全年目标任务 工作目标任务 "
        "指标任务 主要指标 核心指标 考核指标"
    ),
    Column.GOAL: (
        "目标要求 工作目标 年度目标 成果形式 预期目标 目标 预期成效 工作成效 年度工作目标 目标值 主要目标 绩效目标 成果 "
        "完成标准 考核标准 任务目标 预期成果 工作成果 成果要求 标准要求 达标要求 达标标准 指标要求 创建标准 "
        "全年计划 数量 任务量 目标数量 年度指标 量化指标 工作量化指标"
    ),
    Column.LEAD: (
        "牵头单位 牵头部门 主办单位 主要责任单位 第一责任单位 牵头责任单位 汇总单位 牵头科室 牵头处室 主办部门 主责单位 牵头 "
        "牵头责任部门 owner lead 主管部门 主管单位 主办 主责"
    ),
    Column.RESPONSIBLE: (
        "责任单位 责任部门 责任科室 责任处室 承办单位 实施单位 落实单位 单位 部门 责任股室 承办部门 责任主体 实施主体 "
        "项目业主 项目单位 项目法人 业主 承接单位 经办科室 "
        "承接部门 业务科室 对口科室 对口处室 departments department responsible 承办科室 责任单位(部门) 责任单位及责任人 "
        "责任单位和责任人 责任单位及人员 牵头单位及责任单位 "
        "责任领导及责任单位 落实部门 实施 落实 承办 负责 责任 单位名称 部门名称 建设单位 责任机构 责任分工 分工 工作分工"
    ),
    Column.SUPPORT: (
        "配合单位 协办单位 协同单位 协同责任单位 其他责任单位 参与单位 配合部门 协办部门 参加单位 配合责任单位 配合科室 "
        "协助单位 配合 co co-owner support 参与部门 责任单位(配合) 协办 协同 会办"
    ),
    Column.SUPERVISE: "督办单位 督查单位 监督单位 督导单位 督办部门 监督部门 督查部门 监管 督办 督查 监督",
    Column.DEADLINE: (
        "完成时限 时限要求 时间要求 时间节点 完成时间 办结时限 进度安排 时限 完成期限 工作时限 推进时限 时间 time deadline due 时间安排 "
        "计划完成时间 整改时限 完成日期 进度要求 完成时限要求 办理时限 时间进度 时间表 截止时间 调度频次 报送频次 频次 调度周期 报送时间 "
        "时间进度安排 办理期限 工期 建设周期 时间周期 日期 竣工 完工 投产 投用 建成"
    ),
    Column.PERSON: (
        "牵头人 责任民警 牵头领导 责任领导 分管领导 区政府分管领导 责任人 联系人 市政府分管领导 县政府分管领导 包保领导 牵头县领导 "
        "牵头市领导 "
        "牵头区领导 负责人 分管负责人 经办人 具体负责人 责任人员 联络员 县政府分线领导 挂钩领导 督办领导 市级领导 区级领导 "
        "县级领导 分管市领导 分管区领导 单位及职务 单位职务 单位和职务 工作单位及职务 工作单位 姓名及职务 职务"
    ),
    Column.PHONE: "联系电话 电话 联系方式 手机 办公电话",
    Column.WEIGHT: "分值 权重 分值权重 权重(%) 分数 赋分 标准分 分值(分)",
    Column.SCORING: "评分标准 计分办法 评分办法 考评细则 评分细则 考核细则 考核办法 扣分项 加分项 评分依据",
    Column.PROGRESS: (
        "完成情况 进展情况 存在问题 下步措施 进度 工作进展 推进情况 落实情况 目前进展 下一步工作 下步打算 工作进度 状态 "
        "自查情况 完成状态 是否完成 目前进展情况 存在的问题 下一步措施 下一步打算 办理情况"
    ),
    Column.REMARK: (
        "追责情形 问责情形 发榜单位 交办单位 派单单位 下达单位 移交单位 转办单位 "
        "备注 说明 附注 任务来源 来源 问题来源 督办依据 依据 文件依据 政策依据 建设地点 实施地点 项目地点 地点 所在地 所属区域 "
        "建设性质 总投资 计划投资 年度投资 投资额 资金来源 建设年限 建设规模 收费情况 收费标准 是否收费 办件类型"
    ),
}
_BY_WORD: Final = {word.lower(): column for column, words in _WORDS.items() for word in words.split()}
_BODY = r"(?:单位|部门|科室|处室|股室|机构|主体|机关|县区|区县|县市区|市县|乡镇|镇街|街道|园区|企业)"
_DOING = r"(?:化解|排查|治理|清理|防控|责任|工作|办理|督办|交办|整改|推进|实施|落实|改革|建设|细化|行动|问题|目前|当前|最新|主要|具体)"
_PATTERNS: Final = (
    (
        Column.GOAL,
        re.compile(
            r"^.{0,6}目标(?:要求|值|数|任务数|进度|节点|成效|内容)?$|^(?:年度|全年|目标|建设)?(?:指标|计划|任务|年度|目标)(?:值|数|量|任务数|数量|总量)$"
        ),
    ),
    (
        Column.PERSON,
        re.compile(
            r"(?:领导|责任人|联系人|负责人)$|^(?:签发|审核|拟稿|批示|审签|承办|填报|填表)人$|^(?:参加|参会|参训|出席)人员$|^(?:副?(?:链|组|专班|工作组)长|链长制?领导)$|^(?:领衔|提出|提案|建议|附议)(?:代表|委员|人)$|^(?:授课|主讲|主持|发言|汇报|讲解)(?:人|老师|专家|教师)$"
        ),
    ),
    (Column.DEADLINE, re.compile(r"^(?:时限|时间|进度)清单$")),
    (Column.REQUIREMENT, re.compile(r"^(?:任务|措施|举措|整改)清单$")),
    (Column.GOAL, re.compile(r"^(?:目标|成果)清单$|^.{0,6}原文$")),
    (
        Column.GOAL,
        re.compile(r"^全[省市县区州旗镇乡](?:合计|总计|目标|任务|计划|指标)?(?:数|量|值)?$|^(?:合计|总计|总量|总数)$"),
    ),
    (
        Column.LEVEL,
        re.compile(r"^(?:考核|考评|评价|指标|任务|工作|项目|事项|专项|措施)(?:类别|类型|分类|维度)$|^维度$"),
    ),
    (Column.LEVEL, re.compile(r"^(?:问题|短板)清单$|^(?:攻坚|改革|任务|工作|重点|民生|行动)(?:领域|板块|方向|条线)$")),
    (Column.PHONE, re.compile(r"电话$")),
    (Column.SUPERVISE, re.compile(rf"^(?:牵头|主要|具体)?(?:考核|考评|评价|评分|评估)(?:责任|牵头)?{_BODY}$")),
    (
        Column.LEAD,
        re.compile(
            r"^牵头(?:专项|推进|工作)?(?:小组|专班)$|^(?:工作|推进|攻坚)专班$|^(?:工作|推进|攻坚|行动)?(?:专班|指挥部|领导小组)办(?:公室)?(?:设在|所在)?(?:单位|部门)?$"
        ),
    ),
    (
        Column.LEAD,
        re.compile(
            rf"^(?:.{{0,4}}牵头|主办|主要(?:责任|负责)|第一(?:责任|负责)|主责|主抓|总负责|发起|召集|抓总|组织(?=单位|部门)).{{0,4}}{_BODY}$"
        ),
    ),
    (
        Column.SUPPORT,
        re.compile(rf"^(?:(?:责任)?配合|协[办同助作]|参[与加]|会办|会同|联办|支持|其[他它]责任).{{0,4}}{_BODY}$"),
    ),
    (
        Column.SUPERVISE,
        re.compile(rf"^(?:督[办查导促]|监督|监管|跟踪|指导|验收|考核|考评|评价|评分|打分).{{0,2}}{_BODY}$"),
    ),
    (
        Column.SCORING,
        re.compile(
            r"^.{0,4}(?:评分|计分|赋分|[扣加]分|打分|记分|考评|考核|评价|测评|评定)"
            r"(?:标准|办法|细则|方法|方式|规则|依据|说明|要点|事项|项|情况|原则)$|^(?:自评|考评|考核|评定|实际)得?分$"
        ),
    ),
    (
        Column.RESPONSIBLE,
        re.compile(
            rf"^.{{0,4}}(?:责任|承办|实施|落实|负责|执行|承担|整改|办理|认领|领办|推进|揭榜|业主).{{0,3}}{_BODY}(?:及分工)?$"
        ),
    ),
    (
        Column.RESPONSIBLE,
        re.compile(
            r"^被.{2,4}(?:单位|部门)$|^(?:受[检查督]|隐患|问题|涉事|涉及)(?:单位|部门|企业)$|^责任清单$|^(?:由)?谁来?(?:负责|牵头|做|办|落实)$|^负责的?(?:单位|部门)$"
        ),
    ),
    (
        Column.DEADLINE,
        re.compile(
            r"^(?:计划|预计|要求|最迟|拟)(?:完成|办结|竣工|投用|建成)(?:时间|日期)?$|^(?:截止|完成|办结)日期?$|^(?:计划|任务|工作)?结束(?:时间|日期)$"
        ),
    ),
    (
        Column.DEADLINE,
        re.compile(
            r"^.{0,6}(?:时限|时间节点|完成时间|时间要求|(?:月度|季度|时序|节点|推进)(?:安排|计划|进度))(?:要求)?$|"
            r"^.{0,2}(?:竣工|建成|投用|销号|办结|截止|达标|验收|报送|上报|交付|交榜|出台|督[查导]|检查|实施|落实|攻坚|推进|整治|整改|化解|答复)"
            r"(?:时间|日期|期限)$|"
            r"^(?:在)?(?:什么时候|何时|几时|哪天)(?:前|之前)?(?:要)?(?:完成|办完|做完|交)?$"
        ),
    ),
    (
        Column.PROGRESS,
        re.compile(rf"^.{{0,8}}(?:完成情况|进展情况|落实情况|推进情况)$|^{_DOING}*(?:进展|结果|成效|状态)$"),
    ),
    (
        Column.DEADLINE,
        re.compile(r"^(?:检查|抽查|巡查|更新|工作|公开|通报|督[查导]|监测|开展|实施)?.{0,2}(?:频次|频率)(?:要求)?$"),
    ),
    (Column.WEIGHT, re.compile(r"^.{0,4}(?:分值|权重)$")),
    (Column.SUPPORT, re.compile(r"^(?:专班|小组|领导小组)?成员单位$")),
    (
        Column.NUMBER,
        re.compile(
            r"^(?:任务|项目|事项|督办|交办|工作|问题|责任|榜单|清单|指标|措施|建议|提案|议案|案件|子|小|分)(?:序号|编号|号)$|^(?:任务|工作|督办|问题|措施)(?:编|代)码$"
        ),
    ),
    (
        Column.NAME,
        re.compile(
            r"^(?:督办|交办|承办|责任|信访|承诺|践诺|议定|决定|批示|改革|民生|立项|办理|督[查导]|检查|调研)(?:事项|项目)(?:名称)?$"
        ),
    ),
    (Column.NAME, re.compile(r"^(?!单位|部门|企业|指标).{2,6}名称$|^(?:建议|提案|议案)?(?:题目|标题|案由)$")),
    (Column.LEVEL, re.compile(r"^(?:[一二三]级)?.{0,6}(?:重点任务|工作任务|目标任务|重点工作|任务)$")),
    (Column.REQUIREMENT, re.compile(r"^.{0,4}(?:具体|主要|工作|任务)(?:要求|内容|举措|措施)(?:及.{1,6}|和.{1,6})?$")),
    (
        Column.REQUIREMENT,
        re.compile(rf"^{_DOING}(?:要求|内容|举措|措施|标准|办法|方法|做法)$|^(?:要)?(?:做什么|干什么|办什么)$"),
    ),
    (
        Column.REQUIREMENT,
        re.compile(r"^(?!保障|激励|惩戒|奖惩)[^公考].{1,3}(?:内容|举措|措施)$|^.{2,6}(?:落实|贯彻|推进)(?:举措|措施)$"),
    ),
)
_AND = re.compile(r"[及和与、/\\]")
_SAYS = re.compile(r"^[^()]{2,6}:[^()]")
"""`单位:万元`: a line that says something, and heads nothing."""
_LATIN = re.compile(r"[A-Za-z.]+")
_BRACKET = re.compile(r"\([^()]*\)")
_TITLE = re.compile("《[^《》]*》")
_OF_A_YEAR = re.compile(r"(?:20\d{2}年度?|本年度?|当年)的?(?=.{2})")
"""`2026年建设内容`: the word behind it says what it is."""
_OF_A_LEVEL = re.compile(r"(?:[省市县区州镇乡]级?|本级)(?=(?:牵头|主办|配合|协办|落实|责任|承办)$)")
"""`市级牵头 | 市级配合 | 县级落实`"""
_BEGUN_AND_DONE = re.compile(r"开\(竣\)工|开工(?:\(竣工\)|[及和与、/]竣工)|开竣工")
"""`开工（竣工）时间`: of two times under one head the second binds."""


@lru_cache(maxsize=4096)
def column_of(text: str) -> Column | None:
    """What a header cell announces; None where the text is no header word.

    Of several words (`主要措施及责任分工`, `牵头单位及责任人`, `时间节点及成果`) a requirement that is named first goes first, or a
    task before who is to do it (`工作任务及分工`), then units, then the requirement, then the first word.
    """
    if len(text) > 40:
        return None
    plain = squeeze(fold(text)).strip(":*")
    if not plain or len(plain) > 24 or _SAYS.search(plain):
        return None
    found = _BY_WORD.get(plain.lower())
    if found is None:
        if _BEGUN_AND_DONE.search(plain):
            return Column.DEADLINE
        bare = _BRACKET.sub("", _TITLE.sub("", plain))
        if not bare.isascii():
            bare = _LATIN.sub("", bare)  # 工作任务Task: said twice
        parts = [column_of(part) for part in _AND.split(bare)] if _AND.search(bare) else []
        found = _BY_WORD.get(bare.lower()) or (parts[0] if parts[:1] == [Column.REQUIREMENT] else None)
        if found is None and parts[:1] == [Column.LEVEL] and any(part in UNIT_ROLES for part in parts[1:]):
            found = Column.REQUIREMENT
        found = found or next((part for part in parts if part in UNIT_ROLES), None)
        if found is None and 2 <= len(bare) <= 12:
            found = next((column for column, pattern in _PATTERNS if pattern.search(bare)), None)
        if found is None and parts:
            found = Column.REQUIREMENT if Column.REQUIREMENT in parts else parts[0]
        found = found or _behind_its_level_or_year(bare)
    return found


def _behind_its_level_or_year(bare: str) -> Column | None:
    """`市级牵头`, `2026年建设内容`: what the word behind the level or the year announces."""
    before = _OF_A_LEVEL.match(bare) or _OF_A_YEAR.match(bare)
    return column_of(bare[before.end() :]) if before else None


_PART = r"(?:20\d{2}年度?)?(?:第?[一二三四1-4]季度|前[二两三23](?:个)?季度|[上下]半年|\d{1,2}(?:[-~—至]\d{1,2})?月份?)"
_SAID = r"(?:底|末|前)?(?:工作|目标|计划|进度|节点|任务|安排|推进)*"
_STAGE = re.compile(rf"({_PART}|20\d{{2}}年度?|全年){_SAID}")
_PART_OF_A_YEAR = re.compile(_PART + _SAID)


def stage_column(text: str) -> bool:
    """Does a header cell name a time, so that its cells say what is done by then?"""
    return len(text) <= 20 and _STAGE.fullmatch(squeeze(fold(text))) is not None


@lru_cache(maxsize=4096)
def within_a_year(text: str) -> bool:
    """Does a header cell name a part of the year (`第三季度目标`)?"""
    return len(text) <= 20 and _PART_OF_A_YEAR.fullmatch(squeeze(fold(text))) is not None
