"""What only a browser can tell: scripts under the policy, keyboard, width, reading mode."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from ckan.tests import factories

from ckanext.gpo.catalogue import reference, seed

from .conftest import PHONE, log_in, width

pytestmark = [pytest.mark.e2e, pytest.mark.usefixtures("non_clean_db")]

PASSWORD = "only-for-this-test-1"

PUBLIC = ["/", "/catalogue", "/dataset/", "/checks", "/api-guide", "/about"]
ADMINISTRATION = [
    "/desk",
    "/desk/notices",
    "/desk/mails",
    "/harvest",
    "/harvest/new",
    "/dataset/new",
    "/organization/new",
    "/user/edit",
    "/ckan-admin/",
    "/ckan-admin/config",
    "/ckan-admin/trash",
]


@pytest.fixture
def account(page: Page) -> dict[str, Any]:
    """A sysadmin who has logged in through the form."""
    user = factories.Sysadmin(password=PASSWORD, image_url="")
    log_in(page, user["name"], PASSWORD)
    expect(page.get_by_role("heading", level=1)).to_have_text("我的工作台")
    return user


def test_scripts_run_under_the_policy(page: Page, account, complaints):
    department = reference.departments()[0]
    seed.ensure_department(department)
    pages = [
        *PUBLIC,
        *ADMINISTRATION,
        f"/organization/{department['name']}",
        f"/organization/edit/{department['name']}",
        f"/organization/members/{department['name']}",
        f"/user/{account['name']}/api-tokens",
    ]
    for path in pages:
        page.goto(path, wait_until="networkidle")
        assert complaints == [], path


def test_tokens_are_made_and_revoked(page: Page, account, complaints):
    """Inline handlers of CKAN's page are replaced by assets/js/stock.js."""
    page.goto(f"/user/{account['name']}/api-tokens", wait_until="networkidle")
    revoke = page.locator("#revoke-tokens-button")
    expect(revoke).to_be_disabled()
    page.fill("input[name=name]", "reader-of-everything-that-the-district-publishes")
    page.get_by_role("button", name="创建API令牌").click()
    box = page.locator("input[name=token]")
    expect(box).to_be_visible()
    box.check()
    expect(revoke).to_be_enabled()
    page.set_viewport_size(PHONE)
    assert width(page) <= PHONE["width"]
    assert complaints == []


def test_keyboard_reaches_the_content_first(page: Page):
    page.goto("/catalogue")
    page.keyboard.press("Tab")
    skip = page.locator(".skip")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("#content")).to_be_focused()


def test_reading_mode_stays(page: Page):
    page.goto("/about")
    page.get_by_text("阅读模式").click()
    page.get_by_label("深色").check()
    page.get_by_label("大字").check()
    page.goto("/catalogue")
    html = page.locator("html")
    expect(html).to_have_attribute("data-theme", "dark")
    expect(html).to_have_attribute("data-size", "large")


def test_reading_mode_follows_the_system(page: Page):
    page.emulate_media(color_scheme="dark")
    page.goto("/about")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")


@pytest.mark.parametrize("size", ["normal", "large"])
def test_nothing_is_wider_than_a_phone(page: Page, size):
    page.set_viewport_size(PHONE)
    page.add_init_script(f"localStorage.setItem('gpo-size', '{size}')")
    for path in [*PUBLIC, "/user/login", "/nosuch"]:
        page.goto(path)
        assert width(page) <= PHONE["width"], path
