"""A slow line, or none: what a hand means before the page's scripts have come, or while a server is away, is not lost."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Route, expect

from tests.browser.steps.hands import told
from tests.browser.steps.lines import Line, cut
from tests.browser.steps.reporting import saved

PICTURE = {"name": "现场.png", "mimeType": "image/png", "buffer": b"\x89PNG\r\n\x1a\n" + bytes(64)}


def test_a_button_pressed_too_early_acts_when_its_script_has_come(phone, sign_in):
    line = Line(phone)
    sign_in(phone, "reporter")
    with line.held(re.compile(r"/js/shell\b")):
        phone.goto("/assignments", wait_until="commit")
        phone.locator("[data-drawer-toggle]").click()
    expect(phone.get_by_role("navigation", name="主菜单").get_by_role("link", name="进展台账")).to_be_in_viewport()


def test_what_is_to_be_asked_about_is_asked_however_early_it_is_sent(page, line, sign_in):
    sign_in(page, "guanli")
    page.goto("/people")
    page.get_by_role("rowheader").get_by_role("link").first.click()
    expect(page.locator("form[data-confirm]").first).to_be_visible()
    with line.held(re.compile(r"/js/dialogs\b")):
        page.goto(page.url, wait_until="commit")
        page.locator("form[data-confirm]").get_by_role("button").first.click()
    expect(page.get_by_role("dialog", name="请确认")).to_be_visible()


def test_a_filter_chosen_too_early_is_applied(page, line, sign_in):
    sign_in(page, "leader")
    with line.held(re.compile(r"/js/lists\b")):
        page.goto("/work", wait_until="commit")
        page.get_by_label("亮灯").select_option("overdue")
    page.wait_for_url("**/work?light=overdue*")
    expect(page.get_by_label("亮灯")).to_have_value("overdue")


def test_a_file_chosen_too_early_is_sent(form, line):
    with line.held(re.compile(r"/js/evidence\b")):
        form.goto(form.url, wait_until="commit")
        form.get_by_label("佐证材料").set_input_files([PICTURE])
    expect(form.locator("[data-evidence-list] li").last).to_contain_text("已上传")


def test_what_was_typed_too_early_and_taken_back_is_not_called_unsaved(form, line):
    done = form.get_by_label("本期完成情况")
    done.fill("写完又改回的话。")
    saved(form)
    with line.held(re.compile(r"/js/autosave\b")):
        form.goto(form.url, wait_until="commit")
        done.fill("改了几个字。")
        expect(form.locator("[data-autosave-status]")).to_contain_text("还没有加载完整")
        done.fill("写完又改回的话。")
    saved(form)


@pytest.mark.lets_page_fail
def test_what_the_server_has_is_called_saved_where_its_answer_was_lost(form):
    done = form.get_by_label("本期完成情况")
    done.fill("先前的话。")
    saved(form)

    def lose(route: Route) -> None:
        route.fetch()
        route.abort()

    form.route("**/draft", lose)
    done.fill("存下了，却没有收到回音的话。")
    expect(form.locator("[data-autosave-status]")).to_contain_text("网络不通")
    form.unroute("**/draft")
    form.on("dialog", lambda dialog: dialog.accept())
    form.reload()
    expect(done).to_have_value("存下了，却没有收到回音的话。")
    saved(form)


def test_a_file_dropped_beside_its_place_replaces_no_page(form):
    stays = """() => {
      const data = new DataTransfer();
      data.items.add(new File(["x"], "现场.png", { type: "image/png" }));
      return !document.body.dispatchEvent(new DragEvent("drop", { bubbles: true, cancelable: true, dataTransfer: data }));
    }"""
    assert form.evaluate(stays)


@pytest.mark.lets_page_fail
def test_a_return_stays_on_its_page_while_the_server_is_away(form):
    form.get_by_label("本期完成情况").fill("服务器停机时提交的话。")
    saved(form)
    address = form.url
    with cut(form):
        form.get_by_role("button", name="提交本单位审核").click()
        expect(form.locator("[data-autosave-status]")).to_contain_text("没有提交")
        expect(form.get_by_label("本期完成情况")).to_have_value("服务器停机时提交的话。")
        assert form.url == address
    form.get_by_label("完成百分比").fill("35")
    form.get_by_role("button", name="存为草稿").last.click()
    told(form, "草稿已保存")


def test_a_form_goes_after_the_files_that_are_on_their_way(form, line):
    form.get_by_label("本期完成情况").fill("附现场照片。")
    saved(form)
    with line.held(re.compile("/evidence/pieces")):
        form.get_by_label("佐证材料").set_input_files([{**PICTURE, "name": "边传边交.png"}])
        form.get_by_role("button", name="存为草稿").last.click()
        told(form, "材料传完后自动提交")
    told(form, "草稿已保存")
    expect(form.locator("[data-evidence-list] li").filter(has_text="边传边交.png")).to_have_count(1)


def test_a_file_that_is_refused_can_be_put_away(form):
    form.get_by_label("佐证材料").set_input_files(
        [{"name": "程序.exe", "mimeType": "application/octet-stream", "buffer": b"MZ"}]
    )
    line = form.locator("[data-evidence-list] li").filter(has_text="程序.exe")
    expect(line.locator(".is-wrong")).to_be_visible()
    line.get_by_role("button", name="移除 程序.exe").click()
    expect(line).to_have_count(0)
    expect(form.get_by_label("佐证材料")).to_be_focused()
