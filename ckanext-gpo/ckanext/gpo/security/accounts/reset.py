"""Requests to reset a password: one answer and one cost, whether the account exists or not.

The mails are sent by a job, so neither how long it takes nor a mail server that fails
says anything to whoever asks.
"""

from __future__ import annotations

import logging

import redis
import sqlalchemy as sa

import ckan.plugins as p
import ckan.plugins.toolkit as tk
from ckan import model
from ckan.lib import mailer, signals

from .mail import site_language

log = logging.getLogger(__name__)

LONGEST = 254
"""Characters of an e-mail address at most, or of what is taken for one."""


def request_links(text: str) -> bool:
    """Have links sent to the accounts of a name or an e-mail address.

    :returns: false if nothing can be sent for the moment
    """
    try:
        tk.enqueue_job(send_links, [text[:LONGEST]], title="Send password reset links")
    except redis.RedisError as error:
        log.warning("No password can be reset, Redis does not answer: %s", error)
        return False
    return True


def send_links(text: str) -> None:
    """Send a link to each account of that name or e-mail address."""
    for user in _accounts(text):
        with site_language():
            try:
                _send(user)
            except mailer.MailerException as error:
                log.warning("A reset link could not be sent: %s", error)
                continue
        signals.request_password_reset.send(user.name, user=user)


def _accounts(text: str) -> list[model.User]:
    column = sa.func.lower(model.User.email) if "@" in text else model.User.name
    key = text.strip().lower() if "@" in text else text.strip()
    query = model.Session.query(model.User).filter(
        column == key, model.User.state != model.State.DELETED
    )
    return query.all()


def _send(user: model.User) -> None:
    any_sent = False
    for plugin in p.PluginImplementations(p.INotifier):
        any_sent = plugin.notify_about_topic(
            any_sent, "request_password_reset", {"user": user}
        )
    if not any_sent:
        mailer.send_reset_link(user)
