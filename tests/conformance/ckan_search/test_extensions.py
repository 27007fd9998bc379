# ruff: noqa: F401
"""The extensions that CKAN ships and that search."""

from ckanext.chained_functions.tests.test_plugin import TestChainedFunctionsPlugin
from ckanext.example_idatasetform.tests.test_example_idatasetform import (
    TestCustomSearch,
    TestIDatasetFormPlugin,
    TestIDatasetFormPluginVersion4,
    TestUrlsForCustomDatasetType,
    TestVersion5,
)
from ckanext.example_igroupform.tests.test_controllers import (
    TestGroupController,
    TestOrganizationController,
    user,
)
from ckanext.example_ipermissionlabels.tests.test_example_ipermissionlabels import (
    TestExampleIPermissionLabels,
)
from ckanext.multilingual.plugin import MultilingualDataset
from ckanext.multilingual.tests.test_multilingual_plugin import *  # noqa: F403

from .conftest import options

# Read when the module is imported, from the configuration of all our tests.
MultilingualDataset.LANGS = options()["ckan.locale_order"].split()
