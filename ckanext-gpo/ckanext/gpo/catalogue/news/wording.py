"""News of the catalogue: what is late, and items that are released or taken back. Pure."""

from __future__ import annotations

from ckanext.gpo.common.news import NewsKind, Topic
from ckanext.gpo.common.notices import Facts, Link, Message
from ckanext.gpo.common.types import Translate
from ckanext.gpo.common.web import names


def _late(facts: Facts, english: bool, _: Translate) -> Message:
    dataset = names.dataset(facts["name"], english, facts["title"])
    return Message(
        _("Late: {dataset}").format(dataset=dataset),
        [
            _("A new version was due by {due} and has not been published.").format(
                due=facts["due"]
            )
        ],
        Link("gpo_catalogue.dataset", {"id": facts["name"]}),
        _("Read the dataset"),
    )


def _released(facts: Facts, english: bool, _: Translate) -> Message:
    del english  # items have their titles in Chinese
    return Message(
        _("New disclosure item: {item}").format(item=facts["title"]),
        [_("It says what must be disclosed, by whom, and within which time.")],
        Link("gpo_catalogue.item", {"id": facts["name"]}),
        _("Read the item"),
    )


def _taken_back(facts: Facts, english: bool, _: Translate) -> Message:
    del english
    return Message(
        _("Disclosure item taken back: {item}").format(item=facts["title"]),
        [_("It is being revised, or no longer applies.")],
        Link("gpo_catalogue.index"),
        _("Read the catalogue"),
    )


LATE = NewsKind("catalogue.late", Topic.LATE, _late)
RELEASED = NewsKind("catalogue.item-released", Topic.PUBLISHED, _released)
TAKEN_BACK = NewsKind("catalogue.item-taken-back", Topic.WITHDRAWN, _taken_back)

KINDS = (LATE, RELEASED, TAKEN_BACK)
