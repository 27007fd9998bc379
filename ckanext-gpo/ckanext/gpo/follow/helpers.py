"""What pages of other rooms show of follows, by one call each."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

import ckan.plugins.toolkit as tk

from ckanext.gpo.common.news import Subject

from . import queries
from .model import Follow
from .pace import MAIL_PACES, SITE
from .subjects import SEARCH


def gpo_follow_button(kind: str, key: str) -> str:
    """The button that leads to where one follows this; marked where the reader does.

    :param kind: of the subject, as `gpo_follow_show` takes it
    """
    account = getattr(tk.current_user, "id", None)
    follows = bool(account and Follow.find(account, Subject(kind, key)))
    subject = {"kind": kind, "key": key, "follows": follows}
    return tk.render_snippet("gpo_follow/snippets/button.html", subject)


def gpo_follow_search_button() -> str:
    """The button that saves the search of this page; empty where it finds everything."""
    key = queries.normalise(tk.request.args.items(multi=True))
    return gpo_follow_button(SEARCH, key) if key else ""


def gpo_follow_feed(kind: str, key: str) -> Markup:
    """What tells feed readers, in the head of a page, of the feed of this."""
    address = tk.url_for("gpo_follow.feed", kind=kind, key=key)
    return Markup(
        '<link rel="alternate" type="application/atom+xml" title="{}" href="{}">'
    ).format(tk._("News"), address)


def gpo_follow_paces(has_account: bool) -> dict[str, str]:
    """When mails may come, in words, from the soonest."""
    words = [tk._("at once"), tk._("once a day"), tk._("once a week")]
    paces = dict(zip(MAIL_PACES, words, strict=True))
    return {**paces, SITE: tk._("on this site only")} if has_account else paces


def gpo_follow_topic(topic: str) -> tuple[str, str]:
    """`(mood, word)` of what has happened; moods are pass, hold, reject and quiet."""
    topics: dict[str, Any] = {
        "published": ("pass", tk._("Published")),
        "withdrawn": ("reject", tk._("Withdrawn")),
        "late": ("hold", tk._("Late")),
        "shape-coming": ("hold", tk._("Other columns are coming")),
        "shape": ("hold", tk._("Other columns")),
        "changed": ("pass", tk._("Changed")),
        "answered": ("pass", tk._("Answered")),
    }
    return topics.get(topic, ("quiet", topic))
