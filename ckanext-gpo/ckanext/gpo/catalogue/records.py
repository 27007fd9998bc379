"""Records on their way to readers and into the index."""

from __future__ import annotations

from typing import Any

from ckan.types import Context

from . import document, licences, visibility


class Records:
    """What CKAN asks of the catalogue about a dataset (IPackageController)."""

    def after_dataset_show(self, context: Context, pkg_dict: dict[str, Any]) -> None:
        visibility.for_reader(context, pkg_dict)
        licences.for_reader(pkg_dict)

    def after_dataset_search(
        self, search_results: dict[str, Any], search_params: dict[str, Any]
    ) -> dict[str, Any]:
        return licences.for_readers(search_results)

    def before_dataset_index(self, pkg_dict: dict[str, Any]) -> dict[str, Any]:
        document.prepare(pkg_dict)
        return pkg_dict
