"""Wiring of gpo_quality, the gate."""

from __future__ import annotations

import ckan.plugins as p
import ckan.plugins.toolkit as tk
from ckan.common import CKANConfig

from . import engine


@tk.blanket.actions
@tk.blanket.auth_functions
@tk.blanket.blueprints
@tk.blanket.cli
@tk.blanket.config_declarations
@tk.blanket.validators
class QualityPlugin(p.SingletonPlugin):
    """Candidates, checks, verdicts, publication."""

    p.implements(p.IConfigurer)
    p.implements(p.IForkObserver)

    # IConfigurer
    def update_config(self, config: CKANConfig) -> None:
        tk.add_template_directory(config, "templates")

    # IForkObserver
    def before_fork(self) -> None:
        engine.warm_up()
