"""How it is said that reading broke its bounds: the process that reads a file is apart from the one that asks for it."""

from __future__ import annotations

from imports.wording.wording import N_, Wording

_SIMPLER = N_("请用 Excel、Word 或 WPS 打开，把任务表单独另存为一个新文件后再上传。")

APART: dict[str, Wording] = {
    "too-slow": Wording("error", N_("文件太复杂，在限定的时间内没有读完。"), _SIMPLER),
    "too-much-memory": Wording("error", N_("文件太复杂，读取时超出了内存上限。"), _SIMPLER),
    "too-deep": Wording("error", N_("文件的内容嵌套太深，没有读完。"), _SIMPLER),
    "reader-lost": Wording("error", N_("读取这份文件时中断了，文件可能已损坏。"), _SIMPLER),
    "reader-fault": Wording(
        "error",
        N_("程序没能读完这份文件，原因已经记入日志。"),
        N_("请把这份文件交给管理员；急用时可把任务表复制后粘贴导入。"),
    ),
}
