# ruff: noqa: F401
"""Harvests find what they have harvested by searching, and clear a source in the index."""

from ckanext.dcat.tests.harvester.test_harvester import (
    TestDCATHarvestFunctional,
    TestDCATHarvestFunctionalExtensionPoints,
    clean_queues,
    reset_calls_counter,
)
from ckanext.dcat.tests.harvester.test_json_harvester import (
    TestDCATJSONHarvestFunctional,
)
from ckanext.harvest.tests.test_action import TestActions
from ckanext.harvest.tests.test_blueprint import TestBlueprint

OPTIONS = {"ckan.plugins": "gpo_search harvest test_harvester test_action_harvester"}
