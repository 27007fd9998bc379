"""Stands in for `tests.plugins.ckantestplugins`, which CKAN's entry points name but its
wheel does not hold: the plugin that counts how often a search calls it.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

import ckan.plugins as p


class MockPackageControllerPlugin(p.SingletonPlugin):
    p.implements(p.IPackageController, inherit=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.calls: Counter[str] = Counter()

    def before_dataset_search(self, search_params: dict[str, Any]) -> dict[str, Any]:
        self.calls["before_dataset_search"] += 1
        return search_params

    def after_dataset_search(
        self, search_results: dict[str, Any], search_params: dict[str, Any]
    ) -> dict[str, Any]:
        self.calls["after_dataset_search"] += 1
        return search_results
