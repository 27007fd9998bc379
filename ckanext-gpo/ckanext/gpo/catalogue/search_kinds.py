"""What the catalogue brings to the search: data, disclosure items, and what they stand in."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import ckan.plugins.toolkit as tk

from ckanext.gpo.common.web.search_kinds import Names, SearchKind, Tab

from . import groups

SNIPPETS = "gpo_catalogue/snippets"


def kinds() -> Iterator[SearchKind]:
    yield SearchKind(
        "dataset",
        lambda: tk._("Data"),
        10,
        "gpo_catalogue.dataset",
        tab=Tab(lambda: tk._("Data"), f"{SNIPPETS}/dataset_result.html"),
    )
    yield SearchKind(
        "disclosure-item",
        lambda: tk._("Disclosure item"),
        20,
        "gpo_catalogue.item",
        tab=Tab(lambda: tk._("Disclosure items"), f"{SNIPPETS}/item_result.html"),
    )
    yield SearchKind(
        "organization",
        lambda: tk._("Department"),
        70,
        "organization.read",
        tab=Tab(lambda: tk._("Departments"), f"{SNIPPETS}/department_results.html"),
        names=Names("organization", partial(groups.named_things, "organization")),
    )
    yield SearchKind(
        "group",
        lambda: tk._("Domain"),
        80,
        "gpo_catalogue.domain",
        "name",
        names=Names("groups", partial(groups.named_things, "group")),
    )
    yield SearchKind(
        "tag",
        lambda: tk._("Keyword"),
        90,
        "dataset.search",
        "tags",
        names=Names("tags"),
    )
