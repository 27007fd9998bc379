"""A served site and a browser.

`live` serves the tests' site with werkzeug on a free port in this process, so that tests
prepare data with the same fixtures as everywhere. `page` is a Chromium page on it that
collects what the console complains of. `open_page` opens pages of the whole `site`.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright
from werkzeug.serving import WSGIRequestHandler, make_server

from ..conftest import Site

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-dev-shm-usage",
    "--no-first-run",
]


WIDE = {"width": 1280, "height": 900}
PHONE = {"width": 360, "height": 780}


def width(page: Page) -> int:
    """How many pixels wide a page is once its style sheets have come."""
    page.wait_for_load_state()
    return page.evaluate("document.documentElement.scrollWidth")


def log_in(page: Page, name: str, password: str) -> None:
    """Log in by the form, and wait for the desk that it leads to."""
    page.goto("/user/login")
    page.fill("#field-login", name)
    page.fill("#field-password", password)
    page.click("main button[type=submit]")
    page.wait_for_url("**/desk")


class Quiet(WSGIRequestHandler):
    """Requests are no news; a failing test shows what it needs."""

    def log(self, type: str, message: str, *args: Any) -> None:
        pass


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=ARGUMENTS
        )
        yield chromium
        chromium.close()


@pytest.fixture
def live(app: Any, ckan_config: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Address of the served site, without a slash at the end."""
    # a browser keeps a session's cookie for the host that it talks to only
    monkeypatch.setitem(app.flask_app.config, "SESSION_COOKIE_DOMAIN", None)
    server = make_server(
        "127.0.0.1", 0, app.flask_app.wsgi_app, threaded=True, request_handler=Quiet
    )
    address = f"http://127.0.0.1:{server.server_port}"
    ckan_config["ckan.site_url"] = address
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield address
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def complaints() -> list[str]:
    """Errors and warnings of the console, and exceptions of scripts."""
    return []


@pytest.fixture
def page(browser: Browser, live: str, complaints: list[str]) -> Iterator[Page]:
    """A page of a fresh context at 1280 px; addresses may begin with a slash."""
    context = browser.new_context(
        base_url=live, viewport={"width": 1280, "height": 900}, locale="zh-CN"
    )
    page = context.new_page()
    page.on(
        "console",
        lambda message: (
            complaints.append(message.text)
            if message.type in ("error", "warning")
            else None
        ),
    )
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    context.close()


@pytest.fixture
def open_page(browser: Browser, site: Site) -> Iterator[Callable[..., Page]]:
    """Opens a page in a context of its own; at the end nothing may have complained."""
    complaints: list[str] = []
    contexts = []

    def opened(viewport: dict[str, int] = WIDE) -> Page:
        context = browser.new_context(
            base_url=site.address, viewport=viewport, locale="zh-CN"
        )
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on(
            "console",
            lambda message: (
                complaints.append(message.text) if message.type == "error" else None
            ),
        )
        return page

    yield opened
    for context in contexts:
        context.close()
    assert complaints == []
