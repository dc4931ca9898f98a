"""What is typed is not lost: not by a reload, a lost network, an ended session, or a colleague who was faster."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.steps.hands import follow, told
from tests.browser.steps.lines import cut
from tests.browser.steps.reporting import begin_last, hand_in, saved

STATUS = "[data-autosave-status]"


def done(page: Page):
    return page.get_by_label("本期完成情况")


def test_keyboard_alone_fills_in_and_saves_a_return(form):
    done(form).focus()
    form.keyboard.press("Control+a")
    form.keyboard.type("Typed without a mouse.")
    form.keyboard.press("Tab")
    form.keyboard.press("Control+a")
    form.keyboard.type("45")
    save = form.get_by_role("button", name="存为草稿")
    for _step in range(20):
        form.keyboard.press("Tab")
        if save.evaluate("(one) => one === document.activeElement"):
            break
    form.keyboard.press("Enter")
    told(form, "草稿已保存")


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desk", "telephone"])
def test_whether_it_is_kept_and_how_to_hand_it_in_stay_in_view(open_page, sign_in, viewport):
    """The first field of a form that is longer than the window: what is told of it may not stand out of sight below."""
    page = open_page(viewport)
    sign_in(page, "jiaoyu")
    page.locator("#begun").get_by_role("link", name="学前教育扩容").click()
    done(page).fill("已完成前两项。")
    saved(page)
    expect(page.locator(STATUS)).to_be_in_viewport(ratio=1)
    expect(page.get_by_role("button", name="提交本单位审核")).to_be_in_viewport(ratio=1)
    expect(done(page)).to_be_in_viewport()


def test_a_reload_keeps_what_was_typed(form):
    done(form).fill("已完成前两项。")
    saved(form)
    form.reload()
    expect(done(form)).to_have_value("已完成前两项。")


def test_a_figure_stays_what_was_typed(page, sign_in):
    """As a sheet writes it, with its unit, or what is no number: never quietly another one, as 12/18 would be 1218."""
    sign_in(page, "jiaoyu")
    page.locator("#begun").get_by_role("link", name="学前教育扩容").click()
    figure = page.get_by_role("group", name="目标值完成情况").get_by_label("18所")
    figure.focus()
    page.keyboard.insert_text("12/18")
    expect(page.locator(STATUS)).to_contain_text("其余内容已存")
    expect(page.locator(STATUS)).to_contain_text("“新建、改扩建公办幼儿园18所”")
    expect(figure).to_have_value("12/18")
    page.get_by_role("button", name="提交本单位审核").click()
    expect(page.locator(".error-summary")).to_contain_text("以“所”为单位的数字")
    expect(figure).to_have_value("12/18")
    figure.fill("１，２３４ 所")
    saved(page)
    page.goto(page.url)
    expect(figure).to_have_value("1234")


@pytest.mark.lets_page_fail
def test_a_text_that_is_too_long_is_not_cut(form):
    """A field with a limit of its own would drop the end of what is pasted, and nobody would see it."""
    text = "很长" * 10_001
    done(form).press("Control+a")
    form.keyboard.insert_text(text)
    expect(form.locator(STATUS)).to_contain_text("文字过长")
    form.get_by_role("button", name="提交本单位审核").click()
    expect(form.locator(".error-summary")).to_contain_text("文字过长")
    assert done(form).input_value() == text


def test_what_is_typed_before_the_page_is_ready_is_kept(line, form):
    """A hand may be faster than the line on which the page's scripts come; until then nothing is kept, and the page says so."""
    with line.held(re.compile(r"/js/autosave\b")):
        form.goto(form.url, wait_until="commit")
        done(form).fill("页面还没有加载完时写下的话。")
        expect(form.locator(STATUS)).to_contain_text("还没有保存")
    saved(form)
    form.reload()
    expect(done(form)).to_have_value("页面还没有加载完时写下的话。")


@pytest.mark.lets_page_fail
def test_a_page_whose_scripts_never_come_says_that_it_keeps_nothing(form):
    """A line that broke while the page came: it looks whole, and somebody would type for an hour."""
    form.route(re.compile(r"/js/autosave\b"), lambda route: route.abort())
    form.reload()
    done(form).fill("没有人存的话。")
    expect(form.locator(STATUS)).to_contain_text("还没有保存")
    expect(form.locator(STATUS)).to_contain_text("先复制")


