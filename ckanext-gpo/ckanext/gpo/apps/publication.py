"""What readers see of an app: its public copy, and its record in the catalogue.

Only this module writes records of the type `app` (see `logic/action/guard.py`).
"""

from __future__ import annotations

from typing import Any, Final

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.lib import search
from ckan.types import Context

from .model import App, Use, now

TYPE: Final = "app"

PERMIT: Final = "gpo_apps_record"
"""Key of the context under which this module, and nobody else, writes records."""


def publish(app: App) -> None:
    """Let readers see the working copy, in the caller's transaction; then `commit`."""
    app.public_content = dict(app.content)
    app.published = now()
    app.link_failing, app.link_checked, app.is_hidden = None, None, False
    Use.replace(app.id, app.content.get("datasets", []))


def withdraw(app: App) -> None:
    """Take away what readers see, in the caller's transaction; then `commit`."""
    app.public_content = None
    app.is_hidden = False
    app.link_failing = None
    Use.replace(app.id, [])


def commit(app: App) -> None:
    """Bring the record in line with the app, commit all that the session holds, index it.

    CKAN by itself indexes what it has not committed yet.
    """
    existing = model.Package.get(app.id)
    if existing is None and not app.is_public:
        model.Session.commit()
        return
    site = tk.get_action("get_site_user")(Context(ignore_auth=True), {})
    context = Context(
        ignore_auth=True,
        user=site["name"],
        defer_commit=True,
        return_id_only=True,  # without it CKAN takes a deferred change back
    )
    context[PERMIT] = True  # type: ignore[literal-required]
    action = "package_update" if existing else "package_create"
    tk.get_action(action)(context, _record(app))
    model.Session.commit()
    search.rebuild(app.id)


def _record(app: App) -> dict[str, Any]:
    """The record: the allowed fields of the public copy, a draft while nobody sees it."""
    content = app.public_content or app.content
    return {
        "id": app.id,
        "name": app.name,
        "type": TYPE,
        "state": model.State.ACTIVE if app.is_public else "draft",
        "private": False,
        "title": content["title"],
        "title_en": content.get("title_en", ""),
        "notes": content["summary"],
        "notes_en": content.get("summary_en", ""),
        "app_kind": content["kind"],
        "app_platform": content.get("platform", ""),
    }
