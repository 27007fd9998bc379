"""What templates of the layout need beyond the helpers of `common`."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import ckan.plugins as p
import ckan.plugins.toolkit as tk

from ckanext.gpo.common.helpers import gpo_common_text
from ckanext.gpo.common.web import languages, navigation


def gpo_portal_section() -> str:
    """Which entry of the main navigation the page belongs to; empty for none."""
    return navigation.section(tk.request.endpoint or "")


def gpo_portal_languages() -> dict[str, str]:
    """Language → full address of this page in it, for a page that anyone may read.

    `x-default` is for readers of any other language.
    """
    request = tk.request
    if tk.current_user.is_authenticated or request.method != "GET":
        return {}
    query = request.query_string.decode("latin-1")
    path = quote(request.path, safe="/:@!$&'()*+,;=~") + (f"?{query}" if query else "")
    addresses = languages.addresses(path)
    return addresses | {"x-default": next(iter(addresses.values()))}


def dataset_display_name(pkg: Any) -> str:
    """CKAN's own of this name, in the reader's language."""
    record = pkg if isinstance(pkg, dict) else pkg.as_dict()
    return gpo_common_text(record, "title") or record.get("name", "")


def gpo_portal_activity_type(kind: str) -> str:
    """A kind of activity, as CKAN names it in its database, in words."""
    return {
        "new package": tk._("Dataset created"),
        "changed package": tk._("Dataset changed"),
        "deleted package": tk._("Dataset deleted"),
        "new resource view": tk._("View created"),
        "changed resource view": tk._("View changed"),
        "deleted resource view": tk._("View deleted"),
        "changed datastore": tk._("Rows changed"),
        "new group": tk._("Domain created"),
        "changed group": tk._("Domain changed"),
        "deleted group": tk._("Domain deleted"),
        "new organization": tk._("Department created"),
        "changed organization": tk._("Department changed"),
        "deleted organization": tk._("Department deleted"),
        "new user": tk._("Account created"),
        "changed user": tk._("Account changed"),
        "follow dataset": tk._("Dataset followed"),
        "follow group": tk._("Domain followed"),
        "follow organization": tk._("Department followed"),
        "follow user": tk._("Person followed"),
    }.get(kind, kind)


def gpo_portal_has(plugin: str) -> bool:
    """Whether the pages of a plugin are there to link to."""
    return p.plugin_loaded(plugin)
