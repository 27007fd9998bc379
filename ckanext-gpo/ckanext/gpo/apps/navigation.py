"""The entries of the registry, and where its pages belong."""

from __future__ import annotations

from collections.abc import Iterator

import ckan.plugins.toolkit as tk

from ckanext.gpo.common.web.calls import Example
from ckanext.gpo.common.web.navigation import Entry


def entries() -> Iterator[Entry]:
    return iter(())


def api_examples() -> Iterator[Example]:
    yield Example(tk._("What has been built with the data"), "gpo_apps_app_list")
