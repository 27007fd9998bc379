"""The entries of the gate, and where its pages belong."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from werkzeug.wrappers import Response

import ckan.plugins.toolkit as tk

from ckanext.gpo.common.web.desk import Panel
from ckanext.gpo.common.web.navigation import Entry, Menu
from ckanext.gpo.common.web.replacements import Replacement

from .pages import desk, withdrawn

SECTIONS = {
    "gpo_history": "data",
    "gpo_quality.report": "data",
    "gpo_quality_door.index": "data",
    "gpo_quality_trial": "data",
}

REPLACED = {
    "activity.package_history": Replacement("gpo_history.index", "id"),
    "activity.resource_history": Replacement("gpo_history.index", "id"),
    "activity.package_changes": Replacement("gpo_history.index", "id"),
}


def entries() -> Iterator[Entry]:
    yield Entry(Menu.FOOTER, tk._("Results of the checks"), "gpo_quality.checks", 20)
    yield Entry(Menu.FOOTER, tk._("Try a file"), "gpo_quality_trial.index", 22)


class Pages:
    """What the layout and the pages of other rooms ask of the gate."""

    # INavigation
    def menu_entries(self) -> Iterable[Entry]:
        return entries()

    def page_sections(self) -> Mapping[str, str]:
        return SECTIONS

    # IReplacedPages
    def replaced_pages(self) -> Mapping[str, Replacement]:
        return REPLACED

    # IMissingDataset
    def missing_dataset_page(self, id_: str) -> Response | None:
        return withdrawn.page(id_)

    # IDesk
    def desk_panels(self) -> Iterable[Panel]:
        return desk.panels()
