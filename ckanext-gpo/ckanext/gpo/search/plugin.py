from __future__ import annotations

import ckan.plugins as p
import ckan.plugins.toolkit as tk
from ckan.common import CKANConfig
from ckan.config.declaration import Declaration, Key

from . import commands, patch
from . import config as search_config


@tk.blanket.cli
class SearchPlugin(p.SingletonPlugin):
    """Search without Solr: an embedded engine that reads Chinese."""

    p.implements(p.IConfigDeclaration)
    p.implements(p.IConfigurer)

    # IConfigDeclaration
    def declare_config_options(self, declaration: Declaration, key: Key) -> None:
        search_config.declare(declaration, key)

    # IConfigurer
    def update_config(self, config: CKANConfig) -> None:
        patch.install()
        commands.install()
