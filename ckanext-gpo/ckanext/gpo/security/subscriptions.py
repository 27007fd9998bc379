"""What accounts listen to."""

from __future__ import annotations

from flask_login import user_logged_in

import ckan.plugins.toolkit as tk
from ckan.types import SignalMapping

from . import events
from .accounts import doors, identity


def get_subscriptions() -> SignalMapping:
    return {
        tk.signals.action_succeeded: [
            {"sender": "user_update", "receiver": identity.renew_after_update}
        ],
        tk.signals.failed_login: [doors.failed_login],
        user_logged_in: [events.signed_in],
    }
