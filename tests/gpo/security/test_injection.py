"""No text of a person, a file or a business system becomes markup on any page.

Every field of text of public things holds the same piece of markup; every address that
answers to GET is asked for, by nobody and by a sysadmin.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ckan import model
from ckan.tests import factories

from .marks import LIVE, MARK, mark
from .walk import pages, rules
from .world import Hidden


def test_no_text_becomes_markup(gate: Any, app: Any):
    things = list(mark(gate))
    sysadmin = {"Authorization": factories.SysadminWithToken()["token"]}
    live: dict[str, str] = {}
    shown = set()

    for rule in rules(app):
        for page in _pages(app, rule, things, (sysadmin, {})):
            if match := LIVE.search(page):
                live[rule.rule] = page[max(match.start() - 80, 0) : match.end() + 20]
            elif "onerror" in page:
                shown.add(rule.rule)

    assert live == {}
    assert len(shown) > 10  # as text


def _pages(
    app: Any, rule: Any, things: list[Hidden], readers: tuple[dict[str, str], ...]
) -> Iterator[str]:
    """The pages that each reader gets; what fails is for test_fuzz_pages to tell.

    What is not there for the first, who may see everything, is there for nobody.
    """
    words = [] if "<" in rule.rule else [Hidden("words", [MARK])]
    for thing in things + words:
        for address, params in pages(rule, thing):
            for headers in readers:
                try:
                    answer = app.get(
                        address,
                        query_string=params,
                        headers=headers,
                        follow_redirects=False,
                    )
                except Exception:  # noqa: BLE001
                    model.Session.rollback()
                    continue
                if answer.mimetype == "text/html":
                    yield answer.body
                if answer.status_code == 404:
                    break
