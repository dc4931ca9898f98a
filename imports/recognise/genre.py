"""Documents with numbered items that assign nothing: invitations to a meeting, rules, notices to the public, reports of what was
done."""

from __future__ import annotations

import re

from imports.phrases.chars import fold, squeeze
from imports.recognise.items import binds, text_of
from imports.recognise.nodes import Node

_TOLD_BY_TITLE = re.compile(
    r"(?:解读|图解|问答|答记者问|名单|简报|快报|专报|信息|动态|总结(?:(?:和|及|暨).{0,12}(?:打算|计划|安排|思路))?|讲话|致辞|制度|办法|规定|细则|章程|守则|规则|条例|规程|准则|公示|公告|通告|指南|须知|简介|通讯录|"
    r"(?:述职|年度|情况|调研|自查)报告|情况(?:的)?(?:汇报|说明|通报)|(?:应急)?预案|(?:预算|决算|编制)(?:公开)?说明|(?:放假|值班)(?:安排)?(?:的?通知)?|(?:主要|工作|部门|机构)(?:职责|职能)(?:[和及、](?:内设机构|机构设置|人员编制))*|内设机构|机构设置|职能配置|三定(?:规定|方案))(?:\([^()]*\))?$"
)
_TELLS = re.compile(
    r"(?:解读|图解|问答|答记者问|简报|快报|专报|总结|讲话|致辞|公示|公告|通告|报告|汇报|情况(?:的)?(?:汇报|说明|通报)|"
    r"(?:运行|进展|完成|落实|开展|发展|执行|统计)情况(?:分析|的通报)?|形势分析|综述|纪实|倡议书|答复|复函|感谢信|公开信|邀请函|贺信|须知|指南|侧记|发言(?:材料|稿|摘要)?|"
    r"领导(?:班子)?(?:成员|同志|干部)*(?:的)?(?:工作)?分工(?:调整)?(?:情况)?(?:的(?:通知|公告|公示))?|提案(?:的)?(?:办理|答复)意见(?:的)?函|(?:表扬|表彰|嘉奖|问责|处分|典型(?:案例|问题)).*的(?:通报|决定|通知)|一封信|提示|提醒|告知书|启事|招募令)(?:\([^()]*\))?$|^(?:一图)?(?:读懂|看懂|图解)"
)
"""A text that tells of something, whatever it is about (`《重点任务方案》政策解读`)."""
_TO_PEOPLE = re.compile(
    r"(?:委员|代表|朋友|同志|市民|群众|居民|村民|家长|同学|师生|职工|读者|网友|先生|女士|业主|考生|用户|同胞|来宾|嘉宾|乡亲|志愿者)们?:$"
)
"""Who is spoken to, where it is people and no body of the administration (`陈敏委员:`, `广大市民朋友:`)."""
_NEWS = re.compile(
    r"(?:解读|情况(?:汇报|报告|通报))如下[:。]?$|^(?:本报讯|本网讯)|^(?:\([^()]{0,12}\))?(?:本报)?记者.{0,12}(?:获悉|了解到|报道)|^编者按|^(?:近日|日前|连日来),(?!.*(?:现将|现就|如下|印发|通知))"
)
_SOMEBODY = re.compile(r"^[\u4e00-\u9fff·]{2,8},(?:男|女),")
"""How the life of a person begins: `王敏,男,汉族,1978年5月生`."""
_LONGEST_LINE = 40
_WITHIN_SENTENCES = re.compile(r"[。,;:!?]")
_ASSIGNS = re.compile(r"任务|分工|分解|清单|台账|方案|要点")
_RESULT = re.compile(
    r"同比|比上年|较上年|环比|累计|已(?:经)?(?:完成|建成|实现|有|达)|完成了|实现了|"
    r"(?:增长|下降|回落|上升|增加|总产量|总值|总额|收入)[^,;。]{0,6}[\d.]+(?:%|[万亿]*(?:元|吨|人))|取得.{0,8}成[效绩]"
)
_ORDERS = re.compile(r"[要应须]|力争|确保|推进|推动|加强|做好|加快|深入|健全|强化|开展|落实|不低于|以上|前完成")
_MOST = 0.6
_WHEN_OR_WHERE = re.compile(
    r"(?:会议|活动|培训|举办|召开|报名|报到|考试|报到|面试)?(?:的)?(?:时间|地点|时间和地点|时间、地点|时间及地点)(?:安排)?"
)
_ARRANGED = re.compile(
    r"(?:会议|活动|培训|参会|参加|参训|报名|与会|出席|议程|会期|招聘|考试|招标|投标).{0,10}|.{0,6}(?:人员|对象|议程|日程|方式|条件|程序|材料)"
)
_LEAST_ARRANGED = 2
_QUESTION = re.compile(r"\?\s*$")
_SPOKEN = re.compile(r"\s*(?:问|答|[QA]\d{0,2})\s*:")
_STANDING = re.compile(
    r"(?:主要|工作|部门|单位|机构|职能)*(?:职责|职能)(?:任务)?|(?:内设|所属|下属|直属)(?:机构|单位|科室)(?:设置)?(?:及.{0,4}职责)?|机构设置|人员编制|机构概况|"
    r"办公(?:信息|地[址点]|时间)|联系方式"
)
"""Chapters of a page on what a body is there for."""
_DUTIES_FOLLOW = re.compile(
    r"(?:主要|工作)(?:职责|职能)(?:是|为|如下|包括)?:$|^[^,。;:]{2,24}(?:主要|工作|机构|部门)(?:职责|职能)$"
)
_ANSWERS_FOR = re.compile(r"主持|负责|协助")
_HAS_UNDER = re.compile(r"(?:分管|协管|联系)(?!领导|负责人|同志|[省市县区]?(?:政府|委)?领导|人|电话|方式|实际|群众)")


