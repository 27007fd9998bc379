"""Wiring of gpo_security."""

from __future__ import annotations

import ckan.plugins as p
from ckan.common import CKANConfig

from . import fixes


class SecurityPlugin(p.SingletonPlugin):
    """The guard at the door, before any other room."""

    p.implements(p.IConfigurer)

    # IConfigurer
    def update_config(self, config: CKANConfig) -> None:
        fixes.install()
