"""Many returns at once: a table whose rows save and hand in each for itself, and lose nothing."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import html5lib
import pytest
from werkzeug.datastructures import MultiDict

from tests.support.issued import JUNE, QUARTERLY, TaskSpec, at, reported
from tests.support.owed import due_in_march, signed_for
from tests.support.place import AT, DAY
from tracker.progress import queries, service
from tracker.progress.content import Content
from tracker.progress.queries import OwedFilter

PAGE = "/assignments/reports"
FINANCE = (("市财政局", "responsible"),)
TASKS = (
    TaskSpec("压减审批时限", FINANCE, targets=(("压减30%以上", "30", "%"),)),
    TaskSpec("清理收费目录", FINANCE),
    TaskSpec("公开办事指南", FINANCE, (QUARTERLY, JUNE)),
    TaskSpec("修订采购目录", (("市交通运输局", "responsible"),)),
)
HANDS = ("reporter", "reporter", "reporter", "other_reporter")


@pytest.fixture
def plan(place, writing):
    """Three tasks of the finance bureau, signed for, and one of another; each has a report due on 20 March."""
    with writing():
        return signed_for(place, TASKS, HANDS)


@pytest.fixture
def due(plan, reading):
    with reading():
        return due_in_march(plan, TASKS)


def controls(page):
    """What a browser would send of the table, buttons apart."""
    root = html5lib.parse(page.text, namespaceHTMLElements=False)
    table = next(one for one in root.iter("form") if one.get("method") == "post" and "batch" in one.get("class", ""))
    typed = MultiDict()
    for one in (one for one in table.iter() if one.tag in {"input", "textarea"}):
        if one.tag == "textarea":
            typed.add(one.get("name"), (one.text or "").removeprefix("\n"))
        elif one.get("type") != "checkbox" or one.get("checked") is not None:
            typed.add(one.get("name"), one.get("value", ""))
    return typed


def pressed(typed, button):
    return {**typed.to_dict(flat=False), button: "1"}


def newest(obligation_id):
    return next(iter(queries.versions(obligation_id, inside=True)), None)


def test_what_is_due_early_next_month_is_offered_without_asking(plan, due, sign_in_as, clock_stands):
    """每月5日前报送上月情况 is written in the last days of the month."""
    clock_stands.move_to(at(date(2026, 5, 25)))
    page = sign_in_as("reporter").get(PAGE).text
    assert "2026-06-20" in page
    assert "2026-09-20" not in page


def test_rows_are_what_the_unit_still_owes(plan, due, sign_in_as, reading, writing):
    with reading():
        mine, today = plan.viewer("reporter"), DAY

        def listed(**wanted: Any) -> list[int]:
            return [one.id for one in queries.owed_page(mine, OwedFilter(**wanted), today=today).rows]

        until_april = DAY.replace(month=4, day=1)
        assert listed(due_before=until_april) == [due[spec.name] for spec in TASKS[:3]]
        assert len(listed()) == 4 + 4 + 5
        assert listed(due_before=DAY) == []
        assert listed(plan_id=plan.plan_id + 1) == []
    with writing():
        service.save_draft(due["清理收费目录"], Content("甲"), version=0, editor="", by=plan.viewer("reporter"), at=AT)
        reported(plan, due["公开办事指南"], reviewer=None)
    with reading():
        assert listed(due_before=until_april) == [due["压减审批时限"], due["清理收费目录"]]
        assert listed(due_before=until_april, written="draft") == [due["清理收费目录"]]
        assert due["清理收费目录"] not in listed(written="empty")
    page = sign_in_as("reporter").get(PAGE)
    assert "压减30%以上" in page.text
    assert "公开办事指南" not in page.text, "it is on its way"
    assert PAGE in sign_in_as("reporter").get("/assignments").text


def test_pages_go_on_and_back(plan, reading):
    with reading():
        mine = plan.viewer("reporter")
        pages, cursor = [], None
        while not pages or cursor:
            page = queries.owed_page(mine, OwedFilter(), today=DAY, cursor=cursor, size=5)
            pages.append([one.id for one in page.rows])
            last, cursor = page, page.next
        assert [len(one) for one in pages] == [5, 5, 3]
        assert len({one for page in pages for one in page}) == last.total == 13
        before = queries.owed_page(mine, OwedFilter(), today=DAY, cursor=last.previous, size=5)
        assert [one.id for one in before.rows] == pages[1]
        strange = queries.owed_page(mine, OwedFilter(), today=DAY, cursor="WzAsIngiLCJ5Il0", size=5)
        assert [one.id for one in strange.rows] == pages[0]


def test_one_button_saves_the_rows_that_were_touched(due, sign_in_as, reading):
    reporter = sign_in_as("reporter")
    typed = controls(reporter.get(PAGE))
    typed[f"row{due['压减审批时限']}-done"] = "已压减 12 项\r\n其余在办"
    answer = reporter.post(PAGE, data=pressed(typed, "draft"))
    assert answer.status_code == 302
    with reading():
        assert newest(due["压减审批时限"]).state == "draft"
        assert newest(due["清理收费目录"]) is None, "nobody touched it"
    page = reporter.get(PAGE)
    assert "已存 1 项草稿" in page.text
    assert reporter.post(PAGE, data=pressed(controls(page), "draft")).status_code == 302
    assert "草稿。" not in reporter.get(PAGE).text, (
        "nothing was touched since, though browsers break lines their own way"
    )


def test_each_chosen_row_is_handed_in_or_refused_by_itself(due, sign_in_as, reading):
    reporter = sign_in_as("reporter")
    first, second, third = (due[spec.name] for spec in TASKS[:3])
    typed = controls(reporter.get(PAGE))
    typed[f"row{first}-done"], typed[f"row{first}-percent"] = "已压减 12 项", "４０％"
    typed[f"row{second}-problems"] = "缺资金"
    typed[f"row{third}-done"], typed[f"row{third}-percent"] = "写到一半", "一半"
    typed.setlist("chosen", [str(first), str(second)])
    answer = reporter.post(PAGE, data=pressed(typed, "hand_in"))
    assert answer.status_code == 422
    assert f'id="row{second}-done-error"' in answer.text
    assert f'id="row{third}-percent-error"' in answer.text
    assert 'value="一半"' in answer.text
    assert f'id="row{third}-done-error"' not in answer.text
    assert "不是有效的整数" not in answer.text, "what is wrong is said once"
    assert re.search(r'role="alert"[^>]*data-focus', answer.text), (
        "what is to be mended comes first, by ear and keyboard"
    )
    assert "已提交 1 项报送" in answer.text
    with reading():
        sent = newest(first)
        assert (sent.state, sent.percent, sent.done) == ("own_review", 40, "已压减 12 项")
        assert (newest(second).state, newest(second).problems) == ("draft", "缺资金")
        assert newest(third).done == "写到一半"
    again = controls(answer)
    assert again.getlist("chosen") == [str(second)]
    assert again.getlist("row") == [str(second), str(third)]
    again[f"row{second}-done"], again[f"row{third}-percent"] = "已补齐", "50"
    assert reporter.post(PAGE, data=pressed(again, "hand_in")).status_code == 302
    with reading():
        assert newest(second).state == "own_review"
        assert (newest(third).state, newest(third).percent) == ("draft", 50)


def test_what_another_saved_meanwhile_is_said_at_its_row(plan, due, sign_in_as, reading, writing):
    reporter = sign_in_as("reporter")
    first, second = due["压减审批时限"], due["清理收费目录"]
    typed = controls(reporter.get(PAGE))
    typed[f"row{first}-done"], typed[f"row{second}-done"] = "我写的", "另一行"
    with writing():
        service.save_draft(first, Content("同事写的"), version=0, editor="x", by=plan.viewer("reporter"), at=AT)
    answer = reporter.post(PAGE, data=pressed(typed, "draft"))
    assert answer.status_code == 409
    assert "保存过这份内容" in answer.text
    assert "我写的" in answer.text
    shown = answer.text.partition(f'id="saved-{first}"')[2].partition("</section>")[0]
    assert "同事写的" in shown, "it is shown before it is written over"
    assert f'id="saved-{second}"' not in answer.text
    with reading():
        assert (newest(first).done, newest(second).done) == ("同事写的", "另一行")
    again = controls(answer)
    assert again[f"row{second}-version"] == "1", "the row that was saved goes on from there"
    assert reporter.post(PAGE, data=pressed(again, "draft")).status_code == 302
    with reading():
        assert newest(first).done == "我写的", "who was told may go on"


def test_a_lower_percent_is_explained_at_its_cell(plan, due, sign_in_as, writing):
    with writing():
        version = reported(plan, due["清理收费目录"], percent=60)
        service.accept(version, by=plan.viewer("lead"), at=AT)
    reporter = sign_in_as("reporter")
    page = reporter.get(f"{PAGE}?due=all")
    assert "上次 60%" in page.text
    assert '"percent": "60"' in page.text, "what was accepted last can be taken over"
    typed = controls(page)
    later = next(one for one in typed.getlist("row") if typed[f"row{one}-percent"] == "60")
    typed[f"row{later}-done"], typed[f"row{later}-percent"], typed["chosen"] = "退回重做", "50", later
    answer = reporter.post(PAGE, data=pressed(typed, "hand_in"))
    assert answer.status_code == 422
    assert f'id="row{later}-setback-error"' in answer.text


def test_rows_of_other_units_are_none(due, sign_in_as, reading):
    reporter, foreign = sign_in_as("reporter"), due["修订采购目录"]
    typed = {"row": [str(foreign)], f"row{foreign}-done": "越权", "chosen": [str(foreign)], "hand_in": "1"}
    assert reporter.post(PAGE, data=typed).status_code == 302
    assert reporter.get(f"{PAGE}?plan=nonsense&due=x&state=y&cursor=z").status_code == 200
    with reading():
        assert newest(foreign) is None


def test_thirteen_rows_need_no_more_statements_than_three(plan, sign_in_as, statements):
    reporter, counts = sign_in_as("reporter"), []
    reporter.get(PAGE)
    for address in (PAGE, f"{PAGE}?due=all"):
        with statements() as seen:
            reporter.get(address)
        counts.append(len(seen))
    assert counts[0] == counts[1] < 30
