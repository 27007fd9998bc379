"""What an account follows, and what everybody may read of a subject."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.types import Context, DataDict

from ckanext.gpo.common.context import account_id
from ckanext.gpo.common.locks import lock_until_commit
from ckanext.gpo.common.news import Subject, store
from ckanext.gpo.follow import config
from ckanext.gpo.follow.logic import dictize, schema
from ckanext.gpo.follow.model import Follow, now


@tk.side_effect_free
@tk.validate_action_data(schema.follow_show)
def gpo_follow_show(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Show something that can be followed, with its latest news.

    :param kind: ``dataset``, ``domain``, ``department``, ``item``, ``project``,
        ``enterprise``, ``search``, or what other plugins add
    :param key: id of the record or organization, name of the domain, the code, or the
        search as in the address of the search page
    :param limit: how many news, at most 500 (default: 20)

    :returns: ``{kind, key, label, title, address, feed, pace, news: [{id, topic, title,
        lines, address, link_text, created}]}``; ``pace`` is how soon you are told, or
        null if you do not follow it; ``topic`` is published, withdrawn, late,
        shape-coming, shape, changed or answered
    :raises NotFound: there is nothing of this kind that everybody may see
    """
    tk.check_access("gpo_follow_show", context, data_dict)
    subject = Subject(data_dict["kind"], data_dict["key"])
    profile = dictize.require_profile(subject)
    user = model.User.get(context.get("user"))
    row = Follow.find(user.id, subject) if user else None
    latest = store.latest(subject, data_dict["limit"])
    return {
        **dictize.subject(subject, profile),
        "pace": row.pace if row else None,
        "news": [entry for news in latest if (entry := dictize.news(news))],
    }


@tk.side_effect_free
@tk.validate_action_data(schema.news_list)
def gpo_follow_news_list(context: Context, data_dict: DataDict) -> list[dict[str, Any]]:
    """List the latest news of all datasets and disclosure items, the newest first.

    :param limit: how many, at most 500 (default: 20)

    :returns: as ``news`` of ``gpo_follow_show``
    """
    tk.check_access("gpo_follow_news_list", context, data_dict)
    latest = store.latest_disclosures(data_dict["limit"])
    return [entry for news in latest if (entry := dictize.news(news))]


@tk.side_effect_free
@tk.validate_action_data(schema.page)
def gpo_follow_list(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """List what you follow, the newest first.

    :param limit: how many, at most 100 (default: 20)
    :param offset: how many to leave out (default: 0)

    :returns: ``{count, results: [{id, kind, key, label, title, address, feed, pace,
        created}]}``; ``address`` is empty for what is no longer public, which is told
        without its title; ``pace`` is ``at-once``, ``daily``, ``weekly`` or, without mails,
        ``site``
    """
    tk.check_access("gpo_follow_list", context, data_dict)
    return dictize.follows(account_id(context), data_dict)


@tk.validate_action_data(schema.follow_create)
def gpo_follow_create(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Follow something: you are told on your page of notices, and by mail.

    :param kind: as of ``gpo_follow_show``
    :param key: as of ``gpo_follow_show``
    :param pace: when mails come: ``at-once`` (default), ``daily``, ``weekly``, or ``site``
        for none

    :returns: the follow, as ``gpo_follow_list``
    :raises NotFound: there is nothing of this kind that everybody may see
    :raises ValidationError: you follow as much as anybody may
    """
    tk.check_access("gpo_follow_create", context, data_dict)
    subject = Subject(data_dict["kind"], data_dict["key"])
    dictize.require_profile(subject)
    account = account_id(context)
    if Follow.find(account, subject) is None:
        check_count(account)
    pace = data_dict["pace"]
    values = {"has_account": True, "pace": pace, "confirmed": now()}
    row = Follow.ensure(account, subject, **values)
    row.pace = pace
    model.Session.commit()
    return dictize.follow(row)


@tk.validate_action_data(schema.follow_update)
def gpo_follow_update(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Say how soon you are told of something that you follow.

    :param kind: as of ``gpo_follow_show``
    :param key: as of ``gpo_follow_show``
    :param pace: ``at-once``, ``daily``, ``weekly`` or ``site``

    :returns: the follow, as ``gpo_follow_list``
    :raises NotFound: you do not follow this
    """
    tk.check_access("gpo_follow_update", context, data_dict)
    row = _find(context, data_dict)
    row.pace = data_dict["pace"]
    model.Session.commit()
    return dictize.follow(row)


@tk.validate_action_data(schema.subject)
def gpo_follow_delete(context: Context, data_dict: DataDict) -> None:
    """Stop following something.

    :param kind: as of ``gpo_follow_show``
    :param key: as of ``gpo_follow_show``

    :raises NotFound: you do not follow this
    """
    tk.check_access("gpo_follow_delete", context, data_dict)
    model.Session.delete(_find(context, data_dict))
    model.Session.commit()


def check_count(recipient: str) -> None:
    """Let nobody follow more than anybody may.

    :raises ValidationError: it is as much already
    """
    lock_until_commit("follows", recipient)  # or several at once are let through
    most = config.most_follows()
    if Follow.count(recipient) >= most:
        message = tk._(
            "You follow {count} things already, which is as much as anybody may"
        )
        raise tk.ValidationError({"key": [message.format(count=most)]})


def _find(context: Context, data_dict: DataDict) -> Follow:
    subject = Subject(data_dict["kind"], data_dict["key"])
    row = Follow.find(account_id(context), subject)
    if row is None:
        raise tk.ObjectNotFound(tk._("You do not follow this"))
    return row
