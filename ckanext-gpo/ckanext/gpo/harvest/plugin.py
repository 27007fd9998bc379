"""Wiring of gpo_harvest."""

from __future__ import annotations

from collections.abc import Iterable

import ckan.plugins as p
import ckan.plugins.toolkit as tk
from ckan.common import CKANConfig

from ckanext.gpo.common.web.navigation import Entry, INavigation

from . import events, navigation


@tk.blanket.actions
@tk.blanket.auth_functions
@tk.blanket.cli
@tk.blanket.config_declarations
@tk.blanket.helpers
class HarvestPlugin(p.SingletonPlugin):
    """Sources, jobs and the consumer; the kinds of sources are plugins of their own."""

    p.implements(p.IConfigurer)
    p.implements(INavigation, inherit=True)

    # IConfigurer
    def update_config(self, config: CKANConfig) -> None:
        tk.add_template_directory(config, "templates")
        events.listen()

    # INavigation
    def menu_entries(self) -> Iterable[Entry]:
        return navigation.entries()
