"""Wiring of gpo_apps, the registry of apps."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import ckan.plugins as p
import ckan.plugins.toolkit as tk
from ckan.common import CKANConfig

from ckanext.gpo.common.news import INewsReader, INewsSource, News, NewsSource
from ckanext.gpo.common.notices import INotices, Kind
from ckanext.gpo.common.sweeps import ISweep
from ckanext.gpo.common.web.calls import Example, IApiExamples
from ckanext.gpo.common.web.navigation import Entry, INavigation
from ckanext.gpo.common.web.replacements import IReplacedPages, Replacement
from ckanext.gpo.common.web.search_kinds import ISearchKinds, SearchKind

from . import jobs, navigation, news, search_kinds
from .notice_kinds import KINDS


@tk.blanket.actions
@tk.blanket.auth_functions
@tk.blanket.blueprints
@tk.blanket.cli
@tk.blanket.config_declarations
@tk.blanket.helpers
class AppsPlugin(p.SingletonPlugin):
    """What people build with the data: registered, reviewed, published, watched."""

    p.implements(p.IConfigurer)
    p.implements(INavigation, inherit=True)
    p.implements(IReplacedPages, inherit=True)
    p.implements(ISweep, inherit=True)
    p.implements(INotices, inherit=True)
    p.implements(IApiExamples, inherit=True)
    p.implements(INewsSource, inherit=True)
    p.implements(INewsReader)
    p.implements(ISearchKinds, inherit=True)

    # IConfigurer
    def update_config(self, config: CKANConfig) -> None:
        tk.add_template_directory(config, "templates")
        tk.add_resource("assets", "gpo_apps")

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

    # INotices
    def notice_kinds(self) -> Iterable[Kind]:
        return (*KINDS, news.DATA_NEWS)

    # INewsSource
    def news_source(self) -> NewsSource:
        return news.SOURCE

    # INewsReader
    def read_news(self, entries: Sequence[News]) -> None:
        news.read_news(entries)

    # ISearchKinds
    def search_kinds(self) -> Iterable[SearchKind]:
        return search_kinds.kinds()

    # IApiExamples
    def api_examples(self) -> Iterable[Example]:
        return navigation.api_examples()
