"""Mails of notices that did not go out, for those who run the site."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.types import Context, DataDict

from ckanext.gpo.common.context import actor
from ckanext.gpo.common.logic import schema
from ckanext.gpo.common.notices import config
from ckanext.gpo.common.notices.model import Notice, mails, now
from ckanext.gpo.common.notices.workflow import NOTICE, State


@tk.side_effect_free
@tk.validate_action_data(schema.page)
def gpo_common_mail_list(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """List mails that wait or have failed, the newest first. Sysadmins only.

    :param limit: how many, at most 100 (default: 20)
    :param offset: how many to leave out before them (default: 0)

    :returns: ``{count, failed, server, folder, quiet_until, results: [{id, kind, account,
        state, failure, attempts, next_attempt, created}]}``; ``server`` and ``folder`` say
        where mails go, ``quiet_until`` from what time in China others than urgent ones go
        out again, empty outside of quiet hours
    """
    tk.check_access("gpo_common_mail_list", context, data_dict)
    unsent = mails(State.CREATED, State.SENDING, State.FAILED)
    quiet = config.quiet_hours()
    page = unsent.limit(data_dict["limit"]).offset(data_dict["offset"])
    return {
        "count": _count(unsent),
        "failed": _count(mails(State.FAILED)),
        "server": tk.config["smtp.server"],
        "folder": str(config.mail_folder() or ""),
        "quiet_until": f"{quiet.end:%H:%M}" if quiet.covers(now()) else "",
        "results": _dictized(model.Session.scalars(page).all()),
    }


@tk.validate_action_data(schema.mail_retry)
def gpo_common_mail_retry(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Have a failed mail sent again, even if it may have arrived. Sysadmins only.

    :param id: of the mail

    :returns: the mail, as ``gpo_common_mail_list``
    """
    tk.check_access("gpo_common_mail_retry", context, data_dict)
    failed = mails(State.FAILED).where(Notice.id == data_dict["id"])
    notice = model.Session.scalar(failed.with_for_update())
    if notice is None:
        raise tk.ObjectNotFound(tk._("There is no failed mail of this id"))
    NOTICE.check(notice, notice.state, State.CREATED.value, actor(context).post)
    notice.state = State.CREATED.value
    notice.attempts, notice.failure = 0, ""
    notice.next_attempt = now()
    model.Session.commit()
    return _dictized([notice])[0]


def _count(query: sa.Select[tuple[Notice]]) -> int:
    rows = query.order_by(None).subquery()
    return model.Session.scalar(sa.select(sa.func.count()).select_from(rows)) or 0


def _dictized(notices: Sequence[Notice]) -> list[dict[str, Any]]:
    accounts = {notice.recipient for notice in notices}
    query = sa.select(model.User.id, model.User.name).where(model.User.id.in_(accounts))
    names = dict(model.Session.execute(query).tuples().all())
    return [_dictize(notice, names.get(notice.recipient, "")) for notice in notices]


def _dictize(notice: Notice, account: str) -> dict[str, Any]:
    due = notice.next_attempt
    return {
        "id": notice.id,
        "kind": notice.kind,
        "account": account,
        "state": notice.state,
        "failure": notice.failure,
        "attempts": notice.attempts,
        "next_attempt": due.isoformat() if due else None,
        "created": notice.created.isoformat(),
    }
