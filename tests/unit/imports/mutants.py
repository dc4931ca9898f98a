"""Good files damaged at random: each ends in a draft that lost nothing, or in one clear line.

`python -m tests.unit.imports.mutants COUNT [SEED]` tries so many and prints those that do not; the suite tries a few.
"""

from __future__ import annotations

import io
import json
import random
import re
import sys
import time
import traceback
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

import xlwt
from docx.document import Document as WordDocument

from imports.draft_json import draft_from_json, draft_json
from imports.pipeline import understand
from imports.problems import UnreadableDocument
from imports.readers import read_document
from tests.files.office import packed, parts_of, word as word_file, word_body
from tests.support.breakdown import ROWS, text, word, workbook
from tests.unit.imports.conservation import lost

SECONDS = 10.0
"""Processor time that a mutant may take."""

_PROSE = """云岫市人民政府办公室关于印发2026年重点工作任务的通知
云政办发〔2026〕5号
各县区人民政府，市政府各部门：
一、优化营商环境
（一）推行一次办理。办结率达到95%以上，6月底前完成。（牵头单位：市财政局；责任单位：市教育局、各县区政府）
（二）每月5日前通报办理情况。（责任单位：市审计局等有关部门
二、畅通农村公路
1.新改建农村公路120公里。
牵头单位：市交通运输局
完成时限：年底前
云岫市人民政府办公室
2026年3月1日
"""
_PAGE = """<html><head><meta charset="utf-8"><title>任务分解表</title></head><body><nav>首页</nav><h1>2026年任务分解表</h1>
<table><tr><th rowspan=2>序号<th colspan=2>工作任务<th rowspan=2>责任单位<tr><th>一级<th>二级
<tr><td>1<td rowspan=2>营商环境<td>一次办理，6月底前完成<td>市财政局<tr><td>2<td>办结率95%以上<td>市审计局、各县区政府</table>
<ol start=3><li>健全机制<li>报送台账</ol><footer>版权所有</footer></body></html>"""
_WORDY = word_body(
    '<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>优化服务</w:t></w:r></w:p>'
    "<w:p><w:ins><w:r><w:t>推行网办，年底前完成。</w:t></w:r></w:ins><w:del><w:r><w:delText>旧文</w:delText></w:r></w:del></w:p>"
    "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>工作任务</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>责任单位</w:t></w:r></w:p></w:tc></w:tr>"
    '<w:tr><w:sdt><w:sdtContent><w:tc><w:tcPr><w:vMerge w:val="restart"/><w:gridSpan w:val="1"/></w:tcPr><w:p><w:r><w:t>建立台账'
    "</w:t></w:r></w:p><w:tbl><w:tr><w:tc><w:p><w:r><w:t>内表</w:t></w:r></w:p></w:tc></w:tr></w:tbl></w:tc></w:sdtContent></w:sdt>"
    "<w:tc><w:p><w:r><w:t>市档案局</w:t></w:r></w:p></w:tc></w:tr></w:tbl>",
    numbering='<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/>'
    '</w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>',
    styles='<w:style w:type="paragraph" w:styleId="a"><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>',
    footnotes="<w:footnote><w:p><w:r><w:t>脚注</w:t></w:r></w:p></w:footnote>",
)
_HOSTILE = (
    *(
        "-1",
        "0",
        "1",
        "999999999",
        "2147483648",
        "A1:XFD1048576",
        "NaN",
        "1e999",
        "&#0;",
        "&#x1F600;",
        "]]>",
        "<!--",
        "<![CDATA[",
    ),
    *(
        "\0",
        "\ufeff",
        "\ud7ff",
        "\u202e",
        "(",
        "）",
        "、",
        "；",
        "\t",
        "|",
        '"',
        "\r\n",
        "一、",
        "2026年2月30日",
        "牵头单位：",
    ),
)
_TAG = re.compile(rb"<[^<>]*>")
_VALUE = re.compile(rb'"[^"<>]*"')


def _old_workbook() -> bytes:
    book = xlwt.Workbook()
    sheet = book.add_sheet("任务")
    for at, row in enumerate((("工作任务", "工作要求", "牵头单位", "责任单位", "完成时限"), *ROWS)):
        for column, cell in enumerate(row[1:], 1):
            sheet.write(at, column, cell)
    sheet.write(0, 0, "工作任务")
    sheet.write_merge(1, 2, 0, 0, ROWS[0][0])
    sheet.write_merge(3, 4, 0, 0, ROWS[2][0])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _letter(document: WordDocument) -> None:
    for line in _PROSE.splitlines():
        document.add_paragraph(line)


def good_files() -> dict[str, bytes]:
    """A good file of each kind by its name."""
    table = "\n".join(
        ",".join(f'"{cell}"' for cell in row) for row in (("任务", "要求", "牵头", "责任", "时限"), *ROWS)
    )
    return {
        "book.xlsx": workbook(),
        "old.xls": _old_workbook(),
        "page.xls": _PAGE.encode("utf-8"),
        "table.docx": word(),
        "letter.docx": word_file(_letter),
        "wordy.docx": _WORDY,
        "page.html": _PAGE.replace("utf-8", "gb2312").encode("gb18030"),
        "table.csv": table.encode("utf-8-sig"),
        "flat.txt": text(),
        "prose.txt": _PROSE.encode("gb18030"),
        "prose.md": _PROSE.encode("utf-16"),
    }


