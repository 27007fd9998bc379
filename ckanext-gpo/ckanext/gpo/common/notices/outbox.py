"""Notices are put down: in the sender's transaction, once each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
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


@dataclass(frozen=True)
class Recipient:
    """Whom a notice is for.

    :param id: of an account, or of a `Correspondent`
    :param pace: how soon by mail; None for no mail
    :param has_page: whether there is a page of notices where it is shown
    """

    id: str
    language: str
    pace: Pace | None
    has_page: bool = True


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
    recipients = account_recipients(accounts)
    notify_all(kind, recipients, subject=subject, reference=reference, facts=facts)


def notify_all(
    kind: Kind,
    recipients: Iterable[Recipient],
    *,
    subject: str,
    reference: str,
    facts: Facts,
) -> None:
    """As `notify`, to recipients who may have no account."""
    common = {
        "reference": reference,
        "kind": kind.name,
        "subject": subject,
        "facts": dict(facts),
        "urgent": kind.urgent,
        "attempts": 0,
        "failure": "",
        "created": now(),
    }
    sends_mails = may_deliver()
    rows = [
        {"id": make_uuid(), "recipient": recipient.id, **common, **values}
        for recipient in recipients
        for values in _channels(kind, recipient, sends_mails)
    ]
    if rows:
        model.Session.execute(insert(Notice).on_conflict_do_nothing(), rows)


def account_recipients(
    accounts: Iterable[model.User], paces: Mapping[str, Pace | None] | None = None
) -> list[Recipient]:
    """Accounts as recipients, each as it has chosen.

    :param paces: id of an account → how soon it wants this by mail, where that differs
    """
    accounts = list(accounts)
    preferences = Preference.of_accounts([account.id for account in accounts])
    chosen_paces = paces or {}
    return [
        Recipient(
            account.id,
            preferences[account.id].language,
            chosen_paces.get(account.id, Pace(preferences[account.id].pace))
            if account.email
            else None,
        )
        for account in accounts
    ]


def forget(recipient: str) -> None:
    """Remove, in the session's transaction, all notices of somebody who wants no more.

    A mail that is being sent at this moment goes out.
    """
    model.Session.execute(
        sa.delete(Notice).where(
            Notice.recipient == recipient, Notice.state != State.SENDING.value
        )
    )


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


def _channels(
    kind: Kind, recipient: Recipient, sends_mails: bool
) -> Iterable[dict[str, Any]]:
    if recipient.has_page:
        yield {
            "channel": Channel.SITE.value,
            "language": recipient.language,
            "state": State.DISPATCHED.value,
            "sent_at": now(),
            "next_attempt": None,
        }
    if recipient.pace and sends_mails:
        pace = Pace.AT_ONCE if kind.urgent else recipient.pace
        yield {
            "channel": Channel.MAIL.value,
            "language": recipient.language,
            "state": State.CREATED.value,
            "sent_at": None,
            "next_attempt": schedule.first_due(pace, config.digest_hour(), now()),
        }
