"""The entries of the gate, and where its pages belong."""

from __future__ import annotations

from collections.abc import Iterator

import ckan.plugins.toolkit as tk

from ckanext.gpo.common.web.navigation import Entry, Menu

SECTIONS = {"gpo_history": "data", "gpo_quality.report": "data"}


def entries() -> Iterator[Entry]:
    yield Entry(Menu.FOOTER, tk._("Results of the checks"), "gpo_quality.checks", 20)
