"""An account's own notices, and how it wants them."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.types import Context, DataDict

from ckanext.gpo.common.context import account_id
from ckanext.gpo.common.logic import schema
from ckanext.gpo.common.notices.model import (
    Notice,
    Preference,
    count_unread,
    inbox,
    now,
)
from ckanext.gpo.common.notices.wording import paragraph


@tk.side_effect_free
@tk.validate_action_data(schema.page)
def gpo_common_notice_list(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """List your own notices, the newest first, in the language of the request.

    :param limit: how many, at most 100 (default: 20)
    :param offset: how many to leave out before them (default: 0)

    :returns: ``{count, unread, results: [{id, kind, subject, label, title, lines,
        link_text, address, created, read}]}``; ``subject`` is the id of what the notice
        is about, ``address`` the page on which to go on, ``read`` when it was marked as
        read
    """
    tk.check_access("gpo_common_notice_list", context, data_dict)
    account = account_id(context)
    page = inbox(account).limit(data_dict["limit"]).offset(data_dict["offset"])
    count = sa.select(sa.func.count()).select_from(inbox(account).subquery())
    return {
        "count": model.Session.scalar(count),
        "unread": count_unread(account),
        "results": [_dictize(notice) for notice in model.Session.scalars(page)],
    }


@tk.validate_action_data(schema.notice_read)
def gpo_common_notice_read(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Mark one of your own notices as read, or all of them.

    :param id: of the notice (default: all)

    :returns: ``{unread}``, how many are left
    """
    tk.check_access("gpo_common_notice_read", context, data_dict)
    account = account_id(context)
    own = inbox(account).order_by(None)
    if id_ := data_dict.get("id"):
        own = own.where(Notice.id == id_)
        if model.Session.scalar(own) is None:
            raise tk.ObjectNotFound(tk._("You have no such notice"))
    ids = own.where(Notice.read_at.is_(None)).with_only_columns(Notice.id)
    model.Session.execute(
        sa.update(Notice).where(Notice.id.in_(ids)).values(read_at=now())
    )
    model.Session.commit()
    return {"unread": count_unread(account)}


@tk.side_effect_free
def gpo_common_notice_preference_show(
    context: Context, data_dict: DataDict
) -> dict[str, str]:
    """Tell how you get notices by mail.

    :returns: ``{language, pace}``; ``pace`` is ``at-once`` or ``daily``
    """
    tk.check_access("gpo_common_notice_preference_show", context, data_dict)
    preference = Preference.get(account_id(context))
    return {"language": preference.language, "pace": preference.pace}


@tk.validate_action_data(schema.notice_preference_update)
def gpo_common_notice_preference_update(
    context: Context, data_dict: DataDict
) -> dict[str, str]:
    """Say how you want notices by mail. Urgent ones come at once in any case.

    :param language: ``zh_Hans_CN`` or ``en``
    :param pace: ``at-once``, or ``daily`` for all of a day in one mail

    :returns: ``{language, pace}``
    """
    tk.check_access("gpo_common_notice_preference_update", context, data_dict)
    choice = {"language": data_dict["language"], "pace": data_dict["pace"]}
    model.Session.merge(Preference(account=account_id(context), **choice))
    model.Session.commit()
    return choice


def _dictize(notice: Notice) -> dict[str, Any]:
    words = paragraph(notice)
    return {
        "id": notice.id,
        "kind": notice.kind,
        "subject": notice.subject,
        # a kind whose plugin is gone is known by its name only
        "label": words.label if words else notice.kind,
        "title": words.title if words else notice.kind,
        "lines": [*words.lines] if words else [],
        "link_text": words.link_text if words else "",
        "address": words.address if words else "",
        "created": notice.created.isoformat(),
        "read": notice.read_at.isoformat() if notice.read_at else None,
    }
