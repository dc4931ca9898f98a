"""What readers say of a file: it cannot be read, or something in it was set aside."""

from imports.wording.wording import N_, Wording

_RESAVE = N_("请用 Excel 或 WPS 打开核对，另存为新的 .xlsx 文件后再上传。")
_RESAVE_WORD = N_("请用 Word 或 WPS 打开核对，另存为新的 .docx 文件后再上传。")
_FETCH_AGAIN = N_("请向提供者重新索取，或用 Excel、Word、WPS 打开后另存一份再上传。")
_SPLIT = N_("请拆成几个文件，或删去与任务无关的内容后再上传。")

_UNREADABLE: dict[str, Wording] = {
    "file-empty": Wording("error", N_("文件是空的（0 字节）。"), N_("请重新导出或另存后再上传。")),
    "file-too-large": Wording("error", N_("文件过大({size} MB)，超过 {limit} MB 的上限。"), _SPLIT),
    "nothing-to-read": Wording(
        "error",
        N_("文件里没有可以读取的文字或表格。"),
        N_("如果内容是图片或扫描件，请先转成文字，再粘贴或另存为 Word、Excel 文件上传。"),
    ),
    "unknown-format": Wording(
        "error",
        N_("无法识别的文件格式，或文件已损坏。"),
        N_(
            "可以导入 .xlsx、.xls、.docx、文字版 PDF、网页、.csv 和纯文本；请用 Excel、Word 或 WPS 打开后另存为其中一种。"
        ),
    ),
    "marked-workbook": Wording(
        "error",
        N_("这是一份导入稿的批注工作簿，不是新的文件。"),
        N_("请到那份导入稿的核对页面，在“批注工作簿”里上传；要另行导入，请上传原来的文件。"),
    ),
    "kind-ofd": Wording(
        "error",
        N_("这是 OFD 版式文件，暂不支持直接导入。"),
        N_("请上传原来的 Word 或 Excel 文件；没有原文件时，可复制正文后用“粘贴文本”导入。"),
    ),
    "kind-picture": Wording(
        "error",
        N_("这是图片({kind})，不是可以导入的文档。"),
        N_("请上传原来的 Word 或 Excel 文件，或先把图片转成文字再粘贴。"),
    ),
    "kind-archive": Wording(
        "error", N_("这是压缩包({kind})，不能直接导入。"), N_("请先解压，再逐个上传其中的 Word 或 Excel 文件。")
    ),
    "kind-program": Wording(
        "error",
        N_("这是可执行程序，不是文档格式。"),
        N_("请不要运行它，并向提供者核实；需要导入的应是 Word、Excel 或文本文件。"),
    ),
    "kind-old-word": Wording(
        "error", N_("这是旧版 Word 或 WPS 文字文档(.doc、.wps)，暂不支持直接导入的格式。"), _RESAVE_WORD
    ),
    "scan-in-pdf": Wording(
        "error",
        N_("这份 PDF 里只有图片，没有文字，看来是扫描件。"),
        N_("请上传原来的 Word 或 Excel 文件，或先用文字识别(OCR)转成文字再上传。"),
    ),
    "empty-pdf": Wording("error", N_("这份 PDF 里没有文字。"), N_("请上传原来的 Word 或 Excel 文件。")),
    "damaged-pdf": Wording("error", N_("PDF 文件已损坏，或不支持其中的格式。"), _FETCH_AGAIN),
    "too-many-pages": Wording("error", N_("PDF 的页数太多，超过 {limit} 页的上限。"), _SPLIT),
    "not-converted": Wording(
        "error", N_("这种格式的文件要先转换，LibreOffice 没有转换成功，文件可能已损坏。"), _FETCH_AGAIN
    ),
    "scan-in-word": Wording(
        "error",
        N_("这份 Word 文档里只有图片，没有文字，看来是扫描件。"),
        N_("请上传原来的 Word 或 Excel 文件，或先用文字识别(OCR)转成文字再上传。"),
    ),
    "kind-binary-workbook": Wording("error", N_("这是 Excel 二进制工作簿(.xlsb)，暂不支持的格式。"), _RESAVE),
    "kind-xml-workbook": Wording("error", N_("这是“XML 表格 2003”，暂不支持的格式。"), _RESAVE),
    "kind-xml-word": Wording("error", N_("这是以 XML 保存的 Word 文档，暂不支持的格式。"), _RESAVE_WORD),
    "kind-open-document": Wording(
        "error",
        N_("这是 OpenDocument 文档(.odt、.ods)，暂不支持的格式。"),
        N_("请用 WPS 或 LibreOffice 打开，另存为 .docx 或 .xlsx 后再上传。"),
    ),
    "kind-slides": Wording(
        "error", N_("这是演示文稿，不支持的格式。"), N_("请把任务内容整理到 Word 或 Excel 文件后再上传。")
    ),
    "kind-rtf": Wording("error", N_("这是 RTF 文档，暂不支持的格式。"), _RESAVE_WORD),
    "kind-web-archive": Wording(
        "error",
        N_("这个单个文件网页(.mht)里没有网页正文。"),
        N_("请用 Word、Excel 或 WPS 打开，另存为 .docx 或 .xlsx 后再上传。"),
    ),
    "kind-other-xml": Wording(
        "error", N_("这是 XML 数据，不是可以导入的文档格式。"), N_("请另存为 Word、Excel 或文本文件后再上传。")
    ),
    "encrypted": Wording(
        "error",
        N_("文件设有打开密码（已加密），无法读取。"),
        N_("请用 Excel、Word 或 WPS 输入密码打开，取消密码后另存再上传。"),
    ),
    "damaged": Wording("error", N_("文件已损坏或不完整，无法打开(“{part}”)。"), _FETCH_AGAIN),
    "damaged-archive": Wording("error", N_("文件已损坏或不完整，无法打开。"), _FETCH_AGAIN),
    "duplicate-part": Wording(
        "error", N_("文件已损坏：内部部件“{part}”重复出现，以哪一个为准无法判断。"), _FETCH_AGAIN
    ),
    "overlapping-parts": Wording("error", N_("文件内部的部件相互重叠，解压后会膨胀，可能是恶意文件。"), _FETCH_AGAIN),
    "too-many-parts": Wording("error", N_("文件内部的部件过多，超过 {limit} 个的上限。"), _FETCH_AGAIN),
    "expands-too-large": Wording("error", N_("文件解压后过大(“{part}”)，超过 {limit} MB 的上限或压缩比异常。"), _SPLIT),
    "xml-doctype": Wording("error", N_("文件里有不安全的内容：“{part}”声明了 DTD 实体(DOCTYPE)。"), _FETCH_AGAIN),
    "xml-too-deep": Wording("error", N_("文件已损坏：“{part}”的元素嵌套层数过深。"), _FETCH_AGAIN),
    "xml-token-too-long": Wording("error", N_("文件已损坏：“{part}”里有一个过长的标记，超过上限。"), _FETCH_AGAIN),
    "tree-too-large": Wording("error", N_("文件内容过大(“{part}”)，超过可以读取的上限。"), _SPLIT),
    "sheet-missing": Wording("error", N_("工作簿已损坏：缺少工作表“{sheet}”的内容。"), _FETCH_AGAIN),
    "too-many-sheets": Wording("error", N_("工作表过多，超过 {limit} 个的上限。"), _SPLIT),
    "too-many-rows": Wording("error", N_("“{place}”的行数过多，超过 {limit} 行的上限。"), _SPLIT),
    "too-many-columns": Wording("error", N_("“{place}”的列数过多，超过 {limit} 列的上限。"), _SPLIT),
    "too-many-cells": Wording("error", N_("“{place}”的单元格过多，超过 {limit} 个的上限。"), _SPLIT),
    "too-many-merges": Wording("error", N_("“{place}”的合并单元格过多，超过 {limit} 个的上限。"), _SPLIT),
    "grid-too-large": Wording("error", N_("“{place}”的表格范围过大（行数×列数超过 {limit} 的上限）。"), _SPLIT),
    "cell-too-long": Wording(
        "error",
        N_("“{place}”的单元格内容过长，超过 {limit} 个字符的上限。"),
        N_("请核对该单元格，拆开或删去多余内容后再上传。"),
    ),
    "cell-twice": Wording("error", N_("工作表已损坏：单元格“{place}”重复出现，以哪一个为准无法判断。"), _RESAVE),
    "cell-address": Wording("error", N_("工作表已损坏：“{place}”的单元格地址无效。"), _RESAVE),
    "shared-text-missing": Wording("error", N_("工作簿已损坏：单元格“{place}”引用的文字不存在。"), _RESAVE),
    "too-many-lines": Wording("error", N_("“{place}”的行数过多，超过 {limit} 行的上限。"), _SPLIT),
    "line-too-long": Wording(
        "error", N_("“{place}”过长，超过 {limit} 个字符的上限。"), N_("请核对该处是否缺少换行，改正后再上传。")
    ),
    "too-many-paragraphs": Wording("error", N_("段落过多，超过 {limit} 段的上限。"), _SPLIT),
    "quote-unclosed": Wording(
        "error",
        N_("“{place}”的引号未闭合，其后的内容无法分列。"),
        N_('请在该行补上右引号(")，或用 Excel 打开核对后另存。'),
    ),
    "undecodable": Wording(
        "error",
        N_("文字编码无法识别：“{place}”（第 {offset} 个字节起）既不是 UTF-8 也不是 GB18030。"),
        N_("请用记事本或 WPS 打开，另存为 UTF-8 编码后再上传。"),
    ),
}

