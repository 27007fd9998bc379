"""Apps as what can be followed, and the news that their registrations tell."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ckanext.gpo.apps.model import App
from ckanext.gpo.apps.workflow import REGISTRATION, State
from ckanext.gpo.common import labels
from ckanext.gpo.common.ledger import Event
from ckanext.gpo.common.news import (
    News,
    NewsSource,
    Profile,
    Subject,
    SubjectKind,
)
from ckanext.gpo.common.notices import Link

from .kinds import KINDS, PUBLISHED, TAKEN_BACK

_SUBJECT = "app"


def _find(key: str, english: bool) -> Profile | None:
    app = App.get(key)
    if app is None or not app.is_public:
        return None
    content = app.public_content or {}
    title = labels.title(content, english)
    return Profile(title, Link("gpo_apps.read", {"id": app.name}))


def _parents(key: str) -> Iterator[Subject]:
    """Who follows a dataset hears what is built with it."""
    app = App.get(key)
    content: dict[str, Any] = app.public_content or {} if app else {}
    for use in content.get("datasets", ()):
        yield Subject("dataset", use["id"])


def news_from(event: Event) -> Iterator[News]:
    """What an event of a registration tells the public."""
    kinds = {State.PUBLISHED.value: PUBLISHED, State.UNPUBLISHED.value: TAKEN_BACK}
    kind = kinds.get(event.what) if event.kind == REGISTRATION.name else None
    app = App.get(event.subject) if kind else None
    if kind is None or app is None:
        return
    content = app.public_content or app.content
    names = ("title", "title_en", "summary", "summary_en")
    # of what was taken back only its name: the rest may be why
    public_names = names if kind is PUBLISHED else names[:2]
    facts = {"app": app.name, **{name: content.get(name, "") for name in public_names}}
    yield News.from_event(event, kind, Subject(_SUBJECT, app.id), facts)


SOURCE = NewsSource(
    (SubjectKind(_SUBJECT, lambda _: _("App"), _find, _parents),), KINDS, news_from
)
