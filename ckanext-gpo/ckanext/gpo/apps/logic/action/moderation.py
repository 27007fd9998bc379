"""What reviewers do: take a registration up, decide on it, take an app back."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.types import Context, DataDict

from ckanext.gpo.apps import dictize, publication, storage, submission, telling
from ckanext.gpo.apps.logic import schema
from ckanext.gpo.apps.model import App, Report
from ckanext.gpo.apps.workflow import ReportState, State
from ckanext.gpo.common.actors import Actor
from ckanext.gpo.common.context import account_id

from . import cases

_PLATFORM = Actor.system("registry")
"""Who publishes, in the events: what is approved, the machine makes public."""

_WAITING = (State.SUBMITTED.value, State.IN_REVIEW.value)


@tk.side_effect_free
@tk.validate_action_data(schema.page)
def gpo_apps_queue_list(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """List registrations that wait for a review, the longest waiting first.

    :param limit: how many, at most 100 (default: 20)
    :type limit: int
    :param offset: how many to leave out (default: 0)
    :type offset: int

    :returns: ``{count, open_reports, results: [{id, name, title, title_en, kind, state,
        submitted, own, …}]}``; ``own`` is true of your own app, which others review
    """
    tk.check_access("gpo_apps_queue_list", context, data_dict)
    account = account_id(context)
    waiting = App.state.in_(_WAITING)
    page = (
        sa.select(App)
        .where(waiting)
        .order_by(App.submitted, App.id)
        .limit(data_dict["limit"])
        .offset(data_dict["offset"])
    )
    count = sa.select(sa.func.count()).select_from(App).where(waiting)
    reports = (
        sa.select(sa.func.count())
        .select_from(Report)
        .where(Report.state == ReportState.OPEN.value)
    )
    return {
        "count": model.Session.scalar(count),
        "open_reports": model.Session.scalar(reports),
        "results": [
            {**dictize.own(app), "own": app.owner == account}
            for app in model.Session.scalars(page)
        ],
    }


@tk.validate_action_data(schema.reference)
def gpo_apps_registration_review(
    context: Context, data_dict: DataDict
) -> dict[str, Any]:
    """Take a submitted registration up for review. Not one of your own.

    :param id: id or name of the app
    :type id: str

    :returns: as `gpo_apps_registration_show`
    """
    tk.check_access("gpo_apps_registration_review", context, data_dict)
    app = cases.locked_app(data_dict["id"])
    with cases.refusals():
        app.reviewer = account_id(context)
        app.enter(State.IN_REVIEW, cases.app_actor(context))
    model.Session.commit()
    return dictize.registration(app)


@tk.validate_action_data(schema.decision)
def gpo_apps_registration_decide(
    context: Context, data_dict: DataDict
) -> dict[str, Any]:
    """Decide on a registration under review; what is approved is public at once.

    :param id: id or name of the app
    :type id: str
    :param decision: ``approved``, ``returned`` or ``rejected``
    :type decision: str
    :param reason: why, as the builder reads it; needed unless it is approved
    :type reason: str

    :returns: as `gpo_apps_registration_show`
    """
    tk.check_access("gpo_apps_registration_decide", context, data_dict)
    app = cases.locked_app(data_dict["id"])
    decision, reason = State(data_dict["decision"]), data_dict["reason"]
    former = storage.locations(app.id, app.public_content)
    with cases.refusals():
        app.reviewer = account_id(context)
        if decision is State.APPROVED:
            submission.hold_content(app)
        app.enter(decision, cases.app_actor(context), reason)
        if decision is State.APPROVED:
            publication.publish(app)
            app.enter(State.PUBLISHED, _PLATFORM, datasets=_dataset_ids(app))
    telling.decided(app, decision, reason)
    publication.commit(app)
    _remove(former - _in_use(app))
    return dictize.registration(app)


@tk.validate_action_data(schema.with_reason)
def gpo_apps_app_unpublish(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Take a public app back. Its builder, or those who review.

    :param id: id or name of the app
    :type id: str
    :param reason: why; the builder reads it
    :type reason: str

    :returns: as `gpo_apps_registration_show`
    """
    tk.check_access("gpo_apps_app_unpublish", context, data_dict)
    app = cases.locked_app(data_dict["id"])
    if app.public_content is None:
        model.Session.rollback()
        raise tk.ValidationError({"state": [tk._("This app is not public")]})
    former = storage.locations(app.id, app.public_content)
    with cases.refusals():
        app.enter(State.UNPUBLISHED, cases.app_actor(context), data_dict["reason"])
    publication.withdraw(app)
    if app.owner != account_id(context):
        telling.decided(app, State.UNPUBLISHED, data_dict["reason"])
    publication.commit(app)
    _remove(former - _in_use(app))
    return dictize.registration(app)


def _dataset_ids(app: App) -> list[str]:
    return [use["id"] for use in app.content.get("datasets", [])]


def _in_use(app: App) -> set[str]:
    return storage.locations(app.id, app.content) | storage.locations(
        app.id, app.public_content
    )


def _remove(locations: set[str]) -> None:
    for location in locations:
        storage.remove(location)
