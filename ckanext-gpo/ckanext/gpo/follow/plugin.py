"""Wiring of gpo_follow."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

import ckan.plugins as p
import ckan.plugins.toolkit as tk
from ckan.common import CKANConfig

from ckanext.gpo.common.news import INewsReader, INewsSource, News, NewsSource
from ckanext.gpo.common.notices import Correspondent, ICorrespondents, INotices, Kind
from ckanext.gpo.common.sweeps import ISweep
from ckanext.gpo.common.web.navigation import Entry, INavigation

from . import jobs, letters, navigation, subjects, telling, wording


@tk.blanket.actions
@tk.blanket.auth_functions
@tk.blanket.blueprints
@tk.blanket.config_declarations
@tk.blanket.helpers
class FollowPlugin(p.SingletonPlugin):
    """Who wants to be told of what."""

    p.implements(p.IConfigurer)
    p.implements(INavigation, inherit=True)
    p.implements(INewsSource, inherit=True)
    p.implements(INewsReader, inherit=True)
    p.implements(INotices, inherit=True)
    p.implements(ICorrespondents, inherit=True)
    p.implements(ISweep, inherit=True)

    # IConfigurer
    def update_config(self, config: CKANConfig) -> None:
        tk.add_template_directory(config, "templates")

    # INavigation
    def menu_entries(self) -> Iterable[Entry]:
        return navigation.entries()

    def page_sections(self) -> Mapping[str, str]:
        return navigation.SECTIONS

    # INewsSource
    def news_source(self) -> NewsSource:
        return NewsSource(subjects.KINDS, wording.KINDS)

    # INewsReader
    def read_news(self, news: Sequence[News]) -> None:
        telling.read_news(news)

    # INotices
    def notice_kinds(self) -> Iterable[Kind]:
        return letters.KINDS

    # ICorrespondents
    def find_correspondents(self, ids: Collection[str]) -> Mapping[str, Correspondent]:
        return telling.find_correspondents(ids)

    # ISweep
    def sweep(self) -> None:
        jobs.sweep()
