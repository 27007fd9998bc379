"""A licence is called by its title in the language of who asks."""

from __future__ import annotations

from typing import Any

import pytest

from ckan.tests import factories

from ckanext.gpo.common.tables import table

from .conftest import CREDIT

TITLES = {"": "知识共享署名许可协议（CC BY）", "/en": "Creative Commons Attribution"}
"""By the beginning of an address."""


@pytest.mark.parametrize("written", TITLES)
def test_title_is_in_the_readers_language(
    catalogue: None, app: Any, written: str
) -> None:
    name = table(CREDIT).dataset_name
    user = factories.SysadminWithToken()
    changed = app.post(
        f"{written}/api/3/action/package_patch",
        json={"id": name, "license_id": "cc-by"},
        headers={"Authorization": user["token"]},
    )
    assert changed.status_code == 200
    for prefix, title in TITLES.items():
        shown = app.get(f"{prefix}/api/3/action/package_show?id={name}")
        found = app.get(f"{prefix}/api/3/action/package_search?fq=name:{name}")
        [hit] = found.json["result"]["results"]
        assert shown.json["result"]["license_title"] == title
        assert hit["license_title"] == title
