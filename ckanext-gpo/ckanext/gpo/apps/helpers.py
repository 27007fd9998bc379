"""What templates say of apps."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

import ckan.plugins.toolkit as tk

from ckanext.gpo.common.tables import read_yaml

from .material import render
from .reports import topic_words


def gpo_apps_state(state: str) -> tuple[str, str]:
    """`(mood, word)` of where a registration stands; moods as of a version's state."""
    return {
        "draft": ("quiet", tk._("Draft")),
        "submitted": ("hold", tk._("Submitted")),
        "in-review": ("hold", tk._("Under review")),
        "approved": ("pass", tk._("Approved")),
        "returned": ("reject", tk._("Returned")),
        "rejected": ("reject", tk._("Not accepted")),
        "published": ("pass", tk._("Published")),
        "unpublished": ("quiet", tk._("Taken back")),
        "discarded": ("quiet", tk._("Discarded")),
    }.get(state, ("quiet", state))


def gpo_apps_choices(codes: str) -> list[dict[str, str]]:
    """`{value, label}` of a code list of apps, in the reader's language."""
    return [
        {"value": code["value"], "label": tk.h.gpo_common_code(codes, code["value"])}
        for code in read_yaml("codes.yaml")[codes]
    ]


def gpo_apps_rich_text(text: str) -> Markup:
    """What a builder wrote with marks of Markdown, as HTML in which nothing runs."""
    return Markup(render(text))  # noqa: S704 - cleaned a moment ago


def gpo_apps_rating(rating: dict[str, Any]) -> str:
    """The rating of an app as a line."""
    if not rating["count"]:
        return tk._("Not rated yet")
    return tk._("{mean} of 5 stars, {count} ratings").format(**rating)


def gpo_apps_topic(topic: str) -> str:
    """What a report is about, in words."""
    return topic_words(tk._).get(topic, topic)


def gpo_apps_using(**data: str) -> dict[str, Any]:
    """The latest apps that use a dataset or data of a department: `{count, results}`.

    :param data: `dataset` or `organization`, by name
    """
    return tk.get_action("gpo_apps_app_list")({"user": ""}, {**data, "limit": 4})
