"""The options of the portal, typed."""

from __future__ import annotations

import ckan.plugins.toolkit as tk


def page_cache() -> bool:
    """Whether the site keeps its public pages until something changes."""
    return tk.config["ckanext.gpo.portal.page_cache"]


def examples(english: bool) -> list[str]:
    return tk.config[f"ckanext.gpo.portal.examples{'_en' if english else ''}"]
