"""Every page kind of the site, CKAN's included, found by its routes, on the whole site.

Each is read by the public, a steward and an administrator, in both languages.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import html5lib
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext

from ..conftest import Site
from .conftest import PHONE, WIDE
from .pages import addresses, examples
from .reading import foreign

pytestmark = pytest.mark.e2e

ROLES = ("public", "steward", "admin")
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
LANGUAGES = {"zh": "", "en": "/en"}


@pytest.fixture(scope="module")
def pages(site: Site) -> list[str]:
    from ckan.cli import load_config
    from ckan.config.middleware import make_app

    app = make_app(load_config(str(site.home / "ckan.ini")))
    return addresses(app._wsgi_app.url_map, examples(site))


@pytest.fixture(scope="module")
def readers(browser: Any, site: Site) -> Iterator[dict[str, BrowserContext]]:
    """A context of the browser for each role, logged in where it has an account."""
    contexts = {
        role: browser.new_context(base_url=site.address, locale="zh-CN")
        for role in ROLES
    }
    for role in ROLES[1:]:
        page = contexts[role].new_page()
        page.goto("/user/login")
        page.fill("#field-login", role)
        page.fill("#field-password", site.password(role))
        page.click("main button[type=submit]")
        page.close()
    yield contexts
    for context in contexts.values():
        context.close()


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_is_in_its_readers_language(
    readers: dict[str, BrowserContext], pages: list[str], role: str, language: str
):
    found = {}
    for address, text in _read(readers[role], pages, LANGUAGES[language]):
        if texts := foreign(text, language):
            found[address] = texts
    assert found == {}


@pytest.mark.parametrize("role", ROLES)
def test_a_page_is_well_formed(
    readers: dict[str, BrowserContext], pages: list[str], role: str
):
    found = {}
    for address, text in _read(readers[role], pages, ""):
        parser = html5lib.HTMLParser()
        parser.parse(text)
        if parser.errors:
            found[address] = {code for _, code, _ in parser.errors}
    assert found == {}


@pytest.mark.parametrize("role", ROLES)
def test_a_page_is_for_everyone(
    readers: dict[str, BrowserContext], pages: list[str], role: str
):
    """WCAG 2.2 AA by axe, and nothing wider than a phone."""
    axe, page, found = Axe(), readers[role].new_page(), {}
    kinds = {kind for kind, _ in _read(readers[role], pages, "")}
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
