"""What readers answer to apps: ratings, and reports that something is wrong."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.types import Context, DataDict

from ckanext.gpo.apps import telling
from ckanext.gpo.apps.logic import schema
from ckanext.gpo.apps.model import App, Rating, Report, now
from ckanext.gpo.apps.workflow import ReportState
from ckanext.gpo.common.context import account_id

from . import cases


@tk.validate_action_data(schema.rate)
def gpo_apps_app_rate(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Give an app one to five stars; your earlier rating of it is replaced.

    :param id: id or name of the app
    :type id: str
    :param value: 1 to 5
    :type value: int

    :returns: ``{count, mean}`` of all ratings
    """
    tk.check_access("gpo_apps_app_rate", context, data_dict)
    account = account_id(context)
    app = cases.locked_app(data_dict["id"])
    if not app.is_public:
        model.Session.rollback()
        raise tk.ObjectNotFound(tk._("There is no such app"))
    values = {"value": data_dict["value"], "changed": now()}
    statement = insert(Rating).values(app=app.id, account=account, **values)
    model.Session.execute(
        statement.on_conflict_do_update(index_elements=["app", "account"], set_=values)
    )
    # from the ratings themselves; the app is held, so nobody counts at the same time
    totals = sa.select(sa.func.count(), sa.func.sum(Rating.value)).where(
        Rating.app == app.id
    )
    app.rating_count, app.rating_sum = model.Session.execute(totals).one()
    model.Session.commit()
    return {
        "count": app.rating_count,
        "mean": round(app.rating_sum / app.rating_count, 1),
    }


@tk.validate_action_data(schema.report_create)
def gpo_apps_report_create(context: Context, data_dict: DataDict) -> dict[str, str]:
    """Report that something is wrong with an app. Those who review apps read it.

    :param id: id or name of the app
    :type id: str
    :param topic: ``personal-data``, ``illegal``, ``fraud``, ``false-data``, ``spam``,
        ``dead`` or ``other``
    :type topic: str
    :param words: what is wrong, at most 2,000 characters
    :type words: str

    :returns: ``{id}`` of the report
    """
    tk.check_access("gpo_apps_report_create", context, data_dict)
    app = cases.public_app(data_dict["id"])
    user = model.User.get(context.get("user") or "")
    report = Report(
        app=app.id,
        account=user.id if user else "",
        topic=data_dict["topic"],
        words=data_dict["words"],
    )
    report.begin(cases.app_actor(context))
    telling.reported(app, report)
    model.Session.commit()
    return {"id": report.id}


@tk.side_effect_free
@tk.validate_action_data(schema.report_list)
def gpo_apps_report_list(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """List reports about apps, the longest waiting first. For those who review.

    :param state: ``open`` (default), ``upheld`` or ``dismissed``
    :type state: str
    :param limit: how many, at most 100 (default: 20)
    :type limit: int
    :param offset: how many to leave out (default: 0)
    :type offset: int

    :returns: ``{count, results: [{id, app, app_title, topic, words, has_account, state,
        created, answer}]}``
    """
    tk.check_access("gpo_apps_report_list", context, data_dict)
    fits = Report.state == data_dict["state"]
    page = (
        sa.select(Report, App)
        .join(App, App.id == Report.app)
        .where(fits)
        .order_by(Report.created, Report.id)
        .limit(data_dict["limit"])
        .offset(data_dict["offset"])
    )
    count = sa.select(sa.func.count()).select_from(Report).where(fits)
    return {
        "count": model.Session.scalar(count),
        "results": [
            {
                "id": report.id,
                "app": app.name,
                "app_title": app.content.get("title", ""),
                "topic": report.topic,
                "words": report.words,
                "has_account": bool(report.account),
                "state": report.state,
                "created": report.created.isoformat(),
                "answer": report.answer,
            }
            for report, app in model.Session.execute(page)
        ],
    }


@tk.validate_action_data(schema.report_decide)
def gpo_apps_report_decide(context: Context, data_dict: DataDict) -> dict[str, str]:
    """Decide on a report. What is to be done about the app is done apart from that.

    :param id: id of the report
    :type id: str
    :param decision: ``upheld`` or ``dismissed``
    :type decision: str
    :param reason: why
    :type reason: str

    :returns: ``{id, state}``
    """
    query = sa.select(Report).where(Report.id == data_dict["id"]).with_for_update()
    report = model.Session.scalar(query)
    access = {**data_dict, "app": report.app if report else ""}
    tk.check_access("gpo_apps_report_decide", context, access)
    if report is None:
        raise tk.ObjectNotFound(tk._("There is no such report"))
    with cases.refusals():
        decision = ReportState(data_dict["decision"])
        report.enter(decision, cases.app_actor(context), data_dict["reason"])
    model.Session.commit()
    return {"id": report.id, "state": report.state}
