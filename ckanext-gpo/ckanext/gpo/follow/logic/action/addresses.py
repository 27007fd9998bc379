"""What an e-mail address follows without an account: asked for, confirmed, ended."""

from __future__ import annotations

from typing import Any, NoReturn

from limits import parse
from sqlalchemy.dialects.postgresql import insert

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.model.types import make_uuid
from ckan.types import Context, DataDict

from ckanext.gpo.common import limits, notices
from ckanext.gpo.common.news import Subject
from ckanext.gpo.common.notices import Pace, Recipient
from ckanext.gpo.common.notices.delivery import may_deliver
from ckanext.gpo.follow import addresses, config, letters
from ckanext.gpo.follow.logic import dictize, schema
from ckanext.gpo.follow.model import (
    UNCONFIRMED,
    Address,
    Follow,
    erase_idle_addresses,
    now,
)
from ckanext.gpo.follow.pace import SITE
from ckanext.gpo.follow.tokens import Purpose, read

from .follows import check_count

_QUESTIONS = parse("20 per day")
"""How often one address may be asked to confirm, whoever asks for it."""


@tk.validate_action_data(schema.address_create)
def gpo_follow_address_create(context: Context, data_dict: DataDict) -> None:
    """Ask the owner of an e-mail address to confirm that it wants to follow something.

    The answer is the same whether the address follows it already.

    :param kind: as of ``gpo_follow_show``
    :param key: as of ``gpo_follow_show``
    :param address: where mails go
    :param language: of the mails
    :param pace: ``at-once`` (default), ``daily`` or ``weekly``

    :raises NotFound: there is nothing of this kind that everybody may see
    :raises ValidationError: mail cannot go there, or was asked for too often
    """
    tk.check_access("gpo_follow_address_create", context, data_dict)
    subject = Subject(data_dict["kind"], data_dict["key"])
    dictize.require_profile(subject)
    plain = addresses.normalise(data_dict["address"])
    if plain is None:
        _refuse(tk._("Mail cannot go to this address. Please check it."))
    if not may_deliver():
        _refuse(tk._("This site sends no mails. Please use the feed."))
    key = config.secret_key()
    fingerprint = addresses.fingerprint(plain, key)
    if not limits.count(_QUESTIONS, "follow", fingerprint):
        _refuse(tk._("This address was asked to confirm too often today."))
    recipient = _ensure_address(fingerprint, plain, data_dict["language"])
    if Follow.find(recipient, subject) is None:
        check_count(recipient)
    values = {"has_account": False, "pace": data_dict["pace"]}
    row = Follow.ensure(recipient, subject, **values)
    if row.confirmed is None:
        row.pace, row.created = data_dict["pace"], now()
        _ask(row, data_dict["language"])
    model.Session.commit()


