"""The API of gpo_common."""

from __future__ import annotations

from .ledger import gpo_common_event_list
from .mails import gpo_common_mail_list, gpo_common_mail_retry
from .notices import (
    gpo_common_notice_list,
    gpo_common_notice_preference_show,
    gpo_common_notice_preference_update,
    gpo_common_notice_read,
)

__all__ = [
    "gpo_common_event_list",
    "gpo_common_mail_list",
    "gpo_common_mail_retry",
    "gpo_common_notice_list",
    "gpo_common_notice_preference_show",
    "gpo_common_notice_preference_update",
    "gpo_common_notice_read",
]
