"""The notices that followers get: news of what they follow, and the question to confirm."""

from __future__ import annotations

import ckan.plugins.toolkit as tk

from ckanext.gpo.common.news import News, Subject, find_profile, news_kinds
from ckanext.gpo.common.news.visibility import is_current
from ckanext.gpo.common.notices import Facts, Kind, Link, Message
from ckanext.gpo.common.types import Translate

from . import config
from .tokens import Purpose, sign


def link(purpose: Purpose, id_: str) -> Link:
    """The page that a mail leads to."""
    return Link(f"gpo_follow.{purpose.value}", {"token": signed(purpose, id_)})


def signed(purpose: Purpose, id_: str) -> str:
    return sign(purpose, id_, config.secret_key())


def news_facts(news: News) -> dict[str, object]:
    """The facts of a notice that tells news."""
    return {
        "kind": news.kind.name,
        "subject": list(news.subject),
        "facts": dict(news.facts),
    }


def _is_current(facts: Facts) -> bool:
    kind = news_kinds().get(facts["kind"])
    return kind is not None and is_current(
        kind, Subject(*facts["subject"]), facts["facts"]
    )


def _write_news(facts: Facts, english: bool, _: Translate) -> Message:
    if not _is_current(facts):
        return Message(
            _("No longer public"),
            [_("What this told of is not public any more.")],
            Link("gpo_follow.index"),
            _("What I follow"),
        )
    return news_kinds()[facts["kind"]].write(facts["facts"], english, _)


def _stop_address(recipient: str) -> str:
    stop = link(Purpose.STOP, recipient)
    return tk.url_for(stop.endpoint, **stop.arguments, qualified=True)


def _write_question(facts: Facts, english: bool, _: Translate) -> Message:
    profile = find_profile(Subject(*facts["subject"]), english)
    title = profile.title if profile else _("No longer public")
    return Message(
        _("Please confirm that you want to follow: {title}").format(title=title),
        [
            _("Somebody, probably you, has asked to be told of this at your address."),
            _("The link below opens a page with a button. It is good for two days."),
            _("If it was not you, do nothing: no other mail will come."),
        ],
        link(Purpose.CONFIRM, facts["follow"]),
        _("Confirm"),
    )


NEWS = Kind(
    "follow.news",
    label=lambda _: _("News of what you follow"),
    write=_write_news,
    is_current=_is_current,
    stop=_stop_address,
)

QUESTION = Kind(
    "follow.question",
    label=lambda _: _("Please confirm what you want to follow"),
    write=_write_question,
    urgent=True,
)

KINDS = (NEWS, QUESTION)
