"""Wiring of gpo_dataapi."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import ckan.plugins as p
import ckan.plugins.toolkit as tk

from ckanext.gpo.common.web.navigation import Entry, INavigation

from . import navigation, usage


@tk.blanket.actions
@tk.blanket.auth_functions
@tk.blanket.blueprints
class DataApiPlugin(p.SingletonPlugin):
    """Downloads of what is published, and their counts."""

    p.implements(p.IPackageController, inherit=True)
    p.implements(INavigation, inherit=True)

    # IPackageController
    def before_dataset_index(self, pkg_dict: dict[str, Any]) -> dict[str, Any]:
        usage.prepare(pkg_dict)
        return pkg_dict

    # INavigation
    def menu_entries(self) -> Iterable[Entry]:
        return navigation.entries()

    def page_sections(self) -> Mapping[str, str]:
        return navigation.SECTIONS
