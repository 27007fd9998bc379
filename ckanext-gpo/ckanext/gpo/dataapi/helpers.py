"""What templates of the data API need."""

from __future__ import annotations

import json
from typing import Any

from markupsafe import Markup

import ckan.plugins.toolkit as tk

from ckanext.gpo.common.web import languages

from .federation import dataset_json_ld, read_catalogue, read_dataset


def gpo_dataapi_address_starts() -> list[str]:
    """What addresses begin with in each language; nothing in the site's own."""
    return languages.starts()


def gpo_dataapi_department_usage(name: str) -> dict[str, Any]:
    """The answer of `gpo_dataapi_department_usage_show`, as everybody gets it."""
    return tk.get_action("gpo_dataapi_department_usage_show")(
        {"user": ""}, {"organization": name}
    )


def gpo_dataapi_json_ld(pkg: dict[str, Any]) -> Markup:
    """What the page of a public dataset tells search engines; empty for another.

    It is data, which a browser never runs, so the page's policy for scripts lets it be.
    """
    if pkg["private"] or pkg["state"] != "active":
        return Markup()
    described = dataset_json_ld(
        read_catalogue(), read_dataset(pkg), tk.h.gpo_common_english()
    )
    text = json.dumps(described, ensure_ascii=False)
    for character in "<>&":  # no text of a record ends the element
        text = text.replace(character, f"\\u{ord(character):04x}")
    return Markup(f'<script type="application/ld+json">{text}</script>')  # noqa: S704
