"""An app is registered, returned, submitted again and approved, by keyboard, in Chromium."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import requests
from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import Page, expect

from ckan import model
from ckan.lib import search
from ckan.tests import factories
from ckan.tests.helpers import call_action

from ckanext.gpo.apps import publication
from ckanext.gpo.apps.model import App

from ..gpo.apps.conftest import IDEA, Registry, registry
from ..gpo.apps.hostile import TEXTS
from .conftest import PHONE, WIDE, log_in, width
from .keyboard import Keyboard
from .test_every_page import WCAG

pytestmark = [pytest.mark.e2e, pytest.mark.usefixtures("with_request_context")]

__all__ = ["registry"]

PASSWORD = "only-for-this-test-1"


@pytest.fixture
def people(registry: Registry, ckan_config: Any) -> Registry:
    """A builder and a reviewer who can log in; the dataset is found by the search."""
    ckan_config["ckanext.gpo.apps.reviewing_department"] = registry.department
    for name in ("maker", "checker"):
        factories.User(name=name, password=PASSWORD, image_url="")
    call_action(
        "organization_member_create", id="zjj", username="checker", role="editor"
    )
    for dataset in ("parking", "permits"):
        search.rebuild(model.Package.get(dataset).id)
    return registry


Look = Callable[[str], None]


@pytest.fixture
def look(page: Page, complaints: list[str], tmp_path: Path) -> Look:
    """The page is for everyone (WCAG 2.2 AA by axe) and no wider than its window."""

    def look(name: str) -> None:
        viewport = page.viewport_size
        assert viewport
        assert width(page) <= viewport["width"], name
        count = len(complaints)
        options = {"runOnly": WCAG, "resultTypes": ["violations"]}
        violations = Axe().run(page, options=options).response["violations"]
        assert [rule["id"] for rule in violations] == [], name
        del complaints[count:]  # of axe's own styles, which the policy forbids
        path = tmp_path / f"{name}-{viewport['width']}.png"
        page.screenshot(path=path, full_page=True, caret="initial")

    return look


def switch_account(page: Page, name: str) -> None:
    page.context.clear_cookies()
    log_in(page, name, PASSWORD)


@pytest.mark.parametrize(
    ("viewport", "language"), [(WIDE, ""), (PHONE, "/en")], ids=["wide-zh", "phone-en"]
)
def test_from_a_first_draft_to_readers(
    people: Registry,
    page: Page,
    live: str,
    look: Look,
    viewport: dict[str, int],
    language: str,
    complaints: list[str],
):
    page.set_viewport_size(viewport)  # type: ignore[arg-type]
    keys = Keyboard(page)
    log_in(page, "maker", PASSWORD)

    page.goto(f"{language}/desk/apps/new")
    look("new")
    keys.write("#field-title", IDEA["title"])
    keys.write("#field-title_en", IDEA["title_en"])
    keys.choose("#field-kind", "idea")
    keys.press("form.app-form button[type=submit]")
    here = page.url
    look("draft")

    for field in ("summary", "description"):
        keys.write(f"#field-{field}", IDEA[field])
    keys.write("#field-find", "parking")
    keys.press("button[value=find]")
    keys.tick(".picked input[type=checkbox]")
    keys.write(".picked input[maxlength='300']", "显示停车位")
    keys.write("#field-developer", IDEA["developer"])
    keys.choose("#field-licence", "MIT")
    keys.press("button[value=submit]:not(.visually-hidden)")
    expect(page.locator("main .state").first).to_have_text(
        "Submitted" if language else "已提交"
    )
    look("submitted")

    name = here.partition("?")[0].rpartition("/")[2]
    decide(page, language, name, look, returned="请补充英文简介")

    switch_account(page, "maker")
    page.goto(f"{language}/desk/apps/{name}")
    expect(page.locator("main")).to_contain_text("请补充英文简介")
    look("returned")
    keys.write("#field-summary_en", IDEA["summary_en"])
    keys.press("button[value=submit]:not(.visually-hidden)")

    decide(page, language, name, look)

    page.context.clear_cookies()
    for address in ("/apps", "/dataset/parking", "/search?q=停车去哪儿"):
        page.goto(language + address)
        link = page.locator(f"main a[href$='/app/{name}']").first
        expect(link).to_be_visible()
    look("found")
    page.goto(f"{language}/app/{name}")
    look("app")
    page.goto(f"{language}/app/{name}/report")
    look("report")
    feed = requests.get(f"{live}/feeds/apps.atom", timeout=30).text
    assert f"/app/{name}" in feed
    answer = requests.get(f"{live}/api/3/action/gpo_apps_app_list", timeout=30).json()
    assert [app["name"] for app in answer["result"]["results"]] == [name]
    assert complaints == []


def decide(
    page: Page, language: str, name: str, look: Look, returned: str = ""
) -> None:
    """The reviewer takes a registration up, and returns or approves it."""
    keys = Keyboard(page)
    switch_account(page, "checker")
    page.goto(f"{language}/desk/app-reviews")
    look("queue")
    page.goto(f"{language}/desk/app-reviews/{name}")
    keys.press("button[value=review]")
    look("case")
    if returned:
        keys.write("#field-reason", returned)
        keys.press("button[value=returned]")
    else:
        keys.press("button[value=approved]")
    page.wait_for_selector(".alert")


def test_nothing_that_a_builder_writes_runs(
    people: Registry, page: Page, complaints: list[str]
):
    """The corpus through every field, on every page that shows it."""
    fields = {"title": 60, "title_en": 120, "summary": 200, "summary_en": 400}
    fields |= {"developer": 100, "contact": 200, "description": 10_000, "privacy": 900}
    names = []
    for text in TEXTS:
        content = {name: text[:most] for name, most in fields.items()}
        uses = [{"id": "parking", "purpose": text[:300]}]
        content |= {"description": f"{text}\n\n# {text}\n\n[x]({text})"}
        app = people.published(**content, contact_shown=True, datasets=uses)
        people.call("", "report_create", id=app["id"], topic="spam", words=text)
        names.append(app["name"])
    dialogs: list[str] = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))

    log_in(page, "checker", PASSWORD)
    addresses = [
        *(
            "/apps",
            "/en/apps?sort=name",
            "/dataset/parking",
            "/desk/app-reviews/reports",
        ),
        *("/search?q=window", "/app/"),
        *(f"/app/{name}" for name in names),
        *(f"/en/app/{name}" for name in names[::4]),
        *(f"/desk/app-reviews/{name}" for name in names[::4]),
    ]
    for address in addresses:
        answer = page.goto(address)
        assert answer
        assert answer.status == 200, address
        assert page.evaluate("window.xss") is None, address
        handlers = page.locator("main [onload], main [onerror], main [onfocus]")
        assert handlers.count() == 0, address

    assert dialogs == []
    # what the policy had to stop would be here: nothing came so far
    assert [text for text in complaints if "Content Security Policy" in text] == []


def test_a_picture_that_is_more_than_a_picture_is_only_that(
    people: Registry, page: Page, live: str
):
    target = io.BytesIO()
    Image.new("RGB", (30, 20), "teal").save(target, "PNG")
    app = people.draft()
    polyglot = target.getvalue() + b"<script>window.xss=1</script>"
    people.call(
        "builder",
        "file_add",
        id=app["id"],
        kind="picture",
        upload=io.BytesIO(polyglot),
    )
    stored = App.get(app["id"])
    publication.publish(stored)
    publication.commit(stored)
    picture = stored.public_content["pictures"][0]["id"]

    answer = page.goto(f"/app/{app['name']}/picture/{picture}.webp")

    assert answer
    assert answer.headers["content-type"] == "image/webp"
    assert b"script" not in answer.body()
    assert page.evaluate("window.xss") is None
