import pytest

import ckan.plugins as p
from ckan.tests.lib.search.test_index import *  # noqa: F403


@pytest.fixture(scope="module", autouse=True)
def loaded_before_the_classes_are_set_up():
    """They take their connections then."""
    p.unload_all()
    p.load("gpo_search")
    yield
    p.unload_all()