def assigns_nothing(title: str, outline: Node) -> bool:
    """Asked of running text without a task table. What names units for an item in any way assigns something."""
    nodes = list(outline.walk())
    if any(binds(raw) for node in (outline, *nodes) for group in node.groups for _, raw in group.notes):
        return False
    plain = squeeze(fold(title))
    if tells(plain, outline) or (_TOLD_BY_TITLE.search(plain) and not _ASSIGNS.search(plain)):
        return True
    if any(_DUTIES_FOLLOW.search(squeeze(fold(raw))) for group in outline.groups for _, raw in group.texts):
        return True
    tests = (_is_invitation, _is_standing, _is_division, _is_unnumbered)
    return _is_report(plain, nodes) or any(told(nodes) for told in tests)


def tells(title: str, outline: Node) -> bool:
    """A text that tells of something, whoever is named in it: by its title, or by a line before its first item."""
    lines = (raw for group in outline.groups for _, raw in group.texts)
    return _TELLS.search(squeeze(fold(title))) is not None or any(map(_tells, lines)) or _answers(outline)


def _answers(outline: Node) -> bool:
    """Items that are questions, or begin with the sign of a question or an answer (`问:`, `答:`)."""
    leaves = [node for node in outline.walk() if not node.children]
    asked = sum(1 for node in leaves if _QUESTION.search(fold(node.title)) or _SPOKEN.match(fold(text_of(node))))
    return asked > 0 and asked >= _MOST * len(leaves)


def _tells(line: str) -> bool:
    """Does a line before the first item say by itself that the text tells something: its head, its addressee, where it is from?"""
    plain = squeeze(fold(line))
    head = len(plain) <= _LONGEST_LINE and not _WITHIN_SENTENCES.search(plain) and _TELLS.search(plain)
    return bool(head or _TO_PEOPLE.search(plain) or _NEWS.search(plain) or _SOMEBODY.match(plain))


def _is_report(title: str, nodes: list[Node]) -> bool:
    """Points that tell results (`增长1.2%`, `同比…`) and ask for nothing."""
    texts = [text for node in nodes if not node.children and (text := fold("".join(one.text for one in node.groups)))]
    if len(texts) < _LEAST_ARRANGED or _ASSIGNS.search(title):
        return False
    results = sum(1 for text in texts if _RESULT.search(text) and not _ORDERS.search(text))
    return results >= _MOST * len(texts)


def _is_unnumbered(nodes: list[Node]) -> bool:
    """Headings that only their style tells, and no number: the same text without styles has no items either."""
    return bool(nodes) and all(node.label is None for node in nodes)


def _is_standing(nodes: list[Node]) -> bool:
    """Chapters on what a body is there for (主要职责, 内设机构): its duties are nothing that is to be done by a day."""
    leaves = [node for node in nodes if not node.children]
    told = [node for node in leaves if any(_names_duties(one.title) for one in (*node.ancestors(), node))]
    return bool(told) and len(told) >= _MOST * len(leaves)


def _names_duties(title: str) -> bool:
    return _STANDING.fullmatch(squeeze(fold(title))) is not None


def _is_division(nodes: list[Node]) -> bool:
    """Items that say what each of the leaders answers for, and which bodies each has under himself."""
    texts = [fold(text_of(node)) for node in nodes if not node.children]
    told = sum(1 for text in texts if _ANSWERS_FOR.search(text) and _HAS_UNDER.search(text))
    return told >= _LEAST_ARRANGED and told >= _MOST * len(texts)


def _is_invitation(nodes: list[Node]) -> bool:
    """Items that say when, where and with whom: 会议时间, 会议地点, 参会人员."""
    titles = [squeeze(fold(node.title)) for node in nodes]
    arranged = [title for title in titles if _WHEN_OR_WHERE.fullmatch(title) or _ARRANGED.fullmatch(title)]
    return any(map(_WHEN_OR_WHERE.fullmatch, titles)) and len(arranged) >= _LEAST_ARRANGED
