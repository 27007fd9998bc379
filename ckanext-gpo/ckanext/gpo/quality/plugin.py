"""Wiring of gpo_quality, the gate."""

from __future__ import annotations

import ckan.plugins as p
import ckan.plugins.toolkit as tk

from . import engine


@tk.blanket.actions
@tk.blanket.auth_functions
@tk.blanket.cli
@tk.blanket.config_declarations
@tk.blanket.validators
class QualityPlugin(p.SingletonPlugin):
    """Candidates, checks, verdicts, publication."""

    p.implements(p.IForkObserver)

    # IForkObserver
    def before_fork(self) -> None:
        engine.warm_up()
