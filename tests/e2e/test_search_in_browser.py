"""Searching on the site that bin/run builds, in Chromium: typing, choosing, narrowing."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from .conftest import PHONE, WIDE, width

pytestmark = pytest.mark.e2e

VIEWPORTS = pytest.mark.parametrize("viewport", [WIDE, PHONE], ids=["wide", "phone"])

Open = Callable[..., Page]


@VIEWPORTS
def test_pinyin_is_typed_and_a_suggestion_chosen(
    open_page: Open, viewport: dict[str, int]
):
    page = open_page(viewport)
    page.goto("/")
    box = page.get_by_role("combobox").and_(page.locator("main input"))
    expect(box).to_have_attribute("aria-expanded", "false")

    box.press_sequentially("qianshui", delay=20)
    wanted = page.get_by_role("option", name=re.compile("^欠税公告")).first
    expect(wanted).to_be_visible()
    expect(wanted.locator("mark")).to_have_text("欠税")
    expect(box).to_have_attribute("aria-expanded", "true")
    inside = page.locator("main [role=listbox]").bounding_box()
    assert inside
    assert inside["x"] >= 0
    assert inside["x"] + inside["width"] <= viewport["width"]

    box.press("ArrowDown")
    chosen = page.locator("[aria-selected=true]")
    expect(chosen).to_have_id(box.get_attribute("aria-activedescendant") or "")
    name = chosen.locator(".title").inner_text()
    box.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text(name)


def test_escape_closes_and_enter_searches_for_what_was_typed(open_page: Open):
    page = open_page()
    page.goto("/catalogue")
    box = page.locator("header input[type=search]")
    box.press_sequentially("食品", delay=20)
    options = page.get_by_role("option")
    expect(options.first).to_be_visible()
    expect(page.locator("header [role=status]")).to_contain_text(re.compile(r"\d"))

    box.press("Escape")
    expect(options.first).to_be_hidden()
    expect(box).to_have_value("食品")
    box.press("Enter")
    expect(page).to_have_url(re.compile(r"/search\?q="))
    expect(page.locator("#search-results h2")).to_contain_text("“食品”")


def test_a_click_elsewhere_closes(open_page: Open):
    page = open_page()
    page.goto("/")
    page.locator("main input[type=search]").press_sequentially("食品", delay=20)
    expect(page.get_by_role("option").first).to_be_visible()
    page.get_by_role("heading", level=1).click()
    expect(page.get_by_role("option").first).to_be_hidden()


@VIEWPORTS
def test_results_are_narrowed_and_widened(open_page: Open, viewport: dict[str, int]):
    page = open_page(viewport)
    page.goto("/search?q=许可")
    results = page.locator("#search-results .dataset-item")
    expect(results.first.locator("mark").first).to_have_text("许可")
    before = results.count()
    assert width(page) <= viewport["width"]

    tabs = page.get_by_role("navigation", name="结果的种类")
    tabs.get_by_role("link", name=re.compile("^数据")).click()
    expect(page).to_have_url(re.compile("/dataset/"))
    expect(tabs.locator("[aria-current=page]")).to_contain_text("数据")
    expect(page.locator("#search-results .dataset-item .tag").first).to_be_visible()

    if viewport is PHONE:
        facets = page.locator("details.facets")
        expect(facets).not_to_have_attribute("open", "")  # once the script has come
        facets.locator("> summary").click()
    facet = page.get_by_role("region", name="领域").get_by_role("link").first
    count = int(facet.locator(".count").inner_text())
    facet.click()
    assert count <= before
    expect(results).to_have_count(count)

    page.locator(".chosen a").click()
    expect(page.locator(".chosen")).to_have_count(0)
    page.get_by_role("link", name="下载量").click()
    expect(page.locator(".sorts [aria-current]")).to_have_text("下载量")
    expect(page).to_have_url(re.compile("sort=downloads"))


def test_a_table_is_found_by_its_columns(open_page: Open):
    page = open_page()
    page.goto("/dataset/?q=统一社会信用代码")
    first = page.locator("#search-results .dataset-item").first
    expect(first.locator(".columns mark").first).to_have_text("统一社会信用代码")


def test_a_guess_is_told_as_one(open_page: Open):
    page = open_page()
    page.goto("/search?q=前税公告")
    notice = page.locator(".guessed")
    expect(notice).to_contain_text("前税公告")
    expect(page.locator("#search-results mark").first).to_be_visible()


def test_nothing_is_found_and_what_to_do_is_told(open_page: Open):
    page = open_page()
    page.goto("/search?q=火星移民签证")
    expect(page.locator(".nothing")).to_be_visible()
    expect(page.locator(".nothing").get_by_role("link", name="目录")).to_be_visible()


def test_a_query_that_cannot_be_read_is_answered_with_advice(open_page: Open):
    page = open_page()
    page.goto("/about")
    answer = page.request.get("/dataset/", params={"q": "title:("})
    assert answer.status == 400
    assert "引号和括号" in answer.text()
    answer = page.request.get("/search", params={"q": "title:("})
    assert answer.status == 200
    assert "引号、括号" in answer.text()


def test_departments_are_found_too(open_page: Open):
    page = open_page()
    page.goto("/search?q=市场监管局")
    hit = page.locator(".name-hits").get_by_role("link").first
    expect(hit).to_contain_text("市场监督管理局")


def test_in_english(open_page: Open):
    page = open_page()
    page.goto("/en/search?q=tax arrears")
    expect(page.locator("#search-results h2").first).to_contain_text("results for")
    expect(page.locator("#search-results mark").first).to_be_visible()
    assert not re.search("[一-鿿]", page.locator(".kinds").inner_text())
