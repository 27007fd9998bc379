"""News that this room makes: records of a code, and new matches of a search. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from ckanext.gpo.common.news import NewsKind, Subject, Topic
from ckanext.gpo.common.notices import Facts, Link, Message
from ckanext.gpo.common.types import Translate
from ckanext.gpo.common.web import names


def _dataset(facts: Facts) -> Iterable[Subject]:
    yield Subject(facts["type"], facts["id"])


def _records(facts: Facts, english: bool, _: Translate) -> Message:
    dataset = names.dataset(facts["name"], english, facts["title"])
    counts = {kind: f"{count:,}" for kind, count in facts["counts"].items()}
    return Message(
        _("{code} in: {dataset}").format(code=facts["code"], dataset=dataset),
        [
            _(
                "Records with this code: {added} added, {removed} removed, {changed} changed"
            ).format(**counts)
        ],
        Link("dataset.read", {"id": facts["name"]}),
        _("Read the dataset"),
    )


def _match(facts: Facts, english: bool, _: Translate) -> Message:
    title = names.dataset(facts["name"], english, facts["title"])
    return Message(
        _("New for your search: {title}").format(title=title),
        [_("Your search: {search}").format(search=facts["search"])],
        Link(f"{facts['type_route']}.read", {"id": facts["name"]}),
        _("Read more"),
    )


RECORDS = NewsKind("follow.records", Topic.CHANGED, _records, depends_on=_dataset)
MATCH = NewsKind("follow.match", Topic.PUBLISHED, _match, depends_on=_dataset)

KINDS = (RECORDS, MATCH)
