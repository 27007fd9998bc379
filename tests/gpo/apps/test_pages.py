"""The pages of apps, as readers, builders and reviewers see them."""

from __future__ import annotations

import io
from typing import Any

import pytest
from bs4 import BeautifulSoup

from ckan import model
from ckan.tests import factories

from ckanext.gpo.apps.model import App
from ckanext.gpo.common.web import proof
from ckanext.gpo.dataapi import jobs

from .conftest import Registry


@pytest.fixture
def browse(app: Any, registry: Registry) -> Any:
    """Ask for pages as an account, by its API token; answers are not followed."""

    def call(account: str, path: str, form: dict[str, Any] | None = None) -> Any:
        headers = {"Authorization": _token(account)} if account else {}
        if form is None:
            return app.get(path, headers=headers, follow_redirects=False)
        return app.post(path, data=form, headers=headers, follow_redirects=False)

    tokens: dict[str, str] = {}

    def _token(account: str) -> str:
        if account not in tokens:
            user = model.User.get(account)
            tokens[account] = factories.APIToken(user=user.id)["token"]
        return tokens[account]

    return call


def text(answer: Any) -> str:
    main = BeautifulSoup(answer.body, "html.parser").find("main")
    return " ".join(main.get_text(" ").split())


@pytest.mark.parametrize("language", ["", "/en"])
def test_every_page_can_be_read(registry: Registry, browse: Any, language: str):
    app = registry.published()
    waiting = registry.under_review()
    returned = registry.decide(registry.under_review(), "returned", "请改名")
    draft = registry.draft()
    registry.call("", "report_create", id=app["id"], topic="spam", words="广告")
    pages = {
        "": ["/apps", f"/app/{app['name']}", f"/app/{app['name']}/report"],
        "builder": [
            "/desk/apps",
            "/desk/apps/new",
            *(f"/desk/apps/{a['name']}" for a in (app, waiting, returned, draft)),
            f"/desk/apps/{draft['name']}?find=parking",
        ],
        "reviewer": [
            "/desk",
            "/desk/app-reviews",
            f"/desk/app-reviews/{waiting['name']}",
            "/desk/app-reviews/reports",
            "/dataset/parking",
        ],
    }

    for account, paths in pages.items():
        for path in paths:
            answer = browse(account, language + path)
            assert answer.status_code == 200, (path, answer.body[-500:])


def test_a_reader_without_an_account_is_led_to_log_in(browse: Any):
    for path in ("/desk/apps", "/desk/apps/new", "/desk/app-reviews"):
        answer = browse("", path)
        assert (answer.status_code, "login" in answer.location) == (302, True)


def test_a_builder_is_no_reviewer(registry: Registry, browse: Any):
    app = registry.draft()
    for path in ("", f"/{app['name']}", "/reports"):
        assert browse("builder", f"/desk/app-reviews{path}").status_code == 403


def test_the_form_writes_finds_and_submits(
    registry: Registry, browse: Any, picture: bytes
):
    answer = browse("builder", "/desk/apps/new", {"title": "地图", "kind": "idea"})
    here = answer.location
    form = {
        "summary": "一张地图",
        "description": "**粗**体",
        "developer": "示例工作室",
        "licence": "MIT",
        "kind": "idea",
        "picture": (io.BytesIO(picture), "a.png"),
        "package": (io.BytesIO(b"PK"), "说明 书.zip"),
        "find": "parking",
        "do": "find",
    }
    answer = browse("builder", here, form)
    assert "find=parking" in answer.location

    dataset = model.Package.get("parking").id
    purpose = {"dataset": dataset, f"purpose.{dataset}": "画在图上"}
    answer = browse("builder", here, {**purpose, "do": "submit"})

    app = App.get(here.rpartition("/")[2])
    assert app.state == "submitted"
    assert app.content["datasets"] == [
        {"id": dataset, "version": None, "purpose": "画在图上"}
    ]
    assert app.content["package"]["name"] == "说明-书.zip"
    assert app.content["pictures"][0]["width"] == 64


def test_what_is_not_taken_is_shown_again_with_its_reason(
    registry: Registry, browse: Any
):
    app = registry.draft()
    here = f"/desk/apps/{app['name']}"

    answer = browse("builder", here, {"link": "http://x", "summary": "新的介绍"})

    page = BeautifulSoup(answer.body, "html.parser")
    assert page.find("input", {"name": "link"})["value"] == "http://x"
    assert "新的介绍" in page.find("textarea", {"name": "summary"}).text
    assert "https://" in page.find(id="error-link").text


