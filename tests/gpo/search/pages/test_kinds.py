"""What a room declares is found: by a tab, in a list of its own, in suggestions."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask import Blueprint

import ckan.plugins as p
from ckan.lib.plugins import DefaultDatasetForm
from ckan.tests import factories
from ckan.tests.helpers import call_action

from ckanext.gpo.common.web.search_kinds import (
    ISearchKinds,
    NamedThing,
    Names,
    SearchKind,
    Tab,
)

ITEM = "gpo_catalogue/snippets/item_result.html"
DEPARTMENTS = "gpo_catalogue/snippets/department_results.html"


def poets() -> Iterator[NamedThing]:
    yield NamedThing("li-bai", "李白", "Li Bai")
    yield NamedThing("du-fu", "杜甫", "Du Fu")


class ReadingRoom(p.SingletonPlugin, DefaultDatasetForm):
    """A room that nothing else knows of, with packages and with names."""

    p.implements(p.IBlueprint)
    p.implements(p.IDatasetForm, inherit=True)
    p.implements(ISearchKinds)

    def get_blueprint(self) -> Blueprint:
        room = Blueprint("reading_room", __name__)
        for page in ("poem", "poet"):
            room.add_url_rule(f"/reading-room/{page}/<id>", page, lambda id: id)
        return room

    def package_types(self) -> list[str]:
        return ["poem"]

    def is_fallback(self) -> bool:
        return False

    def search_kinds(self) -> Iterator[SearchKind]:
        yield SearchKind(
            "poem",
            lambda: "Poem",
            15,
            "reading_room.poem",
            tab=Tab(lambda: "Poems", ITEM),
        )
        yield SearchKind(
            "poet",
            lambda: "Poet",
            75,
            "reading_room.poet",
            tab=Tab(lambda: "Poets", DEPARTMENTS),
            names=Names("tags", poets),
        )


pytestmark = [
    pytest.mark.with_plugins({"reading_room": ReadingRoom}),
    pytest.mark.ckan_config("ckan.auth.create_unowned_dataset", True),
    pytest.mark.usefixtures("clean_db"),
]


def read(app: Any, path: str, **query: str) -> BeautifulSoup:
    return BeautifulSoup(app.get(path, query_string=query).body, "html.parser")


def titles(page: BeautifulSoup) -> list[str]:
    return [a.text.strip() for a in page.select(".dataset-item h3 a")]


@pytest.fixture
def poem() -> dict[str, Any]:
    return factories.Dataset(name="night", title="静夜思", type="poem")


def test_tabs_stand_in_the_order_of_their_rooms(app: Any):
    names = [a.contents[0].strip() for a in read(app, "/search").select(".kinds a")]

    assert names == [
        "全部",
        "数据",
        "Poems",
        "公开事项",
        "应用",
        "部门",
        "Poets",
        "记录",
    ]


@pytest.mark.parametrize("path", ["/poem/", "/search"])
def test_packages_are_found_with_the_snippet_of_their_room(
    app: Any, poem: dict[str, Any], path: str
):
    page = read(app, path, q="静夜")

    assert titles(page) == ["静夜思"]
    assert page.select_one(".dataset-item mark").text == "静夜"


def test_names_have_a_list_of_their_own_and_stand_above_all_results(
    app: Any, poem: dict[str, Any]
):
    assert titles(read(app, "/poet/", q="libai")) == ["李白"]
    [hits] = read(app, "/search", q="libai").select(".name-hits")
    assert hits.a["href"] == "/reading-room/poet/li-bai"
    assert hits.h3.text == "Poets"


def test_they_are_suggested_with_their_pages(app: Any, poem: dict[str, Any]):
    found = {
        (each["kind"], each["name"])
        for q in ("静夜", "dufu")
        for each in call_action("gpo_search_suggest", q=q)
    }
    assert found == {("poem", "night"), ("poet", "du-fu")}

    form = read(app, "/en/about").select_one("form[data-suggest]")
    kinds = json.loads(form["data-kinds"])
    assert list(kinds) == [
        *("dataset", "poem", "disclosure-item", "app"),
        *("organization", "poet", "group", "tag"),
        *("record", "project", "enterprise"),
    ]
    assert kinds["poem"] == {
        "label": "Poem",
        "address": "/en/reading-room/poem/__name__",
    }
    assert kinds["tag"]["address"] == "/en/dataset/?tags=__name__"
