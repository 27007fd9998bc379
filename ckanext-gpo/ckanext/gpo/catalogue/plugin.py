"""Wiring of gpo_catalogue."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import ckan.plugins as p
import ckan.plugins.toolkit as tk
from ckan.common import CKANConfig

from ckanext.gpo.common.news import INewsSource, NewsSource
from ckanext.gpo.common.sweeps import ISweep
from ckanext.gpo.common.web.calls import Example, IApiExamples
from ckanext.gpo.common.web.navigation import Entry, INavigation
from ckanext.gpo.common.web.replacements import IReplacedPages, Replacement
from ckanext.gpo.common.web.rest import RestOperations
from ckanext.gpo.common.web.search_kinds import ISearchKinds, SearchKind

from . import events, jobs, licences, navigation, news, search_kinds
from .records import Records


@tk.blanket.actions
@tk.blanket.auth_functions
@tk.blanket.blueprints
@tk.blanket.cli
@tk.blanket.config_declarations
@tk.blanket.helpers
@tk.blanket.validators
class CataloguePlugin(Records, RestOperations, p.SingletonPlugin):
    """What must be disclosed, and what describes it."""

    p.implements(p.IConfigurer)
    p.implements(p.IDomainObjectModification)
    p.implements(p.IPackageController, inherit=True)
    p.implements(INavigation, inherit=True)
    p.implements(IReplacedPages, inherit=True)
    p.implements(IApiExamples, inherit=True)
    p.implements(INewsSource, inherit=True)
    p.implements(ISweep, inherit=True)
    p.implements(ISearchKinds, inherit=True)

    # IConfigurer
    def update_config(self, config: CKANConfig) -> None:
        tk.add_template_directory(config, "templates")
        licences.restrict_register()
        events.listen()

    # IDomainObjectModification
    def notify(self, entity: Any, operation: str) -> None:
        events.record(entity, operation)

    # INavigation
    def menu_entries(self) -> Iterable[Entry]:
        return navigation.entries()

    def page_sections(self) -> Mapping[str, str]:
        return navigation.SECTIONS

    # IReplacedPages
    def replaced_pages(self) -> Mapping[str, Replacement]:
        return navigation.REPLACED

    # IApiExamples
    def api_examples(self) -> Iterable[Example]:
        return navigation.api_examples()

    # INewsSource
    def news_source(self) -> NewsSource:
        return news.SOURCE

    # ISweep
    def sweep(self) -> None:
        jobs.sweep()

    # ISearchKinds
    def search_kinds(self) -> Iterable[SearchKind]:
        return search_kinds.kinds()
