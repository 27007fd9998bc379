"""Feeds as a feed reader reads them: valid, and each page leads to the next that is there."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import feedparser
import pytest
from werkzeug.routing import Rule

from ckan.tests import factories
from ckan.tests.helpers import call_action

from ckanext.gpo.catalogue import reference, seed
from ckanext.gpo.common.news import walk

from ...apps.conftest import IDEA, Registry

DOMAIN, DEPARTMENT, TAG = "culture", "wglj", "场馆"
VENUES = "culture-culture-venues"


@pytest.fixture
def feeds(app, shown) -> list[str]:
    """The address of every feed of the site, found by its routes; each has entries."""
    _publish_app()
    walk.walk(60)
    dataset = call_action("package_show", id=VENUES)["id"]
    values = {
        "gpo_feeds.tag": {"id": TAG},
        "gpo_feeds.domain": {"id": DOMAIN},
        "gpo_feeds.department": {"id": DEPARTMENT},
        "gpo_history.changes": {"id": VENUES},
        "gpo_follow.feed": {"kind": "dataset", "key": dataset},
    }
    rules: dict[str, Rule] = {}
    with app.flask_app.test_request_context():
        adapter = app.flask_app.url_map.bind("localhost")
        for rule in app.flask_app.url_map.iter_rules():
            if rule.rule.endswith(".atom") and "GET" in (rule.methods or ()):
                rules.setdefault(rule.rule, rule)
        endpoints = {
            adapter.match(re.sub("<[^>]+>", "x", rule.rule))[0]
            for rule in rules.values()
        }
        return [adapter.build(e, values.get(e, {})) for e in sorted(endpoints)]


def _publish_app() -> None:
    factories.User(name="builder")
    factories.Sysadmin(name="reviewer")
    registry = Registry("builder", "reviewer", DEPARTMENT, VENUES, VENUES)
    registry.published(**IDEA)


def read(app, address: str):
    answer = app.get(address)
    assert answer.status_code == 200, address
    assert answer.content_type.startswith("application/atom+xml")
    parsed = feedparser.parse(answer.data)
    assert not parsed.bozo, parsed.get("bozo_exception")
    assert parsed.version == "atom10"
    return parsed


def test_feeds_are_valid(app, feeds, ckan_config):
    assert len(feeds) > 5
    for address in [*feeds, *(f"/en{address}" for address in feeds)]:
        parsed = read(app, address)
        assert parsed.feed.title
        assert parsed.feed.author
        assert parsed.entries, address
        ids = [parsed.feed.id, *(entry.id for entry in parsed.entries)]
        assert len(set(ids)) == len(ids)
        for id_ in ids:
            parts = urlsplit(id_)
            assert parts.scheme == "urn" or parts.path.startswith("/"), id_
        for entry in parsed.entries:
            assert entry.title
            assert entry.updated_parsed
            assert app.get(entry.link).status_code == 200
        for link in parsed.feed.links:
            assert link.href.startswith(ckan_config["ckan.site_url"])
            assert app.get(link.href).status_code == 200, link


@pytest.mark.ckan_config("ckan.feeds.limit", 2)
@pytest.mark.parametrize(
    "address", ["/feeds/dataset.atom", "/feeds/custom.atom?q=*:*&groups=culture"]
)
def test_pages_lead_from_the_first_to_the_last_and_back(app, gate, address):
    for item in reference.items("culture")[:4]:
        seed.ensure_item("culture", item)
    entries, page = [], read(app, address)
    last, first = _links(page)["last"], _links(page)["first"]
    assert first == _links(page)["self"] == page.feed.id
    while True:
        entries += [entry.id for entry in page.entries]
        links = _links(page)
        assert links["last"] == last
        if "next" not in links:
            break
        following = read(app, links["next"])
        assert _links(following)["self"] == links["next"]
        assert _links(following)["prev"] == links["self"]
        assert following.feed.id == page.feed.id
        page = following
    assert _links(page)["self"] == last
    found = call_action("package_search", q="*:*", fq="groups:culture", rows=100)
    assert entries == [f"urn:uuid:{pkg['id']}" for pkg in found["results"]]
    assert len(entries) == 4


def test_what_cannot_be_read_is_refused(app, shown):
    for query in ("q=title:(", "page=0", "page=x"):
        assert app.get(f"/feeds/custom.atom?{query}").status_code == 400, query


def _links(parsed) -> dict[str, str]:
    return {link.rel: link.href for link in parsed.feed.links}
