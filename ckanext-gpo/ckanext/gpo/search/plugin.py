from __future__ import annotations

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

    # IConfigurer
    def update_config(self, config: CKANConfig) -> None:
        patch.install()
