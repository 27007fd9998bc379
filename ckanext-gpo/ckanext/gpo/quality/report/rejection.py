"""The notice that a version was rejected: how much is wrong, and what most of all. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Protocol

from ckanext.gpo.common.notices import Facts, Kind, Link, Message
from ckanext.gpo.common.types import Translate
from ckanext.gpo.common.web import names

from .wording import rule_title

REASONS = 3
"""Kinds of errors that the notice names: the most frequent."""


class _Version(Protocol):
    id: Any
    number: Any
    table_ref: Any


def rejection_facts(
    version: _Version, dataset: str, title: str, report: dict[str, Any]
) -> dict[str, Any]:
    """The facts of the notice.

    :param dataset: its name; `title` is the Chinese one
    :param report: of the version, see `engine.check`
    """
    counts = sorted(report["counts"], key=lambda count: -count["count"])
    return {
        "dataset": dataset,
        "title": title,
        "table": version.table_ref,
        "version": version.id,
        "number": version.number,
        "errors": report["error_count"],
        "reasons": counts[:REASONS],
        "other_reasons": len(counts[REASONS:]),
    }


def _write(facts: Facts, english: bool, _: Translate) -> Message:
    dataset = names.dataset(facts["dataset"], english, facts["title"])
    arguments = {"id": facts["dataset"], "version_id": facts["version"]}
    return Message(
        _("Rejected by the check: {dataset}").format(dataset=dataset),
        [*_lines(facts, english, _)],
        Link("gpo_quality.report", arguments),
        _("Read the report and what to correct"),
    )


def _lines(facts: Facts, english: bool, _: Translate) -> Iterator[str]:
    yield _("Version {number}, faults: {count}").format(
        number=facts["number"], count=f"{facts['errors']:,}"
    )
    for reason in facts["reasons"]:
        yield _("- {reason}: {count}").format(
            reason=_reason(reason, facts["table"], english, _),
            count=f"{reason['count']:,}",
        )
    if facts["other_reasons"]:
        yield _("- other reasons: {count}").format(count=facts["other_reasons"])
    yield _("What is public stays as it is until a corrected version passes.")


def _reason(reason: dict[str, Any], table: str, english: bool, _: Translate) -> str:
    title = rule_title(reason["rule"], _)
    if not reason["field"]:
        return title
    columns = [
        names.column(table, name, english, name) for name in reason["field"].split(", ")
    ]
    return _("{title} ({column})").format(title=title, column=_(", ").join(columns))


REJECTED = Kind(
    "quality.version-rejected",
    label=lambda _: _("A table was rejected by the check"),
    write=_write,
)
