"""A mail goes out by CKAN's notifier: plugins with a way of their own first, then SMTP."""

from __future__ import annotations

import logging
import smtplib
from enum import Enum, auto

import ckan.plugins.toolkit as tk
from ckan.lib import mailer

from ckanext.gpo.common.errors import UnconfirmedMail

from . import config
from .letters import Letter

log = logging.getLogger(__name__)


class Outcome(Enum):
    """What is known of a mail that was handed over."""

    ACCEPTED = auto()
    REFUSED = auto()
    """This mail to this address, for good."""
    DELAYED = auto()
    """Not taken for now, for a reason of this mail or address."""
    AWAY = auto()
    """The server takes no mail at all for now."""
    UNCONFIRMED = auto()
    """The server had it and did not say whether it took it."""


def may_deliver() -> bool:
    """Whether mails have anywhere to go; CKAN drops them without a word if not."""
    return bool(tk.config["smtp.server"] or config.mail_folder())


def deliver(
    name: str, address: str, letter: Letter, headers: dict[str, str]
) -> Outcome:
    """Hand a mail to CKAN's notifier.

    An OSError of a plugin with a way of its own counts as a server that is away; what else
    it raises is raised, since nobody knows what it has done.

    :param headers: `Message-ID` among them: the same for the same mail, should it be sent
        again, so that mailboxes that compare them show it once
    """
    headers = {**headers, "Auto-Submitted": "auto-generated"}
    try:
        mailer.mail_recipient(
            name, address, letter.subject, letter.body, headers=headers
        )
    except (mailer.MailerException, OSError) as error:
        # CKAN wraps what the client says and lets some of it through as it is.
        reason = (
            error.__context__ if isinstance(error, mailer.MailerException) else error
        )
        outcome = _outcome(reason)
        log.warning(
            "Mail %s: %s (%s)",
            headers["Message-ID"],
            outcome.name,
            type(reason).__name__,
        )
        return outcome
    return Outcome.ACCEPTED


def _outcome(reason: BaseException | None) -> Outcome:
    match reason:
        case UnconfirmedMail():
            return Outcome.UNCONFIRMED
        case smtplib.SMTPRecipientsRefused():
            codes = [code for code, _ in reason.recipients.values()]
        case smtplib.SMTPDataError():
            codes = [reason.smtp_code]
        case _:
            return Outcome.AWAY
    return Outcome.REFUSED if min(codes) >= 500 else Outcome.DELAYED
