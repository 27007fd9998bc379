from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from flask import Blueprint

import ckan.plugins as p
import ckan.plugins.toolkit as tk
from ckan.common import CKANConfig
from ckan.config.declaration import Declaration, Key

from ckanext.gpo.common.web.navigation import Entry, INavigation

from . import config as search_config
from . import navigation, views, zero_result_queries
from .adapter import caching, passthrough, patch
from .analysis import warm_up
from .pages.facets import Facets, can_be_drawn
from .record_finder import RecordWatch
from .scoring import ranking
from .upkeep import commands


@tk.blanket.actions
@tk.blanket.auth_functions
@tk.blanket.cli
@tk.blanket.helpers
class SearchPlugin(Facets, RecordWatch, p.SingletonPlugin):
    """Search without Solr: an embedded engine that reads Chinese."""

    p.implements(p.IBlueprint)
    p.implements(p.IConfigDeclaration)
    p.implements(p.IConfigurer)
    p.implements(p.IPackageController, inherit=True)
    p.implements(p.IForkObserver)
    p.implements(p.IMiddleware, inherit=True)
    p.implements(INavigation, inherit=True)

    # IBlueprint
    def get_blueprint(self) -> list[Blueprint]:
        return [views.gpo_search] if can_be_drawn() else []

    # IConfigDeclaration
    def declare_config_options(self, declaration: Declaration, key: Key) -> None:
        search_config.declare(declaration, key)

    # IConfigurer
    def update_config(self, config: CKANConfig) -> None:
        tk.add_template_directory(config, "templates")
        patch.install()
        passthrough.install()
        commands.install()

    # IPackageController
    def before_dataset_search(self, search_params: dict[str, Any]) -> dict[str, Any]:
        ranking.rank(search_params)
        return passthrough.before_search(search_params)

    def after_dataset_search(
        self, search_results: dict[str, Any], search_params: dict[str, Any]
    ) -> dict[str, Any]:
        zero_result_queries.record(search_results, search_params)
        return passthrough.after_search(search_results, search_params)

    # IForkObserver
    def before_fork(self) -> None:
        warm_up()

    # IMiddleware
    def make_middleware(self, app: Any, config: CKANConfig) -> Any:
        caching.install(app)
        return app

    # INavigation
    def menu_entries(self) -> Iterable[Entry]:
        return navigation.entries()

    def page_sections(self) -> Mapping[str, str]:
        return navigation.SECTIONS