@pytest.mark.lets_page_fail
def test_a_lost_network_keeps_what_was_typed(form):
    with cut(form):
        done(form).fill("断网时写下的话。")
        expect(form.locator(STATUS)).to_contain_text("网络不通")
    saved(form)
    form.reload()
    expect(done(form)).to_have_value("断网时写下的话。")


@pytest.mark.lets_page_fail
def test_a_file_arrives_over_a_line_that_breaks(form):
    content = b"%PDF-1.7 " + b"x" * (5 << 20)
    line = form.locator("[data-evidence-list] li").filter(has_text="台账.pdf")
    with cut(form):
        form.get_by_label("佐证材料").set_input_files(
            [{"name": "台账.pdf", "mimeType": "application/pdf", "buffer": content}]
        )
        expect(line).to_contain_text("网络中断")
    expect(line).to_contain_text("已上传")


def test_a_file_that_is_chosen_twice_stands_there_once(form):
    """The return has it once: two lines would make somebody take one off, and with it the file."""
    lines = form.locator("[data-evidence-list] li").filter(has_text="名册.pdf")
    roll = {"name": "名册.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 roll"}
    form.get_by_label("佐证材料").set_input_files([roll])
    expect(lines).to_contain_text("已上传")
    with form.expect_response(re.compile(r"/evidence/pieces")):
        form.get_by_label("佐证材料").set_input_files([roll, {**roll, "name": "图纸.pdf", "buffer": b"%PDF-1.7 plan"}])
    expect(form.locator("[data-evidence-list] li").filter(has_text="图纸.pdf")).to_contain_text("已上传")
    expect(lines).to_have_count(1)


@pytest.mark.lets_page_fail
def test_an_ended_session_keeps_what_was_typed(form, sign_in):
    address = form.url
    other = form.context.new_page()
    other.goto("/")
    other.locator("header summary").click()
    other.get_by_role("button", name="退出登录").click()
    other.locator("input[name=username]").wait_for()  # a tab that is closed on its way may never say so
    other.close()
    done(form).fill("登录失效后写下的话。")
    expect(form.locator(STATUS)).to_contain_text("登录已失效")
    form.get_by_role("button", name="提交本单位审核").click()  # would be answered by a page that has lost the text
    expect(form.locator(STATUS).get_by_role("link")).to_be_focused()
    expect(done(form)).to_have_value("登录失效后写下的话。")
    form.locator(STATUS).get_by_role("link").click()
    form.locator("input[name=username]").wait_for()
    sign_in(form, "reporter")
    form.goto(address)
    expect(done(form)).to_have_value("登录失效后写下的话。")
    saved(form)


def sign_out_elsewhere(page: Page) -> None:
    """In another tab, as somebody does who shares a machine; or time does it."""
    other = page.context.new_page()
    other.goto("/")
    other.locator("header summary").click()
    other.get_by_role("button", name="退出登录").click()
    other.locator("input[name=username]").wait_for()
    other.close()


