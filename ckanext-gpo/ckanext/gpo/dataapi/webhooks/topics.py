"""What a webhook may be told of. Pure."""

from __future__ import annotations

from typing import Final

from ckanext.gpo.common.news import DISCLOSURES, News, Topic

EVERYTHING: Final = "everything"
"""Kind of a webhook that is told of all datasets and items; it has no key."""

SUBJECT_KINDS: Final = ("dataset", "domain", "department")
"""Kinds of subjects that are told of by themselves; see `common.news`."""

CHOICES: Final[dict[str, frozenset[Topic]]] = {
    "published": frozenset({Topic.PUBLISHED, Topic.SHAPE}),
    "withdrawn": frozenset({Topic.WITHDRAWN}),
    "late": frozenset({Topic.LATE}),
    "shape": frozenset({Topic.SHAPE_COMING, Topic.SHAPE}),
}
"""What an owner may choose → what is told then: another shape is published as well."""


def choices(news: News) -> list[str]:
    """By which choices news are told; empty for what no webhook is told of."""
    if news.subject.kind not in DISCLOSURES:
        return []
    return [name for name, topics in CHOICES.items() if news.topic in topics]
