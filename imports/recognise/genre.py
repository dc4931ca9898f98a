"""Documents with numbered items that assign nothing: invitations to a meeting, rules, notices to the public, reports of what was
done."""

from __future__ import annotations

import re

from imports.phrases.chars import fold, squeeze
from imports.recognise.outline import Node

_TOLD_BY_TITLE = re.compile(
    r"(?:解读|图解|问答|答记者问|名单|简报|快报|专报|信息|动态|总结(?:(?:和|及|暨).{0,12}(?:打算|计划|安排|思路))?|讲话|致辞|制度|办法|规定|细则|章程|守则|规则|条例|规程|准则|公示|公告|通告|指南|须知|简介|通讯录|"
    r"(?:述职|年度|情况|调研|自查)报告|情况(?:的)?(?:汇报|说明|通报)|(?:预算|决算|编制)(?:公开)?说明|(?:放假|值班)(?:安排)?(?:的?通知)?)(?:\([^()]*\))?$"
)
_ASSIGNS = re.compile(r"任务|分工|分解|清单|台账|方案|要点")
_WHEN_OR_WHERE = re.compile(
    r"(?:会议|活动|培训|举办|召开|报名|报到|考试|报到|面试)?(?:的)?(?:时间|地点|时间和地点|时间、地点|时间及地点)(?:安排)?"
)
_ARRANGED = re.compile(
    r"(?:会议|活动|培训|参会|参加|参训|报名|与会|出席|议程|会期|招聘|考试|招标|投标).{0,10}|.{0,6}(?:人员|对象|议程|日程|方式|条件|程序|材料)"
)
_LEAST_ARRANGED = 2


def assigns_nothing(title: str, outline: Node) -> bool:
    """Asked of running text without a task table. What names units for an item in any way assigns something."""
    nodes = list(outline.walk())
    if any(group.notes for node in (outline, *nodes) for group in node.groups):
        return False
    plain = squeeze(fold(title))
    return (_TOLD_BY_TITLE.search(plain) is not None and not _ASSIGNS.search(plain)) or _is_invitation(nodes)


def _is_invitation(nodes: list[Node]) -> bool:
    """Items that say when, where and with whom: 会议时间, 会议地点, 参会人员."""
    titles = [squeeze(node.title) for node in nodes]
    arranged = [title for title in titles if _WHEN_OR_WHERE.fullmatch(title) or _ARRANGED.fullmatch(title)]
    return any(map(_WHEN_OR_WHERE.fullmatch, titles)) and len(arranged) >= _LEAST_ARRANGED
