"""Web pages as offices' sites print them, about the invented city of Yunxiu (云岫市)."""

from __future__ import annotations

from imports.draft import Draft
from imports.pipeline import understand
from imports.readers.html import read_html
from tests.unit.imports.conservation import lost

TABLE = """<table><tr><th>序号</th><th>工作任务</th><th>牵头单位</th><th>完成时限</th></tr>
<tr><td>1</td><td>建成数据共享平台，接入系统30个。</td><td>市数据局<br>市财政局</td><td>6月底前</td></tr>
<tr><td>2</td><td>公布证明事项清单。</td><td>市司法局</td><td>9月底前</td></tr></table>"""


def read(page: str) -> Draft:
    document = read_html(f"<html><meta charset=utf-8><body>{page}</body></html>")
    draft = understand(document, year=2026)
    assert lost(document, draft) == []
    return draft


def test_a_hidden_copy_of_a_table_gives_no_tasks() -> None:
    draft = read(f"<h1>云岫市2026年重点工作任务清单</h1>{TABLE}<div style='display:none'>{TABLE}</div>")
    assert [task.locator for task in draft.tasks] == ["table 1 row 2", "table 1 row 3"]
    assert {piece.kind for piece in draft.unread if piece.text == "市司法局"} == {"hidden"}


def test_a_hidden_table_that_stands_nowhere_else_is_read() -> None:
    other = TABLE.replace("建成数据共享平台", "建成城市运行中心").replace("公布证明事项清单", "公布权责清单")
    draft = read(f"<h1>云岫市2026年重点工作任务清单</h1>{TABLE}<div style='display:none'>{other}</div>")
    assert [task.name for task in draft.tasks] == [
        "建成数据共享平台",
        "公布证明事项清单",
        "建成城市运行中心",
        "公布权责清单",
    ]
