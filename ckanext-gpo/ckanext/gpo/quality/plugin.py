from __future__ import annotations

import ckan.plugins as p


class QualityPlugin(p.SingletonPlugin):
    pass
