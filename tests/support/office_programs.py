"""A workbook written anew the way other programs write theirs: the same cells, other XML.

None of these programs runs here, so their manner is put down from files of theirs: shared strings with runs and phonetic
hints, cells without an address, prefixes, the strict namespaces, a part that only its maker knows.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from xml.sax.saxutils import escape, quoteattr

import openpyxl
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from tests.files.office import packed

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
STRICT_LINKS = "http://purl.oclc.org/ooxml/officeDocument/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_PACKAGES = "application/vnd.openxmlformats-package"
_PROPERTIES = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_BEGIN = {False: date(1899, 12, 30), True: date(1904, 1, 1)}
FORMATS = ("General", "0%", "0.00%", "0.0E+00", "yyyy/m/d;@", 'yyyy"年"m"月"d"日";@', "@")


@dataclass(frozen=True, slots=True)
class Number:
    """A cell that holds a number: as it stands in the file, and the format that shows it."""

    stored: str
    shown: str = "General"


def day(said: date, shown: str = "yyyy/m/d;@", *, since_1904: bool = False) -> Number:
    return Number(str((said - _BEGIN[since_1904]).days), shown)


def one_run(text: str) -> str:
    return f'<t xml:space="preserve">{escape(text)}</t>'


def rich(text: str) -> str:
    """Two runs, as where a part of a text was made bold, and a phonetic hint over the first."""
    half = (len(text) + 1) // 2
    first, second = text[:half], text[half:]
    more = f'<r><rPr><b/><sz val="10"/><rFont val="宋体"/></rPr>{one_run(second)}</r>' if second else ""
    return f'<r>{one_run(first)}</r>{more}<rPh sb="0" eb="1"><t>ピンイン</t></rPh><phoneticPr fontId="1"/>'


def carriage(text: str) -> str:
    return one_run(text.replace("\n", "_x000D_\n"))


@dataclass(frozen=True, slots=True)
class Program:
    """How a program writes."""

    text: Callable[[str], str] = one_run
    shared: bool = True
    addresses: bool = True
    prefix: str = ""
    main: str = MAIN
    links: str = LINKS
    since_1904: bool = False
    macros: bool = False
    titles: Mapping[str, str] = field(default_factory=dict)
    """Sheets that were renamed."""
    turned: bool = False
    """The sheets in the other order."""
    more: Mapping[str, str] = field(default_factory=dict)
    """Parts that only this program knows."""
    sheet_tail: str = ""
    """What stands behind the cells of every sheet."""
    application: str = "Microsoft Excel"


def saved_by(program: Program, data: bytes, numbers: Mapping[str, Number] = MappingProxyType({})) -> bytes:
    """`numbers`: address in the first sheet → what stands there instead."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    sheets = book.worksheets[::-1] if program.turned else book.worksheets
    strings: list[str] = []
    parts = {}
    for n, one in enumerate(sheets, 1):
        own = numbers if one is book.worksheets[0] else {}
        parts[f"xl/worksheets/sheet{n}.xml"] = _sheet(program, one, strings, own)
    kind = "application/vnd.ms-excel" if program.macros else _TYPE
    main = f"{kind}.sheet.macroEnabled.main+xml" if program.macros else f"{kind}.sheet.main+xml"
    links = [_link(program, f"rId{n}", "worksheet", f"worksheets/sheet{n}.xml") for n in range(1, len(sheets) + 1)]
    links += [_link(program, name, name, f"{name}.xml") for name in ("sharedStrings", "styles")]
    types = [_override("xl/workbook.xml", main), *(_override(part, f"{_TYPE}.worksheet+xml") for part in parts)]
    types += [_override(f"xl/{name}.xml", f"{_TYPE}.{name}+xml") for name in ("sharedStrings", "styles")]
    ends = "".join(_default(*one) for one in (("rels", f"{_PACKAGES}.relationships+xml"), ("xml", "application/xml")))
    told = f"<Application>{program.application}</Application>"
    return packed({
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">{ends}{"".join(types)}</Types>',
        "_rels/.rels": _related([_link(program, "rId1", "officeDocument", "xl/workbook.xml")]),
        "docProps/app.xml": f'<Properties xmlns="{_PROPERTIES}">{told}</Properties>',
        "xl/workbook.xml": _workbook(program, sheets),
        "xl/_rels/workbook.xml.rels": _related(links),
        "xl/styles.xml": _styles(program),
        "xl/sharedStrings.xml": _element(program, "sst", "".join(_tag(program, f"<si>{one}</si>") for one in strings)),
        **parts, **program.more,
    })  # fmt: skip


