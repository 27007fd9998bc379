"""The ledger by API."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.types import Context, DataDict

from ckanext.gpo.common import ledger
from ckanext.gpo.common.logic import schema


@tk.side_effect_free
@tk.validate_action_data(schema.event_list)
def gpo_common_event_list(
    context: Context, data_dict: DataDict
) -> list[dict[str, Any]]:
    """List events of the ledger, the oldest first. Sysadmins only.

    :param room: the room that recorded them: ``quality``, ``harvest``, …
    :param kind: what their subject is: ``dataset-version``, ``harvest-run``, …
    :param subject: id of what they happened to
    :param parent: id of what that belongs to, as the dataset of a version
    :param account: name of the account that acted
    :param post: ``system``, ``sysadmin``, ``admin``, ``editor``, ``member``, ``account``
    :param since: not before this moment (ISO 8601, UTC unless it says so)
    :param until: before this moment
    :param after_id: only events recorded after the one of this id (default: 0)
    :param limit: how many, at most 1,000 (default: 100); go on with the last one's id

    :returns: ``[{id, room, kind, subject, parent, what, from_state, account, post,
        reason, facts, created}]``
    """
    tk.check_access("gpo_common_event_list", context, data_dict)
    last_id, limit = data_dict.pop("after_id"), data_dict.pop("limit")
    query = ledger.select(**data_dict).where(ledger.Event.id > last_id).limit(limit)
    return [_dictize(event) for event in model.Session.scalars(query)]


def _dictize(event: ledger.Event) -> dict[str, Any]:
    names = (column.key for column in ledger.Event.__table__.columns)
    return {name: getattr(event, name) for name in names} | {
        "created": event.created.isoformat()
    }
