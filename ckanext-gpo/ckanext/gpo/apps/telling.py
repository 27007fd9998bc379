"""Who is told what, in the transaction of what happened."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from ckan import model

from ckanext.gpo.common import clock, notices
from ckanext.gpo.common.notices import Kind

from . import config, lookup
from . import notice_kinds as kinds
from .model import App, Report
from .workflow import State

_BY_DECISION = {
    State.APPROVED: kinds.PUBLISHED,
    State.RETURNED: kinds.RETURNED,
    State.REJECTED: kinds.REJECTED,
    State.UNPUBLISHED: kinds.UNPUBLISHED,
}


def submitted(app: App) -> None:
    """Tell those who review that something waits for them."""
    _tell(kinds.SUBMITTED, lookup.reviewers(except_id=app.owner), app, _moment(app))


def decided(app: App, decision: State, reason: str) -> None:
    """Tell the builder; of a publication also the departments whose data is used."""
    kind = _BY_DECISION[decision]
    _tell(kind, _builder(app), app, _moment(app), reason=reason)
    if decision is State.APPROVED:
        _tell_departments(app)


def reported(app: App, report: Report) -> None:
    """Tell those who review that a reader has reported an app."""
    accounts = lookup.reviewers(except_id=app.owner)
    _tell(kinds.REPORTED, accounts, app, report.id, topic=report.topic)


def link_dead(app: App, since: datetime) -> None:
    """Tell the builder that the link is dead, and when the app is hidden for it."""
    facts = {
        "since": _day(since),
        "hidden_on": _day(since + timedelta(days=config.hiding_days())),
    }
    _tell(kinds.LINK_DEAD, _builder(app), app, since.isoformat(), **facts)


def link_hidden(app: App, since: datetime) -> None:
    """Tell the builder that the app is hidden."""
    _tell(kinds.LINK_HIDDEN, _builder(app), app, since.isoformat())


def _tell_departments(app: App) -> None:
    """Tell each department once of its datasets that an app uses, not anew each time."""
    ids = [use["id"] for use in (app.public_content or {}).get("datasets", [])]
    departments: dict[str, list[lookup.Dataset]] = defaultdict(list)
    for dataset in lookup.public_datasets(ids).values():
        if dataset.organization_id:
            departments[dataset.organization_id].append(dataset)
    for department, datasets in departments.items():
        names = sorted(dataset.name for dataset in datasets)
        _tell(
            kinds.DATA_USED,
            notices.department_staff(department),
            app,
            "/".join(names),
            datasets=[{"name": d.name, "title": d.title} for d in datasets],
        )


def _tell(
    kind: Kind, accounts: Iterable[model.User], app: App, occasion: str, **facts: Any
) -> None:
    content = app.content or app.public_content or {}
    notices.notify(
        kind,
        accounts,
        subject=app.id,
        reference=f"{kind.name}/{app.id}/{occasion}",
        facts={
            "app": app.name,
            "title": content.get("title", ""),
            "title_en": content.get("title_en", ""),
            **facts,
        },
    )


def _builder(app: App) -> list[model.User]:
    user = lookup.active_account(app.owner)
    return [user] if user else []


def _moment(app: App) -> str:
    """Tells one step of a registration from the next one of the same kind."""
    return app.modified.isoformat()


def _day(moment: datetime) -> str:
    return f"{clock.china_day(moment):%Y-%m-%d}"
