"""Webhooks: registered, tried, followed up and removed by their owners."""

from __future__ import annotations

import logging
from typing import Any, Final

import redis
import sqlalchemy as sa
from limits import parse

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.types import Context, DataDict

from ckanext.gpo.common import limits
from ckanext.gpo.common.context import account_id
from ckanext.gpo.common.links import LinkError, Target
from ckanext.gpo.common.locks import lock_until_commit
from ckanext.gpo.common.news import Subject, find_profile
from ckanext.gpo.dataapi import config, webhooks
from ckanext.gpo.dataapi.logic import webhook_dictize as dictize
from ckanext.gpo.dataapi.logic import webhook_schema as schema
from ckanext.gpo.dataapi.logic.schema import nothing
from ckanext.gpo.dataapi.webhooks import Delivery, Message, State, Webhook

log = logging.getLogger(__name__)

BY_HAND: Final = parse("60 per hour")
"""How often an account may have something sent: no webhook is a way to flood a host."""


@tk.validate_action_data(schema.create)
def gpo_dataapi_webhook_create(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Let an address be told of what happens to public data, as Standard Webhooks describes.

    Messages are POSTs of JSON, signed by HMAC-SHA256. Each is sent at least once, under an id
    that stays the same when it is sent again (header ``webhook-id``).

    :param address: an https address of a public host
    :type address: str
    :param kind: ``everything`` (default), ``dataset``, ``domain`` or ``department``
    :param key: name or id of the dataset, domain or department
    :param topics: of ``published``, ``withdrawn``, ``late`` and ``shape`` (default: all)
    :type topics: list of strings

    :returns: the webhook, as ``gpo_dataapi_webhook_show``, and ``secret``, which is told this
        once: what signatures are checked with
    :raises NotFound: there is nothing of this kind that everybody may see
    :raises ValidationError: the address cannot be told, or you have as many as anybody may
    """
    tk.check_access("gpo_dataapi_webhook_create", context, data_dict)
    owner = account_id(context)
    subject = _subject(data_dict["kind"], data_dict["key"])
    _hold_address(data_dict["address"])
    _hold_count(owner)
    secret = webhooks.new_secret()
    row = Webhook(
        owner=owner,
        address=data_dict["address"],
        secret=webhooks.encrypt(secret, config.secret_key()),
        kind=subject.kind,
        key=subject.key,
        topics=data_dict["topics"],
    )
    model.Session.add(row)
    model.Session.commit()
    return {**dictize.webhook(row), "secret": secret}


@tk.side_effect_free
@tk.validate_action_data(nothing)
def gpo_dataapi_webhook_list(
    context: Context, data_dict: DataDict
) -> list[dict[str, Any]]:
    """List your webhooks, the newest first.

    :returns: as ``gpo_dataapi_webhook_show``
    """
    tk.check_access("gpo_dataapi_webhook_list", context, data_dict)
    rows = model.Session.scalars(Webhook.of_owner(account_id(context)))
    return [dictize.webhook(row) for row in rows]


@tk.side_effect_free
@tk.validate_action_data(schema.webhook)
def gpo_dataapi_webhook_show(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Show a webhook of yours.

    :param id: id of the webhook

    :returns: ``{id, address, kind, key, title, topics, on, off, failing, created}``: ``title``
        is that of what it is told of, ``off`` why it is switched off (``owner``, ``failing``,
        ``gone``; empty while it is on), ``failing`` since when nothing has come through
    :raises NotFound: you have no webhook of this id
    """
    tk.check_access("gpo_dataapi_webhook_show", context, data_dict)
    return dictize.webhook(_find(data_dict["id"]))


@tk.validate_action_data(schema.update)
def gpo_dataapi_webhook_update(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Change a webhook of yours; what is left out stays as it is.

    :param id: id of the webhook
    :param address: as of ``gpo_dataapi_webhook_create``
    :param topics: as of ``gpo_dataapi_webhook_create``
    :param on: whether it is told of what happens. What waited is sent when it is switched on
        again; what happened meanwhile is not

    :returns: the webhook, as ``gpo_dataapi_webhook_show``
    :raises NotFound: you have no webhook of this id
    :raises ValidationError: the address cannot be told
    """
    tk.check_access("gpo_dataapi_webhook_update", context, data_dict)
    if "address" in data_dict:
        _hold_address(data_dict["address"])
    row = _find(data_dict["id"])
    row.address = data_dict.get("address", row.address)
    row.topics = data_dict.get("topics", row.topics)
    if data_dict.get("on") is True:
        row.off, row.failing = "", None
    elif data_dict.get("on") is False and not row.off:
        row.off = "owner"
    model.Session.commit()
    return dictize.webhook(row)


@tk.validate_action_data(schema.webhook)
def gpo_dataapi_webhook_delete(context: Context, data_dict: DataDict) -> None:
    """Delete a webhook of yours, with its messages and all that was noted of them.

    :param id: id of the webhook

    :raises NotFound: you have no webhook of this id
    """
    tk.check_access("gpo_dataapi_webhook_delete", context, data_dict)
    webhooks.erase(_find(data_dict["id"]).id)
    model.Session.commit()


@tk.validate_action_data(schema.webhook)
def gpo_dataapi_webhook_test(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Have a message of type ``webhook.test`` sent, which tells nothing.

    :param id: id of the webhook

    :returns: ``{message}``: its id
    :raises NotFound: you have no webhook of this id
    :raises ValidationError: it is switched off, or you have had too much sent by hand
    """
    tk.check_access("gpo_dataapi_webhook_test", context, data_dict)
    row = _find(data_dict["id"])
    _hold_sending(row)
    message = webhooks.test_message(row)
    return _send(message)


@tk.side_effect_free
@tk.validate_action_data(schema.delivery_list)
def gpo_dataapi_webhook_delivery_list(
    context: Context, data_dict: DataDict
) -> dict[str, Any]:
    """List what came of the attempts to deliver messages, the newest first, of thirty days.

    :param id: id of the webhook
    :param limit: how many, at most 100 (default: 20)
    :param offset: how many to leave out (default: 0)

    :returns: ``{count, waiting, results: [{message, type, state, moment, attempt, status,
        failure, milliseconds, answer}]}``: ``waiting`` is how many messages are still to be
        delivered; ``state`` that of the message now (``waiting``, ``delivered``, ``failed``,
        ``dropped``), ``status`` that of the answer or None, ``failure`` why there was none,
        ``answer`` its first 200 characters
    :raises NotFound: you have no webhook of this id
    """
    tk.check_access("gpo_dataapi_webhook_delivery_list", context, data_dict)
    row = _find(data_dict["id"])
    own = Delivery.webhook == row.id
    page = (
        sa.select(Delivery, Message)
        .outerjoin(Message, Message.id == Delivery.message)
        .where(own)
        .order_by(Delivery.id.desc())
        .limit(data_dict["limit"])
        .offset(data_dict["offset"])
    )
    waiting = sa.select(sa.func.count()).where(
        Message.webhook == row.id, Message.state == State.WAITING.value
    )
    return {
        "count": model.Session.scalar(sa.select(sa.func.count()).where(own)),
        "waiting": model.Session.scalar(waiting),
        "results": [dictize.delivery(*each) for each in model.Session.execute(page)],
    }


@tk.validate_action_data(schema.webhook)
def gpo_dataapi_webhook_redeliver(
    context: Context, data_dict: DataDict
) -> dict[str, Any]:
    """Have a message sent again, under the same id and with the same body.

    :param id: id of the message, as of ``gpo_dataapi_webhook_delivery_list``

    :returns: ``{message}``: its id
    :raises NotFound: no webhook of yours has such a message
    :raises ValidationError: the webhook is switched off, you have had too much sent by hand,
        or what the message tells is not public any more
    """
    tk.check_access("gpo_dataapi_webhook_redeliver", context, data_dict)
    message = Message.get(data_dict["id"])
    if message is None:
        raise tk.ObjectNotFound(tk._("Message not found"))
    if message.state == State.DROPPED.value:
        words = tk._("What this message tells is not public any more")
        raise tk.ValidationError({"id": [words]})
    _hold_sending(_find(message.webhook))
    message.state, message.attempts = State.WAITING.value, 0
    message.next_attempt = webhooks.now()
    return _send(message)


def _send(message: Message) -> dict[str, Any]:
    id_ = message.id
    model.Session.commit()
    try:
        webhooks.jobs.enqueue()
    except redis.RedisError as err:
        log.warning("A message waits for the queue to be back: %s", err)
    return {"message": id_}


def _find(id_: str) -> Webhook:
    row = Webhook.get(id_)
    if row is None:
        raise tk.ObjectNotFound(tk._("Webhook not found"))
    return row


def _subject(kind: str, reference: str) -> Subject:
    """What a webhook is told of.

    :raises NotFound: there is nothing of this kind that everybody may see
    """
    if kind == webhooks.EVERYTHING:
        return Subject(kind, "")
    record: Any = (
        model.Package.get(reference)
        if kind == "dataset"
        else model.Group.get(reference)
    )
    key = record and (record.name if kind == "domain" else record.id)
    subject = Subject(kind, key or "")
    if find_profile(subject) is None:
        raise tk.ObjectNotFound(tk._("There is nothing of this kind to follow"))
    return subject


def _hold_address(address: str) -> None:
    """The address can be told, and leads to a public host.

    :raises ValidationError: on `address`
    """
    is_private = config.private_webhooks()
    try:
        target = Target.parse(address, private_allowed=is_private)
        target.resolve(private_allowed=is_private)
    except LinkError as err:
        words = {
            "link-malformed": tk._(
                "An address begins with https:// and names a public host"
            ),
            "link-unresolved": tk._("This host is not known: check its spelling"),
        }.get(err.code, tk._("This address leads to a host that is not public"))
        raise tk.ValidationError({"address": [words], "code": [err.code]}) from err


def _hold_count(owner: str) -> None:
    """Nobody has more webhooks than anybody may.

    :raises ValidationError: it is as many already
    """
    lock_until_commit("webhooks", owner)  # or several at once are let through
    most = config.most_webhooks()
    if Webhook.count(owner) >= most:
        message = tk._("You have {count} webhooks, which is as many as anybody may")
        raise tk.ValidationError(
            {"address": [message.format(count=most)], "code": ["webhooks-many"]}
        )


def _hold_sending(row: Webhook) -> None:
    """Something may be sent by hand.

    :raises ValidationError: not now
    """
    if row.off:
        words, code = tk._("Switch the webhook on first"), "webhook-off"
    elif not limits.count(BY_HAND, "webhook", row.owner):
        words = tk._("You have had much sent by hand: try again in an hour")
        code = "webhook-busy"
    else:
        return
    raise tk.ValidationError({"id": [words], "code": [code]})
