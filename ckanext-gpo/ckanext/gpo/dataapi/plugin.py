from __future__ import annotations

import ckan.plugins as p


class DataApiPlugin(p.SingletonPlugin):
    pass
