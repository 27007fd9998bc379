"""Wiring of gpo_dataapi."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import ckan.plugins as p
import ckan.plugins.toolkit as tk
from ckan.common import CKANConfig

from ckanext.gpo.common.news import INewsReader, News
from ckanext.gpo.common.notices import INotices, Kind
from ckanext.gpo.common.sweeps import ISweep
from ckanext.gpo.common.web.navigation import Entry, INavigation
from ckanext.gpo.common.web.refusals import IProblemCodes
from ckanext.gpo.common.web.replacements import IReplacedPages, Replacement
from ckanext.gpo.common.web.rest import RestOperations

from . import jobs, navigation, rest, webhooks
from .metering import Metering


@tk.blanket.actions
@tk.blanket.auth_functions
@tk.blanket.blueprints
@tk.blanket.config_declarations
@tk.blanket.helpers
class DataApiPlugin(RestOperations, Metering, p.SingletonPlugin):
    """Files of what is published and their counts; questions about its rows."""

    p.implements(p.IConfigurer)
    p.implements(INavigation, inherit=True)
    p.implements(INewsReader, inherit=True)
    p.implements(INotices, inherit=True)
    p.implements(IProblemCodes, inherit=True)
    p.implements(IReplacedPages, inherit=True)
    p.implements(ISweep, inherit=True)

    # IConfigurer
    def update_config(self, config: CKANConfig) -> None:
        tk.add_template_directory(config, "templates")
        tk.add_public_directory(config, "public")

    # INavigation
    def menu_entries(self) -> Iterable[Entry]:
        return navigation.entries()

    def page_sections(self) -> Mapping[str, str]:
        return navigation.SECTIONS

    # INewsReader
    def read_news(self, news: Sequence[News]) -> None:
        webhooks.read_news(news)

    # INotices
    def notice_kinds(self) -> Iterable[Kind]:
        return (webhooks.OFF,)

    # IProblemCodes
    def problem_codes(self) -> Mapping[str, str]:
        return rest.sentences(tk._)

    # IReplacedPages
    def replaced_pages(self) -> Mapping[str, Replacement]:
        return navigation.REPLACED

    # ISweep
    def sweep(self) -> None:
        jobs.sweep()
