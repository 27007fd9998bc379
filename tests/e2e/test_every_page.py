"""Every page kind that the public reads, CKAN's included, found by its routes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import html5lib
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext

from ..conftest import Site
from .conftest import PHONE, WIDE
from .pages import addresses, examples
from .reading import foreign

pytestmark = pytest.mark.e2e

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
LANGUAGES = {"zh": "", "en": "/en"}


@pytest.fixture
def pages(app: Any, site: Site) -> list[str]:
    return addresses(app.flask_app.url_map, examples(site))


@pytest.fixture
def reader(browser: Browser, site: Site) -> Iterator[BrowserContext]:
    context = browser.new_context(base_url=site.address, locale="zh-CN")
    yield context
    context.close()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_is_in_its_readers_language(
    reader: BrowserContext, pages: list[str], language: str
):
    found = {}
    for address, text in _read(reader, pages, LANGUAGES[language]):
        if texts := foreign(text, language):
            found[address] = texts
    assert found == {}


def test_a_page_is_well_formed(reader: BrowserContext, pages: list[str]):
    found = {}
    for address, text in _read(reader, pages, ""):
        parser = html5lib.HTMLParser()
        parser.parse(text)
        if parser.errors:
            found[address] = {code for _, code, _ in parser.errors}
    assert found == {}


def test_a_page_is_for_everyone(reader: BrowserContext, pages: list[str]):
    """WCAG 2.2 AA by axe, and nothing wider than a phone."""
    axe, page, found = Axe(), reader.new_page(), {}
    kinds = {kind for kind, _ in _read(reader, pages, "")}
    for address in sorted(kinds):
        page.set_viewport_size(WIDE)
        page.goto(address)
        answer = axe.run(page, options={"runOnly": WCAG})
        faults = [
            f"{rule['id']}: {node['target']}"
            for rule in answer.response["violations"]
            for node in rule["nodes"]
        ]
        page.set_viewport_size(PHONE)
        width = page.evaluate("document.documentElement.scrollWidth")
        if width > PHONE["width"]:
            faults.append(f"{width} px wide")
        if faults:
            found[address] = faults
    page.close()
    assert found == {}


def _read(
    context: BrowserContext, pages: list[str], prefix: str
) -> Iterator[tuple[str, str]]:
    """The pages that answer with HTML, each once: where it led, and its text."""
    seen: set[str] = set()
    for address in pages:
        answer = context.request.get(prefix + address)
        if "text/html" not in answer.headers.get("content-type", ""):
            continue
        if (landed := re.sub(r"[?#].*", "", answer.url)) not in seen:
            seen.add(landed)
            yield answer.url, answer.text()
