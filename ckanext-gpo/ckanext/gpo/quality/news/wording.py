"""News of a dataset's versions: published, taken back, of another shape. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from ckanext.gpo.common.news import NewsKind, Topic
from ckanext.gpo.common.notices import Facts, Link, Message
from ckanext.gpo.common.types import Translate
from ckanext.gpo.common.web import names


def _title(facts: Facts, english: bool) -> str:
    return names.dataset(facts["dataset"], english, facts["title"])


def _page(facts: Facts) -> Link:
    return Link("dataset.read", {"id": facts["dataset"]})


def _changes(facts: Facts) -> Link:
    """What changed from the version before; without one the dataset."""
    if facts.get("previous") is None:
        return _page(facts)
    numbers = {"from": facts["previous"], "to": facts["number"]}
    return Link("gpo_history.diff", {"id": facts["dataset"], **numbers})


def _published(facts: Facts, english: bool, _: Translate) -> Message:
    return Message(
        _("Published: {dataset}").format(dataset=_title(facts, english)),
        [*_figures(facts, _)],
        _changes(facts),
        _("Read the data and what changed"),
    )


def _figures(facts: Facts, _: Translate) -> Iterator[str]:
    yield _("Version {number}, {rows} rows").format(
        number=facts["number"], rows=f"{facts['rows'] or 0:,}"
    )
    if totals := facts.get("totals"):
        yield _("{added} added, {removed} removed, {changed} changed").format(
            **{kind: f"{count:,}" for kind, count in totals.items()}
        )


def _shape(facts: Facts, english: bool, _: Translate) -> Message:
    return Message(
        _("Published with other columns or rules: {dataset}").format(
            dataset=_title(facts, english)
        ),
        [*_columns(facts, english, _), *_figures(facts, _)],
        _changes(facts),
        _("Read the data and what changed"),
    )


def _columns(facts: Facts, english: bool, _: Translate) -> Iterator[str]:
    for words, columns in (
        (_("New columns: {columns}"), facts["columns_added"]),
        (_("Columns that are gone: {columns}"), facts["columns_removed"]),
    ):
        if columns:
            titles = [names.column(facts["table"], c, english, c) for c in columns]
            yield words.format(columns=_(", ").join(titles))
    yield _("Programs that read this dataset may have to be changed.")


def _shape_coming(facts: Facts, english: bool, _: Translate) -> Message:
    return Message(
        _("Other columns or rules are coming: {dataset}").format(
            dataset=_title(facts, english)
        ),
        [
            _(
                "The next version will follow another table schema than version {number}."
            ).format(number=facts["number"]),
            _("Programs that read this dataset may have to be changed."),
        ],
        _page(facts),
        _("Read the data dictionary"),
    )


def _withdrawn(facts: Facts, english: bool, _: Translate) -> Message:
    return Message(
        _("Withdrawn: {dataset}").format(dataset=_title(facts, english)),
        [
            _("The department has taken the dataset back. Reason: {reason}").format(
                reason=facts["reason"]
            )
        ],
        _page(facts),
        _("Read about the withdrawal"),
    )


PUBLISHED = NewsKind("quality.published", Topic.PUBLISHED, _published)
SHAPE = NewsKind("quality.shape", Topic.SHAPE, _shape)
SHAPE_COMING = NewsKind("quality.shape-coming", Topic.SHAPE_COMING, _shape_coming)
WITHDRAWN = NewsKind("quality.withdrawn", Topic.WITHDRAWN, _withdrawn)

KINDS = (PUBLISHED, SHAPE, SHAPE_COMING, WITHDRAWN)
