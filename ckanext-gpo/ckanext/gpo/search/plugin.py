from __future__ import annotations

import ckan.plugins as p


class SearchPlugin(p.SingletonPlugin):
    pass
