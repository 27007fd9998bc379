"""Wiring of gpo_common: the tables, actions and commands of what rooms share."""

from __future__ import annotations

import ckan.plugins as p
import ckan.plugins.toolkit as tk


@tk.blanket.actions
@tk.blanket.auth_functions
@tk.blanket.cli
class CommonPlugin(p.SingletonPlugin):
    """The ledger, for every other room."""
