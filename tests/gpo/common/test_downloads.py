"""The address of a file is the one that the API serves it at."""

from __future__ import annotations

import pytest

import ckan.plugins.toolkit as tk

from ckanext.gpo.common.formats import MEDIA_TYPES
from ckanext.gpo.common.web import downloads

NAME = "tax-tax-arrears"

pytestmark = pytest.mark.usefixtures("with_plugins")


@pytest.mark.parametrize("root", [None, "/data/{{LANG}}"])
def test_the_address_is_that_of_the_view(app, root: str | None, ckan_config):
    ckan_config["ckan.root_path"] = root
    with app.flask_app.test_request_context("/en/dataset/"):
        views = {kind: _view(kind) for kind in MEDIA_TYPES}

        assert {kind: downloads.address(NAME, kind) for kind in MEDIA_TYPES} == views


def _view(kind: str) -> str:
    return tk.url_for(
        "gpo_dataapi.download",
        dataset=NAME,
        filename=f"{NAME}.{kind}",
        qualified=True,
        locale="default",
    )
