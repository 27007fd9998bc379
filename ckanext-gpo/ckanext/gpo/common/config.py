"""The options of the site as a whole, typed."""

from __future__ import annotations

import ckan.plugins.toolkit as tk


def title(english: bool) -> str:
    return tk.config["ckanext.gpo.common.title_en" if english else "ckan.site_title"]


def owner(english: bool) -> str:
    return tk.config[f"ckanext.gpo.common.owner{'_en' if english else ''}"]
