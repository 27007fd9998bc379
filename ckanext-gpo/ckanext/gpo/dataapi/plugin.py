"""Wiring of gpo_dataapi."""

from __future__ import annotations

import ckan.plugins as p
import ckan.plugins.toolkit as tk
from ckan.common import CKANConfig

from . import hardening


@tk.blanket.blueprints
class DataApiPlugin(p.SingletonPlugin):
    """Downloads, and the door that programs come through."""

    p.implements(p.IConfigurer)

    # IConfigurer
    def update_config(self, config: CKANConfig) -> None:
        hardening.install()
