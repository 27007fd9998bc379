"""Mails of one or several notices: their subject and their text. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from email.errors import MessageError
from email.headerregistry import Address

from ckanext.gpo.common.types import Translate

_NOT_ON_A_LINE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_ASCII_ADDRESS = re.compile(r"[!-?A-~]+@[!-?A-~]+")


@dataclass(frozen=True)
class Paragraph:
    """One notice of a mail, with the full address of its page."""

    label: str
    title: str
    lines: Sequence[str]
    link_text: str
    address: str


@dataclass(frozen=True)
class Letter:
    subject: str
    body: str


def compose(
    paragraphs: Sequence[Paragraph], site_title: str, settings: str, _: Translate
) -> Letter:
    """The mail that tells these notices.

    :param settings: full address of the page on which the reader chooses what is mailed
    """
    labels = {paragraph.label for paragraph in paragraphs}
    topic = (
        labels.pop()
        if len(labels) == 1
        else _("{count} new notices").format(count=len(paragraphs))
    )
    footer = [
        "--",
        site_title,
        _("Settings for mails: {address}").format(address=settings),
        _("This mail was sent by the platform. Nobody reads replies to it."),
    ]
    parts = [*map(_text, paragraphs), "\n".join(footer)]
    subject = _("[{site}] {topic}").format(site=site_title, topic=topic)
    return Letter(one_line(subject), "\n\n".join(parts) + "\n")


def one_line(text: str) -> str:
    """A text as a header may hold it: control characters and line ends become spaces."""
    return _NOT_ON_A_LINE.sub(" ", text).strip()


def plain_name(text: str) -> str:
    """A person's name as it may stand before an address: letters, digits and spaces.

    Marks that mean something in a header would come out of its encoding again.
    """
    return " ".join("".join(c if c.isalnum() else " " for c in text).split())


def is_address(text: str) -> bool:
    """Whether a mail can go to this: one plain address, and nothing beside it."""
    if not _ASCII_ADDRESS.fullmatch(text):
        return False
    try:
        address = Address(addr_spec=text)
    except (MessageError, ValueError, IndexError):
        return False
    return address.addr_spec == text and bool(address.domain)


def _text(paragraph: Paragraph) -> str:
    link = f"{paragraph.link_text}\n{paragraph.address}"
    return "\n".join([paragraph.title, "", *paragraph.lines, "", link])
