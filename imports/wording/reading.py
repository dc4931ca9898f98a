"""What readers say of a file: it cannot be read, or something in it was set aside."""

from imports.wording.wording import N_, Wording

READING: dict[str, Wording] = {
    "file-empty": Wording("error", N_("文件是空的(0 字节)。"), N_("请重新导出或另存后再上传。")),
}
