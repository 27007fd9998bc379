"""What a room has to say: kinds of notices and their words. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ckanext.gpo.common.types import Translate

Facts = Mapping[str, Any]
"""What a notice tells, as JSON; no personal data."""


@dataclass(frozen=True)
class Link:
    """A page of the site."""

    endpoint: str
    arguments: Mapping[str, Any] = field(default_factory=dict[str, Any])


@dataclass(frozen=True)
class Message:
    """A notice in words.

    :param lines: sentences, each on a line of its own
    :param link: the page on which the reader goes on, and what it is called
    """

    title: str
    lines: Sequence[str]
    link: Link
    link_text: str


Writer = Callable[[Facts, bool, Translate], Message]
"""Facts, whether they are read in English, and the translator of that language → words."""


def always(facts: Facts) -> bool:
    """What was told stays worth telling."""
    del facts
    return True


def no_stop(recipient: str) -> str:
    """Notices of the kind go on."""
    del recipient
    return ""


@dataclass(frozen=True)
class Kind:
    """One kind of notice.

    :param name: `<room>.<what>`, never changed once notices of it are there
    :param label: what all notices of the kind are about. It is the subject of mails, so
        it is not told any facts: subjects are read by who only handles mail
    :param urgent: told at once, in quiet hours too, and never put into a digest
    :param is_current: asked when a mail is about to be sent: what is not, is not mailed
    :param stop: id of a recipient → full address that ends notices of this kind by one
        click (RFC 8058); empty where they do not end
    """

    name: str
    label: Callable[[Translate], str]
    write: Writer
    urgent: bool = False
    is_current: Callable[[Facts], bool] = always
    stop: Callable[[str], str] = no_stop
