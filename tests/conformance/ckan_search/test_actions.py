# ruff: noqa: F401
from ckan.tests.lib.dictization.test_model_dictize import TestPackageSchema
from ckan.tests.logic.action.test_create import TestMemberCreate2
from ckan.tests.logic.action.test_delete import (
    TestDatasetPurge,
    TestGroupPurge,
    TestMemberDelete,
    TestOrganizationPurge,
)
from ckan.tests.logic.action.test_get import (
    TestCollaboratorsSearch,
    TestCurrentPackageList,
    TestFormatAutocomplete,
    TestGroupShow,
    TestPackageAutocomplete,
    TestPackageAutocompleteWithDatasetForm,
    TestPackageList,
    TestPackageSearch,
    TestResourceSearch,
)
from ckan.tests.logic.action.test_init import TestSearchPluginInterface
from ckan.tests.logic.action.test_update import TestBulkOperations
