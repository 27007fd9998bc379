# ruff: noqa: F401
"""Harvests find what they have harvested by searching, and clear a source in the index."""

from ckanext.dcat.tests.harvester.test_harvester import (
    TestDCATHarvestFunctional,
    clean_queues,
)
from ckanext.dcat.tests.harvester.test_json_harvester import (
    TestDCATJSONHarvestFunctional,
)
from ckanext.harvest.tests import test_action
from ckanext.harvest.tests.test_blueprint import TestBlueprint

OPTIONS = {"ckan.plugins": "gpo_search harvest test_harvester test_action_harvester"}


class TestSourceClear:
    """The one of its actions that asks the index itself."""

    pytestmark = test_action.TestActions.pytestmark
    test_harvest_source_clear = test_action.TestActions.test_harvest_source_clear
