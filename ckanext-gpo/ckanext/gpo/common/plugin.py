"""Wiring of gpo_common: what rooms share of tables, actions, commands and pages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import ckan.plugins as p
import ckan.plugins.toolkit as tk
from ckan.common import CKANConfig

from . import config as site_config
from . import navigation
from .news import jobs as news_jobs
from .notices import config as notice_config
from .notices import jobs, mail_folder
from .sweeps import ISweep
from .web.navigation import Entry, INavigation


@tk.blanket.actions
@tk.blanket.auth_functions
@tk.blanket.blueprints
@tk.blanket.cli
@tk.blanket.config_declarations
@tk.blanket.helpers
class CommonPlugin(p.SingletonPlugin):
    """The ledger, notices, and what pages of every room use."""

    p.implements(p.IConfigurer)
    p.implements(p.IConfigurable)
    p.implements(p.INotifier, inherit=True)
    p.implements(INavigation, inherit=True)
    p.implements(ISweep, inherit=True)

    # IConfigurer
    def update_config(self, config: CKANConfig) -> None:
        tk.add_template_directory(config, "templates")
        tk.add_public_directory(config, "public")

    # IConfigurable
    def configure(self, config: CKANConfig) -> None:
        site_config.verify()
        notice_config.verify()
        news_jobs.listen()

    # INotifier
    def notify_recipient(
        self,
        already_notified: bool,
        recipient_name: str,
        recipient_email: str,
        subject: str,
        body: str,
        body_html: str | None = None,
        headers: dict[str, Any] | None = None,
        attachments: Any = None,
    ) -> bool:
        folder = notice_config.mail_folder()
        if already_notified or folder is None:
            return already_notified
        recipient = (recipient_name, recipient_email)
        mail_folder.put(folder, recipient, subject, body, headers or {})
        return True

    # INavigation
    def menu_entries(self) -> Iterable[Entry]:
        return navigation.entries()

    def page_sections(self) -> Mapping[str, str]:
        return navigation.SECTIONS

    # ISweep
    def sweep(self) -> None:
        news_jobs.sweep()
        jobs.sweep()
