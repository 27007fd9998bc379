"""A citizen looks up what is built next door, and who a company is, in Chromium."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import requests
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from ..conftest import Site
from .conftest import PHONE, WIDE, width
from .keyboard import Keyboard
from .test_every_page import WCAG

pytestmark = pytest.mark.e2e

APPROVALS = "construction-project-approvals"
ENTITIES = "food-drug-market-entities"
PROJECT = "2017-320402-48-01-500001"
"""The sample project that has got as far as its completion."""


def first_record(site: Site, dataset: str, **filters: str) -> dict[str, Any]:
    """The first row of a table that has these values."""
    answer = requests.post(
        f"{site.address}/api/3/action/gpo_dataapi_record_list",
        json={"dataset": dataset, "filters": filters, "limit": 1},
        timeout=60,
    )
    answer.raise_for_status()
    return answer.json()["result"]["records"][0]


@pytest.fixture(scope="module")
def project(site: Site) -> dict[str, Any]:
    return first_record(site, APPROVALS, project_code=PROJECT)


@pytest.fixture(scope="module")
def enterprise(site: Site, project: dict[str, Any]) -> dict[str, Any]:
    return first_record(site, ENTITIES, uscc=project["owner_uscc"])


def find(page: Page, text: str) -> None:
    """Type into the search of the home page."""
    page.goto("/")
    box = page.locator("main input[type=search]").first
    box.fill(text)
    box.press("Enter")


@pytest.mark.parametrize("viewport", [WIDE, PHONE], ids=["wide", "phone"])
def test_from_a_street_to_an_export(
    open_page: Callable[..., Page],
    project: dict[str, Any],
    viewport: dict[str, int],
    tmp_path: Path,
):
    page = open_page(viewport)
    find(page, project["location"])
    page.get_by_role("link", name=re.compile("^全部|个$|记录")).and_(
        page.locator("a[href*='/search/record']")
    ).first.click()
    page.locator(f"main a[href*='/{APPROVALS}/record']").first.click()

    expect(page.get_by_role("heading", level=1)).to_contain_text(
        project["project_name"]
    )
    assert width(page) <= viewport["width"]
    page.get_by_role("link", name="项目档案").click()
    expect(page.locator("ul.stations > li")).to_have_count(8)
    expect(page.locator("ul.stations")).to_contain_text("竣工验收备案")
    assert width(page) <= viewport["width"]

    page.get_by_role("link", name="项目审批(立项)结果", exact=True).first.click()
    page.get_by_role("link", name="按审批类别统计的记录数").click()
    expect(page.locator("figure svg, .chart svg").first).to_be_visible()
    expect(page.get_by_role("table").first).to_contain_text("企业投资项目备案")
    assert width(page) <= viewport["width"]

    page.get_by_role("link", name="企业投资项目备案").click()
    expect(page.locator("main")).to_contain_text("审批类别")
    expect(page.locator("table tbody tr").first).to_contain_text("企业投资项目备案")
    assert width(page) <= viewport["width"]
    with page.expect_download() as download:
        page.get_by_role("link", name=re.compile("导出 ?CSV")).click()
    file = tmp_path / "rows.csv"
    download.value.save_as(file)
    with file.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert rows
    assert {row["审批类别"] for row in rows} == {"企业投资项目备案"}


@pytest.mark.parametrize("viewport", [WIDE, PHONE], ids=["wide", "phone"])
def test_a_misspelled_company_is_known_all_the_same(
    open_page: Callable[..., Page],
    enterprise: dict[str, Any],
    viewport: dict[str, int],
):
    page = open_page(viewport)
    name = enterprise["entity_name"]
    find(page, name.replace("建设", "建社", 1))

    page.locator(f"main a[href*='/enterprise/{enterprise['uscc']}']").first.click()

    expect(page.get_by_role("heading", level=1)).to_contain_text(name)
    expect(page.locator("main")).to_contain_text(enterprise["uscc"])
    assert width(page) <= viewport["width"]


def test_by_keyboard_alone(open_page: Callable[..., Page], project: dict[str, Any]):
    page = open_page()
    page.goto("/")
    keyboard = Keyboard(page)
    keyboard.write("main input[type=search]", PROJECT)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    keyboard.press(f"main a[href*='/project/{PROJECT}']")
    expect(page.get_by_role("heading", level=1)).to_contain_text(
        project["project_name"]
    )

    page.goto(f"/dataset/{APPROVALS}/rows")
    keyboard.reach("main .narrowing-box > summary")
    page.keyboard.press("Enter")
    keyboard.write("#rows-q", project["project_name"])
    page.keyboard.press("Enter")
    expect(page.locator("table tbody tr").first).to_contain_text(
        project["project_name"]
    )
    expect(page).to_have_url(re.compile("q="))


@pytest.mark.parametrize("language", ["", "/en"], ids=["zh", "en"])
def test_all_is_read_without_scripts(
    browser: Browser, site: Site, project: dict[str, Any], language: str
):
    context = browser.new_context(base_url=site.address, java_script_enabled=False)
    page = context.new_page()

    page.goto(f"{language}/search?q={PROJECT}")
    expect(page.locator(f"main a[href*='/project/{PROJECT}']").first).to_be_visible()
    page.goto(f"{language}/project/{PROJECT}")
    expect(page.locator("ul.stations > li")).to_have_count(8)
    page.goto(f"{language}/dataset/{APPROVALS}/rows?project_code.eq={PROJECT}")
    expect(page.locator("table tbody tr").first).to_contain_text(
        project["project_name"]
    )
    page.goto(f"{language}/dataset/{APPROVALS}/chart?group=approval_type")
    expect(page.get_by_role("table").first).to_contain_text("企业投资项目备案")
    context.close()


@pytest.mark.parametrize("language", ["", "/en"], ids=["zh", "en"])
@pytest.mark.parametrize("viewport", [WIDE, PHONE], ids=["wide", "phone"])
def test_pages_are_for_everyone(
    browser: Browser,
    site: Site,
    enterprise: dict[str, Any],
    language: str,
    viewport: dict[str, int],
):
    context = browser.new_context(
        base_url=site.address, viewport=viewport, reduced_motion="reduce"
    )
    page = context.new_page()
    options = {"runOnly": WCAG, "resultTypes": ["violations"]}
    paths = (
        f"/project/{PROJECT}",
        f"/enterprise/{enterprise['uscc']}",
        f"/dataset/{APPROVALS}/record?project_code={PROJECT}",
        f"/dataset/{APPROVALS}/rows?approval_type.in=企业投资项目备案",
        f"/dataset/{APPROVALS}/chart?group=approval_type",
        f"/search/records?q={PROJECT}",
    )
    for path in paths:
        for theme, size in (("light", ""), ("dark", ""), ("contrast", "large")):
            page.goto(f"{language}{path}", wait_until="networkidle")
            page.evaluate(
                "([theme, size]) => { document.documentElement.dataset.theme = theme;"
                " if (size) document.documentElement.dataset.size = size; }",
                [theme, size],
            )
            violations = Axe().run(page, options=options).response["violations"]
            found = [
                (rule["id"], node["html"])
                for rule in violations
                for node in rule["nodes"]
            ]
            assert found == [], f"{language}{path} {theme} {size}"
            assert width(page) <= viewport["width"], f"{language}{path} {theme} {size}"
    context.close()
