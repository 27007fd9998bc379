"""The page about the API: each call on it does what it says, also while nothing is public."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlsplit

import pytest
from bs4 import BeautifulSoup, Tag

from tests.snapshot import Snapshots

from ..conftest import VENUES, Gate, row

GUIDE = "/api-guide"


@pytest.fixture
def published(gate: Gate, snapshots: Snapshots) -> Gate:
    def publish() -> None:
        rows = [row(VENUES, venue_code=f"WH32040200{n}") for n in (10, 11, 12)]
        assert gate.judge(VENUES, *rows)["state"] == "published"

    snapshots.prepare("guide", publish, on="gate")
    return gate


def guide(app: Any, path: str = GUIDE) -> BeautifulSoup:
    answer = app.client.get(path)
    assert answer.status_code == 200
    return BeautifulSoup(answer.data, "lxml")


def follow(app: Any, address: str) -> Any:
    parts = urlsplit(address)
    return app.client.get(f"{parts.path}?{parts.query}")


def calls(page: BeautifulSoup, kind: str) -> list[tuple[str, Tag]]:
    """Title and link of each call of a section."""
    return [
        (snip.h3.text, snip.select_one("a.button"))
        for snip in page.select(f"#{kind} ~ .snip")
    ]


def test_the_first_ten_minutes_begin_with_the_rest_api(app: Any, published: Gate):
    steps = calls(guide(app), "steps")

    titles = [title.partition(". ")[2] for title, _ in steps]
    assert titles[:4] == ["查找数据集", "读取首批记录", "筛选与排序", "分组统计"]
    assert len(steps) == 9
    answers = [follow(app, link["href"]) for _, link in steps]
    assert [answer.status_code for answer in answers] == [200] * 8 + [400]
    searched, first, filtered, grouped, pages, *_rest = (a.json for a in answers[:5])
    assert "culture-culture-venues" in {each["name"] for each in searched["data"]}
    assert len(first["data"]) == len(filtered["data"]) == len(pages["data"]) == 3
    assert grouped["data"]["groups"][0]["values"] == [3]
    assert answers[5].data.startswith("\ufeff".encode())
    assert answers[6].data == answers[5].data  # all three are filtered by
    assert answers[8].json["code"] == "parameter-unreadable"
    assert "1000" in answers[8].json["detail"]


def test_the_actions_answer(app: Any, published: Gate):
    actions = calls(guide(app), "actions")

    assert len(actions) >= 5
    for title, link in actions:
        answer = follow(app, link["href"])
        assert answer.status_code == 200, title
        assert answer.json["success"] is True


def test_the_whole_catalogue_is_at_the_addresses_named(app: Any, published: Gate):
    page = guide(app)
    links = page.select("#sources ~ table td a")

    addresses = {urlsplit(link.text).path for link in links}
    assert {
        "/federation",
        "/catalog.ttl",
        "/data.json",
        "/feeds/dataset.atom",
    } <= addresses
    for link in links:
        assert follow(app, link["href"]).status_code == 200, link["href"]


@pytest.mark.parametrize("path", [GUIDE, f"/en{GUIDE}"])
def test_while_nothing_is_public_it_says_so(app: Any, gate: Gate, path: str):
    page = guide(app, path)

    assert page.select_one("#steps ~ .blank")
    assert not calls(page, "steps")
    assert calls(page, "actions")


def test_curl_and_python_say_the_same(app: Any, published: Gate):
    for snip in guide(app).select("#steps ~ .snip"):
        address = snip.select_one("a.button")["href"]
        curl, python = (code.text for code in snip.select("pre code"))
        assert f"'{address}'" in curl
        assert address.partition("?")[0] in python
        compile(python, "example", "exec")


def test_the_limits_are_those_of_the_site(app: Any, published: Gate, ckan_config: Any):
    ckan_config["ckanext.gpo.dataapi.address_limit"] = "77 per minute"

    text = guide(app).select_one("#limits ~ .prose").text
    assert "77次" in text
    assert json.dumps(6000) in text.replace(",", "").replace("\u2009", "")
