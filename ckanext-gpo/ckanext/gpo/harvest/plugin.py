from __future__ import annotations

import ckan.plugins as p


class HarvestPlugin(p.SingletonPlugin):
    pass
