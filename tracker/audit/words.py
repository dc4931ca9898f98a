"""The words of the audit record. They are stored in Chinese and hashed as stored; pages say them in their language.

Whoever records a new act or field adds its word here: `tests/architecture/test_audit_words.py` finds what is missing.
"""

from __future__ import annotations

from collections.abc import Callable


def N_(text: str) -> str:
    """Marks a text for the message catalogues; it is translated where it is shown."""
    return text


ACTS: tuple[str, ...] = (
    # accounts
    N_("登录"), N_("退出登录"), N_("新增人员"), N_("更改人员信息"), N_("设置密码"), N_("启用账号"), N_("停用账号"),
    N_("授予角色"), N_("收回角色"),
    # units
    N_("新增单位"), N_("更正单位名称"), N_("撤销单位"), N_("确认别名"), N_("撤回别名"), N_("确认集合称谓"),
    N_("单位更名"), N_("单位合并"), N_("单位拆分"), N_("单位划转"), N_("单位挂牌摘牌"), N_("归并重复单位"),
    N_("拟定机构改革"), N_("撤回机构改革"), N_("调整单位次序"),
    # drafts
    N_("导入文件"), N_("更正导入草稿"), N_("更正文件信息"), N_("撤销更正"), N_("导入草稿添加任务"),
    N_("导入草稿移除任务"), N_("导入草稿恢复任务"), N_("确认提示无误"), N_("重新打开提示"), N_("匹配责任单位"),
    N_("撤销单位匹配"), N_("作废导入草稿"), N_("导入草稿合并任务"), N_("导入草稿拆分任务"), N_("导入草稿移动任务"), N_("重新识别"),
    N_("上传批注工作簿"), N_("放弃批注工作簿"), N_("采纳批注工作簿"), N_("撤销采纳批注工作簿"),
    # plans
    N_("分解表入库"), N_("更改计划设置"), N_("更正任务"), N_("下发计划"),
    N_("收到修订稿"), N_("改正任务配对"), N_("恢复自动配对"), N_("采用修订稿"), N_("修订任务"), N_("修订稿新增任务"),
    N_("修订稿取消任务"), N_("修订稿新派任务"), N_("修订稿撤下任务"), N_("修订稿变动任务"), N_("下发新增任务"),
    N_("知悉任务变动"),
    # progress
    N_("签收任务"), N_("退回任务"), N_("维持原承办单位"), N_("撤销任务"), N_("改派任务"), N_("承接改派任务"), N_("随机构改革承接任务"), N_("随机构改革并入任务"),
    N_("起草进展"), N_("上传佐证材料"), N_("移除佐证材料"), N_("提交本单位审核"), N_("撤回报送"),
    N_("撤回已报送的进展"), N_("开始核验"), N_("沿用佐证材料"),
    N_("审核通过并报送"), N_("本单位退回"), N_("核收"), N_("核收并办结"), N_("退办"), N_("载入工作日历"),
    N_("导入工作日历"), N_("申请延期"), N_("撤回延期申请"), N_("同意延期"), N_("不同意延期"),
    N_("申请办结"), N_("撤回办结申请"), N_("办结销号"), N_("不同意办结"), N_("撤回退回"),
    N_("申请挂账"), N_("撤回挂账申请"), N_("同意挂账"), N_("不同意挂账"), N_("恢复办理"),
    N_("申请免责"), N_("撤回免责申请"), N_("同意免责"), N_("不同意免责"),
    # assessment
    N_("新建考核方案"), N_("修改考核方案"), N_("启用考核方案"), N_("制定方案新版本"), N_("录入评分依据"),
    N_("上传评分佐证"), N_("撤回评分依据"), N_("运行评分"), N_("公布评分"), N_("撤销评分"), N_("发出扣分告知"),
    N_("回复扣分告知"), N_("处理扣分异议"),
    # desk
    N_("导出"), N_("取消作业"),
)  # fmt: skip
"""Verb phrases, room by room."""

FIELDS: tuple[str, ...] = (
    N_("地址"), N_("用户名"), N_("姓名"), N_("办公电话"), N_("启用"), N_("角色"), N_("截至"), N_("名称"), N_("简称"),
    N_("类别"), N_("上级"), N_("别名"), N_("称谓"), N_("范围"), N_("文件名"), N_("文件"), N_("SHA-256"), N_("字节"),
    N_("任务"), N_("事项"), N_("提示"), N_("位置"), N_("理由"), N_("说明"), N_("标题"), N_("发文单位"), N_("文号"),
    N_("发文日期"), N_("年度"), N_("计划"), N_("任务数"), N_("责任落实数"), N_("政策"), N_("佐证周期"), N_("遇休息日"),
    N_("临期天数"), N_("编号"), N_("任务名称"), N_("工作要求"), N_("权重"), N_("状态"), N_("版本"), N_("完成百分比"),
    N_("期限"), N_("报送"), N_("取消报送"), N_("建议承办单位"), N_("承办单位"), N_("原承办单位"), N_("报送义务"),
    N_("报送义务数"), N_("单位"), N_("单位数"), N_("日数"), N_("来源"), N_("指标"), N_("内容"), N_("回复期限"),
    N_("单位意见"), N_("处理意见"),
    N_("处理理由"), N_("分值"), N_("次数"), N_("方案"),
    N_("输入哈希"), N_("结果哈希"), N_("报表"), N_("次序"), N_("新增任务"), N_("减少任务"), N_("变化任务"), N_("两处都改"), N_("并入"), N_("段数"),
    N_("生效日期"), N_("承接任务"), N_("并入任务"), N_("随转人员"), N_("集合称谓"), N_("改革"),
    N_("版次"), N_("原任务"), N_("完成时限"), N_("所属标题"), N_("取消任务"), N_("改写任务"), N_("移动任务"), N_("待补报"), N_("期限调整"), N_("新增期限"), N_("取消期限"),
    N_("现期限"), N_("原期限"), N_("申请延期至"), N_("目前进展"), N_("批复意见"), N_("办结情况"),
    N_("挂账至"), N_("恢复条件"), N_("免报期次"), N_("恢复报送"), N_("进度回退说明"),
)  # fmt: skip
"""Names of what changed or was said."""

VALUES: tuple[str, ...] = (
    N_("编制中"), N_("启用"), N_("试算"), N_("已公布"), N_("待签收"), N_("办理中"), N_("已退回"), N_("已撤销"),
    N_("草稿"), N_("本单位审核"), N_("已撤回"), N_("待核"), N_("已核"), N_("已入库"), N_("已下发"), N_("按时"),
    N_("延期内"), N_("逾期"), N_("已办结"),
    N_("移除任务"), N_("添加任务"), N_("移动任务"), N_("待下发"), N_("牵头"), N_("责任"), N_("配合"), N_("督办"),
)  # fmt: skip
"""States and the like, which are recorded by their words."""

RECORDED: frozenset[str] = frozenset((*VALUES, *ACTS))
"""Values that are words of ours; any other value is somebody's own text and stays as it was written."""


def spoken(name: str, translate: Callable[[str], str]) -> str:
    """An act or the name of a field as a page says it; what has no translation is left as it stands.

    A field of a part is recorded behind the part's name (办理质量 分值): ours is said, the name is left.
    """
    said = translate(name) if name else ""
    if said != name or " " not in name:
        return said
    return " ".join(translate(part) if part else "" for part in name.split(" "))
