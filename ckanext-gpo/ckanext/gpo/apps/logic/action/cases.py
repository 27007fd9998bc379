"""What the actions share: the app of a call, and refusals that callers can read."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.types import Context

from ckanext.gpo.apps import lookup
from ckanext.gpo.apps.model import App
from ckanext.gpo.common.actors import Actor
from ckanext.gpo.common.context import actor
from ckanext.gpo.common.workflow import IllegalTransition


def locked_app(reference: str) -> App:
    """The app of a name or id, kept from all others until the transaction ends.

    :raises ObjectNotFound: there is none
    """
    app = App.get_locked(reference)
    if app is None:
        raise tk.ObjectNotFound(tk._("There is no such app"))
    return app


def public_app(reference: str) -> App:
    """The app of a name or id, if readers see it.

    :raises ObjectNotFound: they do not
    """
    app = App.get(reference)
    if app is None or not app.is_public:
        raise tk.ObjectNotFound(tk._("There is no such app"))
    return app


def app_actor(context: Context) -> Actor:
    """Who calls; the post is that in the department which reviews apps."""
    return actor(context, lookup.reviewing_department_id())


@contextmanager
def refusals() -> Iterator[None]:
    """Turn what the workflow refuses into a `ValidationError`; any gives up the changes.

    Two people may decide at once: the second one is told what the first one did.
    """
    try:
        yield
    except tk.ValidationError:
        model.Session.rollback()
        raise
    except IllegalTransition as refusal:
        model.Session.rollback()
        words = {
            "no-transition": tk._(
                "This cannot be done any more: somebody has moved the app on. Look again."
            ),
            "post-not-allowed": tk._("This is for others to do"),
            "reason-missing": tk._("Say why: a reason is needed for this"),
        }
        field = "reason" if refusal.code == "reason-missing" else "state"
        raise tk.ValidationError(
            {field: [words.get(refusal.code, refusal.message)], "code": [refusal.code]}
        ) from refusal
