"""The options of the catalogue, typed."""

from __future__ import annotations

import ckan.plugins.toolkit as tk


def preview_rows() -> int:
    return tk.config["ckanext.gpo.catalogue.preview_rows"]