def _link(program: Program, name: str, kind: str, target: str) -> str:
    return f'<Relationship Id="{name}" Type="{program.links}/{kind}" Target="{target}"/>'


def _related(links: list[str]) -> str:
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{"".join(links)}</Relationships>'


def _override(part: str, kind: str) -> str:
    return f'<Override PartName="/{part}" ContentType="{kind}"/>'


def _default(ending: str, kind: str) -> str:
    return f'<Default Extension="{ending}" ContentType="{kind}"/>'


def _element(program: Program, name: str, content: str, more: str = "") -> str:
    """The root element of a part."""
    prefix, colon = program.prefix, ":" if program.prefix else ""
    spaces = f'xmlns{":" if prefix else ""}{prefix}="{program.main}" xmlns:r="{program.links}"{more}'
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    return f"{head}<{prefix}{colon}{name} {spaces}>{content}</{prefix}{colon}{name}>"


def _tag(program: Program, xml: str) -> str:
    """The same XML under the program's prefix; texts hold no bare `<`."""
    if not program.prefix:
        return xml
    return xml.replace("</", "\0").replace("<", f"<{program.prefix}:").replace("\0", f"</{program.prefix}:")


def _workbook(program: Program, sheets: list[Worksheet]) -> str:
    names = "".join(
        f'<sheet name={quoteattr(program.titles.get(one.title, one.title))} sheetId="{n}" state="{one.sheet_state}" '
        f'r:id="rId{n}"/>'
        for n, one in enumerate(sheets, 1)
    )
    told = f'<workbookPr date1904="{int(program.since_1904)}"/><sheets>{names}</sheets>'
    return _element(program, "workbook", _tag(program, told))


def _styles(program: Program) -> str:
    formats = "".join(f'<numFmt numFmtId="{170 + n}" formatCode={quoteattr(one)}/>' for n, one in enumerate(FORMATS))
    styles = "".join(f'<xf numFmtId="{170 + n if n else 0}" applyNumberFormat="1"/>' for n in range(len(FORMATS)))
    told = f"<numFmts>{formats}</numFmts><cellXfs>{styles}</cellXfs>"
    return _element(program, "styleSheet", _tag(program, told))


def _sheet(program: Program, sheet: Worksheet, strings: list[str], numbers: Mapping[str, Number]) -> str:
    rows = "".join(_rows(program, sheet, strings, numbers))
    return _element(program, "worksheet", _tag(program, f"<sheetData>{rows}</sheetData>{program.sheet_tail}"))


def _rows(program: Program, sheet: Worksheet, strings: list[str], numbers: Mapping[str, Number]) -> Iterator[str]:
    for number, row in enumerate(sheet.iter_rows(), 1):
        cells = []
        for column, cell in enumerate(row, 1):
            address = f"{get_column_letter(column)}{number}"
            where = f' r="{address}"' if program.addresses else ""
            cells.append(_cell(program, where, numbers.get(address, cell.value), strings))
        head = f'<row r="{number}">' if program.addresses else "<row>"
        hidden = sheet.row_dimensions[number].hidden
        yield f"{head.replace('<row', '<row hidden=' + quoteattr('1'), 1) if hidden else head}{''.join(cells)}</row>"


def _cell(program: Program, where: str, value: object, strings: list[str]) -> str:
    if isinstance(value, Number):
        return f'<c{where} s="{FORMATS.index(value.shown)}"><v>{value.stored}</v></c>'
    if isinstance(value, int | float):
        return f"<c{where}><v>{value}</v></c>"
    if not isinstance(value, str) or not value:
        return f'<c{where} s="6"/>'
    if not program.shared:
        return f'<c{where} t="inlineStr"><is>{program.text(value)}</is></c>'
    strings.append(program.text(value))
    return f'<c{where} t="s"><v>{len(strings) - 1}</v></c>'