@dataclass(frozen=True, slots=True)
class Outcome:
    kind: str
    """`draft`, the code of a refusal, or `fault`."""
    fault: str = ""


def tried(data: bytes, name: str) -> Outcome:
    """What reading makes of a file."""
    began = time.process_time()
    try:
        outcome = _read(data, name)
    except UnreadableDocument as error:
        line = str(error)
        outcome = (
            Outcome("fault", f"not one line: {line!r}")
            if "\n" in line or len(line) < 10
            else Outcome(error.problem.code)
        )
    except Exception:  # noqa: BLE001 whatever it is, it is what is looked for
        outcome = Outcome("fault", traceback.format_exc())
    if time.process_time() - began > SECONDS:
        return Outcome("fault", f"took {time.process_time() - began:.1f} s")
    return outcome


def _read(data: bytes, name: str) -> Outcome:
    document = read_document(data, name)
    draft = understand(document)
    missing = lost(document, draft)
    if missing:
        return Outcome("fault", f"lost {missing[:3]}")
    if draft_from_json(json.loads(json.dumps(draft_json(draft)))) != draft:
        return Outcome("fault", "does not restore to an equal draft")
    return Outcome("draft")


def mutant(data: bytes, chance: random.Random) -> bytes:
    """A damaged copy: in a package its parts mostly, one or two damages at a time."""
    for _ in range(chance.choice((1, 1, 2, 3))):
        package = data.startswith(b"PK\x03\x04") and chance.random() < 0.85
        try:
            data = _repacked(data, chance) if package else _bytes(data, chance)
        except (zipfile.BadZipFile, zlib.error, ValueError, KeyError, OSError, RuntimeError, EOFError):
            data = _bytes(data, chance)  # so damaged already that the archive does not open
    return data


def _repacked(data: bytes, chance: random.Random) -> bytes:
    parts = dict(parts_of(data))
    name = chance.choice(sorted(parts))
    other = chance.choice(sorted(parts))
    kind = chance.randrange(8)
    if kind == 0:
        del parts[name]
    elif kind == 1:
        parts[name], parts[other] = parts[other], parts[name]
    else:
        biggest = max(parts, key=lambda part: len(parts[part]))
        name = biggest if chance.random() < 0.5 else name
        parts[name] = _bytes(parts[name], chance) if kind == 2 else _tags(parts[name], chance)
    return packed(parts)


def _tags(xml: bytes, chance: random.Random) -> bytes:
    """One tag taken away, doubled, swapped with another or given another value; or one text replaced."""
    tags = list(_TAG.finditer(xml))
    if len(tags) < 2:
        return _bytes(xml, chance)
    one, two = sorted(chance.sample(tags, 2), key=lambda tag: tag.start())
    kind = chance.randrange(5)
    if kind == 0:
        return xml[: one.start()] + xml[one.end() :]
    if kind == 1:
        return xml[: one.end()] + xml[one.start() : two.end()] + xml[one.end() :]
    if kind == 2:
        return xml[: one.start()] + two.group() + xml[one.end() : two.start()] + one.group() + xml[two.end() :]
    if kind == 3:
        value = b'"' + chance.choice(_HOSTILE).encode("utf-8", "replace").replace(b'"', b"") + b'"'
        return xml[: one.start()] + _VALUE.sub(lambda _: value, one.group(), count=1) + xml[one.end() :]
    return xml[: one.end()] + chance.choice(_HOSTILE).encode("utf-8", "replace") + xml[one.end() :]


def _bytes(data: bytes, chance: random.Random) -> bytes:
    """Bytes changed, taken away, put in, doubled or cut off."""
    if not data:
        return b"\0"
    changes: tuple[Callable[[int, int], bytes], ...] = (
        lambda at, _: data[:at] + bytes([chance.randrange(256)]) + data[at + 1 :],
        lambda at, to: data[:at] + data[to:],
        lambda at, _: data[:at] + chance.choice(_HOSTILE).encode("utf-8", "replace") + data[at:],
        lambda at, to: data[:to] + data[at:to] * chance.choice((1, 2, 30)) + data[to:],
        lambda at, _: data[: max(at, 1)],
        lambda at, _: data[:at] + bytes([data[at] ^ (1 << chance.randrange(8))]) + data[at + 1 :],
    )
    at = chance.randrange(len(data))
    to = min(len(data), at + chance.choice((1, 2, 3, 20, 200)))
    return chance.choice(changes)(at, to)


def run(count: int, seed: int) -> tuple[Counter[str], list[tuple[str, int, str]]]:
    """So many mutants, of each kind of file in turn: how they ended, and those that ended in a fault with their number."""
    files = sorted(good_files().items())
    ends: Counter[str] = Counter()
    faults = []
    for number in range(count):
        name, data = files[number % len(files)]
        outcome = tried(mutant(data, random.Random(f"{seed}/{number}")), name)  # noqa: S311 damage wants a seed
        ends[outcome.kind] += 1
        if outcome.fault:
            faults.append((name, number, outcome.fault))
    return ends, faults


def main(count: str, seed: str = "1") -> int:
    ends, faults = run(int(count), int(seed))
    for name, number, fault in faults:
        sys.stdout.write(f"--- mutant {number} of {name}\n{fault}\n")
    sys.stdout.write("  ".join(f"{kind} {times}" for kind, times in ends.most_common()) + "\n")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
