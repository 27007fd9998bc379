"""What the background worker does for apps: it watches over their links.

A job may run twice, or beside another: what a link answered is written by whoever holds
the app, and from what stands there by then.
"""

from __future__ import annotations

import logging
import time
from datetime import datetime, timedelta

import sqlalchemy as sa

import ckan.plugins.toolkit as tk
from ckan import model

from ckanext.gpo.common import ledger
from ckanext.gpo.common.actors import Actor
from ckanext.gpo.common.job_queue import is_waiting
from ckanext.gpo.common.links import LinkError

from . import config, links, publication, telling
from .links import Change
from .model import ROOM, App, now

log = logging.getLogger(__name__)

TITLE = "Watch links of apps"

BUSY_SECONDS = 120
"""After so long a job asks no other link; what it leaves is due at the next sweep."""

ACTOR = Actor.system("link watch")

_WORDS = {Change.DEAD: "dead", Change.HIDDEN: "hidden", Change.BACK: "alive"}


def watch_links() -> None:
    """Ask the links that are due, those that were asked longest ago first."""
    deadline = time.monotonic() + BUSY_SECONDS
    for app_id in model.Session.scalars(_due()).all():
        if time.monotonic() > deadline:
            break
        _watch(app_id)


def sweep() -> None:
    """Queue a job if any link is due, unless one waits already.

    :raises redis.RedisError: the queue is away
    """
    if model.Session.scalar(_due().limit(1)) and not is_waiting(watch_links):
        tk.enqueue_job(watch_links, title=TITLE)


def _due() -> sa.Select[tuple[str]]:
    """Ids of the apps whose links are due; they are asked as long as they are registered."""
    checked = App.link_checked
    moment = now()
    return (
        sa.select(App.id)
        .where(
            App.public_content.is_not(None),
            App.public_content["link"].astext != "",
            sa.or_(
                checked.is_(None),
                checked < moment - links.CHECKED_EVERY,
                sa.and_(
                    App.link_failing.is_not(None),
                    checked < moment - links.RETRIED_EVERY,
                ),
            ),
        )
        .order_by(checked.nulls_first(), App.id)
    )


def _watch(app_id: str) -> None:
    app = App.get(app_id)
    content = app.public_content or {} if app else {}
    link = content.get("link", "")
    model.Session.commit()  # nothing is held while a link is asked
    if not link:
        return
    answers = _answers(link)
    app = App.get_locked(app_id)
    if app is None or (app.public_content or {}).get("link") != link:
        model.Session.commit()
        return  # another copy was approved meanwhile
    since = app.link_failing or now()
    health, change = links.follow(
        links.Health(app.link_failing, app.is_hidden),
        answers=answers,
        last=app.link_checked,
        now=now(),
        rule=links.Rule(
            timedelta(days=config.warning_days()), timedelta(days=config.hiding_days())
        ),
    )
    app.link_failing, app.is_hidden = health.failing, health.is_hidden
    app.link_checked = now()
    _tell(app, change, since)
    if change in (Change.HIDDEN, Change.BACK):
        publication.commit(app)
    else:
        model.Session.commit()


def _answers(link: str) -> bool:
    try:
        links.probe(link, private_allowed=config.private_links())
    except LinkError as err:
        log.info("%s", err)
        return False
    return True


def _tell(app: App, change: Change, since: datetime) -> None:
    if change is Change.NONE:
        return
    ledger.record(ROOM, "app-link", app.id, _WORDS[change], ACTOR)
    if change is Change.DEAD:
        telling.link_dead(app, since)
    elif change is Change.HIDDEN:
        telling.link_hidden(app, since)
