"""What a report of abuse may be about. Pure."""

from __future__ import annotations

from typing import Final

from ckanext.gpo.common.types import Translate

TOPICS: Final = (
    *("personal-data", "illegal", "fraud", "false-data", "spam", "dead", "other"),
)


def topic_words(_: Translate) -> dict[str, str]:
    """The topics in words, in the order in which a form offers them."""
    words = (
        _("It exposes or misuses personal data"),
        _("It breaks the law"),
        _("It deceives or harms its users"),
        _("It shows the data wrongly"),
        _("It is advertising or not related to the data"),
        _("It does not work any more"),
        _("Something else"),
    )
    return dict(zip(TOPICS, words, strict=True))
