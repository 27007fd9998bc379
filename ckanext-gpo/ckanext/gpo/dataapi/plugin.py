"""Wiring of gpo_dataapi."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import ckan.plugins as p
import ckan.plugins.toolkit as tk
from ckan.common import CKANConfig
from ckan.types import CKANApp

from ckanext.gpo.common.sweeps import ISweep
from ckanext.gpo.common.web.navigation import Entry, INavigation
from ckanext.gpo.common.web.replacements import IReplacedPages, Replacement

from . import jobs, navigation, usage


@tk.blanket.actions
@tk.blanket.auth_functions
@tk.blanket.blueprints
@tk.blanket.config_declarations
class DataApiPlugin(p.SingletonPlugin):
    """Files of what is published and their counts; questions about its rows."""

    p.implements(p.IConfigurer)
    p.implements(p.IPackageController, inherit=True)
    p.implements(p.IApiToken, inherit=True)
    p.implements(p.IMiddleware, inherit=True)
    p.implements(INavigation, inherit=True)
    p.implements(IReplacedPages, inherit=True)
    p.implements(ISweep, inherit=True)

    # IConfigurer
    def update_config(self, config: CKANConfig) -> None:
        tk.add_template_directory(config, "templates")

    # IPackageController
    def before_dataset_index(self, pkg_dict: dict[str, Any]) -> dict[str, Any]:
        downloads = usage.totals([pkg_dict["name"]])[pkg_dict["name"]].downloads
        pkg_dict[usage.INDEXED_AS] = downloads
        return pkg_dict

    # IApiToken
    def preprocess_api_token(self, data: Mapping[str, Any]) -> Mapping[str, Any]:
        usage.note_key(data)
        return data

    # IMiddleware
    def make_middleware(self, app: CKANApp, config: CKANConfig) -> CKANApp:
        app.after_request(usage.count_action)
        return app

    # INavigation
    def menu_entries(self) -> Iterable[Entry]:
        return navigation.entries()

    def page_sections(self) -> Mapping[str, str]:
        return navigation.SECTIONS

    # IReplacedPages
    def replaced_pages(self) -> Mapping[str, Replacement]:
        return navigation.REPLACED

    # ISweep
    def sweep(self) -> None:
        jobs.sweep()
