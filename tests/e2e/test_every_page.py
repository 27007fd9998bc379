"""Every page kind that the public and the administrator read, found by its routes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple
from urllib.parse import urljoin, urlsplit

import html5lib
import lxml.html
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext

from ..conftest import Site
from .conftest import PHONE, WIDE, log_in, width
from .pages import addresses, examples
from .reading import foreign

pytestmark = pytest.mark.e2e

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
LANGUAGES = {"zh": "", "en": "/en"}
READERS = ("public", "admin")

PUBLIC_FORMS = {
    "/user/login",
    "/user/register",
    "/user/reset",
    "/try",
    "/follow/domain/food_drug",
}
"""Where anyone may send something."""

PUBLIC_FORM_OF_A_THING = re.compile(r"/app/[a-z0-9-]+/report")
"""The same, at the page of each thing."""


class Read(NamedTuple):
    """A page as one reader got it."""

    address: str
    status: int
    text: str


Reading = Callable[[str, str], dict[str, Read]]


@pytest.fixture(scope="module")
def contexts(browser: Browser, site: Site) -> Iterator[dict[str, BrowserContext]]:
    """A browser context of each reader."""
    opened = {
        reader: browser.new_context(base_url=site.address, locale="zh-CN")
        for reader in READERS
    }
    page = opened["admin"].new_page()
    log_in(page, "admin", site.password("admin"))
    page.close()
    yield opened
    for context in opened.values():
        context.close()


@pytest.fixture(scope="module")
def values(site: Site) -> dict[str, dict[str, str]]:
    return examples(site)


@pytest.fixture(scope="module")
def kept() -> dict[tuple[str, str], dict[str, Read]]:
    return {}


@pytest.fixture
def read(app: Any, contexts: Any, values: Any, kept: Any) -> Reading:
    """All pages of a reader in a language, by their routes; each is read once."""

    def read(reader: str, language: str) -> dict[str, Read]:
        if (reader, language) not in kept:
            pages = addresses(app.flask_app.url_map, values)
            kept[reader, language] = _read(contexts[reader], pages, LANGUAGES[language])
        return kept[reader, language]

    return read


@pytest.mark.parametrize("reader", READERS)
def test_a_page_answers(read: Reading, reader: str):
    pages = read(reader, "zh")
    assert {kind: p.status for kind, p in pages.items() if p.status >= 500} == {}


def test_the_public_is_shown_no_form_of_others(read: Reading):
    found = {}
    for kind, page in read("public", "zh").items():
        forms = lxml.html.fromstring(page.text).xpath("//form[@method='post']")
        to = {urlsplit(urljoin(page.address, f.get("action", ""))).path for f in forms}
        others = to - PUBLIC_FORMS
        found[kind] = sorted(
            path for path in others if not PUBLIC_FORM_OF_A_THING.fullmatch(path)
        )
    assert _faulty(found) == {}


@pytest.mark.parametrize(
    ("reader", "language"), [("public", "zh"), ("public", "en"), ("admin", "zh")]
)
def test_a_page_is_in_its_readers_language(read: Reading, reader: str, language: str):
    pages = read(reader, language)
    found = {kind: foreign(page.text, language) for kind, page in pages.items()}
    assert _faulty(found) == {}


@pytest.mark.parametrize("reader", READERS)
def test_a_page_is_well_formed(read: Reading, reader: str):
    found = {}
    for kind, page in read(reader, "zh").items():
        parser = html5lib.HTMLParser()
        parser.parse(page.text)
        found[kind] = sorted({code for _, code, _ in parser.errors})
    assert _faulty(found) == {}


@pytest.mark.parametrize("reader", READERS)
def test_a_page_is_for_everyone(
    read: Reading, contexts: dict[str, BrowserContext], reader: str
):
    """WCAG 2.2 AA by axe, and nothing wider than a phone."""
    axe, page, found = Axe(), contexts[reader].new_page(), {}
    for kind, (address, *_) in read(reader, "zh").items():
        page.set_viewport_size(WIDE)
        page.goto(address)
        answer = axe.run(page, options={"runOnly": WCAG, "resultTypes": ["violations"]})
        found[kind] = [
            f"{rule['id']}: {node['target']}"
            for rule in answer.response["violations"]
            for node in rule["nodes"]
        ]
        page.set_viewport_size(PHONE)
        if (pixels := width(page)) > PHONE["width"]:
            found[kind].append(f"{pixels} px wide")
    page.close()
    assert _faulty(found) == {}


def _faulty(found: Mapping[str, list[str]]) -> dict[str, list[str]]:
    return {kind: faults for kind, faults in found.items() if faults}


def _read(
    context: BrowserContext, pages: Mapping[str, str], prefix: str
) -> dict[str, Read]:
    """The pages that answer with HTML, each once, and of refusals one of each kind."""
    found: dict[str, Read] = {}
    for kind, address in sorted(pages.items()):
        answer = context.request.get(prefix + address)
        if "text/html" in answer.headers.get("content-type", ""):
            landed = re.sub(r"[?#].*", "", answer.url)
            key = landed if answer.ok else str(answer.status)
            found.setdefault(
                key, (kind, Read(answer.url, answer.status, answer.text()))
            )
    return dict(found.values())