@pytest.mark.lets_page_fail
def test_a_form_that_does_not_save_itself_comes_back_after_signing_in_again(page, sign_in, live_server):
    """A reason is typed, the session is over: the answer is a page without the form, and going back leads to signing in."""
    sign_in(page, "qiantou")
    follow(page, "核验")
    page.get_by_role("rowheader").get_by_role("link").last.click()
    page.get_by_label("退办理由").fill("请补充验收资料，写明验收日期。")
    address = page.url
    sign_out_elsewhere(page)
    page.get_by_role("button", name="退办", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("页面已过期")
    told(page, "自动恢复")
    page.get_by_role("link", name="重新打开页面").click()
    page.locator("input[name=username]").fill("qiantou")
    page.locator("input[name=password]").fill(live_server.password)
    page.locator("input[name=password]").press("Enter")
    page.wait_for_url(address)
    expect(page.get_by_label("退办理由")).to_have_value("请补充验收资料，写明验收日期。")
    told(page, "已恢复")
    page.get_by_role("button", name="退办", exact=True).click()
    told(page, "已退办")
    page.goto(address)
    expect(page.locator("[data-messages]")).not_to_contain_text("已恢复")  # what was taken comes back no more


@pytest.mark.lets_page_fail
def test_what_somebody_sent_comes_back_to_nobody_else(page, sign_in, live_server):
    sign_in(page, "qiantou")
    follow(page, "核验")
    page.get_by_role("rowheader").get_by_role("link").last.click()
    page.get_by_label("退办理由").fill("请补充照片。")
    address = page.url
    sign_out_elsewhere(page)
    page.get_by_role("button", name="退办", exact=True).click()
    page.get_by_role("link", name="重新打开页面").click()
    page.locator("input[name=username]").wait_for()
    sign_in(page, "heyan")
    page.goto(address)
    expect(page.get_by_label("退办理由")).to_have_value("")


def test_cells_from_a_sheet_fill_rows_that_save_themselves(page, sign_in):
    """A block that was copied from a sheet goes right and down from where it is pasted, and can be taken back."""
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    sign_in(page, "baishi")
    page.goto("/assignments/reports?due=all")
    rows = page.locator("tr[data-autosave]")
    first, second = (rows.nth(place) for place in range(2))
    first.get_by_label("本期完成情况").fill("手工填写。")
    page.evaluate("""() => navigator.clipboard.writeText('甲行\\t40%\\t"缺资金\\n缺人手"\\n乙行\\t55')""")
    first.get_by_label("本期完成情况").press("Control+v")
    expect(first.get_by_label("存在问题")).to_have_value("缺资金\n缺人手")
    expect(second.get_by_label("完成百分比")).to_have_value("55")
    expect(page.locator("[data-typing-told]")).to_contain_text("已粘贴 2 行 3 列")
    for row in (first, second):
        expect(row.locator(STATUS)).to_contain_text("已保存")
    page.get_by_role("button", name="撤销粘贴").click()
    expect(first.get_by_label("本期完成情况")).to_have_value("手工填写。")
    first.get_by_label("本期完成情况").press("Enter")
    page.keyboard.type("乙行改写。")
    expect(second.get_by_label("本期完成情况")).to_have_value("乙行改写。")
    for row in (first, second):
        expect(row.locator(STATUS)).to_contain_text("已保存")
    page.reload()
    expect(first.get_by_label("本期完成情况")).to_have_value("手工填写。")
    expect(second.get_by_label("本期完成情况")).to_have_value("乙行改写。")


def test_a_cell_that_is_wrong_still_shows_what_was_typed(page, sign_in):
    """A short field is told to be wrong: the whole of it is read there, and the page begins at what is to be mended."""
    sign_in(page, "baishi")
    page.goto("/assignments/reports?due=all")
    row = page.locator("tr[data-autosave]").first
    row.get_by_label("本期完成情况").fill("已完成前两项。")
    percent = row.get_by_label("完成百分比")
    percent.fill("145.5%")
    row.get_by_role("checkbox").check()
    page.get_by_role("button", name="提交所选报送").click()
    expect(page.get_by_role("alert").filter(has_text="需要更正")).to_be_focused()
    expect(percent).to_have_value("145.5%")
    expect(percent).to_have_attribute("aria-invalid", "true")
    assert percent.evaluate("(one) => one.scrollWidth <= one.clientWidth")


def test_a_milestone_asks_for_what_its_answer_needs(page, sign_in):
    """Of one that is not reached when it is expected, of one that was reached before why it is not; a sheet may answer."""
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    sign_in(page, "baishi")
    page.goto("/assignments/reports?due=all")
    row = page.locator("tr[data-autosave]").filter(has_text="老旧小区改造")
    own, earlier = row.get_by_label("12月底前："), row.get_by_label("3月底前全部开工：")
    day, why = row.get_by_label("预计达成日期：").first, row.get_by_label("进度回退说明：")
    expect(day).to_be_hidden()
    page.evaluate("""() => navigator.clipboard.writeText('已改造八个小区。\t未达成\t缺资金')""")
    row.get_by_label("本期完成情况").press("Control+v")
    expect(own).to_have_value("no")
    expect(row.get_by_label("存在问题")).to_have_value("缺资金")
    day.fill("2027/2/10")
    earlier.select_option("未达成")
    expect(why).to_be_visible()
    earlier.select_option("已达成")
    expect(why).to_be_hidden()
    expect(row.locator(STATUS)).to_contain_text("已保存")
    page.reload()
    expect(own).to_have_value("no")
    expect(day).to_have_value("2027-02-10")


def test_whoever_checks_by_keyboard_comes_to_the_decision_by_two_links(page, sign_in):
    """Past the side bar, the files and the phrases, which are some forty stops for each return."""
    sign_in(page, "heyan")
    follow(page, "核验")
    page.get_by_role("rowheader").get_by_role("link").first.click()
    expect(page.get_by_role("button", name="核收")).to_be_visible()
    for link in ("跳到正文", "跳到办理按钮"):
        page.keyboard.press("Tab")
        expect(page.get_by_role("link", name=link)).to_be_focused()
        expect(page.get_by_role("link", name=link)).to_be_in_viewport(ratio=1)
        page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="核收")).to_be_focused()


