"""What is done for accounts in the background."""

from __future__ import annotations

import logging

import sqlalchemy as sa

import ckan.plugins as p
from ckan import model
from ckan.lib import mailer, signals

from .mail import site_language

log = logging.getLogger(__name__)


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
