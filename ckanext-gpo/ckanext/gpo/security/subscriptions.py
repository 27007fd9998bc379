"""What accounts listen to."""

from __future__ import annotations

import ckan.plugins.toolkit as tk
from ckan.types import SignalMapping

from .accounts import doors, identity


def get_subscriptions() -> SignalMapping:
    return {
        tk.signals.action_succeeded: [
            {"sender": "user_update", "receiver": identity.renew_after_update}
        ],
        tk.signals.failed_login: [doors.failed_login],
    }