_SET_ASIDE: dict[str, Wording] = {
    "name-mismatch": Wording(
        "note", N_("文件扩展名是 .{extension}，内容实际是{kind}；已按内容读取。"), N_("请核对是否选对了文件。")
    ),
    "formula-cell": Wording(
        "warning",
        N_("单元格是公式，采用文件里保存的计算结果，没有重新计算。"),
        N_("请在 Excel 中核对结果是否为最新，或粘贴为数值后再上传。"),
    ),
    "formula-no-value": Wording(
        "error",
        N_("单元格是公式，但文件里没有保存计算结果。"),
        N_("请用 Excel 或 WPS 打开、保存一次（或粘贴为数值）后再上传。"),
    ),
    "formula-dde": Wording(
        "warning",
        N_("单元格的公式会调用外部程序(DDE)，没有执行；采用保存的值。"),
        N_("请向提供者核实，并粘贴为数值后再上传。"),
    ),
    "cell-error-value": Wording(
        "warning", N_("单元格显示的是错误值（如 #REF！、#N/A）。"), N_("请在 Excel 中改正后再上传。")
    ),
    "scanned-pages": Wording(
        "warning", N_("这些页只有图片，没有文字，没有读取。"), N_("请核对扫描的页里是否有任务；有的话转成文字后补录。")
    ),
    "file-converted": Wording(
        "note", N_("文件由 LibreOffice 从 .{kind} 转换后读取。"), N_("请对照原文件核对表格的合并和编号。")
    ),
    "macro": Wording(
        "warning", N_("文件带有宏(VBA)，没有运行，也没有读取。"), N_("建议另存为不带宏的 .xlsx 或 .docx 文件。")
    ),
    "external-link": Wording(
        "note",
        N_("文件里有外部链接（引用其他文件或网址），没有打开：{target}"),
        N_("如果内容依赖这些链接，请核对数值是否为最新。"),
    ),
    "embedded-object": Wording(
        "warning", N_("文件里有嵌入对象，没有打开：{part}"), N_("如果嵌入的是任务表，请单独另存后上传。")
    ),
    "data-validation": Wording("note", N_("工作表设有数据验证（有效性）规则，读取时不用。"), N_("无需处理。")),
    "hidden-sheet": Wording(
        "warning",
        N_("工作表是隐藏的，内容列在“未导入内容”中，没有作为任务导入。"),
        N_("其中有任务的，请取消隐藏后重新导入。"),
    ),
    "hidden-rows": Wording("warning", N_("有隐藏的行，已照常读取。"), N_("请确认这些行是否应当导入。")),
    "hidden-columns": Wording("warning", N_("有隐藏的列，已照常读取。"), N_("请确认这些列是否应当导入。")),
    "hidden-text": Wording("warning", N_("有隐藏的文字：“{text}”"), N_("请确认是否应当导入；需要时取消隐藏后再上传。")),
    "struck-text": Wording(
        "warning", N_("有划去（删除线）的文字，没有导入：“{text}”"), N_("仍然有效的，请取消删除线后再上传。")
    ),
    "merged-hidden-text": Wording(
        "warning", N_("合并单元格下面压着看不见的文字：“{text}”"), N_("请取消合并核对，再决定保留哪一个。")
    ),
    "style-missing": Wording("note", N_("单元格的样式编号超出范围，按原始数值读取。"), N_("请核对这些数值。")),
    "cell-comment": Wording("note", N_("单元格有批注：“{text}”"), N_("批注不作为任务内容；需要时请写进单元格。")),
    "shape-text": Wording(
        "warning", N_("文本框或图形里有文字：“{text}”"), N_("请确认是否应当导入；需要时写进单元格。")
    ),
    "chart-sheet": Wording("note", N_("“{sheet}”是图表或宏表，没有读取。"), N_("无需处理。")),
    "tracked-changes": Wording(
        "warning",
        N_("文档有未处理的修订：插入的文字已采用，删除的文字已略去。"),
        N_("请在 Word 中接受或拒绝全部修订后再上传。"),
    ),
    "comment-text": Wording("note", N_("文档有批注：“{text}”"), N_("批注不作为任务内容。")),
    "nested-table": Wording("warning", N_("表格里还套着表格，内层表格单独读取。"), N_("请核对内层表格的归属。")),
    "nested-text": Wording(
        "warning", N_("单元格里只有一张内层表格，内层表格已作为该单元格的文字读取。"), N_("请核对内层表格的内容。")
    ),
    "deleted-row": Wording("note", N_("修订中已删除的表格行没有读取。"), N_("请在 Word 中接受或拒绝修订后再上传。")),
    "external-reference": Wording(
        "note",
        N_("网页引用了外部链接的内容（图片、框架、样式等），没有下载：{target}"),
        N_("如果任务内容在框架页里，请打开该页后另存。"),
    ),
    "cell-clipped": Wording(
        "note", N_("单元格跨行或跨列(rowspan、colspan)超出表格范围，已按实际范围读取。"), N_("请核对合并单元格。")
    ),
    "page-damaged": Wording(
        "warning", N_("网页结构有缺损，末尾可能没有读全。"), N_("请在浏览器中核对，另存后再上传。")
    ),
    "quote-stray": Wording("warning", N_("字段里的引号不成对，按原文读取。"), N_("请核对这一行的分列是否正确。")),
    "ragged-row": Wording("warning", N_("这一行的列数比表头多。"), N_("请核对是否缺少引号或多了分隔符。")),
    "replaced-characters": Wording(
        "warning", N_("文字里有乱码字符（编码转换时丢失）。"), N_("请用原文件重新导出，再核对这些位置。")
    ),
    "entities-decoded": Wording(
        "note", N_("网页代码（如 &nbsp;）已还原为它代表的字符。"), N_("无需处理；如有疑问请用原网页核对。")
    ),
    "readings-left-out": Wording(
        "note", N_("字后括号里的拼音（繁简转换时留下的）已略去。"), N_("无需处理；请用原网页核对地名和人名。")
    ),
    "text-slipped": Wording(
        "warning", N_("乱码“{printed}”已按“{text}”还原。"), N_("请用原网页核对；还原不了的字仍是问号。")
    ),
    "control-characters": Wording("note", N_("文字里有不可见的控制字符，已原样保留。"), N_("请核对这些位置。")),
}

READING: dict[str, Wording] = {**_UNREADABLE, **_SET_ASIDE}
