# ruff: noqa: F401
from ckanext.dcat.tests.profiles.dcat_ap_2.test_scheming_support import (
    TestSchemingIndexFields,
)
from ckanext.dcat.tests.test_blueprints import (
    TestEndpoints,
    TestStructuredData,
)

OPTIONS = {
    "ckan.plugins": "gpo_search dcat dcat_json_interface",
}
