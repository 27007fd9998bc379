"""What rooms use of each other by name: it goes one way, and only to what is there."""

from __future__ import annotations

import re

import pytest

from docs.generate import contracts, names, owners, tree

OURS = re.compile(r"h\.gpo_\w+|gpo_\w+/[\w/]+\.html")
"""A helper or a template of a room, as `names` reads it."""


def test_no_way_by_names_leads_back():
    assert not contracts.circle(), "\n".join(map(str, contracts.circle()))


def test_common_names_no_room():
    assert not [use for use in contracts.uses() if use.user == "common"]


def test_rooms_share_no_table_of_the_database():
    assert not [use for use in contracts.uses() if use.thing.kind == "tables"]


@pytest.mark.parametrize(
    ("name", "owner", "kind"),
    [
        ("gpo_quality_version_submit", "quality", "actions"),
        ("gpo_dataapi.download", "dataapi", "endpoints"),
        ("h.gpo_common_number", "common", "helpers"),
        ("interface INavigation", "common", "interfaces"),
        ("gpo_quality/report.html", "quality", "templates"),
        ("gpo_portal/stock", "portal", "assets"),
        ("gpo_quality_version", "quality", "tables"),
        ("gpo_search", "search", "plugins"),
    ],
)
def test_a_name_belongs_to_the_room_that_defines_it(name: str, owner: str, kind: str):
    assert owners.owner(name) == owners.Thing(owner, kind, name)


@pytest.mark.parametrize(
    "name", ["package_show", "dataset.search", "h.url_for", "title"]
)
def test_what_ckan_or_nobody_defines_belongs_to_no_room(name: str):
    assert owners.owner(name) is None


def test_a_circle_is_told_with_the_uses_that_close_it(monkeypatch: pytest.MonkeyPatch):
    there = contracts.Use("harvest", owners.Thing("search", "actions", "find"), "a.py")
    back = contracts.Use(
        "search", owners.Thing("harvest", "helpers", "h.title"), "b.html"
    )
    apart = contracts.Use("search", owners.Thing("common", "modules", "clock"), "b.py")
    monkeypatch.setattr(contracts, "uses", lambda: (there, back, apart))

    assert set(contracts.circle()) == {there, back}


def test_every_room_stands_in_the_order():
    assert set(contracts.order()) == set(tree.PARTS)


def test_helpers_and_templates_of_ours_are_there():
    """CKAN notices a missing one only when the page is drawn."""
    missing = {
        f"{tree.short_name(path)}: {name}"
        for part in tree.PARTS
        for path in (*tree.modules(part), *tree.templates(part))
        for name in (names.in_module if path.suffix == ".py" else names.in_template)(
            path
        )
        if OURS.fullmatch(name) and owners.owner(name) is None
    }

    assert not missing
