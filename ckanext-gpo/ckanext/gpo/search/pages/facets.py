"""Which facets stand beside search results, and what they are called."""

from __future__ import annotations

from typing import Any

import ckan.plugins as p
import ckan.plugins.toolkit as tk

from ckanext.gpo.common.facets import FACETS


def can_be_drawn() -> bool:
    """Whether the platform is there; the engine serves a plain CKAN too."""
    return p.plugin_loaded("gpo_common")


def titles() -> dict[str, str]:
    """Domain, department, update cycle, kind of data, …: field → title, in their order."""
    words = {
        "groups": tk._("Domain"),
        "organization": tk._("Department"),
        "update_freq": tk._("Update cycle"),
        "data_kind": tk._("Kind of data"),
        "res_format": tk._("Format"),
        "tags": tk._("Keyword"),
        "year": tk._("Year of update"),
    }
    return {name: words[name] for name in FACETS}


class Facets(p.SingletonPlugin):
    """The same facets on CKAN's own pages of results."""

    p.implements(p.IFacets, inherit=True)

    def dataset_facets(
        self, facets_dict: dict[str, Any], package_type: str
    ) -> dict[str, Any]:
        is_ours = package_type == "dataset" and can_be_drawn()
        return titles() if is_ours else facets_dict

    def organization_facets(
        self, facets_dict: dict[str, Any], organization_type: str, package_type: Any
    ) -> dict[str, Any]:
        narrowed = self.dataset_facets(facets_dict, package_type or "dataset")
        return {
            name: title for name, title in narrowed.items() if name != "organization"
        }
