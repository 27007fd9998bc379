"""Wiring of gpo_harvest."""

from __future__ import annotations

from collections.abc import Iterable

import ckan.plugins as p
import ckan.plugins.toolkit as tk
from ckan.common import CKANConfig

from ckanext.gpo.common.web.navigation import Entry, INavigation
from ckanext.gpo.common.web.sources import ISourceTitles

from . import events, navigation, titles


@tk.blanket.actions
@tk.blanket.auth_functions
@tk.blanket.cli
@tk.blanket.config_declarations
class HarvestPlugin(p.SingletonPlugin):
    """Sources, jobs and the consumer; the kinds of sources are plugins of their own."""

    p.implements(p.IConfigurer)
    p.implements(INavigation, inherit=True)
    p.implements(ISourceTitles, inherit=True)

    # IConfigurer
    def update_config(self, config: CKANConfig) -> None:
        tk.add_template_directory(config, "templates")
        events.listen()

    # INavigation
    def menu_entries(self) -> Iterable[Entry]:
        return navigation.entries()

    # ISourceTitles
    def source_title(self, name: str, english: bool) -> str | None:
        return titles.source_title(name, english)
