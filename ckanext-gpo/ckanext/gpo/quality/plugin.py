"""Wiring of gpo_quality, the gate."""

from __future__ import annotations

from collections.abc import Iterable

import ckan.plugins as p
import ckan.plugins.toolkit as tk
from ckan.common import CKANConfig

from ckanext.gpo.common.news import INewsSource, NewsSource
from ckanext.gpo.common.notices import INotices, Kind
from ckanext.gpo.common.sweeps import ISweep
from ckanext.gpo.common.web.datasets import IMissingDataset
from ckanext.gpo.common.web.desk import IDesk
from ckanext.gpo.common.web.navigation import INavigation
from ckanext.gpo.common.web.replacements import IReplacedPages

from . import engine, jobs, navigation, news, trial
from .pages import uploads
from .report import REJECTED


@tk.blanket.actions
@tk.blanket.auth_functions
@tk.blanket.blueprints
@tk.blanket.cli
@tk.blanket.config_declarations
@tk.blanket.helpers
@tk.blanket.validators
class QualityPlugin(navigation.Pages, p.SingletonPlugin):
    """Candidates, checks, verdicts, publication."""

    p.implements(p.IConfigurer)
    p.implements(p.IForkObserver)
    p.implements(INavigation, inherit=True)
    p.implements(IReplacedPages, inherit=True)
    p.implements(IMissingDataset, inherit=True)
    p.implements(IDesk, inherit=True)
    p.implements(ISweep, inherit=True)
    p.implements(INotices, inherit=True)
    p.implements(INewsSource, inherit=True)

    # IConfigurer
    def update_config(self, config: CKANConfig) -> None:
        tk.add_template_directory(config, "templates")
        tk.add_resource("assets", "gpo_quality")
        tk.add_public_directory(config, "public")

    # IForkObserver
    def before_fork(self) -> None:
        engine.warm_up()

    # ISweep
    def sweep(self) -> None:
        jobs.sweep()
        trial.sweep()
        uploads.store().remove_expired()

    # INotices
    def notice_kinds(self) -> Iterable[Kind]:
        return (REJECTED,)

    # INewsSource
    def news_source(self) -> NewsSource:
        return news.SOURCE
