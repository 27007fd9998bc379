"""Wiring of gpo_dataapi."""

from __future__ import annotations

from typing import Any

import ckan.plugins as p
import ckan.plugins.toolkit as tk
from ckan.common import CKANConfig

from . import hardening, usage


@tk.blanket.actions
@tk.blanket.auth_functions
@tk.blanket.blueprints
class DataApiPlugin(p.SingletonPlugin):
    """Downloads, and the door that programs come through."""

    p.implements(p.IConfigurer)
    p.implements(p.IPackageController, inherit=True)

    # IConfigurer
    def update_config(self, config: CKANConfig) -> None:
        hardening.install()

    # IPackageController
    def before_dataset_index(self, pkg_dict: dict[str, Any]) -> dict[str, Any]:
        usage.prepare(pkg_dict)
        return pkg_dict
