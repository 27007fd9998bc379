"""Wiring of gpo_security."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import ckan.plugins as p
import ckan.plugins.toolkit as tk
from ckan.common import CKANConfig
from ckan.types import CKANApp, SignalMapping

from ckanext.gpo.common.web.navigation import Entry, INavigation
from ckanext.gpo.common.web.refusals import IProblemCodes

from . import (
    changes,
    codes,
    events,
    fixes,
    front,
    messages,
    navigation,
    registries,
    subscriptions,
)
from .accounts import Accounts, identity, reset_keys, sessions


@tk.blanket.actions
@tk.blanket.auth_functions
@tk.blanket.blueprints
@tk.blanket.cli
@tk.blanket.config_declarations
@tk.blanket.helpers
@tk.blanket.validators
class SecurityPlugin(Accounts, p.SingletonPlugin):
    """The guard at the door, before any other room; and who someone is."""

    p.implements(p.IConfigurer)
    p.implements(p.IMiddleware, inherit=True)
    p.implements(p.ISignal)
    p.implements(INavigation, inherit=True)
    p.implements(IProblemCodes, inherit=True)

    # IConfigurer
    def update_config(self, config: CKANConfig) -> None:
        tk.add_template_directory(config, "templates")
        fixes.install()
        identity.install()
        reset_keys.install()
        sessions.install()
        events.listen()

    # IMiddleware
    def make_middleware(self, app: CKANApp, config: CKANConfig) -> CKANApp:
        front.install(app)
        changes.take_no_get(app)
        messages.install(app)
        registries.fill()
        return app

    # ISignal
    def get_signal_subscriptions(self) -> SignalMapping:
        return subscriptions.get_subscriptions()

    # INavigation
    def menu_entries(self) -> Iterable[Entry]:
        return navigation.entries()

    # IProblemCodes
    def problem_codes(self) -> Mapping[str, str]:
        return codes.sentences(tk._)
