"""Wiring of gpo_portal: theme, pages, words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import ckan.plugins as p
import ckan.plugins.toolkit as tk
from ckan.common import CKANConfig
from ckan.lib.plugins import DefaultTranslation

from ckanext.gpo.common.web import page_cache
from ckanext.gpo.common.web.navigation import Entry, INavigation
from ckanext.gpo.common.web.replacements import IReplacedPages, Replacement

from . import caching, navigation
from .pages import replaced


@tk.blanket.blueprints
@tk.blanket.config_declarations
@tk.blanket.helpers
class PortalPlugin(p.SingletonPlugin, DefaultTranslation):
    """What people see. Serves the one catalogue of translations for all plugins."""

    p.implements(p.IConfigurer)
    p.implements(p.IMiddleware, inherit=True)
    p.implements(p.ITranslation)
    p.implements(INavigation, inherit=True)
    p.implements(IReplacedPages, inherit=True)

    # IConfigurer
    def update_config(self, config: CKANConfig) -> None:
        tk.add_template_directory(config, "templates")
        tk.add_public_directory(config, "public")
        tk.add_resource("assets", "gpo_portal")
        page_cache.listen()

    # IMiddleware
    def make_middleware(self, app: Any, config: CKANConfig) -> Any:
        caching.install(app)
        return app

    # ITranslation: DefaultTranslation would look inside this package (style.md, pitfall 4)
    def i18n_directory(self) -> str:
        return str(Path(__file__).parent.parent / "i18n")

    def i18n_locales(self) -> list[str]:
        return ["zh_Hans_CN"]

    def i18n_domain(self) -> str:
        return "ckanext-gpo"

    # INavigation
    def menu_entries(self) -> Iterable[Entry]:
        return navigation.entries()

    def page_sections(self) -> Mapping[str, str]:
        return navigation.SECTIONS

    # IReplacedPages
    def replaced_pages(self) -> Mapping[str, Replacement]:
        return replaced.REPLACED
