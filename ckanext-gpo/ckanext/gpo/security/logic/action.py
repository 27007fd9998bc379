"""CKAN's actions, less what their caller may not know of or take.

Lists leave out what the reader may not see (see `visibility`); accounts tell nobody of
others (see `accounts`).
"""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.types import Action, ChainedAction, Context, DataDict

from ckanext.gpo.common.validation import hold_visible
from ckanext.gpo.security import allow_list, codes, visibility
from ckanext.gpo.security.accounts import registration


@tk.chained_action
@tk.side_effect_free
def member_list(next_action: Action, context: Context, data_dict: DataDict) -> Any:
    """Members that the reader may know of; CKAN lists private datasets and staff too."""
    reader = tk.fresh_context(context)
    members = next_action(context, data_dict)
    group = model.Group.get(data_dict["id"])
    packages = visibility.visible_packages(
        reader, (id_ for id_, kind, _ in members if kind == "package")
    )
    staff = group is not None and visibility.sees_members(reader, group.id)
    return [
        member
        for member in members
        if (member[0] in packages if member[1] == "package" else staff)
    ]


@tk.chained_action
@tk.side_effect_free
def tag_list(next_action: Action, context: Context, data_dict: DataDict) -> Any:
    """Tags of the datasets that the reader may see."""
    reader = tk.fresh_context(context)
    return _visible_tags(reader, next_action(context, data_dict))


@tk.chained_action
@tk.side_effect_free
def tag_autocomplete(next_action: Action, context: Context, data_dict: DataDict) -> Any:
    """Tags of the datasets that the reader may see."""
    reader = tk.fresh_context(context)
    return _visible_tags(reader, next_action(context, data_dict))


@tk.chained_action
@tk.side_effect_free
def tag_search(next_action: Action, context: Context, data_dict: DataDict) -> Any:
    """Tags of the datasets that the reader may see; the number of those listed."""
    reader = tk.fresh_context(context)
    answer = next_action(context, data_dict)
    results = _visible_tags(reader, answer["results"])
    return {"count": len(results), "results": results}


@tk.chained_action
@tk.side_effect_free
def tag_show(next_action: Action, context: Context, data_dict: DataDict) -> Any:
    """A tag that only hidden datasets bear is not there."""
    reader = tk.fresh_context(context)
    tag = next_action(context, data_dict)
    if not _visible_tags(reader, [tag]):
        raise tk.ObjectNotFound
    return tag


@tk.chained_action
@tk.side_effect_free
def help_show(next_action: Action, context: Context, data_dict: DataDict) -> Any:
    """What an action of the API takes; of the others the API does not speak.

    :param name: name of the action
    :type name: str

    :raises NotFound: the API has no such action
    """
    name = tk.get_or_bust(data_dict, "name")
    if allow_list.audience(str(name)) is allow_list.Audience.NOBODY:
        raise tk.ObjectNotFound(codes.sentence("action-unknown", tk._))
    return next_action(context, data_dict)


@tk.chained_action
def harvest_job_abort(
    next_action: Action, context: Context, data_dict: DataDict
) -> Any:
    """Abort a job by its id; ckanext-harvest fails where there is none.

    :raises ValidationError: `id` is missing or no text
    """
    if not isinstance(data_dict.get("id"), str):
        raise tk.ValidationError({"id": [tk._("Missing value")]})
    return next_action(context, data_dict)


def _of_visible(kind: str) -> ChainedAction:
    """CKAN's action, for subjects of a kind."""

    @tk.chained_action
    @tk.side_effect_free
    def action(next_action: Action, context: Context, data_dict: DataDict) -> Any:
        """Answers for a hidden subject as for one that never was."""
        call = visibility.without_hidden(context, kind, data_dict)
        return next_action(context, call)

    return action


activity_data_show = _of_visible("activity")
activity_show = _of_visible("activity")
am_following_dataset = _of_visible("package")
am_following_group = _of_visible("group")
am_following_user = _of_visible("user")
dataset_followee_count = _of_visible("user")
dataset_follower_count = _of_visible("package")
followee_count = _of_visible("user")
followee_list = _of_visible("user")
group_followee_count = _of_visible("user")
group_follower_count = _of_visible("group")
harvest_source_show_status = _of_visible("package")
organization_followee_count = _of_visible("user")
organization_follower_count = _of_visible("group")
organization_list_for_user = _of_visible("user")
package_collaborator_list = _of_visible("package")
package_relationships_list = _of_visible("package")
user_followee_count = _of_visible("user")
user_follower_count = _of_visible("user")


def _with_visible_texts() -> ChainedAction:
    """CKAN's action, for things with texts."""

    @tk.chained_action
    def action(next_action: Action, context: Context, data_dict: DataDict) -> Any:
        """Takes no text with characters that do not show."""
        hold_visible(data_dict)
        return next_action(context, data_dict)

    return action


group_create = _with_visible_texts()
group_update = _with_visible_texts()
organization_create = _with_visible_texts()
organization_update = _with_visible_texts()


@tk.chained_action
def user_create(next_action: Action, context: Context, data_dict: DataDict) -> Any:
    """Do not tell who registers which accounts exist."""
    hold_visible(data_dict)
    try:
        return next_action(context, data_dict)
    except tk.ValidationError as error:
        if context.get("user"):
            raise
        raise tk.ValidationError(
            registration.disguise(error.error_dict, data_dict)
        ) from error


@tk.chained_action
def user_update(next_action: Action, context: Context, data_dict: DataDict) -> Any:
    """Let CKAN's form change the password in its two fields only.

    The form's schema passes on a field `password` as it is: neither the old password nor
    the rules for new ones would be asked for.
    """
    hold_visible(data_dict)
    if "password1" in (context.get("schema") or {}):
        data_dict.pop("password", None)
    return next_action(context, data_dict)


def _visible_tags(reader: Context, tags: list[Any]) -> list[Any]:
    def name(tag: Any) -> str:
        return tag["name"] if isinstance(tag, dict) else tag

    visible = visibility.visible_tags(reader, map(name, tags))
    return [tag for tag in tags if name(tag) in visible]
