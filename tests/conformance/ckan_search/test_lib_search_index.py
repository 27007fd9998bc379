import pytest

import ckan.plugins as p
from ckan.tests.lib.search.test_index import *  # noqa: F403


@pytest.fixture(scope="module", autouse=True)
def loaded_before_the_classes_are_set_up():
    """They take their connections then."""
    p.load("gpo_search")
    yield
    if p.plugin_loaded("gpo_search"):
        p.unload("gpo_search")
