"""Wiring of gpo_security."""

from __future__ import annotations

import ckan.plugins as p
from ckan.common import CKANConfig
from ckan.types import CKANApp

from . import fixes, front


class SecurityPlugin(p.SingletonPlugin):
    """The guard at the door, before any other room."""

    p.implements(p.IConfigurer)
    p.implements(p.IMiddleware, inherit=True)

    # IConfigurer
    def update_config(self, config: CKANConfig) -> None:
        fixes.install()

    # IMiddleware
    def make_middleware(self, app: CKANApp, config: CKANConfig) -> CKANApp:
        front.install(app)
        return app
