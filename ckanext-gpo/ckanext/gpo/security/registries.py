"""CKAN's registries of actions and of auth functions, filled before anybody asks.

CKAN fills them with the first request, in the sight of all threads: whoever comes
meanwhile finds some functions missing ("Authorization function not found", an error 500)
or chained twice.
"""

from __future__ import annotations

import ckan.plugins.toolkit as tk
from ckan import authz


def fill() -> None:
    """Fill both; once all plugins are loaded and before the first request."""
    authz.auth_functions_list()
    tk.get_action("status_show")
