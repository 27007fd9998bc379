"""The mail that says that an API token is about to end; a job, due when the token is made."""

from __future__ import annotations

import logging

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.lib import mailer

from . import tokens
from .mail import site_language

log = logging.getLogger(__name__)


def remind(token_id: str) -> None:
    """Tell the owner by CKAN's notifier; nothing if the token has been revoked."""
    token = model.ApiToken.get(token_id)
    user = token.owner if token else None
    if token is None or user is None or not user.is_active or not user.email:
        return
    with site_language():
        subject = tk._("An API token is about to expire")
        body = tk._(
            "Your API token “{name}” for {site} ends on {date}. Programs that use it will "
            "be refused from then on. Make another one in time:\n\n{url}"
        ).format(
            name=token.name,
            site=tk.config["ckan.site_title"],
            date=tk.h.render_datetime(tokens.expiry(token)),
            url=tk.url_for("user.api_tokens", id=user.name, _external=True),
        )
        try:
            mailer.mail_user(user, subject, body)
        except mailer.MailerException as error:
            log.warning("Token %s ends, and no mail says so: %s", token_id, error)
