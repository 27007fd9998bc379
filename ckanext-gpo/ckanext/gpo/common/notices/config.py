"""The options of notices, typed."""

from __future__ import annotations

from pathlib import Path

import ckan.plugins.toolkit as tk

from .schedule import QuietHours

_QUIET_HOURS = "ckanext.gpo.common.quiet_hours"
_DIGEST_HOUR = "ckanext.gpo.common.digest_hour"
_MAIL_FOLDER = "ckanext.gpo.common.mail_folder"


def quiet_hours() -> QuietHours:
    """When only urgent mails go out."""
    return QuietHours.parse(tk.config[_QUIET_HOURS])


def digest_hour() -> int:
    """The hour in China at which mails of a day go out, for those who want one a day."""
    return tk.config[_DIGEST_HOUR]


def mail_folder() -> Path | None:
    """Where mails are put as files; None if they go to a mail server, or nowhere."""
    folder = tk.config[_MAIL_FOLDER]
    return Path(folder) if folder and not tk.config["smtp.server"] else None


def verify() -> None:
    """Let a site with an option that cannot be read not start.

    :raises ValueError: which option
    """
    try:
        quiet_hours()
    except ValueError as error:
        raise ValueError(f"{_QUIET_HOURS}: {error}") from error
    if not 0 <= digest_hour() <= 23:
        raise ValueError(f"{_DIGEST_HOUR}: not an hour: {digest_hour()}")
