"""What a first view of each public page costs, and whether a proxy may keep the page."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
import requests
from playwright.sync_api import Browser, Response

from ..conftest import Site
from .pages import addresses, examples

pytestmark = pytest.mark.e2e

LIMIT = 60_000
"""Bytes of script and style that the first view of a page may load."""

LIBRARIES = ("/gpo_explore/vendor/", "/gpo_dataapi/vendor/")
"""Come with pages that draw a chart only, and after them; and with the explorer of the API."""

STOCK = frozenset(
    {
        "/harvest/",
        "/user/register",
        "/user/reset",
    }
)
"""Pages in CKAN's own frame that somebody without an account may read."""


@pytest.fixture(scope="module")
def values(site: Site) -> dict[str, dict[str, str]]:
    return examples(site)


@pytest.fixture
def public_pages(app: Any, site: Site, values: Any) -> dict[str, requests.Response]:
    """What somebody without an account gets, by where they land."""
    found: dict[str, requests.Response] = {}
    for address in addresses(app.flask_app.url_map, values).values():
        answer = requests.get(site.address + address, timeout=60)
        if answer.ok and "text/html" in answer.headers.get("Content-Type", ""):
            found.setdefault(answer.url.removeprefix(site.address), answer)
    return found


def test_a_first_view_is_light(public_pages: Any, browser: Browser, site: Site):
    heavy, in_stock = {}, set()
    for address in public_pages:
        sizes = _loaded(browser, site.address + address)
        if any(path.startswith("/webassets/base/") for path in sizes):
            in_stock.add(address.partition("?")[0])
        elif sum(sizes.values()) > LIMIT:
            heavy[address] = sizes
    assert heavy == {}
    assert in_stock == STOCK


def test_a_proxy_may_keep_a_page_without_a_form(public_pages: Any, site: Site):
    unkept = {
        address: dict(answer.headers)
        for address, answer in public_pages.items()
        if b'name="_csrf_token"' not in answer.content and not _may_be_kept(answer)
    }
    assert unkept == {}


def _loaded(browser: Browser, address: str) -> Counter[str]:
    """Bytes of each script and sheet, decoded, that a new browser loads for a page."""
    sizes: Counter[str] = Counter()
    responses: list[Response] = []
    context = browser.new_context()
    page = context.new_page()

    def keep(response: Response) -> None:  # Playwright takes no function of C
        responses.append(response)

    page.on("response", keep)
    page.goto(address, wait_until="networkidle")
    for response in responses:
        path = "/" + response.url.partition("//")[2].partition("/")[2]
        kind = response.request.resource_type
        if kind in ("script", "stylesheet") and not path.startswith(LIBRARIES):
            sizes[path] += len(response.body())
    context.close()
    return sizes


def _may_be_kept(answer: requests.Response) -> bool:
    headers = answer.headers
    public = "public" in headers.get("Cache-Control", "")
    return public and "ETag" in headers and "Set-Cookie" not in headers
