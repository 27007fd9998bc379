"""The API of gpo_follow."""

from __future__ import annotations

from .addresses import (
    gpo_follow_address_confirm,
    gpo_follow_address_create,
    gpo_follow_address_list,
    gpo_follow_address_update,
    gpo_follow_stop,
)
from .follows import (
    gpo_follow_create,
    gpo_follow_delete,
    gpo_follow_list,
    gpo_follow_news_list,
    gpo_follow_show,
    gpo_follow_update,
)
from .stock import (
    follow_dataset,
    follow_group,
    follow_user,
    unfollow_dataset,
    unfollow_group,
)

__all__ = [
    "follow_dataset",
    "follow_group",
    "follow_user",
    "gpo_follow_address_confirm",
    "gpo_follow_address_create",
    "gpo_follow_address_list",
    "gpo_follow_address_update",
    "gpo_follow_create",
    "gpo_follow_delete",
    "gpo_follow_list",
    "gpo_follow_news_list",
    "gpo_follow_show",
    "gpo_follow_stop",
    "gpo_follow_update",
    "unfollow_dataset",
    "unfollow_group",
]
