from ckan.tests.lib.search.test_common import *  # noqa: F403
