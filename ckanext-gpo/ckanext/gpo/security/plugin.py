"""Wiring of gpo_security."""

from __future__ import annotations

import ckan.plugins as p
import ckan.plugins.toolkit as tk
from ckan.common import CKANConfig
from ckan.types import CKANApp

from . import changes, fixes, messages


@tk.blanket.actions
@tk.blanket.auth_functions
class SecurityPlugin(p.SingletonPlugin):
    """The guard at the door, before any other room."""

    p.implements(p.IConfigurer)
    p.implements(p.IMiddleware, inherit=True)

    # IConfigurer
    def update_config(self, config: CKANConfig) -> None:
        fixes.install()

    # IMiddleware
    def make_middleware(self, app: CKANApp, config: CKANConfig) -> CKANApp:
        changes.take_no_get(app)
        messages.install(app)
        return app
