from __future__ import annotations

import ckan.plugins as p


class CataloguePlugin(p.SingletonPlugin):
    pass
