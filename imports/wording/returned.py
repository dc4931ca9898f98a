"""What is said of a marked-up workbook that came back: what of it was not taken in."""

from imports.wording.wording import N_, Wording

RETURNED: dict[str, Wording] = {
    "workbook-row-added": Wording(
        "warning",
        N_("批注工作簿里新增的一行没有写入：“{text}”"),
        N_("是任务的，请在相应的位置“在后添加”并填入；不需要的，点“核对无误”。"),
    ),
    "workbook-row-gone": Wording(
        "warning",
        N_("批注工作簿里没有了这项任务：“{text}”"),
        N_("确应删去的，请点“移除”；应当保留的，点“核对无误”。"),
    ),
    "workbook-left": Wording(
        "warning",
        N_("批注工作簿里改的内容没有写入：{text}"),
        N_("请按需要在任务上直接更正，再点“核对无误”。"),
    ),
    "workbook-unreasoned": Wording(
        "warning",
        N_("批注工作簿的清单里把错误标为核对无误，但没有写理由：{text}"),
        N_("请更正这处错误；确认原文就是如此的，在那处错误下写明理由。"),
    ),
    "workbook-remark": Wording(
        "note",
        N_("批注工作簿的清单里写了说明：{text}"),
        N_("供核对时参考。"),
    ),
}
