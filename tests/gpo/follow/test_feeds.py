"""The news of the whole site, and of a subject, as Atom, RSS and JSON Feed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from lxml import etree

from ckan import model

from ckanext.gpo.common.news import walk

from ..conftest import VENUES
from ..quality.versions import take_back
from .conftest import Readers

ATOM = {"a": "http://www.w3.org/2005/Atom"}
TYPES = {
    "atom": "application/atom+xml",
    "rss": "application/rss+xml",
    "json": "application/feed+json",
}


def entries(answer: Any, form: str) -> list[tuple[str, str]]:
    """Id and link of each entry."""
    if form == "json":
        return [(item["id"], item["url"]) for item in answer.json["items"]]
    root = etree.fromstring(answer.body.encode())
    if form == "rss":
        items = root.findall("channel/item")
        return [(str(i.findtext("guid")), str(i.findtext("link"))) for i in items]
    return [
        (
            str(e.findtext("a:id", namespaces=ATOM)),
            str(e.find("a:link", ATOM).get("href")),
        )  # type: ignore[union-attr]
        for e in root.findall("a:entry", ATOM)
    ]


@pytest.mark.parametrize("form", TYPES)
def test_all_forms_tell_the_same(app: Any, readers: Readers, form: str):
    readers.publish(1, 2)
    answer = app.get(f"/news.{form}")
    reference = entries(app.get("/news.atom"), "atom")

    assert answer.headers["Content-Type"] == f"{TYPES[form]}; charset=utf-8"
    assert len(reference) == len({id_ for id_, _ in reference}) == 2
    assert entries(answer, form) == reference
    for _, link in reference:
        assert app.get(link).status_code == 200


def test_a_subject_has_the_same_ids(app: Any, readers: Readers):
    site = entries(app.get("/news.json"), "json")

    for form in TYPES:
        answer = app.get(f"/follow/domain/culture.{form}")
        assert entries(answer, form) == site


def test_the_id_of_a_feed_is_the_same_in_both_languages(app: Any, readers: Readers):
    chinese, english = app.get("/news.json"), app.get("/en/news.json")

    assert entries(chinese, "json")[0][0] == entries(english, "json")[0][0]
    assert chinese.json["items"][0]["title"] != english.json["items"][0]["title"]
    assert english.json["feed_url"].endswith("/en/news.json")


def test_a_json_feed_says_what_a_reader_needs(app: Any, readers: Readers):
    feed = app.get("/news.json").json

    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["feed_url"].endswith("/news.json")
    assert feed["language"] == "zh-Hans-CN"
    (item,) = feed["items"]
    assert item["tags"] == ["published"]
    assert item["content_text"]
    assert datetime.fromisoformat(item["date_published"]).tzinfo


def test_rss_names_the_page_and_itself(app: Any, readers: Readers):
    channel = etree.fromstring(app.get("/news.rss").body.encode()).find("channel")
    assert channel is not None

    assert str(channel.findtext("link")).endswith("/")
    (own,) = channel.findall("a:link", ATOM)
    assert own.get("rel") == "self"
    assert str(own.get("href")).endswith("/news.rss")


@pytest.mark.parametrize("form", TYPES)
def test_who_has_it_is_told_so(app: Any, readers: Readers, form: str):
    first = app.get(f"/news.{form}")
    assert first.headers["Last-Modified"]
    known = {"If-None-Match": first.headers["ETag"]}
    assert app.get(f"/news.{form}", headers=known).status_code == 304

    readers.publish(1, 2)
    assert app.get(f"/news.{form}", headers=known).status_code == 200


def test_of_what_is_not_public_any_more_only_the_withdrawal_is_told(
    app: Any, readers: Readers
):
    take_back(readers.publish(1, 2))
    walk.walk(30)

    (item,) = app.get("/news.json").json["items"]
    assert item["tags"] == ["withdrawn"]


def test_of_a_private_dataset_nothing_is_told(app: Any, readers: Readers):
    package = model.Package.get(readers.gate.dataset(VENUES)["id"])
    assert package
    package.private = True
    model.Session.commit()

    assert app.get("/news.json").json["items"] == []


def test_what_is_told_to_followers_alone_is_not_in_it(app: Any, readers: Readers):
    """A search that somebody follows is nobody else's business."""
    readers.join(readers.dataset.__class__("search", "groups=culture"))
    readers.publish(1, 2)

    assert len(app.get("/news.json").json["items"]) == 2


@pytest.mark.parametrize("page", ["/", "/dataset/"])
def test_pages_name_the_feed(app: Any, readers: Readers, page: str):
    head = app.get(page).body

    for form, type_ in TYPES.items():
        assert f'type="{type_}"' in head
        assert f'href="/news.{form}"' in head


def test_other_forms_are_not_there(app: Any, readers: Readers):
    assert app.get("/news.xml").status_code == 404