def test_the_ways_to_decide_take_two_lines_of_a_telephone(phone, sign_in):
    """Three lines of buttons push what is read out of the window; the reader would scroll for each return."""
    sign_in(phone, "qiantou")
    phone.goto("/checks")
    phone.get_by_role("rowheader").get_by_role("link").first.click()
    buttons = phone.locator("#decision .form-buttons > *")
    for language, other in (("zh", "English"), ("en", "中文")):
        expect(phone.locator("html")).to_have_attribute("lang", re.compile(f"^{language}"))
        expect(buttons).to_have_count(5)
        boxes = [one.bounding_box() for one in buttons.all()]
        assert len({round(box["y"]) for box in boxes}) <= 2, boxes
        assert all(box["height"] >= 36 for box in boxes), "each is still hit by a finger"
        phone.get_by_role("button", name=other).or_(phone.get_by_role("link", name=other)).first.click()


@pytest.mark.lets_page_fail
def test_who_decides_second_is_told(page, open_page, sign_in):
    """Two people of the lead office have the same return open; one accepts it, the other sends it back."""
    other = open_page()
    sign_in(page, "qiantou")
    sign_in(other, "heyan")
    follow(page, "核验")
    page.get_by_role("rowheader").get_by_role("link").first.click()
    expect(page.get_by_role("button", name="核收")).to_be_visible()
    other.goto(page.url)
    page.get_by_role("button", name="核收").click()
    expect(page.locator("[data-messages]")).to_contain_text("已核收")
    other.get_by_label("退办理由").fill("请补充佐证。")
    other.get_by_role("button", name="退办", exact=True).click()
    expect(other.get_by_role("alert")).to_contain_text("沈文舟")


@pytest.mark.lets_page_fail
def test_what_was_typed_is_shown_where_a_colleague_handed_in_meanwhile(page, open_page, sign_in, live_server):
    """The session ends, a second window hands the return in: signing in again leads to a page without the form."""
    sign_in(page, "jiaoyu")
    begin_last(page)
    address = page.url
    sign_out_elsewhere(page)
    done(page).fill("会话失效后写下、没有存到服务器的话。")
    expect(page.locator(STATUS)).to_contain_text("登录已失效")
    other = open_page()
    sign_in(other, "jiaoyu")
    other.goto(address)
    done(other).fill("同事先提交的话。")
    other.get_by_label("完成百分比").fill("90")
    saved(other)
    hand_in(other)
    kept = other.locator("[data-unsent]")
    expect(kept).to_be_hidden()
    page.locator(STATUS).get_by_role("link").click()
    page.locator("input[name=username]").fill("jiaoyu")
    page.locator("input[name=password]").fill(live_server.password)
    page.locator("input[name=password]").press("Enter")
    kept = page.locator("[data-unsent]")
    expect(kept).to_contain_text("会话失效后写下、没有存到服务器的话。")
    page.reload()
    expect(kept).to_be_visible()
    kept.get_by_role("button", name="放弃本机内容").click()
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(kept).to_be_hidden()
