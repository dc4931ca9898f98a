"""What long work is called."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

JOB_NAMES = {
    "export": _l("导出报表"),
    "audit-verify": _l("核对审计链"),
    "drafts.read": _l("读入文件"),
    "drafts.workbook": _l("生成批注工作簿"),
    "drafts.again": _l("重新识别文件"),
    "drafts.correct": _l("批量更正"),
    "drafts.undo": _l("撤销批量更正"),
    "drafts.adopt": _l("分解表入库"),
    "drafts.take": _l("采纳批注工作簿"),
    "progress.issue": _l("下发计划"),
    "progress.kits": _l("导出填报包"),
    "progress.kits_back": _l("收回填报包"),
    "progress.revise": _l("采用修订稿"),
    "assessment.run": _l("评分"),
    "assessment.scoresheet": _l("导出得分表"),
    "assessment.study": _l("推演评分结果"),
}
"""By the kind of the job; what is not named here is called 后台作业."""
