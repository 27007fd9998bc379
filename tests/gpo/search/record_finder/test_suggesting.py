"""While somebody types, the one record that begins so is offered; to everybody the same."""

from __future__ import annotations

from typing import Any

import pytest

from ckan.tests.helpers import call_action

from ckanext.gpo.common.tables import table
from ckanext.gpo.search.record_finder import finding

from ...conftest import VENUES, Gate
from .conftest import DRAGON, venues
from .test_finding import as_site

__all__ = ["venues"]

NAME = table(VENUES).dataset_name
RECORDS = ("record", "project", "enterprise")


def suggested(q: str, **more: Any) -> list[dict[str, Any]]:
    entries = call_action("gpo_search_suggest", q=q, **more)
    return [entry for entry in entries if entry["kind"] in RECORDS]


def test_the_one_record_that_begins_so_is_offered(venues: Gate):
    """By its name, in traditional characters, by a code, not typed to its end."""
    for q in ("青龙文化", "青龍文化站", DRAGON, DRAGON[:-1] + "1"):
        (first,) = suggested(q)

        assert first["title"] == "青龙文化站"
        assert (first["name"], first["query"]) == (NAME, f"venue_code={DRAGON}")

    assert suggested("青龙文化")[0]["marks"] == [[0, 4]]
    assert (
        call_action("gpo_search_suggest", q="青龙文化", limit=1)[0]["kind"] == "record"
    )


NOT_OFFERED = ("", "青龙文", "文化站", "青龙西路12", "WH32040200", "[[[[", "\0" * 9)


def test_what_is_several_or_no_beginning_is_not_offered(venues: Gate):
    for q in NOT_OFFERED:
        assert suggested(q) == []


def test_what_not_everybody_may_see_is_not_offered(venues: Gate):
    call_action("package_patch", as_site(), id=NAME, private=True)

    assert suggested("青龙文化") == []
    assert call_action("gpo_search_suggest", as_site(), q="青龙文化站")[:1] == []


def test_what_begins_nothing_asks_no_database(
    venues: Gate, monkeypatch: pytest.MonkeyPatch
):
    asked: list[None] = []
    tables = finding.live_tables
    monkeypatch.setattr(
        finding, "live_tables", lambda: (asked.append(None), tables())[1]
    )
    for q in ("没有的名称", "WH32", *NOT_OFFERED[:3]):
        suggested(q)
    assert not asked

    suggested("青龙文化")
    assert len(asked) == 1