@tk.validate_action_data(schema.token)
def gpo_follow_address_confirm(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Confirm what an address was asked for. Doing it again changes nothing.

    :param token: of the link in the mail

    :returns: the follow, as ``gpo_follow_list``, with ``manage``, the token of the page of
        all that the address follows
    :raises NotFound: nobody has signed the token, or it is older than two days
    """
    tk.check_access("gpo_follow_address_confirm", context, data_dict)
    row = find_question(data_dict["token"])
    if row.confirmed is None:
        row.confirmed = now()
    model.Session.commit()
    manage = letters.signed(Purpose.MANAGE, row.recipient)
    return {**dictize.follow(row), "manage": manage}


@tk.side_effect_free
@tk.validate_action_data(schema.address_list)
def gpo_follow_address_list(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """List what an address follows, the newest first.

    :param token: of the link in a mail
    :param limit: how many, at most 100 (default: 20)
    :param offset: how many to leave out (default: 0)

    :returns: as ``gpo_follow_list``
    :raises NotFound: nobody has signed the token, or the address follows nothing any more
    """
    tk.check_access("gpo_follow_address_list", context, data_dict)
    return dictize.follows(_owner(data_dict), data_dict)


@tk.validate_action_data(schema.address_update)
def gpo_follow_address_update(context: Context, data_dict: DataDict) -> None:
    """Say how soon an address is told of something, or that it follows it no longer.

    :param token: of the link in a mail
    :param id: of the follow
    :param pace: ``at-once``, ``daily``, ``weekly`` or ``none``

    :raises NotFound: nobody has signed the token, or there is no such follow
    """
    tk.check_access("gpo_follow_address_update", context, data_dict)
    owner = _owner(data_dict)
    row = model.Session.get(Follow, data_dict["id"])
    if row is None or row.recipient != owner:
        raise tk.ObjectNotFound(tk._("You do not follow this"))
    if data_dict["pace"] == "none":
        model.Session.delete(row)
        model.Session.flush()
        if not Follow.count(owner):
            notices.forget(owner)
        erase_idle_addresses()
    else:
        row.pace = data_dict["pace"]
    model.Session.commit()


@tk.validate_action_data(schema.token)
def gpo_follow_stop(context: Context, data_dict: DataDict) -> dict[str, bool]:
    """End all mails of follows. Doing it again changes nothing.

    An address is erased with all that it follows; an account goes on being told on its
    page of notices.

    :param token: of the link in a mail

    :returns: ``{has_account}``
    :raises NotFound: nobody has signed the token
    """
    tk.check_access("gpo_follow_stop", context, data_dict)
    recipient = find_recipient(data_dict["token"])
    account = model.User.get(recipient)
    rows = model.Session.query(Follow).filter_by(recipient=recipient)
    if account is None:
        rows.delete()
        notices.forget(recipient)
        erase_idle_addresses()
    else:
        rows.update({"pace": SITE})
    model.Session.commit()
    return {"has_account": account is not None}


def find_question(token: str) -> Follow:
    """What a link to confirm is about.

    :raises NotFound: nobody has signed the token, or it is older than two days
    """
    id_ = read(Purpose.CONFIRM, token, config.secret_key())
    row = model.Session.get(Follow, id_) if id_ else None
    if row is None or (row.confirmed is None and row.created < now() - UNCONFIRMED):
        raise tk.ObjectNotFound(
            tk._("This link is not valid, or is more than two days old.")
        )
    return row


def find_recipient(token: str) -> str:
    """Whom a link to stop is for.

    :raises NotFound: nobody has signed the token
    """
    id_ = read(Purpose.STOP, token, config.secret_key())
    if id_ is None:
        raise tk.ObjectNotFound(tk._("This link is not valid."))
    return id_


def _owner(data_dict: DataDict) -> str:
    id_ = read(Purpose.MANAGE, data_dict["token"], config.secret_key())
    if id_ is None or model.Session.get(Address, id_) is None:
        raise tk.ObjectNotFound(
            tk._("This link is not valid, or nothing is followed with it any more.")
        )
    return id_


def _ensure_address(fingerprint: str, plain: str, language: str) -> str:
    """The id of the row of an address, in the session's transaction."""
    secret = addresses.encrypt(plain, config.secret_key())
    values = {"fingerprint": fingerprint, "secret": secret, "language": language}
    return model.Session.scalars(
        insert(Address)
        .values(id=make_uuid(), created=now(), **values)
        .on_conflict_do_update(
            index_elements=[Address.fingerprint], set_={"fingerprint": fingerprint}
        )
        .returning(Address.id)
    ).one()


def _ask(row: Follow, language: str) -> None:
    recipient = Recipient(row.recipient, language, Pace.AT_ONCE, has_page=False)
    notices.notify_all(
        letters.QUESTION,
        [recipient],
        subject=row.id,
        reference=f"{letters.QUESTION.name}/{row.id}/{row.created.timestamp()}",
        facts={"follow": row.id, "subject": [row.kind, row.key]},
    )


def _refuse(message: str) -> NoReturn:
    raise tk.ValidationError({"address": [message]})
