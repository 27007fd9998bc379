"""A folder in the place of a mail server: each mail is a file that mail programs open."""

from __future__ import annotations

import hashlib
from email.message import EmailMessage
from email.utils import format_datetime, formataddr
from pathlib import Path

from ckanext.gpo.common import clock

from .letters import one_line, plain_name


def put(
    folder: Path,
    recipient: tuple[str, str],
    subject: str,
    body: str,
    headers: dict[str, str],
) -> Path:
    """Write a mail as `.eml`, for the site's own user only: it may hold a link to log in.

    A mail with the Message-ID of one that is there already takes its place.

    :param recipient: name and address
    """
    mail = EmailMessage()
    mail.set_content(body, cte="8bit")
    for name, value in headers.items():
        mail[name] = value
    mail["Subject"] = one_line(subject)
    mail["To"] = formataddr((plain_name(recipient[0]), one_line(recipient[1])))
    mail["Date"] = format_datetime(clock.now())
    content = mail.as_bytes()
    identity = headers.get("Message-ID", "").encode() or content
    name = f"{hashlib.sha256(identity).hexdigest()[:16]}.eml"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    partial = folder / f".{name}"
    partial.touch(mode=0o600)
    partial.write_bytes(content)
    return partial.replace(folder / name)