def test_files_are_served_so_that_nothing_runs(
    registry: Registry, browse: Any, picture: bytes
):
    app = registry.draft()
    here = f"/desk/apps/{app['name']}"
    html = b"<script>alert(1)</script>"
    files = {
        "picture": (io.BytesIO(picture), "a.png"),
        "package": (io.BytesIO(html), "evil.html.zip"),
    }
    datasets = app["content"]["datasets"]
    browse(
        "builder",
        here,
        {
            **files,
            "dataset": datasets[0]["id"],
            f"purpose.{datasets[0]['id']}": "用",
            "do": "submit",
        },
    )
    stored = App.get(app["id"]).content
    draft_picture = f"{here}/picture/{stored['pictures'][0]['id']}.webp"
    public = f"/app/{app['name']}/picture/{stored['pictures'][0]['id']}.webp"
    assert browse("builder", draft_picture).status_code == 200
    assert browse("reviewer", draft_picture).status_code == 200
    assert browse("steward", draft_picture).status_code == 404
    assert browse("", public).status_code == 404

    registry.call("reviewer", "registration_review", id=app["id"])
    registry.decide(app, "approved")

    answer = browse("", public)
    assert answer.headers["Content-Type"] == "image/webp"
    answer = browse("", f"/app/{app['name']}/package")
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer.headers["Content-Security-Policy"]


def test_everybody_may_report_and_programs_seldom(
    clean_queues: None, registry: Registry, browse: Any
):
    app = registry.published()
    page = f"/app/{app['name']}/report"
    form = {"topic": "spam", "words": "广告"}
    assert browse("", page, {**form, proof.TRAP: "x"}).status_code == 400
    assert browse("", page, {"words": "没有选"}).status_code == 400

    answers = [browse("", page, form).status_code for _ in range(12)]

    assert answers[0] == 302
    assert answers[-1] == 429


def test_feed_and_badge(registry: Registry, browse: Any):
    app = registry.published(title="<地图> & 更多")
    feed = BeautifulSoup(browse("", "/feeds/apps.atom").body, "xml")
    entry = feed.find("entry")
    assert entry.find("title").text == "<地图> & 更多"
    assert entry.find("link")["href"].endswith(f"/app/{app['name']}")

    answer = browse("", f"/app/{app['name']}/badge.svg")
    assert BeautifulSoup(answer.body, "xml").find("svg")
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'"
    assert "public" in answer.headers["Cache-Control"]
    assert answer.headers["ETag"]

    registry.call("reviewer", "app_unpublish", id=app["id"], reason="侵权")
    assert browse("", f"/app/{app['name']}/badge.svg").status_code == 404
    assert not BeautifulSoup(browse("", "/feeds/apps.atom").body, "xml").find("entry")


def test_a_rating_by_the_form(registry: Registry, browse: Any):
    app = registry.published()
    page = f"/app/{app['name']}"
    assert "login" in browse("", f"{page}/rate", {"value": "5"}).location

    browse("steward", f"{page}/rate", {"value": "5"})

    assert App.get(app["id"]).rating_count == 1


@pytest.mark.parametrize("path", ["/app/new", "/app/edit/{name}", "/app/delete/{name}"])
def test_ckans_own_pages_of_the_type_lead_to_ours(
    registry: Registry, browse: Any, path: str
):
    app = registry.published()

    answer = browse("builder", path.format(name=app["name"]))

    assert answer.status_code == 302
    assert "/desk/apps" in answer.location or "/app/" in answer.location


def test_an_app_can_be_followed_from_its_page(registry: Registry, browse: Any):
    app = registry.published()

    page = BeautifulSoup(browse("", f"/app/{app['name']}").body, "html.parser")

    feed = f"/follow/app/{app['id']}.atom"
    assert page.find("link", type="application/atom+xml", href=feed)
    assert app["title"] in browse("", feed).body
    assert page.find("a", href=f"/follow/app/{app['id']}")


def test_the_page_of_a_department_shows_what_is_built_with_its_data(
    registry: Registry, browse: Any
):
    address = f"/organization/{registry.department}"
    assert "使用该部门数据的应用" not in text(browse("", address))
    app = registry.published()

    page = text(browse("", address))

    assert "使用该部门数据的应用 1" in page
    assert app["title"] in page


def test_an_app_shows_how_much_its_data_is_used(
    app: Any, registry: Registry, browse: Any
):
    name = registry.published()["name"]
    for _ in range(3):
        app.get("/api/3/action/gpo_dataapi_usage_show?dataset=parking")
    jobs.sweep()

    assert "接口调用3次，下载0次" in text(browse("", f"/app/{name}"))
