"""A reader follows a dataset by mail, confirms, is told, and stops with one click, in Chromium."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

import ckan.plugins.toolkit as tk
from ckan.tests import factories

from ckanext.gpo.common import limits
from ckanext.gpo.common.news import walk
from ckanext.gpo.common.notices import sending

from ..gpo import mail_servers
from ..gpo.conftest import VENUES, Gate, gate
from ..gpo.quality.versions import venue
from .conftest import PHONE, log_in, width
from .test_every_page import WCAG

pytestmark = [pytest.mark.e2e, pytest.mark.usefixtures("with_request_context")]

__all__ = ["gate"]

PASSWORD = "only-for-this-test-1"
LINK = re.compile(r"http://\S+/follow/\S+")


@pytest.fixture
def mailbox(live: str, ckan_config: Any) -> Iterator[mail_servers.Mailbox]:
    """A mail server that the site sends its mails to, at any hour."""
    box = mail_servers.Mailbox()
    limits._shared(tk.config["ckan.redis.url"]).storage.reset()
    ckan_config["ckanext.gpo.common.quiet_hours"] = ""
    with mail_servers.serve(box) as address:
        ckan_config["smtp.server"] = address
        yield box


@pytest.fixture
def dataset(gate: Gate) -> dict[str, Any]:
    gate.judge(VENUES, venue(1))
    walk.walk(30)
    return gate.dataset(VENUES)


def _shown(page: Page) -> None:
    """A page is whole at both widths and has no fault that axe finds."""
    for size in (PHONE, {"width": 1280, "height": 900}):
        page.set_viewport_size(size)
        assert width(page) <= size["width"]
        report = Axe().run(page, options={"runOnly": WCAG})
        assert not report.response["violations"], report.generate_report()


def _link(mailbox: mail_servers.Mailbox) -> str:
    sending.send_due(30)
    return LINK.findall(mailbox.mails[-1].get_content())[0]


def test_by_mail_from_the_button_to_the_end(
    gate: Gate,
    dataset: dict[str, Any],
    page: Page,
    mailbox: mail_servers.Mailbox,
):
    page.goto(f"/dataset/{dataset['name']}")
    page.click("a.follow")
    _shown(page)
    page.fill("#field-address", "reader@example.org")
    page.select_option("#field-pace", "at-once")
    page.press("#field-address", "Enter")
    expect(page.locator("h1")).to_have_text("请查收邮件")
    _shown(page)

    page.goto(_link(mailbox))
    _shown(page)
    page.click("main button[type=submit]")
    expect(page.locator("h1")).to_have_text("该邮箱的关注")
    _shown(page)

    gate.judge(VENUES, venue(1), venue(2))
    walk.walk(30)
    sending.send_due(30)
    news = mailbox.mails[-1]
    assert "已发布" in news.get_content()
    page.goto(news["List-Unsubscribe"].strip("<>"))
    _shown(page)
    page.click("main button[type=submit]")
    expect(page.locator("h1")).to_have_text("已停止发送邮件")
    gate.judge(VENUES, venue(1), venue(2), venue(3))
    walk.walk(30)
    sending.send_due(30)

    assert len(mailbox.mails) == 2


def test_the_browser_has_worked_for_the_form(
    dataset: dict[str, Any],
    page: Page,
    mailbox: mail_servers.Mailbox,
    complaints: list[str],
    ckan_config: Any,
):
    ckan_config["ckanext.gpo.common.form_limit_without_proof"] = "1 per day"
    for number in range(3):
        page.goto(f"/follow/dataset/{dataset['id']}")
        page.fill("#field-address", f"reader{number}@example.org")
        page.press("#field-address", "Enter")
        expect(page.locator("h1")).to_have_text("请查收邮件")
    sending.send_due(30)

    assert len(mailbox.mails) == 3
    assert not complaints  # a worker under our CSP


def test_with_an_account(
    dataset: dict[str, Any], page: Page, mailbox: mail_servers.Mailbox
):
    user = factories.User(password=PASSWORD, image_url="")
    log_in(page, user["name"], PASSWORD)
    page.goto(f"/dataset/{dataset['name']}")
    page.click("a.follow")
    page.select_option("#field-pace", "weekly")
    page.click("form.filter-bar button[type=submit]")
    page.goto("/desk/follows")
    expect(page.locator("main h2")).to_have_text(dataset["title"])
    _shown(page)
    page.goto("/en/desk/follows")
    _shown(page)
    page.select_option("main select[name=pace]", "none")
    page.click("main form button[type=submit]")

    expect(page.locator("main .blank")).to_be_visible()
