from pathlib import Path

import ckan.tests.lib.search.test_search as suite
from ckan.tests.lib.search.test_search import *  # noqa: F403

# The wheel lacks these files.
suite.data_dir = str(Path(__file__).parent / "data")
