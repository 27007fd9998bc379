from ckan.tests.cli.test_db import TestDBCleanSearchIndex  # noqa: F401
from ckan.tests.cli.test_search_index import *  # noqa: F403
