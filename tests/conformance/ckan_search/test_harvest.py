# ruff: noqa: F401
from ckanext.dcat.tests.harvester.test_harvester import (
    TestDCATHarvestFunctional,
    TestDCATHarvestFunctionalExtensionPoints,
    TestDCATHarvestFunctionalRaiseExcpetion,
    TestDCATHarvestFunctionalSetNull,
)
from ckanext.dcat.tests.harvester.test_json_harvester import *  # noqa: F403
from ckanext.harvest.tests.harvesters.test_base import *  # noqa: F403
from ckanext.harvest.tests.harvesters.test_ckanharvester import TestCkanHarvester
from ckanext.harvest.tests.test_blueprint import *  # noqa: F403
