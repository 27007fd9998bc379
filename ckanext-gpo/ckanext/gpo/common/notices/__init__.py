"""Notices to people, for all rooms: an outbox over CKAN's notifier.

In: a room declares its kinds (`INotices`, in words of both languages) and calls `notify` in
the transaction of what it tells of. The notices are committed with it or not at all, and
what was told under a reference once is not told again.

They go to accounts, and by mail to correspondents: people without an account whom a
room knows (`ICorrespondents`).

Out: each account finds them on its page of notices. A job, which `jobs.sweep` queues every
minute while anything is due, sends them by mail: in the language the reader has chosen,
at once, once a day or once a week, never in quiet hours unless urgent, several in one
mail. What the mail server does not take is tried again for three days, each pause longer
than the last; what failed for good stands on the sysadmins' page of mails.

A mail goes out once. Where nobody can tell whether the server has it, because it fell
silent after the last byte or because the job was killed, it is not sent again by itself.
"""

from __future__ import annotations

from .interface import Correspondent, ICorrespondents, INotices
from .kinds import Facts, Kind, Link, Message
from .outbox import (
    Recipient,
    account_recipients,
    department_staff,
    forget,
    notify,
    notify_all,
)
from .schedule import Pace

__all__ = [
    "Correspondent",
    "Facts",
    "ICorrespondents",
    "INotices",
    "Kind",
    "Link",
    "Message",
    "Pace",
    "Recipient",
    "account_recipients",
    "department_staff",
    "forget",
    "notify",
    "notify_all",
]
