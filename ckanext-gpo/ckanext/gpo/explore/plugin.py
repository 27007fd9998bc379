"""Wiring of gpo_explore."""

from __future__ import annotations

from collections.abc import Mapping

import ckan.plugins as p
import ckan.plugins.toolkit as tk
from ckan.common import CKANConfig

from ckanext.gpo.common.web.rest import RestOperations
from ckanext.gpo.common.web.row_pages import IRowPages

from . import navigation


@tk.blanket.actions
@tk.blanket.auth_functions
@tk.blanket.blueprints
@tk.blanket.helpers
class ExplorePlugin(RestOperations, p.SingletonPlugin):
    """Tables, charts and records as people read them; projects and enterprises."""

    p.implements(p.IConfigurer)
    p.implements(IRowPages, inherit=True)

    # IConfigurer
    def update_config(self, config: CKANConfig) -> None:
        tk.add_template_directory(config, "templates")
        tk.add_public_directory(config, "public")
        tk.add_resource("assets", "gpo_explore")

    # IRowPages
    def record_endpoint(self) -> str:
        return navigation.RECORD

    def dossier_endpoints(self) -> Mapping[str, str]:
        return navigation.DOSSIERS
