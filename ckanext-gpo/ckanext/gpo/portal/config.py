"""The options of the portal, typed."""

from __future__ import annotations

import ckan.plugins.toolkit as tk


def examples(english: bool) -> list[str]:
    return tk.config[f"ckanext.gpo.portal.examples{'_en' if english else ''}"]
