from __future__ import annotations

from typing import Any

import ckan.plugins as p
import ckan.plugins.toolkit as tk
from ckan.common import CKANConfig

from . import patch
from .config import declare


@tk.blanket.cli
@tk.blanket.config_declarations(declare)
class SearchPlugin(p.SingletonPlugin):
    """Search without Solr: an embedded engine that reads Chinese."""

    p.implements(p.IConfigurer)
    p.implements(p.IPluginObserver, inherit=True)

    # IConfigurer
    def update_config(self, config: CKANConfig) -> None:
        patch.install()

    # IPluginObserver
    def before_unload(self, plugin: Any) -> None:
        if plugin is self:
            patch.install(installed=False)
