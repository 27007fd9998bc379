from __future__ import annotations

import ckan.plugins as p


class PortalPlugin(p.SingletonPlugin):
    pass
