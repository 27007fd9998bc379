"""The options of the portal, typed."""

from __future__ import annotations

import ckan.plugins.toolkit as tk


def title(english: bool) -> str:
    return tk.config["ckanext.gpo.portal.title_en" if english else "ckan.site_title"]


def owner(english: bool) -> str:
    return tk.config[f"ckanext.gpo.portal.owner{'_en' if english else ''}"]


def examples(english: bool) -> list[str]:
    return tk.config[f"ckanext.gpo.portal.examples{'_en' if english else ''}"]
