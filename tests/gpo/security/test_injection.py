"""What people write is text on every page, whatever it looks like."""

from __future__ import annotations

import re
from typing import Any

import pytest

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.lib import search
from ckan.tests import factories
from ckan.tests.helpers import call_action

from ckanext.gpo.common.tables import table

from ..conftest import VENUES, Gate, row
from .walk import pages, rules
from .world import Hidden

MARK = """</script><img src=x onerror=alert(1)>"'"""
LINK = "[here](javascript:alert(1)) ![seen](https://elsewhere.example/pixel.png)"

LIVE = re.compile(
    r"<img src=x|onerror=alert\(1\)>|<(a|img)[^>]*(javascript:|elsewhere\.example)",
    re.I,
)
"""The mark where it stands as markup; as text it is `&lt;img …&gt;`."""

FREE_TEXT = ("gpo_line", "gpo_paragraph")
"""Presets of fields that take any text."""


@pytest.fixture
def marked(gate: Gate) -> list[Hidden]:
    """A dataset, an item's department and domain, an account and a source, all marked."""
    gate.judge(VENUES, row(VENUES))
    user = factories.Sysadmin(fullname=MARK, about=MARK + LINK)
    as_user = {"user": user["name"], "ignore_auth": True}
    schema = tk.h.scheming_get_dataset_schema("dataset")
    texts = {
        field["field_name"]: MARK
        for field in schema["dataset_fields"]
        if field.get("preset") in FREE_TEXT and "validators" not in field
    }
    name = table(VENUES).dataset_name
    call_action("package_patch", dict(as_user), id=name, **texts)
    _write_past_the_validators(name)
    described = {"title": f"示例{MARK}", "description": MARK + LINK}
    call_action("organization_patch", dict(as_user), id="wglj", **described)
    call_action("group_patch", dict(as_user), id="culture", **described)
    source = call_action(
        "harvest_source_create",
        dict(as_user),
        name="marked",
        title=MARK,
        notes=MARK + LINK,
        url="gpo-source://czj-budget-files",
        source_type="gpo_files",
        owner_org="wglj",
        config='{"source": "czj-budget-files"}',
    )
    return [
        Hidden("dataset", [name]),
        Hidden("department", ["wglj"]),
        Hidden("domain", ["culture"]),
        Hidden("account", [user["name"]]),
        Hidden("source", [source["name"]]),
        Hidden("words", [MARK]),
    ]


def _write_past_the_validators(name: str) -> None:
    """What a validator keeps out today may have come in before it was there."""
    package = model.Package.get(name)
    package.license_id = MARK
    package.title = f"{package.title}{MARK}"
    model.Session.commit()
    search.rebuild(package.id)


@pytest.mark.parametrize("account", ["nobody", "sysadmin"])
def test_no_mark_is_markup(app: Any, marked: list[Hidden], account: str):
    headers = {}
    if account == "sysadmin":
        headers["Authorization"] = factories.SysadminWithToken()["token"]
    live, seen = {}, 0
    for rule in rules(app):
        for thing in marked:
            for address, params in pages(rule, thing):
                page = app.get(
                    address,
                    query_string=params,
                    headers=headers,
                    follow_redirects=False,
                )
                if not page.content_type.startswith("text/html"):
                    continue
                seen += "onerror" in page.body
                if match := LIVE.search(page.body):
                    start = max(match.start() - 80, 0)
                    live[rule.rule] = page.body[start : match.end() + 20]
    assert live == {}
    assert seen > 10
