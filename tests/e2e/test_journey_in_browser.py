"""A citizen and a steward on the site that bin/run builds, in Chromium."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from ..conftest import Site
from .conftest import PHONE, WIDE, log_in, width

pytestmark = pytest.mark.e2e

REJECTED = "食品安全抽检结果"


@pytest.mark.parametrize("viewport", [WIDE, PHONE], ids=["wide", "phone"])
def test_from_home_to_a_downloaded_file(
    open_page: Callable[..., Page], viewport: dict[str, int], tmp_path: Path
):
    page = open_page(viewport)
    page.goto("/")
    page.get_by_role("link", name="重大建设项目").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("重大建设项目")
    expect(page.get_by_text("已公开").first).to_be_visible()
    expect(page.get_by_text("待公开").first).to_be_visible()

    page.get_by_role("link", name="建筑工程施工许可", exact=True).last.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("建筑工程施工许可")
    expect(page.get_by_text("已通过检查")).to_be_visible()
    expect(page.get_by_text("示例数据").first).to_be_visible()
    expect(page.locator("table").first).to_contain_text("-320402-")
    assert width(page) <= viewport["width"]

    with page.expect_download() as caught:
        page.get_by_role("link", name=re.compile("下载 ?CSV")).first.click()
    file = tmp_path / "permits.csv"
    caught.value.save_as(file)
    assert caught.value.suggested_filename.endswith(".csv")
    header, first = file.read_text("utf-8-sig").splitlines()[:2]
    assert "项目统一代码" in header
    assert "-320402-" in first


def test_search_by_two_characters(open_page: Callable[..., Page]):
    page = open_page()
    page.goto("/")
    box = page.locator("main input[type=search]").first
    box.fill("欠税")
    box.press("Enter")
    found = page.locator("main").get_by_role("link", name="欠税公告", exact=True)
    expect(found).to_be_visible()


def test_a_steward_reads_why_a_table_was_rejected(
    open_page: Callable[..., Page], site: Site
):
    page = open_page()
    log_in(page, "steward", site.password("steward"))
    row = page.get_by_role("row").filter(has_text=REJECTED)
    row.get_by_role("link", name="报告").first.click()

    expect(page.get_by_role("heading", level=1)).to_contain_text("检查报告")
    expect(page.get_by_text("已退回").first).to_be_visible()
    for word in ("应为", "实为", "改正建议"):
        expect(page.get_by_text(word).first).to_be_visible()
    page.goto("/harvest")
    expect(page.get_by_role("heading", name="税务局").first).to_be_visible()


def test_groups_of_fields_are_added_and_removed(
    open_page: Callable[..., Page], site: Site
):
    page = open_page()
    log_in(page, "admin", site.password("admin"))
    page.goto("/disclosure-item/edit/item-food-drug-002", wait_until="networkidle")
    groups = page.locator(".scheming-subfield-group")
    before = groups.count()
    page.locator("[data-subfields-add]").click()
    expect(groups).to_have_count(before + 1)
    added = groups.last
    expect(added.locator("input").first).to_be_focused()
    notice = added.locator(".fields-removed-notice")
    expect(notice).to_be_hidden()
    added.get_by_role("button", name="移除").click()
    expect(notice).to_be_visible()
    expect(added.locator("input, select, textarea")).to_have_count(0)


def test_a_citizen_does_not_see_the_report(open_page: Callable[..., Page], site: Site):
    _, candidates = site.call("gpo_quality_candidate_list", token=site.token("steward"))
    version = next(c for c in candidates if c["state"] == "rejected")
    page = open_page()

    answer = page.request.get(f"/dataset/{version['dataset']}/report/{version['id']}")

    assert answer.status in (403, 404)


def test_english_is_complete(open_page: Callable[..., Page]):
    page = open_page()
    page.goto("/en/")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(
        page.get_by_role("link", name="Major construction projects").first
    ).to_be_visible()
