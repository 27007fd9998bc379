"""The interfaces of CKAN that limits and the counting of uses answer to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import ckan.plugins as p
from ckan.common import CKANConfig
from ckan.types import CKANApp

from . import config as options
from . import limits, usage
from .pages import linked_data


class Metering(p.SingletonPlugin):
    """Calls are limited; what is used is counted, and told to the search index."""

    p.implements(p.IApiToken, inherit=True)
    p.implements(p.IConfigurable)
    p.implements(p.IMiddleware, inherit=True)
    p.implements(p.IPackageController, inherit=True)

    # IApiToken
    def preprocess_api_token(self, data: Mapping[str, Any]) -> Mapping[str, Any]:
        usage.note_key(data)
        return data

    # IConfigurable
    def configure(self, config: CKANConfig) -> None:
        options.verify()

    # IMiddleware
    def make_middleware(self, app: CKANApp, config: CKANConfig) -> CKANApp:
        app.before_request(limits.admit)
        app.before_request(linked_data.negotiate)  # which is limited too
        app.before_request(linked_data.find_known)
        app.after_request(linked_data.announce)
        app.after_request(limits.announce)
        app.after_request(usage.count_action)
        return app

    # IPackageController
    def before_dataset_index(self, pkg_dict: dict[str, Any]) -> dict[str, Any]:
        name = pkg_dict["name"]
        pkg_dict[usage.INDEXED_AS] = usage.totals([name])[name].downloads
        return pkg_dict
