# ruff: noqa: F401
from ckan.tests.controllers.test_api import (
    test_package_search_connection_errors,
    test_readonly_is_get_able_with_normal_url_params,
)
from ckan.tests.controllers.test_feed import *  # noqa: F403
from ckan.tests.controllers.test_group import (
    TestGroupInnerSearch,
    TestGroupRead,
    TestGroupSearch,
)
from ckan.tests.controllers.test_organization import (
    TestOrganizationBulkProcess,
    TestOrganizationInnerSearch,
    TestOrganizationRead,
    TestOrganizationSearch,
)
from ckan.tests.controllers.test_package import (
    TestSearch,
    sysadmin,
    user,
)
from ckan.tests.controllers.test_pagination import *  # noqa: F403
