"""A notice in the words of its kind, in the language of the present request."""

from __future__ import annotations

import ckan.plugins.toolkit as tk

from ckanext.gpo.common.types import Translate

from .delivery import Outcome
from .interface import find_kind
from .letters import Paragraph
from .model import Notice
from .workflow import Failure


def paragraph(notice: Notice) -> Paragraph | None:
    """What a reader is told; None if no plugin that is loaded knows the kind."""
    kind = find_kind(notice.kind)
    if kind is None:
        return None
    message = kind.write(notice.facts, tk.h.lang() == "en", tk._)
    link = message.link
    return Paragraph(
        kind.label(tk._),
        message.title,
        message.lines,
        message.link_text,
        tk.url_for(link.endpoint, **link.arguments, qualified=True),
    )


class Memory:
    """What notices of one reference say, and whether they may: the same for all who get it.

    For some seconds: what is told may change.
    """

    def __init__(self) -> None:
        self._paragraphs: dict[tuple[str, str, str], Paragraph | None] = {}
        self._currents: dict[tuple[str, str], bool] = {}

    def paragraph(self, notice: Notice) -> Paragraph | None:
        """As `paragraph`; the language is that of the notice, as is the request's."""
        key = (notice.kind, notice.reference, notice.language)
        if key not in self._paragraphs:
            self._paragraphs[key] = paragraph(notice)
        return self._paragraphs[key]

    def is_current(self, notice: Notice) -> bool:
        """Whether a notice is worth telling still; one of an unknown kind is."""
        key = (notice.kind, notice.reference)
        if key not in self._currents:
            kind = find_kind(notice.kind)
            self._currents[key] = kind is None or kind.is_current(notice.facts)
        return self._currents[key]


def failures(_: Translate) -> dict[str, str]:
    """Why mails did not go out, by `Notice.failure`."""
    return {
        Failure.REFUSED.value: _("the mail server refused it for this address"),
        Failure.EXHAUSTED.value: _("the mail server took it at no attempt"),
        Failure.UNCONFIRMED.value: _(
            "the mail server had it and did not confirm it; it may have arrived"
        ),
        Failure.INTERRUPTED.value: _(
            "the job that sent it was cut off; it may have arrived"
        ),
        Failure.NO_ADDRESS.value: _("the account is gone or has no usable address"),
        Failure.UNKNOWN_KIND.value: _("the part of the platform that wrote it is off"),
        Outcome.AWAY.name.lower(): _("the mail server took no mails"),
        Outcome.DELAYED.name.lower(): _("the mail server asked to try again later"),
    }
