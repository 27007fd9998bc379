"""The sample apps of a fresh site are registered, and run on its public API."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import yaml
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from .conftest import PHONE, WIDE, width
from .test_every_page import WCAG

pytestmark = pytest.mark.e2e

FILE = Path(__file__).parents[2] / "harvesters" / "samples" / "apps" / "apps.yaml"
APPS: list[dict[str, Any]] = yaml.safe_load(FILE.read_text("utf-8"))
WITH_PAGE = [app for app in APPS if "link" in app]


def _ask(page: Page) -> None:
    """Do what a reader does to see rows."""
    name = page.locator("#name")
    if not name.count():
        return
    options = page.locator("#names option")
    if page.locator("#names").count():
        expect(options.first).to_be_attached()
        name.fill(options.first.get_attribute("value") or "")
        name.press("Tab")
    else:
        name.fill("食品")


@pytest.mark.parametrize("viewport", [WIDE, PHONE], ids=["wide", "phone"])
def test_all_are_listed(open_page: Callable[..., Page], viewport: dict[str, int]):
    page = open_page(viewport)
    page.goto("/apps")

    for app in APPS:
        expect(page.get_by_role("link", name=app["title"])).to_be_visible()
    assert width(page) <= viewport["width"]


@pytest.mark.parametrize("app", WITH_PAGE, ids=lambda app: Path(app["link"]).stem)
def test_it_shows_rows(open_page: Callable[..., Page], app: dict[str, Any]):
    page = open_page(PHONE)
    page.goto("/apps")
    page.get_by_role("link", name=app["title"]).click()
    address = page.get_by_role("main").locator(f"a[href$='{app['link']}']").first
    page.goto(urlsplit(address.get_attribute("href") or "").path)

    _ask(page)

    rows = page.locator("output :is(tbody tr, .cards li, .stations li)")
    expect(rows.first).to_be_visible()
    expect(rows.first).not_to_be_empty()
    assert width(page) <= PHONE["width"]
    report = Axe().run(page, options={"runOnly": WCAG})
    assert report.response["violations"] == []


def test_a_builder_sees_it_on_the_page_of_the_data(open_page: Callable[..., Page]):
    page = open_page()
    page.goto("/dataset/culture-culture-venues")

    section = page.get_by_role("region", name="使用此数据的应用")

    expect(section.get_by_role("link", name="示例·身边的文化场馆")).to_be_visible()
