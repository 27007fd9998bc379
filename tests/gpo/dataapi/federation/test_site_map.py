"""What search engines are told."""

from __future__ import annotations

from typing import Any
from urllib.robotparser import RobotFileParser

import pytest
from lxml import etree

from ckanext.gpo.dataapi.federation import Page, sitemap
from ckanext.gpo.dataapi.pages import site_map

from ...conftest import Shown

SITE = "http://test.ckan.net"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
LINK = "{http://www.w3.org/1999/xhtml}link"


def _addresses(app: Any, path: str) -> list[str]:
    answer = app.get(path)
    assert answer.status_code == 200
    tree = etree.fromstring(answer.body.encode())
    return [entry.text for entry in tree.iter(f"{MAP}loc")]


def _everything(app: Any) -> list[str]:
    return [
        address
        for file in _addresses(app, "/sitemap.xml")
        for address in _addresses(app, file.removeprefix(SITE))
    ]


def test_it_has_every_public_page_in_both_languages(shown: Shown, app: Any):
    addresses = _everything(app)

    assert len(addresses) == len(set(addresses))
    for path in (
        *("/", "/catalogue", "/domain/culture", "/organization/wglj"),
        *("/dataset/culture-culture-venues", "/disclosure-item/item-culture-001"),
    ):
        assert f"{SITE}{path}" in addresses
        assert f"{SITE}/en{path}" in addresses
    # was rejected, so it is private
    assert not any("culture-culture-activities" in address for address in addresses)


def test_every_address_is_a_page(shown: Shown, app: Any):
    for address in _everything(app):
        answer = app.get(address.removeprefix(SITE), follow_redirects=False)
        assert answer.status_code == 200, address
        assert answer.mimetype == "text/html", address


@pytest.mark.parametrize("path", ["/sitemap-0.xml", "/sitemap-1.xml"])
def test_it_is_the_same_in_every_language(shown: Shown, app: Any, path: str):
    assert _addresses(app, path) == _addresses(app, f"/en{path}")


def test_pages_are_spread_over_files(
    shown: Shown, app: Any, monkeypatch: pytest.MonkeyPatch
):
    whole = _everything(app)
    monkeypatch.setattr(site_map, "PAGES_PER_FILE", 1)

    assert len(_addresses(app, "/sitemap.xml")) > 2
    assert sorted(_everything(app)) == sorted(whole)
    assert app.get("/sitemap-99.xml").status_code == 404


def test_addresses_are_escaped():
    text = sitemap([Page({"en": f'{SITE}/?a=1&b="<'})])

    (address,) = etree.fromstring(text.encode()).iter(f"{MAP}loc")
    assert address.text == f'{SITE}/?a=1&b="<'


@pytest.mark.parametrize(
    "path", ["/dataset/culture-culture-venues", "/catalogue?a=1&b=城"]
)
@pytest.mark.parametrize("start", ["", "/en"])
def test_a_page_names_itself_in_each_language(
    shown: Shown, app: Any, path: str, start: str
):
    tree = etree.HTML(app.get(f"{start}{path}").body)

    links = {
        link.get("hreflang"): link.get("href")
        for link in tree.iter("link")
        if link.get("hreflang")
    }
    assert links.keys() == {"zh-Hans-CN", "en", "x-default"}
    assert links["x-default"] == links["zh-Hans-CN"]
    assert links["zh-Hans-CN"].startswith(SITE + path.partition("?")[0])
    assert links["en"] == links["zh-Hans-CN"].replace(SITE, f"{SITE}/en")
    assert app.get(links["en"].removeprefix(SITE)).status_code == 200


@pytest.mark.parametrize("start", ["", "/en"])
def test_robots_may_read_pages_and_no_interfaces(app: Any, start: str):
    answer = app.get("/robots.txt")
    robots = RobotFileParser()
    robots.parse(answer.body.splitlines())

    assert answer.mimetype == "text/plain"
    assert robots.site_maps() == [f"{SITE}/sitemap.xml"]
    for path in ("/", "/dataset/culture-culture-venues", "/catalogue", "/api-guide"):
        assert robots.can_fetch("Googlebot", f"{SITE}{start}{path}")
    for path in ("/api/3/action/package_search", "/user/login", "/desk"):
        assert not robots.can_fetch("Googlebot", f"{SITE}{start}{path}")
