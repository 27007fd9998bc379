"""Titles of sources: whoever knows the source says how it is called."""

from __future__ import annotations

import pytest

from ckanext.gpo.common.web.sources import source_title

pytestmark = pytest.mark.usefixtures("with_plugins")


def test_a_source_of_the_harvest_has_its_title_in_both_languages():
    chinese, english = (
        source_title("scjg-market", False),
        source_title("scjg-market", True),
    )

    assert "scjg" not in chinese + english
    assert chinese != english


def test_a_source_that_nobody_knows_keeps_its_name():
    assert source_title("gone", False) == "gone"
