"""Charts as people see them: drawn, for everyone, with nothing but what is theirs."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from .conftest import PHONE, WIDE, width
from .pages import DATASET
from .test_every_page import WCAG

pytestmark = pytest.mark.e2e

CHART = f"/dataset/{DATASET}/chart"
EMBED = f"{CHART}/embed"
LINE = f"{CHART}?kind=line&group=issue_date.month"
BARS = f"{CHART}?kind=bar&group=status"
SHARES = f"{CHART}?kind=share&group=status"
STREETS = f"{CHART}?kind=streets&group=street"


@pytest.mark.parametrize("address", [LINE, BARS, SHARES, STREETS, EMBED])
@pytest.mark.parametrize(
    ("theme", "size"), [("light", "normal"), ("dark", "normal"), ("light", "large")]
)
def test_a_chart_is_for_everyone(
    open_page: Callable[..., Page], address: str, theme: str, size: str
):
    page = open_page()
    page.add_init_script(
        f"localStorage.setItem('gpo-theme', '{theme}');"
        f"localStorage.setItem('gpo-size', '{size}')"
    )
    for viewport in (WIDE, PHONE):
        page.set_viewport_size(viewport)
        page.goto(address)
        expect(page.locator("figure svg").first).to_be_visible()
        answer = Axe().run(
            page, options={"runOnly": WCAG, "resultTypes": ["violations"]}
        )
        assert answer.response["violations"] == []
        assert width(page) <= viewport["width"]


def test_a_chart_is_drawn_in_the_colours_of_the_reading_mode(
    open_page: Callable[..., Page],
):
    page = open_page()
    page.goto(BARS)
    bar = page.locator(".chart-canvas svg path[fill='#0b5c7a']").first
    expect(bar).to_be_visible()
    page.evaluate("document.documentElement.dataset.theme = 'dark'")
    expect(page.locator(".chart-canvas svg path[fill='#7fc4de']").first).to_be_visible()
    expect(bar).to_have_count(0)


def test_a_chart_is_saved_as_a_picture(open_page: Callable[..., Page]):
    page = open_page()
    page.goto(BARS)
    for label, start in [("另存为SVG", b"<svg"), ("另存为PNG", b"\x89PNG")]:
        with page.expect_download() as download:
            page.get_by_role("button", name=label).click()
        assert download.value.path().read_bytes().startswith(start)


def test_another_chart_is_chosen_without_a_script(open_page: Callable[..., Page]):
    page = open_page()
    page.goto(LINE)
    page.get_by_label("分组").select_option("status")
    page.get_by_role("button", name="生成图表").click()
    expect(page.locator(".chart-table tbody tr")).to_have_count(3)
    assert "group=status" in page.url


def test_only_a_chart_loads_the_library(open_page: Callable[..., Page]):
    page = open_page()
    loaded: list[str] = []

    def keep(url: str) -> None:
        loaded.append(url)

    page.on("request", lambda request: keep(request.url))
    page.goto(f"/dataset/{DATASET}")
    assert not [url for url in loaded if "echarts" in url]
    page.goto(BARS)
    expect(page.locator(".chart-canvas svg")).to_be_visible()
    assert [url for url in loaded if "echarts" in url]
