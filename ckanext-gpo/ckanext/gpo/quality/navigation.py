"""The entries of the gate, and where its pages belong."""

from __future__ import annotations

from collections.abc import Iterator

import ckan.plugins.toolkit as tk

from ckanext.gpo.common.web.navigation import Entry, Menu
from ckanext.gpo.common.web.replacements import Replacement

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
