"""Notices are put down: in the sender's transaction, once each."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from ckan import model
from ckan.model.types import make_uuid

from ckanext.gpo.common.actors import Post

from . import config, schedule
from .delivery import may_deliver
from .kinds import Facts, Kind
from .model import Notice, Preference, now
from .schedule import Pace
from .workflow import Channel, State


def notify(
    kind: Kind,
    accounts: Iterable[model.User],
    *,
    subject: str,
    reference: str,
    facts: Facts,
) -> None:
    """Add notices to the session's transaction: they go out if it is committed.

    Each account gets one on its page of notices and, if it has an address and the site
    sends mails, one by mail. What an account was told under this reference before, it is
    not told again.

    :param kind: one that a plugin declares (`INotices`)
    :param subject: id of what the notice is about
    :param reference: names what is told, for good: `version-rejected/<id>`
    :param facts: what `kind.write` needs, as JSON; no personal data
    """
    rows = [
        {
            "id": make_uuid(),
            "reference": reference,
            "kind": kind.name,
            "subject": subject,
            "recipient": account.id,
            "facts": dict(facts),
            "urgent": kind.urgent,
            "attempts": 0,
            "failure": "",
            "created": now(),
            **values,
        }
        for account in accounts
        for values in _channels(kind, account)
    ]
    if rows:
        model.Session.execute(insert(Notice).on_conflict_do_nothing(), rows)


def department_staff(organization_id: str) -> list[model.User]:
    """The active accounts that look after a department's data, see `Post`."""
    staff = (
        sa.select(model.User)
        .join(model.Member, model.Member.table_id == model.User.id)
        .where(
            model.Member.table_name == "user",
            model.Member.group_id == organization_id,
            model.Member.capacity.in_([Post.ADMIN.value, Post.EDITOR.value]),
            model.Member.state == model.State.ACTIVE,
            model.User.state == model.State.ACTIVE,
        )
        .order_by(model.User.name)
    )
    return list(model.Session.scalars(staff))


def _channels(kind: Kind, account: model.User) -> Iterable[dict[str, Any]]:
    preference = Preference.get(account.id)
    language = preference.language
    yield {
        "channel": Channel.SITE.value,
        "language": language,
        "state": State.DISPATCHED.value,
        "sent_at": now(),
        "next_attempt": None,
    }
    if account.email and may_deliver():
        pace = Pace.AT_ONCE if kind.urgent else Pace(preference.pace)
        yield {
            "channel": Channel.MAIL.value,
            "language": language,
            "state": State.CREATED.value,
            "sent_at": None,
            "next_attempt": schedule.first_due(pace, config.digest_hour(), now()),
        }
