"""What a room declares of its pages is drawn, in its order, for those who may see it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask import Blueprint

import ckan.plugins as p
import ckan.plugins.toolkit as tk
from ckan.tests import factories

from ckanext.gpo.catalogue import reference, seed
from ckanext.gpo.common.web.desk import IDesk, Panel
from ckanext.gpo.common.web.navigation import Entry, INavigation, Menu, may
from ckanext.gpo.common.web.replacements import IReplacedPages, Replacement


class ReadingRoom(p.SingletonPlugin):
    """A room that nothing else knows of, with a page of its own."""

    p.implements(p.IBlueprint)
    p.implements(INavigation, inherit=True)
    p.implements(IDesk, inherit=True)
    p.implements(IReplacedPages, inherit=True)

    def get_blueprint(self) -> Blueprint:
        room = Blueprint("reading_room", __name__)
        room.add_url_rule(
            "/reading-room/<shelf>",
            "shelf",
            lambda shelf: tk.render("home/about.html"),
        )
        return room

    def menu_entries(self) -> Iterator[Entry]:
        shelf = {"shelf": "poems"}
        for menu in Menu:
            yield Entry(
                menu,
                "Reading room",
                "reading_room.shelf",
                45,
                name="reading",
                arguments=shelf,
            )
        yield Entry(
            Menu.FOOTER,
            "Stock taking",
            "reading_room.shelf",
            46,
            arguments=shelf,
            visible=may("sysadmin"),
        )

    def page_sections(self) -> Mapping[str, str]:
        return {"reading_room": "reading"}

    def desk_panels(self) -> Iterator[Panel]:
        steps = {"question": "Lend this book?", "action": "/reading-room/poems"}
        yield Panel(15, "gpo_portal/snippets/confirm.html", steps)

    def replaced_pages(self) -> Mapping[str, Replacement]:
        return {"user.read": Replacement("reading_room.shelf", "shelf")}


with_reading_room = pytest.mark.with_plugins({"reading_room": ReadingRoom})

MENUS = {
    "main": ".head-nav a",
    "account": ".head-menu a",
    "footer": ".site-foot nav a",
}


def read(app: Any, path: str, **kwargs: Any) -> BeautifulSoup:
    return BeautifulSoup(app.get(path, **kwargs).body, "html.parser")


def labels(page: BeautifulSoup, selector: str) -> list[str]:
    return [a.text.strip() for a in page.select(selector)]


@pytest.fixture
def department(non_clean_db: None) -> None:
    """The department of `steward`."""
    for department in reference.departments():
        if department["name"] == "wglj":
            seed.ensure_department(department)


@pytest.fixture
def signed_in(non_clean_db: None) -> dict[str, str]:
    return {"Authorization": factories.UserWithToken()["token"]}


@pytest.mark.usefixtures("non_clean_db")
@with_reading_room
class TestARoomOfItsOwn:
    def test_stands_between_the_others_in_the_main_navigation(self, app: Any):
        page = read(app, "/about")
        assert labels(page, MENUS["main"]) == [
            "数据",
            "公开目录",
            "应用",
            "Reading room",
            "接口",
            "个人中心",
        ]

    def test_is_the_section_of_its_pages(self, app: Any):
        page = read(app, "/reading-room/poems")
        [current] = page.select(".head-nav [aria-current]")
        assert current.text == "Reading room"
        assert current["href"] == "/reading-room/poems"

    def test_is_in_every_other_menu(self, app: Any, signed_in: dict[str, str]):
        page = read(app, "/desk", headers=signed_in)
        for selector in (*MENUS.values(), ".page-head .button"):
            assert "Reading room" in labels(page, selector), selector
        feeds = page.select("link[rel=alternate]")
        assert [feed["title"] for feed in feeds] == [
            *["全部动态"] * 3,
            "最新发布",
            "最新应用",
            "Reading room",
        ]

    def test_has_its_part_of_the_desk_of_those_who_look_after_data(
        self,
        app: Any,
        signed_in: dict[str, str],
        department: None,
        steward: dict[str, str],
    ):
        question = "Lend this book?"
        assert question in read(app, "/desk", headers=steward).select_one("main").text
        assert question not in read(app, "/desk", headers=signed_in).text

    def test_its_page_is_in_the_place_of_one_of_ckan(self, app: Any):
        answer = app.get("/user/poems", follow_redirects=False)
        assert answer.status_code == 302
        assert answer.location.endswith("/reading-room/poems")

    def test_the_first_of_the_searches_is_where_the_box_leads(self, app: Any):
        assert read(app, "/about").select_one(".head-search")["action"] == "/search"

    def test_an_entry_is_for_those_who_may(self, app: Any):
        headers = {"Authorization": factories.SysadminWithToken()["token"]}
        staff = read(app, "/about", headers=headers)
        assert "Stock taking" in labels(staff, MENUS["footer"])
        assert "Stock taking" not in labels(read(app, "/about"), MENUS["footer"])


@pytest.mark.usefixtures("non_clean_db")
class TestOurRooms:
    def test_the_footer_in_its_order(self, app: Any):
        page = read(app, "/about")
        assert labels(page, MENUS["footer"]) == [
            "本站说明",
            "检查结果",
            "试查文件",
            "部门",
            "接口使用说明",
        ]

    def test_each_page_is_in_the_section_of_its_room(self, app: Any):
        sections = {
            "/search": "数据",
            "/catalogue": "公开目录",
            "/api-guide": "接口",
            "/about": None,
        }
        for path, label in sections.items():
            current = read(app, path).select_one(".head-nav [aria-current]")
            assert (current and current.text) == label, path

    def test_the_account_is_for_those_who_have_one(
        self, app: Any, signed_in: dict[str, str]
    ):
        assert not read(app, "/about").select(MENUS["account"])
        page = read(app, "/about", headers=signed_in)
        assert "系统管理" not in labels(page, MENUS["account"])
        assert len(labels(page, MENUS["account"])) == 6
