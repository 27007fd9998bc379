"""Which facets stand beside search results, and in what order."""

from __future__ import annotations

from typing import Any

import ckan.plugins as p
import ckan.plugins.toolkit as tk

CODED = {
    "update_freq": "update_freq",
    "data_kind": "data_kind",
    "frequency": "update_freq",
}
"""Facets whose values are codes of codes.yaml, with the name of the list; `frequency` is
that of a harvest source, in capitals."""


class Facets(p.SingletonPlugin):
    """Domain, department, update cycle, kind of data, format."""

    p.implements(p.IFacets, inherit=True)

    def dataset_facets(
        self, facets_dict: dict[str, Any], package_type: str
    ) -> dict[str, Any]:
        if package_type != "dataset":
            return facets_dict
        return {
            "groups": tk._("Domain"),
            "organization": tk._("Department"),
            "update_freq": tk._("Update cycle"),
            "data_kind": tk._("Kind of data"),
            "res_format": tk._("Format"),
            "tags": tk._("Keyword"),
            "year": tk._("Year of update"),
        }

    def organization_facets(
        self, facets_dict: dict[str, Any], organization_type: str, package_type: Any
    ) -> dict[str, Any]:
        wanted = self.dataset_facets(facets_dict, package_type or "dataset")
        return {name: title for name, title in wanted.items() if name != "organization"}
